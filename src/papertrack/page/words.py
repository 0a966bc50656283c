"""The page's own words, in the languages that it speaks."""

from collections.abc import Mapping
from typing import NamedTuple

from papertrack.status import Status


class Words(NamedTuple):
    """What the page says by itself; a catalogue's own headers and status words come first."""

    language: str
    """Its tag for `lang`, as in BCP 47."""
    reading_list: str
    search: str
    title: str
    authors: str
    lab: str
    source: str
    status: str
    tag: str
    year: str
    every: str
    one: str
    all: str
    some: str
    none: str
    more: str
    others: str
    made: str
    statuses: Mapping[Status, str]


ENGLISH = Words(
    language="en",
    reading_list="Reading list",
    search="Search",
    title="Title",
    authors="Authors",
    lab="Lab",
    source="Source",
    status="Status",
    tag="Tag",
    year="Year",
    every="all",
    one="1 paper",
    all="{} papers",
    some="{} of {} papers",
    none="No paper fits.",
    more="Show more",
    others="Others",
    made="Made with papertrack",
    statuses={status: status.value for status in Status},
)

CHINESE = Words(
    language="zh",
    reading_list="论文阅读清单",
    search="搜索",
    title="标题",
    authors="作者",
    lab="机构",
    source="来源",
    status="状态",
    tag="标签",
    year="年份",
    every="全部",
    one="1 篇论文",
    all="{} 篇论文",
    some="{} / {} 篇论文",
    none="没有符合条件的论文。",
    more="显示更多",
    others="其他",
    made="由 papertrack 生成",
    statuses={
        Status.TO_READ: "待读",
        Status.READING: "在读",
        Status.SKIMMED: "略读",
        Status.DONE: "已读",
        Status.DROPPED: "弃读",
    },
)
