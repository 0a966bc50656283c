from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import query
from papertrack.errors import PapertrackError, RefusedError
from papertrack.models import Catalogue, Paper
from papertrack.query import terms

TODAY = date(2024, 3, 31)
LABS = {
    "OpenAI": (),
    "Meta": ("Facebook", "Facebook Research", "FAIR"),
    "Google": ("Google Brain", "谷歌"),
    "Nobody Yet": (),
}


def paper(key: str, title: str, **fields: object) -> Paper:
    return Paper.model_validate({"key": key, "title": title, **fields})


PAPERS = (
    paper(
        "gpt-3",
        "Language Models are Few-Shot Learners",
        name="GPT-3",
        lab="OpenAI",
        venue="NeurIPS",
        year=2020,
        arxiv="2005.14165",
        status="done",
        tags=("few-shot", "Language Models"),
        added=date(2024, 1, 1),
        started=date(2024, 3, 1),
        finished=date(2024, 3, 20),
        authors=("Tom B. Brown", "Benjamin Mann"),
    ),
    paper(
        "instructgpt",
        "Training language models to follow instructions with human feedback",
        lab="OpenAI",
        venue="arXiv",
        year=2022,
        doi="10.48550/arXiv.2203.02155",
        tags=("rlhf",),
        status="reading",
        added=date(2024, 2, 29),
        summary="OpenAI的InstructGPT：\n1 训练了三个模型（1.3B、6B、175B）；\n",
    ),
    paper(
        "llama",
        "LLaMA: Open and Efficient Foundation Language Models",
        lab="Facebook",
        venue="facebook research",
        year=2023,
        tags=("LLM", "C++"),
        priority=1,
        added=date(2024, 3, 24),
        notes="human\nfeedback is not used; see https://mp.weixin.qq.com/s/MbZ",
        links=("https://arxiv.org/abs/2302.13971",),
        arxiv="2302.13971",
    ),
    paper("peer", "PEER: A Collaborative Language Model", lab="Meta", priority=3, tags=("C",)),
    paper(
        "综述",
        "深度学习综述",
        authors=("李 明",),
        lab="谷歌",
        summary="Ｃafé 的命名实体识别",
        status="dropped",
    ),
)


