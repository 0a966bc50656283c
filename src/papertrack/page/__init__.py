"""A page to look at: one HTML file that asks nobody for anything.

The papers are data in it, drawn some rows at a time, so that ten thousand are no burden. Text of
the catalogue reaches the page only as JSON or escaped, and only http and https become links.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from papertrack.authors import ET_AL, shown_name, shown_names
from papertrack.markdown.writing import grouped
from papertrack.models import Catalogue, Look, Paper
from papertrack.patterns import pattern
from papertrack.status import CHINESE as CHINESE_STATUSES
from papertrack.status import IN_WORDS, Status

_MOST_TITLES = 500
_WEB = pattern(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_HAN = pattern("[\u4e00-\u9fff]")
_FIELDS = (
    "key name title authors people lab source year status tags links sites ids summary notes group"
).split()


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
    link: str
    """What a link to the page says."""
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
    link="The list as a page",
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
    link="网页版清单",
    statuses=CHINESE_STATUSES,
)


def dumps(
    papers: Sequence[Paper], catalogue: Catalogue, *, everything: bool = False, links: bool = True
) -> str:
    """Return a page of these papers, the same bytes for the same papers.

    Notes are shown where the catalogue's own tables show them, or with `everything`; where it has
    no table they are private. Without `links`, those that an id makes are left out too.
    """
    look = catalogue.look
    words = words_of(catalogue)
    notes = everything or _tables_show_notes(catalogue)
    grouping = look if look.group else Look()
    groups = grouped(papers, grouping, labs=catalogue.labs)
    others = words.others if look.group and groups and groups[0].name else ""
    rows = [
        _row(paper, group.name or others, notes=notes, links=links)
        for group in groups
        for paper in group.papers
    ]
    statuses = _status_words(look, words)
    people = next((name for name in ("authors", "lab") if any(row[name] for row in rows)), None)
    sources = any(row["source"] for row in rows)
    # a paper without authors shows its lab in their place
    labs = any(row["lab"] and not row["authors"] for row in rows)
    shown = [words.authors] * (people == "authors") + [words.lab] * labs
    heads = {
        "title": words.title,
        **({people: " / ".join(shown)} if people else {}),
        **({"source": words.source} if sources else {}),
        "status": words.status,
    }
    data = {
        "words": {
            "statuses": statuses,
            **{name: getattr(words, name) for name in ("one", "all", "some", "none")},
        },
        "statuses": list(Status),
        "people": people,
        "sources": sources,
        "by_lab": people == "lab" and look.group == "lab",
        "fields": _FIELDS,
        "labs": [[lab, *others] for lab, others in catalogue.labs.items() if others],
        "papers": [[row[field] for field in _FIELDS] for row in rows],
    }
    return Template(_part("page.html")).substitute(
        lang=words.language,
        title=escape(catalogue.title or words.reading_list),
        style=_part("page.css"),
        script=_part("page.js"),
        # JSON that cannot end the script element it stands in
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        heads="".join(_head(name, _headers(look).get(name, word)) for name, word in heads.items()),
        filters="\n".join(_filters(rows, words, statuses)),
        progress=_progress(papers, statuses),
        search=words.search,
        example=escape(_example(rows)),
        more=words.more,
        count=words.one if len(rows) == 1 else words.all.replace("{}", f"{len(rows):,}"),
        titles="".join(f"<li>{escape(str(row['title']))}</li>\n" for row in rows[:_MOST_TITLES]),
        made=words.made,
    )


def _part(name: str) -> str:
    return (files("papertrack.page") / name).read_text(encoding="utf-8")


def words_of(catalogue: Catalogue) -> Words:
    """Return the words of the language in which the catalogue's title and headers are."""
    text = " ".join((catalogue.title or "", *catalogue.look.headers))
    return CHINESE if _HAN.search(text) else ENGLISH


def _tables_show_notes(catalogue: Catalogue) -> bool:
    """Say whether tables of the default look show notes, as far as the catalogue tells.

    The usual columns have notes, but a catalogue that lists no file and describes no look has no
    table; where it describes only named looks, its tables may be of these.
    """
    look = catalogue.look
    is_used = look.model_fields_set or (catalogue.files and not catalogue.looks)
    return bool(is_used) and any(_field_of(column) == "notes" for column in look.columns)


def _field_of(column: str) -> str:
    """Return the field that a look's column shows: `title` for `**title+link**`."""
    return column.strip("*_~`").partition("+")[0]


def _headers(look: Look) -> dict[str, str]:
    pairs = zip(map(_field_of, look.columns), look.headers, strict=False)
    return {field: word.strip("*_ ") for field, word in pairs if word.strip("*_ ")}


