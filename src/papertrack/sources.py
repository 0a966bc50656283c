"""What a source cell says: the venue and the year; and what a date says: at least the year."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from papertrack.folding import BLANKS, fold, fold_title, fold_words
from papertrack.identifiers import ARXIV_ID, VERSION, normalise_arxiv
from papertrack.patterns import pattern

_YEAR = pattern(  # no `eabq2044` of Science; an older one may be a number of a volume
    r"(?<!\d)(?<!\bea(?!cl)[a-z]{2})(?:19[5-9]\d|20[0-4]\d"
    r"|(?<=, )19[0-4]\d\Z|\A1[5-9](?:1[3-9]|[2-9]\d)\Z)(?!\d)\s*(?:年度?|년도?)?"
)
_IN_DATE = pattern(
    r"(?<!\d)(?:((?:19|20)\d\d)\s?[-./年년]\s?\d{1,2}(?:\s?[-./月월]\s?\d{1,2})?(?!\d)\s?[月월日일]?"
    r"|((?:19|20)\d\d)(\s?)(?:0[1-9]|1[0-2])(?:\3(?:0[1-9]|[12]\d|3[01])|\Z)(?!\d)"  # 20240131
    r"|\d{1,2}[-./]((?:19|20)\d\d)(?!\d))"
)
_YEAR_BEFORE = pattern(r"(?:19|20)\d\d\s*/\s*(?=\D)")
_RANGE = pattern(r"\d{4}\s*[-–~至/]\s*\d{4}")
_SHORT = pattern(
    r"(?P<venue>[^\W\d_][\w&+./@ -]*?)(?P<gap>\s*-?\s*['’‘`]\s*|[-\s]?)"
    r"(?P<year>[0-26-9]\d)['’]?"  # RESISC45 is a data set
)
_ACRONYM = pattern(r"(?:.*[@/ -])?[A-Z][A-Za-z]*[A-Z][A-Za-z]*")
_OF_SOCIETY = pattern(  # IEEE-TCAS-I
    r"IEEE S&P|RA-L|3DV|USENIX (?:Sec(?:urity)?|ATC)"
    r"|(?:IEEE|ACM|IEEE/ACM)-(?!DL$)[A-Z][A-Za-z-]*[A-Z]"
)
_IN_MARKS = pattern(r"\A([^《》]*)《([^《》]+)》([^《》]*)\Z")  # of a journal in Chinese
_SITE_LAST = pattern(
    r"(?:\s[-–—|·]\s(?:ScienceDirect(?:\sTopics)?|IEEE\s(?:Journals\s&\sMagazine|Conference\sPublication|Xplore)"
    r"|Springer(?:Link|\sNature\sLink)|ACM\sDigital\sLibrary|ACL\sAnthology|Wiley\sOnline\sLibrary|OpenReview"
    r"|PubMed|PMC|Semantic\sScholar|Papers\s[Ww]ith\sCode|ResearchGate|Oxford\sAcademic|JSTOR|Request\sPDF"
    r"|Taylor\s&\sFrancis(?:\sOnline)?|SAGE\sJournals))+$|\s\((?:[\w-]+\.)+(?:com|org|net|edu)\)$"
)
_SITE_FIRST = pattern(
    r"(?:\(PDF\)|Frontiers\s\||(?:(?P<venue>[A-Z][\w\s&-]{2,60})\s\|\s)?Free\sFull-Text\s\|)\s+(?=\S)"
)
_EDGES = " \t\xa0\u3000,，;；:：·•|/-–—_、.。"
ABBREVIATED = frozenset(
    """Acad Acoust Adapt Adv Aerosp Agric Akad Algebr Am Amer Anal Angew Ann Annu Appl Arch
    Artif Assoc Astrophys Atmos Autom Behav Biochem Biodivers Bioinform Biol Biomed Biotechnol
    Brief Bull Cardiol Catal Chem Cheminform Clin Cogn Comm Comment Commun Comp Comput Conf
    Conserv Contr Cryst Crystallogr Curr Cybern Dermatol Dev Digit Dir Discov Distrib Ecol Econ
    Econom Educ Elec Electrochem Electron Endocrinol Eng Engrg Entomol Environ Epidemiol Eur Exp
    Found Front Funct Genet Genom Geochem Geol Geom Geoph Geophys Geosci Glaciol Graph Gynecol
    Hist Hydrol Imag Immunol Ind Inf Inform Inorg Inst Instrum Int Intell Interact Interdiscip
    Internat Invent Jpn Knowl Learn Lett Linguist Lond Mach Mag Magn Manag Manuf Mat Mater Math
    Meas Mech Med Metab Meteorol Meth Methodol Microbiol Microsc Microw Mod Mol Multim
    Nanotechnol Nat Natl Netw Neurobiol Neurol Neurosci Norm Nucl Num Numer Nutr Obstet Oceanogr
    Oncol Op Oper Opin Opt Optim Organomet Paleontol Pediatr Pharmacol Phil Philos Photon Phys
    Physiol Planet Polit Pract Proc Process Prog Progr Propag Psychol Psychopathol Publ Pures
    Qual Quart Radiat Radiol Recognit Rel Relat Reliab Rend Renew Rep Res Reson Resour Rev Robot
    Sc Scand Sci Secur Sem Semicond Ser Serv Soc Sociol Softw Spectrosc St Stat Struct Stud Surf
    Surg Surv Sustain Symp Sys Syst Tech Technol Theor Thermodyn Toxicol Trans Transp Vac Veh
    Virol Vis Zool""".split()
)
"""Words of journals that a full stop abbreviates: `Phys. Rev. Lett.`."""
_STOPPED = sorted(
    ABBREVIATED.union(
        "al et vs Md Dr Mr Mrs Ms Prof Univ No no Vol vol v n p pp т вып Jan Feb Mar Apr Jun Jul"
        " Aug Sep Sept Oct Nov Dec May".split()
    ),
    key=lambda word: (len(word), word),
)
ABBREVIATION = (
    r"(?<!\b[A-ZÀ-ÞĀ-ŽА-Я][.．])(?<!-[A-ZÀ-ÞĀ-ŽА-Я][.．])(?<!\ba[.]k[.]a[.．])"
    + "".join(  # what stands behind something has one length
        rf"(?<!\b(?:{'|'.join(words)})[.．])" for _, words in groupby(_STOPPED, key=len)
    )
    + r"(?<!\.\.\.)"
    # A title goes on with a part's number: `. II. Gardens in winter`.
    + r"(?!\s(?:[IVX]{2,5}|Part\s[IVX\d]{1,5})[.:]\s)"
    + "".join(rf"(?<!\.\s[IVX]{{{length}}}\.)" for length in range(2, 6))
)
"""Stands behind a full stop of no initial, abbreviation or ellipsis; in front it is slow."""
_IN_TITLES = "Planet Graph Process Learn Interact Adapt Math Surv Ind Mag Robot".split()
SOURCE_FOLLOWS = (
    "(?:"
    + "|".join(rf"(?<=\b{it}\.)" for it in _IN_TITLES)
    + r")(?=\s[A-Z]{3,}\s(?:(?:19|20)\d\d\b|[A-Z]{3,}\s\d))"
)
"""Stands behind a stop of a title that ends with what else is abbreviated: `Graph. ACL 2020`."""
_STOPPED_WORD = pattern(r"\b(\w+)\.")
_STOPPED_LAST = pattern(r"\w+(?=\.$)")
_TWO_STOPS = pattern(r".*[^\W\d_]\.\s.*[^\W\d_]{2}\.")
_CAPITALS = pattern(
    r"(?:[^\W\d_a-z][\w'’&-]*\.?|of|and|the|&|de)(?:\s(?:[^\W\d_a-z][\w'’&-]*\.?|of|and|the|&|de))*"
)
_EMPTY = pattern(r"\(\s*(?:(?:accepted|to appear|in press)\s*,?\s*)?\)|（\s*）|\[\s*\]|【\s*】")
_WIDE = pattern(r"[\u2010\u2011\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]+")
_BLANK_BEFORE = pattern(r"[\s,，]+(?=[)）\]】])|\s+(?=[,，（])")
DIGIT = pattern(r"\d")
_LETTERS = pattern(r"[^\W\d_]+")
_LONGEST = 300
"""No venue is as long."""


class VenueKind(StrEnum):
    """What appears at a venue."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    PREPRINT = "preprint"