def keys(text: str | Sequence[str]) -> list[str]:
    wanted = query.parse(text, today=TODAY, labs=LABS)
    return [it.key for it in query.select(PAPERS, wanted)]


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", "gpt-3 instructgpt llama peer 综述"),
        ('""', "gpt-3 instructgpt llama peer 综述"),
        ("lab:OpenAI", "gpt-3 instructgpt"),
        ("lab:openai year:2022", "instructgpt"),
        ("lab:meta", "llama peer"),
        ("lab:facebook", "llama peer"),
        ('lab:"Facebook Research"', "llama peer"),
        ("lab：谷歌，facebook", "llama peer 综述"),
        ("LAB:google", "综述"),
        ("-lab:OpenAI,Meta", "综述"),
        ("lab:Open", ""),
        ("status:to-read", "llama peer"),
        ("status:done,reading", "gpt-3 instructgpt"),
        ("status:已读", "gpt-3"),
        ("status:todo", "llama peer"),
        ("-status:done -status:to-read", "instructgpt 综述"),
        ("tag:rlhf", "instructgpt"),
        ("tag:language-models", "gpt-3"),
        ("tag:few_shot", "gpt-3"),
        ("tags:ll", ""),
        ("tag:C", "peer"),
        ("tag:c++", "llama"),
        ("-tag:vision lab:Meta", "llama peer"),
        ("year:2020", "gpt-3"),
        ("year:2020..2022", "gpt-3 instructgpt"),
        ("year:2022..", "instructgpt llama"),
        ("year:..2020", "gpt-3"),
        ("year:２０２３", "llama"),
        ("-year:2020..2022", "llama peer 综述"),
        ("year:2020,2023", "gpt-3 llama"),
        ("priority:1..2", "llama"),
        ("priority:3", "peer"),
        ("added:2024-02-29", "instructgpt"),
        ("added:2024-02", "instructgpt"),
        ("added:2024", "gpt-3 instructgpt llama"),
        ("added:-1m", "instructgpt"),
        ("added:-1w", "llama"),
        ("added:-2w..", "llama"),
        ("added:..-2w", "gpt-3 instructgpt"),
        ("added:2024-01..2024-02", "gpt-3 instructgpt"),
        ("added:..2023", ""),
        ("finished:-1m..today", "gpt-3"),
        ("started:2024-03-01..", "gpt-3"),
        ("key:LLaMA", "llama"),
        ("key:gpt", ""),
        ("name:gpt", "gpt-3"),
        ("title:language", "gpt-3 instructgpt llama peer"),
        ('title:"language models are"', "gpt-3"),
        ("author:brown", "gpt-3"),
        ("author:李明", "综述"),
        ("李明", "综述"),
        ('"李 明"', "综述"),
        ('"深度 学习"', "综述"),
        ("authors:mann,nobody", "gpt-3"),
        ("venue:ARXIV", "instructgpt"),
        ("venue:research", "llama"),
        ("source:2022", "instructgpt"),
        ('source:"arxiv 2022"', "instructgpt"),
        ("doi:10.48550/ARXIV.2203.02155", "instructgpt"),
        ("doi:https://doi.org/10.48550/arXiv.2203.02155", "instructgpt"),
        ("doi:10.48550", "instructgpt"),
        ("arxiv:2005.14165v3", "gpt-3"),
        ("arXiv:2302", "llama"),
        ("link:arxiv.org", "llama"),
        ("summary:模型", "instructgpt"),
        ("note:weixin", "llama"),
        ("has:notes", "llama"),
        ("has:link,doi", "instructgpt llama"),
        ("missing:year", "peer 综述"),
        ("-has:year", "peer 综述"),
        ("missing:source", "peer 综述"),
        ("missing:status", ""),
        ("human feedback", "instructgpt llama"),
        ('"human feedback"', "instructgpt llama"),
        ("“human feedback”", "instructgpt llama"),
        ('"feedback human"', ""),
        ("feedback human", "instructgpt llama"),
        ("peer,llama", "llama peer"),
        ("-models", "peer 综述"),
        ('-"language models"', "peer 综述"),
        ("cafe", "综述"),
        ("ＧＰＴ", "gpt-3 instructgpt"),
        ("命名实体", "综述"),
        ("三个模型(1.3B", "instructgpt"),
        ("few-shot", "gpt-3"),
        ("brown", "gpt-3"),
        ("neurips", "gpt-3"),
        ("PEER:", "peer"),
        ('"llama: open"', "llama"),
        ("InstructGPT：", "instructgpt"),
        ("https://mp.weixin.qq.com/s/MbZ", "llama"),
        ("https://arxiv.org/abs/2005.14165v2", "gpt-3"),
        ("https://doi.org/10.48550/arxiv.2203.02155", "instructgpt"),
        ("https://arxiv.org/abs/1706.03762", ""),
        ("- few", "gpt-3"),
        ("2022", "instructgpt"),
        ('"arxiv 2022"', "instructgpt"),
        ("openai", "gpt-3 instructgpt"),
        ("2005.14165", "gpt-3"),
        ("2005.14165v4", "gpt-3"),
        ("10.48550/ARXIV.2203.02155", "instructgpt"),
        ("2203.02155", "instructgpt"),
        ("arxiv:2203.02155", "instructgpt"),
        ("doi:10.48550/arXiv.2203.02155v2", "instructgpt"),
        ("rlhf", "instructgpt"),
        ("few‑shot", "gpt-3"),
        ("year:2020-2022", "gpt-3 instructgpt"),
        ("year:2020–2022", "gpt-3 instructgpt"),
        ("year:>2020", "instructgpt llama"),
        ("year:>=2022", "instructgpt llama"),
        ("year:<2022", "gpt-3"),
        ("year:<=2022,2023", "gpt-3 instructgpt llama"),
        ("year:2020年", "gpt-3"),
        ("year:last-year", "llama"),
        ("year:去年", "llama"),
        ("priority:<3", "llama"),
        ("added:this-month", "llama"),
        ("added:last-month", "instructgpt"),
        ("added:last-week", "llama"),
        ("added:this-week", ""),
        ('added:"2 weeks ago.."', "llama"),
        ("added:this-year", "gpt-3 instructgpt llama"),
        ("added:>2024-02", "llama"),
        ("added:>=2024-02", "instructgpt llama"),
        ("added:<2024-02", "gpt-3"),
        ("lab:meta AND priority:3", "peer"),
        ("lab:meta and priority:3", "peer"),
        ("language AND lab:meta", "llama peer"),
        ("lab:meta NOT priority:3", "llama"),
        ("lab:meta not priority:3", "llama"),
        ('"or" AND', ""),
        ("is:done", "gpt-3"),
        ("no:year", "peer 综述"),
    ],
)
def test_a_query_selects(text: str, chosen: str) -> None:
    assert keys(text) == chosen.split()


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ([], "gpt-3 instructgpt llama peer 综述"),
        (["lab:Meta", "-tag:llm"], "peer"),
        (["human feedback"], "instructgpt llama"),
        (["feedback human"], ""),
        (["feedback", "human"], "instructgpt llama"),
        (["-human feedback"], "gpt-3 peer 综述"),
        (["lab:Facebook Research"], "llama peer"),
        (["-lab:Facebook Research,OpenAI"], "综述"),
        (["tag:language  models,rlhf"], "gpt-3 instructgpt"),
        (["lab:Meta status:to-read"], "llama peer"),
        (["language lab:OpenAI"], "gpt-3 instructgpt"),
        (["language -lab:OpenAI"], "llama peer"),
        (["language -open"], "peer"),
        (['lab:"Facebook Research" priority:1'], "llama"),
        (["LLaMA: Open and Efficient"], "llama"),
        (["  lab:meta "], "llama peer"),
        (["lab:meta", "AND", "priority:3"], "peer"),
        (["lab:meta", "not", "priority:3"], "llama"),
        (["lab:meta", "NOT", "LLaMA: Open"], "peer"),
    ],
)
def test_the_words_of_a_command_line_have_lost_their_quotes(words: list[str], chosen: str) -> None:
    assert keys(words) == chosen.split()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lba:Meta", 'lba:Meta: no field "lba": did you mean lab? '),
        ("peer -labs:Meta", '-labs:Meta: no field "labs": did you mean lab'),
        ("NEZHA:Neural", 'NEZHA:Neural: no field "NEZHA": a query is like lab:Meta '),
        ("lab:", "lab: has no value: write one, or missing:lab "),
        ("has:", "has: has no value: write one, like has:year"),
        ('lab:""', 'lab:"" has no value'),
        ("lab:,", "lab:, has no value"),
        ("has:note5", 'has:note5: no field "note5": did you mean has:note?'),
        ("missing:has", 'missing:has: no field "has": '),
        ("missing:好", 'missing:好: no field "好": write missing:year or missing:notes'),
        ("status:doen", 'status:doen: no status "doen": did you mean done?'),
        ("status:好", 'status:好: no status "好": write one of to-read, reading, '),
        ("year:20x3", 'year:20x3: "20x3" is not a year or a range: write year:2023, '),
        ("year:202x", 'year:202x: "202x" is not a year or a range'),
        ("year:..", 'year:..: ".." is not a year or a range'),
        ("year:last-week", 'year:last-week: "last-week" is not a year or a range'),
        ("added:2024-01-01-2024-02-01", "added:2024-01-01-2024-02-01: "),
        ("added:<0001-01-01", "added:<0001-01-01: "),
        ("year>2020", "year>2020: put a colon between a field and its value: write year:>2020"),
        ("year>=2020", "year>=2020: put a colon between a field and its value: write year:>=2020"),
        ("lab=Meta", "lab=Meta: put a colon between a field and its value: write lab:Meta"),
        ("lab==Meta", "lab==Meta: put a colon between a field and its value: write lab:Meta"),
        ("lab!=Meta", "lab!=Meta: put a colon between a field and its value: write -lab:Meta"),
        ("!lab:Meta", "!lab:Meta: a minus sign negates: write -lab:Meta"),
        ("(lab:Meta year:2020)", "(lab:Meta: no brackets in a query: write lab:Meta"),
        ("-(lab:Meta)", "-(lab:Meta): no brackets in a query: write -lab:Meta"),
        ("lab:Meta OR lab:OpenAI", "OR: all terms must hold; a comma means any of: write "),
        ("lab:Meta or lab:OpenAI", "OR: all terms must hold; a comma means any of: write "),
        ("lab:Meta || lab:OpenAI", "OR: all terms must hold; a comma means any of: write "),
        ("bert OR gpt", "OR: all terms must hold; a comma means any of: write "),
        ("sort:year", 'sort:year: no field "sort": --sort year sorts'),
        ("after:2020", 'after:2020: no field "after": write year:2020.. or added:-2w..'),
        ("keyword:x", 'keyword:x: no field "keyword": did you mean tag?'),
        ("state:done", 'state:done: no field "state": did you mean status?'),
        ("lab:Meta|OpenAI", "lab:Meta|OpenAI: a comma means any of: write lab:Meta,OpenAI"),
        ("has:好:x", 'has:好:x: no field "好:x"'),
        ("year:2023..2020", "year:2023..2020: this range ends before it begins"),
        ("year:1..2..3", 'year:1..2..3: "1..2..3" is not a year or a range'),
        ("priority:6", 'priority:6: "6" is not a priority or a range: write priority:2, '),
        ("added:soon", 'added:soon: "soon" is not a date or a range: write added:2023-03, '),
        ("added:2023-02-30", 'added:2023-02-30: "2023-02-30" is not a date'),
        ("added:today..-2w", "added:today..-2w: this range ends before it begins"),
        ("added:-99999y..", 'added:-99999y..: "-99999y.." is not a date'),
        ('"human feedback', 'the quote at "human feedback is not closed'),
        ("title:“human", "the quote at “human is not closed"),
        ("--lab Meta", "--lab: no term begins with --; "),
    ],
)
def test_a_term_that_is_not_right_is_named_with_the_nearest(text: str, message: str) -> None:
    with pytest.raises(PapertrackError) as caught:
        keys(text)
    assert caught.value.exit_status == 2
    assert caught.value.message.startswith(message)