def _status_words(look: Look, words: Words) -> dict[Status, str]:
    """Return the look's word for each status; for one without, a word in the language of these."""
    own = "".join(look.statuses.values())
    default = ENGLISH if own and own.isascii() else words
    return {each: _labelled(look.statuses.get(each), default.statuses[each]) for each in Status}


def _labelled(own: str | None, word: str) -> str:
    """Return the look's word for a status; of a sign alone, such as an emoji, with the word."""
    if not own:
        return word
    return own if any(map(str.isalnum, own)) else f"{own} {word}"


def _row(paper: Paper, group: str, *, notes: bool, links: bool) -> dict[str, object]:
    lab = paper.lab or ""
    addresses = _links(paper) if links else []
    authors = [shown_name(name) for name in paper.authors]
    more = f" +{len(authors) - 1}" if len(authors) > 1 else ""
    more = f" {ET_AL}" if ET_AL in authors[1:] else more
    return {
        "key": paper.key,
        "name": paper.name or "",
        "title": paper.title,
        "authors": shown_names(paper.authors, "; ") if authors else "",
        "people": f"{authors[0]}{more}" if authors else lab,
        "lab": lab,
        "source": paper.source,
        "year": paper.year,
        "status": paper.status.value,
        "tags": list(paper.tags),
        "links": addresses,
        "sites": [(urlsplit(link).hostname or link).removeprefix("www.") for link in addresses],
        "ids": " ".join(filter(None, (paper.doi, paper.arxiv))),
        "summary": (paper.summary or "").strip(),
        "notes": (paper.notes or "").strip() if notes else "",
        "group": group,
    }


def _links(paper: Paper) -> list[str]:
    """Return the addresses to follow, the paper's own first; what is no web address is left out."""
    own = [f"https://arxiv.org/abs/{quote(paper.arxiv)}"] if paper.arxiv else []
    own += [f"https://doi.org/{quote(paper.doi, safe='/:;()')}"] if paper.doi else []
    return list(dict.fromkeys((*own, *filter(_is_web, paper.links))))


def _is_web(address: str) -> bool:
    try:
        return bool(_WEB.fullmatch(address) and urlsplit(address).hostname)
    except ValueError:  # a bracket that is never closed
        return False


def _head(name: str, word: str) -> str:
    kind = "people" if name in {"authors", "lab"} else name
    button = f'<button type="button">{escape(word)}</button>'
    return f'<th scope="col" class="{kind}" data-sort="{name}">{button}</th>'


def _filters(
    rows: Sequence[dict[str, object]], words: Words, statuses: dict[Status, str]
) -> Iterator[str]:
    """Yield a `<select>` for each field in which the papers differ, with the count of each word."""
    for name in ("lab", "status", "tag", "year"):
        counts = Counter(_words_of(rows, "tags" if name == "tag" else name))
        ordered = sorted(counts, reverse=True) if name == "year" else [*counts]
        if name == "status":
            ordered = [status for status in Status if status in counts]
        elif name != "year":
            ordered.sort(key=lambda word: -counts[word])
        if len(ordered) > 1:
            is_status = name == "status"
            shown = {it: statuses[Status(it)] if is_status else it for it in ordered}
            options = "".join(
                f'<option value="{escape(word)}">{escape(text)} ({counts[word]:,})</option>'
                for word, text in shown.items()
            )
            label = getattr(words, name)
            every = f'<option value="">{words.every}</option>'
            yield f'<label>{label} <select id="{name}">{every}{options}</select></label>'


def _example(rows: Sequence[dict[str, object]]) -> str:
    """Return what can be typed into the search: its key, and terms that these papers have."""
    names = {"lab": "lab", "tag": "tags"}
    counts = {name: Counter(_words_of(rows, field)) for name, field in names.items()}
    most = {name: count.most_common(1)[0][0] for name, count in counts.items() if count}
    terms = [f'{name}:"{word}"' if " " in word else f"{name}:{word}" for name, word in most.items()]
    years = [*_words_of(rows, "year")]
    terms += [f"year:{max(years)}"] if years else []
    return "  ".join(("/", *terms[:2]))


def _words_of(rows: Sequence[dict[str, object]], field: str) -> Iterator[str]:
    for value in filter(None, (row[field] for row in rows)):
        yield from map(str, value if isinstance(value, list) else [value])


def _progress(papers: Sequence[Paper], statuses: dict[Status, str]) -> str:
    """Return a bar of the statuses and what it says in words, done first."""
    counts = Counter(paper.status for paper in papers)
    present = [status for status in IN_WORDS if counts[status]]
    legend = escape(" · ".join(f"{statuses[each]} {counts[each]:,}" for each in present))
    parts = "".join(
        f'<span class="{each}" style="flex-grow:{counts[each]}"></span>' for each in present
    )
    return (
        f'<div class="bar" role="img" aria-label="{legend}">{parts}</div>\n'
        f'<p class="legend">{legend}</p>'
    )