_VENUES = {
    VenueKind.CONFERENCE: """
        3dv aaai aamas accv acl acml acmmm acns acsac adbis adkdd aies aistats alt amia aplas
        apsipa ase asiaccs asiacrypt asonam aspdac asplos asru atc automl bibm bionlp blackboxnlp
        bmvc caise cav ccgrid ccs ches chi chiir cidr cikm codaspy coling collas colm colt concur
        conext conll corl cpaior cscw cvpr dasfaa dcase dexa dimva dsn eacl eamt ecai eccv ecir
        ecis ecml ecoop ecscw edbt egsr emnlp emsoft esann esem esop esorics eswc eurocrypt
        eurographics europar eurosp eurosys eurovis eusipco ewsn facct fccm findings fmcad focs
        foga fossacs fse gcpr gecco globecom gpce hcomp hipc hotcloud hotnets hotos hotstorage
        hpca hpdc hri humanoids iaai icalp icann icaps icassp iccad iccd iccv icdar icdcs icde
        icdm icfhr icfp iciap icip icis iclp iclr icme icml icmla icmr icnp iconip icpc icpm icpp
        icpr icra icsa icse icsme icst ictir icwsm iiswc ijcai ijcar ijcnlp ijcnn imc infocom
        infovis inlg interspeech ipdps ipsn iros isbi isca iscslp iser isit islped ismar ismb
        ismir ispass isrr isscc issre issta iswc itcs iui iwslt jcdl jelia kdd l4dc lctes lics
        lpar lpnmr lrec mfcs miccai micro midl mlhc mlsys mm mobicom mobihoc mobilehci mobisys
        naacl ndss neurips nips nordichi nsdi ntcir oopsla opodis osdi ozchi pacificvis paclic
        pakdd percom pimrc pkc pkdd pldi podc pods popl ppopp ppsn prdc ranlp recomb recsys robio
        rss sacmat saner sdm secon semeval sensys sigcomm sigdial siggraph sigir sigkdd
        sigmetrics sigmod sigspatial slt socc socg socs soda sosp soups sp spaa splc srds ssdbm
        sstd stacs stoc systor tacas tpdl trec uai ubicomp uist usenix usenixsecurity vldb vmcai
        vrst wacv wafr waspaa wcnc webconf websci wisec wmt woot wsdm www""",
    VenueKind.JOURNAL: """
        aer ajps apsr bioinformatics bmj cacm cl corr csur cviu dmkd elife emse eswa grsl ijcv
        ijhcs ijrr imwut iscience isprs jacm jair jama jasa jbhi jcap jhep jmlr jpe jrssb jsac
        jssc jstars jstsp jvcir kais media mnras nature nejm npj pacmmod pacmpl pami pnas popets
        pr prd prl prx pvldb qje ral restud science sicomp tacl talg taslp tbme tcad tcsvt tcyb
        tdsc tecs telo tgrs tifs tip tist tkdd tkde tmi tmlr tmm tnnls tochi tocl tocs todaes tods
        tog tois toplas tosem tpami tpds tro tse tvcg tvlsi tvt vldbj""",
    VenueKind.PREPRINT: "arxiv biorxiv medrxiv chemrxiv techrxiv psyarxiv ssrn preprint",
}
_KIND_OF = {venue: kind for kind, venues in _VENUES.items() for venue in venues.split()}
_FIELD = pattern(r"(?:Social|Natural|Data|Computer) Science")
_RENAMED = {"neurips": "nips"}
_JOINING = frozenset({"of", "the", "on", "in", "and", "for", "to", "with"})
_OF_ANY = pattern(
    r"\d+(?:st|nd|rd|th)?|proceedings|proc|advances|annual|international|conference|meeting|ieee|acm"
    r"|cvf|joint|symposium"
)
"""What a venue's name may begin with that its abbreviation leaves out."""
_ASIDE = pattern(r"[(（\[][^()（）\[\]]*[)）\]]")
_SAYING_KIND = (
    (VenueKind.JOURNAL, r"\bproceedings of the (?:ieee|national academy)\b|\bproc\.? ieee\b"),
    (
        VenueKind.CONFERENCE,
        r"\b(?:proceedings|proc|conference|conf|workshop|symposium|congress|summit|meeting)\b|会议|論文集|论文集|大会|学会",
    ),
    (
        VenueKind.JOURNAL,
        (
            r"\b(?:journal|transactions|trans|letters|reviews?|magazine|annals|annual|bulletin|nature|science"
            r"|communications|quarterly|archives)\b|学报|學報|杂志|雜誌|期刊|通讯|論文誌"
        ),
    ),
)
_FORUM = pattern(
    r"\b(?:proceedings|transactions|journal|conference|workshop|symposium|letters|ieee s&p"
    r"|annals|annales|annalen|zeitschrift|revista"
    r"|(?:university(?: of(?: [a-z]+){1,3})?|mit|crc|academic|free) press)\b"
    r"|会议|期刊|学报|论文集|学会|論文誌|論文集|研究会|학회|학술지|논문지",
    re.IGNORECASE,
)
_ARXIV_ID = pattern(
    rf"arxiv\s?[:：(（.]?\s?({ARXIV_ID}){VERSION}"
    r"(?![\d.]*\d)[)）]?(?:\s?\[[a-z-]{2,8}(?:\.[a-z-]{2,8})?\])?",
    re.IGNORECASE,
)
MONTH_NAME = pattern(  # whole or cut short, but no `SEPLN`
    r"\b(?:jan(?:uary?|v(?:ier)?|eiro)?|fe[bv](?:r(?:uary?|ier|ereiro|ero)?|ereiro)?|mar(?:ch|s|z|zo|co)?"
    r"|a[pvb]r(?:il|ile)?|ma[iy]o?|maggio|jui?n(?:[ei]|io|ho)?|jui?l(?:[iy]|io|ho|let)?|giugno|luglio"
    r"|aug(?:ust)?|aout|ago(?:sto)?|sept?(?:emb(?:er|re)|iembre)?|sett?embre|setembro"
    r"|o[ck]t(?:ober|obre|ubre)?|ottobre|outubro|nov(?:iemb|emb)?(?:er|re|ro)?"
    r"|de[cz](?:iemb|emb)?(?:er|re|ro)?|dic(?:iembre|embre)?|desember|ene(?:ro)?"
    r"|ocak|subat|nisan|haziran|temmuz|agustos|eylul|ekim|kasim|aralik)\b"
)
"""A month's name in a folded text, in the languages that lists are written in."""
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan ene janv", "feb fev fevr", "mar mars", "apr abr avr avri", "may mai", "jun juin",
            "jul juil", "aug ago aout", "sep set sept", "oct okt out", "nov", "dec dez dic",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