FIELDS = sorted({"title", "tag", "lab", "venue", "summary", "notes", "author", "link", "key"})


@given(
    field=st.sampled_from(["", *FIELDS]),
    value=st.text(min_size=1).filter(str.strip),
    negated=st.booleans(),
)
def test_any_text_spelled_as_a_term_reads_back(field: str, value: str, *, negated: bool) -> None:
    spelled = f"{'-' if negated else ''}{query.term(field, value)}"
    (read,) = query.parse(spelled, today=TODAY).terms
    assert read.values == (" ".join(value.split()),)
    assert (read.field, read.negated) == (query.NAMES[field] if field else None, negated)
    assert query.parse([spelled], today=TODAY).terms == (read,)


@given(st.lists(st.text(alphabet='ab ,:-"“”\\>!.é好，：\n\t', max_size=12), max_size=4))
def test_a_query_reads_back_from_its_text(words: list[str]) -> None:
    try:
        read = query.parse(words, today=TODAY)
    except PapertrackError:
        return
    text = " ".join(map(str, read.terms))
    assert query.parse(text, today=TODAY).terms == read.terms
    assert "->" not in text
    assert "!>" not in text
    assert len(text.splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("lab:Meta,OpenAI  -tags:vision", "lab:Meta,OpenAI -tag:vision"),
        ('lab:"Meta AI" "human  feedback"', 'lab:"Meta AI" "human feedback"'),
        ("added:-2w.. BERT: ", 'added:-2w.. "BERT:"'),
        ("https://a.example/x,y", '"https://a.example/x,y"'),
        ('title:"-->"', r'title:"--\>"'),
        (r'"\alpha \"x\" \\"', r'"\\alpha \"x\" \\"'),
    ],
)
def test_a_query_is_spelled_one_way(text: str, spelled: str) -> None:
    read = query.parse(text, today=TODAY)
    assert " ".join(map(str, read.terms)) == spelled
    assert query.parse(spelled, today=TODAY).terms == read.terms


