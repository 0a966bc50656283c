"""A lab by any of its names: Meta is also Facebook, FAIR; and what the name of one looks like."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property

from papertrack.folding import fold_title
from papertrack.patterns import pattern

_WELL_KNOWN = (
    ("OpenAI",),
    ("Google", "Google Research", "Google Brain", "Google AI", "谷歌"),
    ("DeepMind", "Google DeepMind"),
    ("Meta", "Facebook", "Facebook Research", "FAIR", "Meta AI"),
    ("Anthropic",),
    ("Microsoft", "Microsoft Research", "MSR", "MSRA", "微软"),
    ("Apple", "苹果"),
    ("NVIDIA", "英伟达"),
    ("Amazon", "AWS", "Amazon Science", "亚马逊"),
    ("IBM", "IBM Research"),
    ("Intel", "英特尔"),
    ("DeepSeek", "深度求索"),
    ("Alibaba", "阿里巴巴", "阿里", "Alibaba DAMO", "达摩院"),
    ("Baidu", "百度", "Baidu Research"),
    ("Tencent", "腾讯", "Tencent AI Lab"),
    ("ByteDance", "字节跳动", "字节"),
    ("Huawei", "华为", "Noah's Ark Lab"),
    ("Tsinghua", "清华", "清华大学", "Tsinghua University", "THU"),
    ("Stanford", "Stanford University", "斯坦福", "斯坦福大学"),
    ("Berkeley", "UC Berkeley", "UCB", "伯克利"),
    ("CMU", "Carnegie Mellon University", "Carnegie Mellon"),
    ("MIT", "Massachusetts Institute of Technology", "麻省理工"),
    ("AI2", "Allen Institute for AI", "Allen AI"),
    ("Mistral", "Mistral AI"),
    ("Salesforce", "Salesforce Research"),
    ("Samsung", "삼성", "三星", "Samsung Research"),
    ("NAVER", "네이버"),
    ("Kakao", "카카오"),
    ("NTT", "日本電信電話"),
)
"""The labs that lists name most, with the other names that people write for them."""
_SHORT_NAMES = frozenset(
    """aliyun amd ant aws bair bupt buaa caltech cas casia cityu cmu cornell cuhk epfl eth ethz
    facebook fudan gatech google hit hku hkust hust ibm iit iiit imperial inria intel jhu kaist
    kuaishou kth linkedin meituan meta microsoft mit mpi mpi-sws msr msra ncsu netflix nju ntu nus
    nvidia nyu osu oxford pku polyu postech princeton purdue ruc rutgers samsung sjtu smu snu
    stanford stonybrook sysu tamu tencent thu tsinghua tum uber ubc uc ucb ucl ucla ucsb ucsd
    uchicago uestc uiuc umass umd umich unc unsw upenn usc usenix ustc ut utah uva uw uwaterloo
    uwisc virginia vmware vt whu yale zju alibaba amazon apple baidu berkeley bytedance cambridge
    columbia harvard huawei adobe airbnb bloomberg ebay pinterest salesforce spotify walmart yahoo
    yandex
    北大 浙大 复旦 南大 上交 上海交大 中科大 中科院 哈工大 北航 人大 武大 华科 同济 港大 港中文
    港科大 自动化所 计算所 商汤 旷视 美团 快手 小米 京东 网易 蚂蚁 蚂蚁集团 智源 智谱 小红书
    科大讯飞 阿里云 抖音 月之暗面 滴滴 拼多多 哔哩哔哩 面壁智能 零一万物 阶跃星辰 微软亚研 谷歌大脑
    阿里达摩院 剑桥 牛津 哈佛 耶鲁 普林斯顿 哥大 康奈尔 加州理工 新国立 南洋理工 卡内基梅隆 東大
    京大 理研 서울대 카이스트 포항공대 연세대 고려대""".split()
)
"""What universities and companies are called in short; the whole name may begin so."""
_INSTITUTION = pattern(
    r"\b(?:Univ(?:ersit\w+)?|Institut\w*|Laborator\w+|\w*Labs?|Academy|College|Polytechnic\w*|Center|Centre"
    r"|Research (?:Team|Group))\b"
)
_NO_NAME = pattern(r"[\d.:?!,&+，、;；/()（）]")
_EAST_ASIAN_INSTITUTION = pattern(
    r"\w*[\u3040-\u9fff\uac00-\ud7af](?:大学|大學|研究院|研究所|实验室|科学院|研究室|대학교|연구소|연구원)"
)
_OF_INSTITUTIONS = frozenset("of for and the at in de di du des für".split())

_OTHERS = frozenset("other others misc miscellaneous 其他 其它 その他 기타".split())


def is_others(heading: str) -> bool:
    """Say whether a heading among labs is of the papers of no lab: `Other`, `其他`."""
    return fold_title(heading) in _OTHERS


def is_well_known(name: str) -> bool:
    """Say whether this is a name of a lab that many lists name."""
    return fold_title(name) in _every_name()


@cache
def _every_name() -> frozenset[str]:
    return frozenset(fold_title(name) for names in _WELL_KNOWN for name in names)


def is_organisation(name: str) -> bool:
    """Say whether words are surely what a university, company or lab is called: `UW-Madison`."""
    words = name.split()
    if not words or len(words) > 8 or _NO_NAME.search(name):
        return False
    if is_well_known(name) or (not name.isascii() and _EAST_ASIAN_INSTITUTION.fullmatch(name)):
        return True
    if any(word[0].islower() and word not in _OF_INSTITUTIONS for word in words):
        return False
    first, dash, _ = words[0].partition("-")  # of `UW-Madison`
    acronym = sum(map(str.isupper, first)) > 1
    alone = len(words) == 1 and not dash
    if first.casefold() in _SHORT_NAMES and (alone or (acronym and len(words) <= 3)):
        return True
    series = words[0] in ("Annals", "Bulletin", "Journal", "Proceedings", "Transactions")
    named = (
        words[0][0].isupper()
        and not (series or words[-1] == "Press")
        and _INSTITUTION.search(name) is not None
    )
    return len(words) > 1 and named


class LabNames:
    """Which names mean the same lab; answers are kept, since few labs make many papers."""

    def __init__(self, labs: Mapping[str, Sequence[str]]) -> None:
        """Take each lab with its other names."""
        self._labs = labs
        self.folded = cache(self._folded)
        """Gives the lab's own name folded, which is the same for all names of this lab."""

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        """Each lab by its folded names; its own name goes before another's other name."""
        others = [(fold_title(it), lab) for lab, its in self._labs.items() for it in its]
        return dict(reversed(others)) | {fold_title(lab): lab for lab in self._labs}

    def canonical(self, name: str) -> str:
        """Return the lab's own name, or, of a lab that is not listed, the name itself."""
        return self._owners.get(fold_title(name), name)

    def _folded(self, name: str) -> str:
        return fold_title(self.canonical(name))


def with_other_names(labs: Iterable[str], known: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return the labs with their usual other names, in their order.

    A name that is a lab here itself, or is among the names already `known`, is nobody's other name;
    nor is it that of two labs.
    """
    own = list(dict.fromkeys(labs))
    taken = {fold_title(name) for name in (*own, *known)}
    named: dict[str, tuple[str, ...]] = {}
    for lab in own:
        named[lab] = _others(lab, taken)
        taken.update(map(fold_title, named[lab]))
    return named


def _others(lab: str, taken: set[str]) -> tuple[str, ...]:
    folded = fold_title(lab)
    for names in _WELL_KNOWN:
        if folded in {fold_title(name) for name in names}:
            return tuple(name for name in names if fold_title(name) not in taken)
    return ()