DAY = (
    r"(?:19|20)\d\d(?:\s?[-./年]\s?\d\d?(?:\s?[-./月]\s?\d\d?日?|月?)|\d{4})(?![-./]?\d)"
    r"|\d\d?\.\s?\d\d?\.\s?(?:19|20)\d\d|\d\d?/\d\d?/(?:19|20)\d\d"
    r"|[A-Z][a-z]{2,8}\.?\s\d\d?(?:st|nd|rd|th)?,?\s(?:19|20)\d\d|\d\d?\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d"
)
"""A day, or a month of a year, as lists say when somebody read a paper."""
_WEEKDAY = pattern(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s|,?\s\(?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
    r"|(?:周|星期)[一二三四五六日天])\.?\)?$"
)
_DAY_PACKED = pattern(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_DAY_DOTTED = pattern(r"(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)")
_DAY_SLASHED = pattern(r"(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)")
_DAY_NUMBERED = pattern(
    r"(\d{4})\s?[-./年년]\s?(\d{1,2})\s?[-./月월]\s?(\d{1,2})\s?[日일]?(?:[t ]\d\d:\d\d.{0,12})?"
)
_DAY_NAMED = pattern(
    r"(?:(?P<first>[^\W\d_]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<late>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:de\s+)?(?P<second>[^\W\d_]{3,10})\.?)"
    r"(?:,|\s+de)?\s+(?P<year>\d{4})"
)
_ISO = pattern(r"((?:19|20)\d\d)\s*[-./年년]\s*(\d{1,2})(?!\d).*", re.DOTALL)
_LAST = pattern(r"(\d{1,2})[-./](?:(\d{1,2})[-./])?((?:19|20)\d\d)(?!\d).*", re.DOTALL)
_TRIPLE = pattern(r"(\d{1,2})([-./])(\d{1,2})\2(\d{1,2})(?!\d).*", re.DOTALL)
_CUT = pattern(r"[(（] +[^\W_]")
_LIKE_ARXIV = pattern(r"(?:19|20)\d\d\.\d{5}(?:v\d+)?")  # of 2019 and 2020
_PAIR = pattern(r"['’]?(\d\d)[-./](\d{1,2})(?!\d)")
_DIGITS = pattern(r"(\d\d)?(\d\d)(\d\d)(\d\d)")
_QUOTED = pattern(r"['’](\d\d)")
_PACKED_MONTH = r"(?!19[5-9]\d|20[0-4]\d)([0-4]\d)(?:0[1-9]|1[0-2])"
_MONTH = pattern(_PACKED_MONTH)
_PREPRINT_MONTH = pattern(
    rf"arxiv?\s?[/_'’-]?\s?(?:{_PACKED_MONTH}|(?P<dotted>[0-4]\d)\.(?:0[1-9]|1[0-2]))",
    re.IGNORECASE,
)


class VenueYear(NamedTuple):
    """Where and when a paper appeared; `venue year` holds every word of the cell."""

    venue: str | None
    year: int | None
    arxiv: str | None = None
    """The id, where the cell holds one."""
    more: bool = False
    """Whether the cell says more than these hold, such as a month."""


class When(NamedTuple):
    """What a date says."""

    year: int
    more: bool
    """Whether more than the year is known, which `year` cannot hold."""


@lru_cache(maxsize=4096)  # lists name few venues, and ask for each in several ways
def read_source(text: str) -> VenueYear:  # noqa: PLR0911 - one return a form
    """Return the venue and year of a source such as `arXiv2022`, `2018，没发表？`, `AAAI19`.

    What is not understood is the venue, as its author wrote it.
    """
    text = text if text.isascii() else _IN_MARKS.sub(r"\1\2\3", _WIDE.sub(_narrow, text))
    text = BLANKS.sub(" ", text).strip()
    if len(text) > _LONGEST or not DIGIT.search(text):
        return VenueYear(_spelled(text) or None, None)
    ids = _ARXIV_ID.search(text)
    if ids and (arxiv := normalise_arxiv(ids[1])):
        before = text[: ids.start()].rstrip("([（【,;/ ")
        inner = read_source(_tidy(f"{before} {text[ids.end() :]}"))
        return inner._replace(arxiv=arxiv, venue=inner.venue or "arXiv")
    if _RANGE.fullmatch(text):
        return VenueYear(text, None)
    if month := _PREPRINT_MONTH.fullmatch(text):
        return VenueYear("arXiv", 2000 + int(month[1] or month["dotted"]), more=True)
    dates = list(_IN_DATE.finditer(text))
    if len(dates) == 1:
        venue = _tidy(text[: dates[0].start()] + " " + text[dates[0].end() :])
        year_of_date = next(filter(None, dates[0].groups()))
        return VenueYear(_spelled(venue) or None, int(year_of_date), more=True)
    years = list(_YEAR.finditer(text))
    year = years[-1] if years else None
    if year and (len(years) == 1 or not text[year.end() :].strip(_EDGES + ")）]】")):
        venue = _tidy(text[: year.start()].rstrip(" -") + " " + text[year.end() :])
        venue = text if _CUT.search(venue) else venue  # `arXiv (2025 version)`
        if first := _YEAR_BEFORE.match(venue):  # `2020 / WACV 2021`
            return VenueYear(_spelled(venue[first.end() :]) or None, int(year[0][:4]), more=True)
        if MONTH_NAME.fullmatch(fold(venue).rstrip(".")):  # `Dec. 2023`
            return VenueYear(None, int(year[0][:4]), more=True)
        return VenueYear(_spelled(venue) or None, int(year[0][:4]))
    short = None if years or not text.rstrip("'’")[-1:].isdigit() else _SHORT.fullmatch(text)
    quoted = short is not None and short["gap"].strip(" -") != ""
    if short and (
        (quoted and short["venue"][0].isupper())
        or _is_venue(short["venue"], glued=quoted or not short["gap"])
    ):
        return VenueYear(_spelled(short["venue"].strip()), _century(int(short["year"])))
    return VenueYear(_spelled(text) or None, None)


@lru_cache(maxsize=4096)  # a list names few venues, each often
def is_source(text: str) -> bool:
    """Say whether a text can be taken for a venue with a year, or for a venue that is known."""
    read = read_source(text.strip("()（）[]【】 "))
    words = _LETTERS.findall(read.venue or "")
    if not words or len(words) > (11 if words[0] == "IEEE" else 8):  # a sentence is no venue
        return False
    known = not (_KIND_OF.keys().isdisjoint(map(fold, words)) or _FIELD.fullmatch(text))
    known = known or _OF_SOCIETY.fullmatch(read.venue or "") is not None
    return known or (read.year is not None and not read.more) or _FORUM.search(text) is not None


def on_page(title: str) -> tuple[str, str]:
    """Return a title without what sites put around it on its page, and the venue among that."""
    ahead, bare = _SITE_FIRST.match(title), _SITE_LAST.sub("", title)
    bare = bare[ahead.end() :] if ahead else bare
    whole, _, venue = bare.rpartition(" | ")  # How Gardens Grow | Nature
    if len(whole.split()) > 2 and venue[:1].isupper():
        named = is_source(venue) and read_source(venue).year is None
        if named or venue.startswith("Proceedings of the "):
            return whole, venue
    return bare, (ahead["venue"] or "") if ahead else ""


def is_abbreviated(venue: str) -> bool:
    """Say whether a text is the name of a journal by its abbreviations: `Phys. Rev. B`."""
    short = not ABBREVIATED.isdisjoint(_STOPPED_WORD.findall(venue))
    return short and _CAPITALS.fullmatch(venue) is not None


def kind_of(venue: str) -> VenueKind | None:
    """Return what a venue is: of a conference, a journal, or preprints; None where nothing says so.

    `NIPS2019`, `Proceedings of …` and `ICML Workshop` are conferences, `TACL`, `IEEE Trans. …`
    and `Nature` journals, `arXiv:2302.13971` a preprint.
    """
    words = fold_words(read_source(venue).venue or venue).split()
    kinds = [_KIND_OF[word] for word in words if word in _KIND_OF]
    if VenueKind.PREPRINT in kinds:
        return VenueKind.PREPRINT
    text = " ".join(words)
    kinds_said = (kind for kind, saying in _SAYING_KIND if re.search(saying, text))
    return next(kinds_said, kinds[0] if kinds else None)


def is_same_venue(one: str, other: str) -> bool:
    """Say whether two venues are one: case and signs aside, or one is the other's initials.

    `NeurIPS` is `Advances in Neural Information Processing Systems`, `ACL` the `Annual Meeting of
    the Association for Computational Linguistics` and not its North American Chapter's.
    """
    first, second = (_RENAMED.get(name, name) for name in map(fold_title, (one, other)))
    return first == second or any(
        short in _KIND_OF and short in _initials(long)
        for short, long in ((first, other), (second, one))
    )


def _initials(venue: str) -> set[str]:
    """Return what a venue's name may be abbreviated to: words such as `Conference` may be left out.

    Only the words in front may be: what else were left out would tell it from another.
    """
    if len(venue) > _LONGEST:
        return set()
    words = [it for it in fold_words(_ASIDE.sub(" ", venue)).split() if it not in _JOINING]
    first = next((at for at, word in enumerate(words) if not _OF_ANY.fullmatch(word)), len(words))
    return {"".join(word[0] for word in words[at:]) for at in range(first + 1)}


def read_date(text: str, *, year_last: bool = False) -> When | None:  # noqa: PLR0911 - one return a form
    """Return what a date says: `2017-06`, `25.01`, `9/04/24`, `250915`, `2409`, `Jun 2017`.

    `year_last` decides about three numbers of two digits (`order` finds out).
    """
    text = _WIDE.sub(_narrow, text).strip().strip("`*_ ")
    if (year := _year_alone(text)) is not None:
        return When(year, more=False)
    is_other = any(it.fullmatch(text) for it in (_RANGE, _LIKE_ARXIV))
    if len(text) > 60 or not DIGIT.search(text) or is_other:  # no date is as long
        return None
    if (iso := _ISO.match(text)) and 1 <= int(iso[2]) <= 12:
        return When(int(iso[1]), more=True)
    if last := _LAST.match(text):
        return When(int(last[3]), more=True)
    if triple := _TRIPLE.match(text):
        return When(_century(int(triple[4] if year_last else triple[1])), more=True)
    if pair := _PAIR.fullmatch(text):
        is_year = int(pair[1]) > 12 or "'" in text or "’" in text  # else a month and a day
        is_month = int(pair[2]) <= 12
        return When(_century(int(pair[1])), more=True) if is_year and is_month else None
    if digits := _DIGITS.fullmatch(text):
        return _packed(digits)
    if month := _MONTH.fullmatch(text):
        return When(2000 + int(month[1]), more=True)
    if len(years := _YEAR.findall(text)) == 1 and (
        MONTH_NAME.search(fold(text)) or not re.search(r"[^\W\d_]{3}", text)
    ):
        return When(int(years[0][:4]), more=True)
    return None


def _year_alone(text: str) -> int | None:
    if _YEAR.fullmatch(text):
        return int(text[:4])
    quoted = _QUOTED.fullmatch(text)
    return _century(int(quoted[1])) if quoted else None


def day_of(text: str) -> date | None:
    """Return the day that a date says in a form with one meaning.

    `2024-1-5`, `20240105`, `Jan 5, 2024`, and `5.1.2024`: what has dots begins with the day. What
    has slashes may begin with the month, so that one of its numbers must be none: `25/1/2024`.
    """
    if not DIGIT.search(text):
        return None
    text = fold(text.strip().strip("`*_ ")[:60])
    text = _WEEKDAY.sub("", text)
    named = _DAY_NAMED.fullmatch(text)
    if named:
        month = _MONTHS.get((named["first"] or named["second"])[:4].rstrip(".")) or _MONTHS.get(
            (named["first"] or named["second"])[:3]
        )
        parts = (int(named["year"]), month or 0, int(named["day"] or named["late"]))
    elif numbered := _DAY_NUMBERED.fullmatch(text) or _DAY_PACKED.fullmatch(text):
        parts = (int(numbered[1]), int(numbered[2]), int(numbered[3]))
    elif dotted := _DAY_DOTTED.fullmatch(text):
        parts = (int(dotted[3]), int(dotted[2]), int(dotted[1]))
    elif slashed := _DAY_SLASHED.fullmatch(text):
        low, high = sorted((int(slashed[1]), int(slashed[2])))
        if low != high and high <= 12:
            return None
        parts = (int(slashed[3]), low, high)
    else:
        return None
    try:
        return date(*parts)
    except ValueError:  # no such day
        return None


def year_is_last(texts: Iterable[str]) -> bool:
    """Say whether a column's dates of three short numbers end with the year: `9/04/24`."""
    first = last = slashes = 0
    for triple in filter(None, (_TRIPLE.match(text.strip().strip("`*_ ")) for text in texts)):
        one, two, three = int(triple[1]), int(triple[3]), int(triple[4])
        first += _can_be(one, two, three)
        last += _can_be(three, one, two) or _can_be(three, two, one)
        slashes += triple[2] == "/"
    return last > first or (last == first and slashes > 0)


def _can_be(year: int, month: int, day: int) -> bool:
    return 10 <= year <= 49 and 1 <= month <= 12 and 1 <= day <= 31  # a calendar's


def _packed(digits: re.Match[str]) -> When | None:
    century, *parts = digits.groups()
    year, month, day = map(int, parts)
    if not (1 <= month <= 12 and 1 <= day <= 31):  # a calendar's
        return None
    if century is None:
        return When(_century(year), more=True)
    return When(int(century) * 100 + year, more=True) if century in ("19", "20") else None


def _narrow(wide: re.Match[str]) -> str:
    """Return letters, digits and hyphens as other texts have them: `ＡＣＬ ２０２４`."""
    return normalize("NFKC", wide[0]).replace("\u2010", "-")


def _century(year: int) -> int:
    return year + (2000 if year < 50 else 1900)  # nobody's list is older


def _is_venue(venue: str, *, glued: bool) -> bool:
    word = fold(re.split(r"[@/ -]", venue.strip())[-1])
    return (
        word in _KIND_OF
        or _OF_SOCIETY.fullmatch(venue) is not None
        or (glued and bool(_ACRONYM.fullmatch(venue.strip())) and len(word) > 2)
    )  # `V100`


def _spelled(venue: str) -> str:
    return "arXiv" if len(venue) < 8 and fold(venue) in ("arxiv", "arxi") else venue


def _tidy(venue: str) -> str:
    venue = BLANKS.sub(" ", _EMPTY.sub(" ", venue)).strip(_EDGES.replace(".", "") + "'’‘")
    venue = venue.rstrip("(（[【 ")  # which what stood within has left
    last = _STOPPED_LAST.search(venue) if venue.endswith(".") else None
    if last is None or not (last[0] in ABBREVIATED or _TWO_STOPS.fullmatch(venue)):
        venue = venue.strip(_EDGES + "'’‘")
    for opening, closing in ("()", "（）", "[]", "【】"):
        inner = venue[1:-1]
        if venue.startswith(opening) and venue.endswith(closing) and opening not in inner:
            venue = inner.strip(_EDGES)
    return _BLANK_BEFORE.sub("", venue)