@pytest.mark.parametrize(
    ("values", "spelled"),
    [
        ("Meta,OpenAI", 'lab:"Meta,OpenAI"'),
        (["Meta,OpenAI"], "lab:Meta,OpenAI"),
        (["Meta AI", "OpenAI ， FAIR"], 'lab:"Meta AI",OpenAI,FAIR'),
        (["", " "], 'lab:""'),
    ],
)
def test_an_option_given_again_means_any_of(values: str | list[str], spelled: str) -> None:
    assert query.term("lab", values) == spelled


SPELLED_DIFFERENTLY = paper(
    "k",
    "What’s Łukasz’s “Few‑shot” Smørrebrød with Æther, þorn, đ, œuvre, ışık and Straße",
    authors=("García Márquez, Gabriel", "Łukasz Kaiser"),
    columns={"Code": "https://github.com/x/y", "Datensätze": "ImageNet"},
)


@pytest.mark.parametrize(
    "text",
    [
        "lukasz", "what's", '"few-shot"', "few–shot", "smorrebrod", "aether", "thorn", "oeuvre",
        "isik", "strasse", '"gabriel garcia marquez"', '"Garcia Marquez, Gabriel"', "imagenet",
        "github.com/x", 'author:"gabriel garcia"', "has:column:code", "column:Code",
        "column:datensatze", "column:Code:github", "has:columns", "-column:Paper",
        "-column:Code:gitlab", "missing:column:Paper",
    ],
)  # fmt: skip
def test_search_finds_what_people_type_differently(text: str) -> None:
    wanted = query.parse(text, today=TODAY)
    assert query.select([SPELLED_DIFFERENTLY], wanted)
    assert not query.select([PAPERS[4]], wanted) or text[:2] in ("-c", "mi")


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("title", ["“Alpha” Star", "Paper 2", "Paper 10", "The Paper 11", "Paper 100", "Zebra"]),
        ("-title", ["Zebra", "Paper 100", "The Paper 11", "Paper 10", "Paper 2", "“Alpha” Star"]),
        ("title", ["Lodz a", "Łódź b", "Lodz c", "Loeb"]),
        ("title", ["An Ant", "A Bee", "cat", "The Dog", "THE", "Über", "深度"]),
        ("title", ["9" * 5000, "1" + "0" * 5000]),
    ],
)
def test_titles_are_sorted_as_a_reader_does(sort: str, titles: list[str]) -> None:
    papers = [paper(f"k{number}", title) for number, title in enumerate(reversed(titles))]
    assert [it.title for it in query.ordered(papers, query.parse_sort(sort))] == titles


def test_authors_are_sorted_by_family_name() -> None:
    papers = [paper("a", "A", authors=("Ann Zed",)), paper("b", "B", authors=("Lee, Zoe",))]
    assert [it.key for it in query.ordered(papers, query.parse_sort("author"))] == ["b", "a"]


def test_what_a_query_asks_for_can_be_read_from_it() -> None:
    wanted = query.parse("tag:rlhf,llm -tag:vision lab:Meta", today=TODAY)
    assert wanted.values_of("tag") == ("rlhf", "llm")
    assert wanted.values_of("year") == ()


CATALOGUE = Catalogue(labs=LABS, papers=PAPERS)


@pytest.mark.parametrize(
    "text",
    ["lab:FACEBOOK", "lab:Nobody-Yet", "tag:c++,few-shot", "-lab:Mta -tag:vision", "mta", ""],
)
def test_names_that_somebody_has_are_known(text: str) -> None:
    query.check_names(query.parse(text, today=TODAY), CATALOGUE)


@pytest.mark.parametrize(
    ("text", "catalogue", "message"),
    [
        ("lab:Mta", CATALOGUE, 'no lab "Mta": did you mean Meta?'),
        ("lab:Meta,Facebok", CATALOGUE, 'no lab "Facebok": did you mean Facebook?'),
        ("tag:rhlf", CATALOGUE, 'no tag "rhlf": did you mean rlhf?'),
        (
            "tag:vision",
            CATALOGUE,
            'no tag "vision": the tags are few-shot, Language Models, rlhf, LLM, ',
        ),
        ("tag:x", Catalogue(), 'no tag "x": no paper has a tag yet'),
        (
            "lab:x",
            Catalogue(labs={f"Lab {number}": () for number in range(9)}),
            'no lab "x": `papertrack labs` lists all 9',
        ),
    ],
)
def test_a_name_that_nobody_has_is_refused(text: str, catalogue: Catalogue, message: str) -> None:
    with pytest.raises(RefusedError) as caught:
        query.check_names(query.parse(text, today=TODAY), catalogue)
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("", "gpt-3 instructgpt llama peer 综述"),
        ("year", "gpt-3 instructgpt llama peer 综述"),
        ("-year", "llama instructgpt gpt-3 peer 综述"),
        ("priority,-year", "llama peer instructgpt gpt-3 综述"),
        ("lab,-added", "llama peer instructgpt gpt-3 综述"),
        ("status,title", "llama peer instructgpt gpt-3 综述"),
        ("-status", "综述 gpt-3 instructgpt llama peer"),
        ("-title", "综述 instructgpt peer llama gpt-3"),
        ("tag", "peer gpt-3 llama instructgpt 综述"),
        ("source", "instructgpt llama gpt-3 peer 综述"),
        (" -Added ，key", "llama instructgpt gpt-3 peer 综述"),
    ],
)
def test_papers_are_sorted_with_absence_last(sort: str, keys: str) -> None:
    assert [it.key for it in query.ordered(PAPERS, query.parse_sort(sort))] == keys.split()


@pytest.mark.parametrize(
    ("sort", "message"),
    [
        ("yaer", 'no field "yaer": did you mean year?'),
        ("year,-", 'no field "": write fields to sort by, like year,-added'),
        ("has", 'no field "has": '),
    ],
)
def test_an_unknown_field_to_sort_by_is_an_error(sort: str, message: str) -> None:
    with pytest.raises(PapertrackError) as caught:
        query.parse_sort(sort)
    assert caught.value.message.startswith(message)


def test_an_own_column_is_named_with_the_commas_of_its_header() -> None:
    own = ("Code", "Code, or data", "代码，数据，模型")
    text = "key,column:code, or data,column:Code,title"
    assert query.parse_columns(text, own) == (
        "key",
        "column:Code, or data",
        "column:Code",
        "title",
    )
    assert query.parse_sort("-column:代码，数据，模型,year", own) == (
        ("column:代码，数据，模型", True),
        ("year", False),
    )
    assert query.parse_columns("column:Code, title", own) == ("column:Code", "title")
    with pytest.raises(PapertrackError, match='no field "or more"'):
        query.parse_columns("column:Code, or more", own)


def test_columns_are_fields() -> None:
    assert query.parse_columns("") == ()
    assert query.parse_columns("Key, author ,source，tags,") == ("key", "authors", "source", "tags")
    with pytest.raises(PapertrackError, match=r'no field "titel": did you mean title\?'):
        query.parse_columns("key,titel")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-03-01", date(2023, 3, 1)),
        ("2023/3/1", date(2023, 3, 1)),
        ("today", TODAY),
        (" Yesterday ", date(2024, 3, 30)),
        ("昨天", date(2024, 3, 30)),
        ("2024年3月28日", date(2024, 3, 28)),
        ("-3d", date(2024, 3, 28)),
        ("-2w", date(2024, 3, 17)),
        ("-1m", date(2024, 2, 29)),
        ("-13m", date(2023, 2, 28)),
        ("-3m", date(2023, 12, 31)),
        ("-1y", date(2023, 3, 31)),
    ],
)
def test_a_day_is_understood(text: str, day: date) -> None:
    assert query.parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023", '"2023" is not one day: write 2023-03-01, today, yesterday or -2w'),
        ("2023-12", '"2023-12" is not one day'),
        ("2023年12月", '"2023年12月" is not one day'),
        ("2023年", '"2023年" is not one day'),
        ("2023-13", '"2023-13" is not a date: write 2023-03-01, '),
        ("0000-01-01", '"0000-01-01" is not a date'),
        ("-9000y", '"-9000y" is not a date'),
        ("-999999w", '"-999999w" is not a date'),
        ("tomorrowish", '"tomorrowish" is not a date'),
        ("", '"" is not a date'),
    ],
)
def test_what_is_no_day_is_an_error(text: str, message: str) -> None:
    with pytest.raises(PapertrackError) as caught:
        query.parse_date(text, TODAY)
    assert caught.value.message.startswith(message)


def test_the_last_month_of_the_calendar_has_an_end() -> None:
    assert keys("-added:9999-12") == [it.key for it in PAPERS]


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "x5", "0"])
def test_a_number_of_papers_is_one(text: str) -> None:
    assert query.parse_count(" ５ ", "--limit") == 5
    assert query.parse_count("0", "--limit", least=0) == 0
    with pytest.raises(PapertrackError, match=r"is not a number of papers.*: write --limit 5"):
        query.parse_count(text, "--limit")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("状态:已读", "status:已读"),
        ("标签：图网络", "tags:图网络"),
        ("-机构:OpenAI", "-lab:OpenAI"),
        ("综述：图网络", '"综述：图网络"'),
    ],
)
def test_fields_may_be_named_in_chinese(typed: str, meant: str) -> None:
    assert terms.read_terms(typed) == terms.read_terms(meant)
