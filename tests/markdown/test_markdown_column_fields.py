import pytest

from papertrack.errors import PapertrackError
from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Table
from papertrack.markdown.writing import dumps
from papertrack.models import Headings, Paper

_LIST = "|名称|来源|说明|状态|备注|\n|-|-|-|-|-|\n"


def table(text: str, mapping: dict[str, str] | None = None) -> Table:
    [parsed] = loads(text, mapping=mapping)
    return parsed


def papers(text: str) -> list[Paper]:
    return [paper for _, paper in table(text).papers]


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("Mon|Tue|Wed|Thu|Fri|Sat|Sun", "1|2|3|4|5|6|7", "a calendar"),
        ("Name|Affiliation|Role|Email", "A B|MIT|PhD|a@b.c", "people"),
        ("Command|Description", "`x`|Preview what would be done", "commands or settings"),
        ("Model|F1|CR", "BERT|93.1|0.3", "a leaderboard without papers"),
        ("Year|Website|Deadline|Location", "2024|x|2024-01-02|Rome", "a schedule"),
        ("Feature|Description", "Daily|Runs every 8 hours here", "no column of titles among"),
        ("Metric|Paper|Ours", "Acc|93.1|93.2", "no column of titles among"),
        ("Makale|SQL havuzu", "[Bağlantılar](x.md)|Yes", "does not look like papers"),
    ],
)
def test_a_table_of_something_else_is_left(header: str, row: str, reason: str) -> None:
    width = header.count("|") + 1
    parsed = table(f"|{header}|\n|{'-|' * width}\n|{row}|\n|{row}|\n")
    assert parsed.skipped is not None
    assert reason in parsed.skipped
    assert parsed.counts["skipped"] == len(parsed.rows) == 2
    assert {r.reason for r in parsed.rows} == {parsed.skipped}


@pytest.mark.parametrize(
    ("header", "row", "fields"),
    [
        (
            "Date|keywords|Institute|Paper",
            "2017-06|Transformers|Google|[Attention Is All](https://arxiv.org/pdf/1706.03762.pdf)",
            {
                "title": "Attention Is All",
                "lab": "Google",
                "year": 2017,
                "arxiv": "1706.03762",
                "links": ("https://arxiv.org/pdf/1706.03762.pdf",),
                "tags": ("Transformers",),
                "columns": {"Date": "2017-06"},
            },
        ),
        (
            "Model|ROUGE-1|ROUGE-2|METEOR|Paper / Source|Code",
            "RNES (Wu)|41.25|18.8|-|[Learning to Extract](https://x.org/p)|[Official](https://github.com/a/b)",
            {
                "title": "Learning to Extract",
                "links": ("https://x.org/p", "https://github.com/a/b"),
                "columns": {
                    "Model": "RNES (Wu)",
                    "ROUGE-1": "41.25",
                    "ROUGE-2": "18.8",
                    "Code": "[Official](https://github.com/a/b)",
                },
            },
        ),
        (
            "**Name**|**Paper**|**Publication**|**Link**",
            "LGIR|Enhancing Job Recommendation|AAAI 2024|[[Link]](https://arxiv.org/abs/2307.10747)",
            {
                "name": "LGIR",
                "title": "Enhancing Job Recommendation",
                "venue": "AAAI",
                "year": 2024,
                "arxiv": "2307.10747",
                "columns": {"Link": "[[Link]](https://arxiv.org/abs/2307.10747)"},
            },
        ),
        (
            "논문|저자|연도|핵심 기여|arXiv",
            "RTMPose|Jiang et al.|2023|SimCC|2303.07399",
            {
                "title": "RTMPose",
                "authors": ("Jiang", "et al."),
                "year": 2023,
                "arxiv": "2303.07399",
                "columns": {"핵심 기여": "SimCC"},
            },
        ),
        (
            "論文|著者|発表|ポイント",
            "[RT-2](https://arxiv.org/abs/2307.15818)|Zitkovich et al. (Google)|CoRL 2023|原点",
            {
                "title": "RT-2",
                "authors": ("Zitkovich", "et al."),
                "lab": "Google",
                "venue": "CoRL",
                "year": 2023,
                "arxiv": "2307.15818",
                "columns": {"著者": "Zitkovich et al. (Google)", "ポイント": "原点"},
            },
        ),
        (
            "Titre|Auteurs|Année|Résumé|Lu ?",
            "Une étude des choses|A. Dupont, B. Durand|2020|Court<br/>et bon|oui",
            {
                "title": "Une étude des choses",
                "authors": ("A. Dupont", "B. Durand"),
                "year": 2020,
                "summary": "Court\net bon\n",
                "status": "done",
            },
        ),
        (
            "#|Makale|Yıl|Durum",
            "1|Derin öğrenme üzerine notlar|2021|okundu",
            {"title": "Derin öğrenme üzerine notlar", "year": 2021, "status": "done"},
        ),
        (
            "||||",
            "GPT | 2018.06.11 | - | [Improving Language Understanding](https://cdn.org/l.pdf)",
            {
                "name": "GPT",
                "title": "Improving Language Understanding",
                "year": 2018,
                "links": ("https://cdn.org/l.pdf",),
                "columns": {"Column 2": "2018.06.11"},
            },
        ),
        (
            "Title|Authors|DOI|Priority|Added",
            "A Title|Jane Doe|10.1145/3547139|2|2024-01-31",
            {
                "title": "A Title",
                "authors": ("Jane Doe",),
                "doi": "10.1145/3547139",
                "priority": 2,
                "added": "2024-01-31",
            },
        ),
    ],
    ids=[
        "dates",
        "scores",
        "links",
        "korean",
        "japanese",
        "french",
        "turkish",
        "headless",
        "strict",
    ],
)
def test_each_column_goes_where_it_belongs(
    header: str, row: str, fields: dict[str, object]
) -> None:
    width = row.count("|") + 1
    head = f"|{header}|" if header.strip("|") else f"|{'|' * width}"
    [paper] = papers(f"{head}\n|{'-|' * width}\n|{row}|\n")
    held = paper.model_dump(exclude_defaults=True, mode="python")
    held.pop("key")
    spelled = {name: str(v) if name in ("added", "status") else v for name, v in held.items()}
    assert spelled == fields


def test_a_date_of_reading_is_no_year_of_a_much_older_paper() -> None:
    rows = "| 2023-01-05 | [Attention Is All](https://arxiv.org/abs/1706.03762) |\n"
    [paper] = papers("| Date | Title |\n|---|---|\n" + rows)
    assert (paper.year, paper.columns) == (None, {"Date": "2023-01-05"})


def test_a_status_that_is_none_is_kept_under_its_header() -> None:
    rows = "|《A》|||done||\n|《B》|||DPO：<br/>two lines|n|\n"
    parsed = table(_LIST + rows)
    second = parsed.rows[1].papers[0]
    assert (second.status.value, second.notes) == ("to-read", "n")
    assert second.columns == {"状态": "DPO：\ntwo lines"}
    assert [doubt.line for doubt in parsed.doubts] == [4]


def test_a_person_says_what_the_columns_hold() -> None:
    text = "| Thing | 备注 | Where |\n|---|---|---|\n| One | two | ACL 2019 |\n"
    assert table(text).skipped
    [(_, paper)] = table(text, {"thing": "title", "备注": "skip", "3": "source"}).papers
    assert (paper.title, paper.notes, paper.venue, paper.year) == ("One", None, "ACL", 2019)


def test_a_field_that_there_is_not_cannot_be_mapped_to() -> None:
    with pytest.raises(PapertrackError, match="did you mean title"):
        loads("", mapping={"Paper": "titel"})


@pytest.mark.parametrize(
    ("text", "look"),
    [
        (
            "| # | Paper | Tags | Done? |\n|-|-|-|-|\n| 1 | [Abc def](https://x.org) | a, b | ✅ |",
            {
                "columns": ("number", "title+link", "tags", "status"),
                "headers": ("#", "Paper", "Tags", "Done?"),
                "statuses": {"to-read": "", "done": "✅"},
            },
        ),
        (
            "| **Title** | Year | Score |\n|-|-|-|\n| “A b” | 2019 | - |\n| “C d” | - | 3 |\n",
            {
                "columns": ("title", "year", "column:Score"),
                "headers": ("**Title**", "Year", "Score"),
                "nothing": "-",
                "brackets": "“”",
            },
        ),
        (
            _LIST
            + "|综述|NULL|NULL|NULL|NULL|\n"
            + "|《A》|x 2019|a<br />b|[ ]|NULL|\n|《B》|y|a<br>|[x]||\n",
            {
                "headers": ("名称", "来源", "说明", "状态", "备注"),
                "group": "tag",
                "headings": Headings.FIRST,
                "nothing": "NULL",
                "statuses": {"to-read": "[ ]", "done": "[x]"},
                "brackets": "《》",
            },
        ),
    ],
    ids=["links", "quotes", "brackets"],
)
def test_the_look_of_a_table_is_found(text: str, look: dict[str, object]) -> None:
    settings = table(text).look.model_dump(exclude_defaults=True)
    assert settings == look


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Title|Authors|Venue|Year|Tags|Status|Summary|Notes|Read date", "English"),
        ("标题|作者|会议|年份|标签|状态|摘要|备注|阅读日期", "Chinese"),
        ("文章名称|作者|期刊|年份|关键词|进度|说明|笔记|读完日期", "Chinese, of articles"),
        ("タイトル|著者|会議|発表年|タグ|状況|要約|メモ|読了日", "Japanese"),
        ("제목|저자|학회|연도|태그|상태|요약|메모|읽은 날짜", "Korean"),
        (
            "Titel|Autoren|Konferenz|Jahr|Schlagwörter|Stand|Zusammenfassung|Notizen|Gelesen am",
            "de",
        ),
        ("Titre|Auteurs|Revue|Année|Mots-clés|Statut|Résumé|Remarques|Date de lecture", "French"),
        ("Título|Autores|Revista|Año|Etiquetas|Estado|Resumen|Notas|Fecha de lectura", "Spanish"),
        ("Título|Autores|Conferência|Ano|Assuntos|Situação|Resumo|Observações|Lido em", "pt"),
        ("Название|Авторы|Журнал|Год|Ключевые слова|Статус|Описание|Заметки|Дата прочтения", "ru"),
        ("Tên bài báo|Tác giả|Hội nghị|Năm|Từ khóa|Trạng thái|Tóm tắt|Ghi chú|Ngày đọc", "vi"),
    ],
    ids=lambda text: text.split("|")[0],
)
def test_the_usual_columns_are_known_in_the_language(header: str, fields: str) -> None:
    assert fields
    row = "How small gardens grow|Ann Author, Bob Writer|ICML|2021|a, b|done|short|mine|2024-01-05"
    [paper] = papers(f"|{header}|\n|{'-|' * 9}\n|{row}|\n")
    held = paper.model_dump(exclude_defaults=True, mode="json")
    held.pop("key")
    assert held == {
        "title": "How small gardens grow",
        "authors": ["Ann Author", "Bob Writer"],
        "venue": "ICML",
        "year": 2021,
        "tags": ["a", "b"],
        "status": "done",
        "summary": "short",
        "notes": "mine",
        "finished": "2024-01-05",
    }


def test_a_title_is_what_stands_in_brackets_only_where_these_are_its_own() -> None:
    works = "|《红楼梦》人物关系抽取|\n|基于《红楼梦》的情感分析|\n|《红楼梦》作者考证|\n"
    titles = [paper.title for paper in papers(f"|名称|\n|-|\n{works}|《LLaMA》|\n")]
    assert titles == [
        "《红楼梦》人物关系抽取",
        "基于《红楼梦》的情感分析",
        "《红楼梦》作者考证",
        "LLaMA",
    ]


@pytest.mark.parametrize(
    ("cell", "status", "finished"),
    [
        ("2024-01-05", "done", "2024-01-05"),
        ("2024/1/5", "done", "2024-01-05"),
        ("Jan 5, 2024", "done", "2024-01-05"),
        ("5 de janeiro de 2024", "done", "2024-01-05"),
        ("2024年1月5日", "done", "2024-01-05"),
        ("20240105", "done", "2024-01-05"),
        ("5.1.2024", "done", "2024-01-05"),
        ("2024-01", "done", "None"),
        ("", "to-read", "None"),
    ],
)
def test_a_date_of_reading_is_of_a_paper_that_is_done(
    cell: str, status: str, finished: str
) -> None:
    rows = f"|A title of some words|{cell}|\n|Another title of words|2023-02-02|\n"
    first, _ = papers(f"|Title|Read|\n|-|-|\n{rows}")
    assert (first.status.value, str(first.finished)) == (status, finished)


@pytest.mark.parametrize(
    ("cell", "status", "finished", "started"),
    [
        ("done 01.02.2024", "done", "2024-02-01", "None"),
        ("✅ 2024-02-01", "done", "2024-02-01", "None"),
        ("已读（2024年2月1日）", "done", "2024-02-01", "None"),
        ("read 2024-02", "done", "None", "None"),
        ("在读 2024/2/1", "reading", "None", "2024-02-01"),
        ("[ ]", "to-read", "None", "None"),
    ],
)
def test_a_status_says_its_day(cell: str, status: str, finished: str, started: str) -> None:
    rows = f"|A title of some words|{cell}|\n|Another title of words|done|\n"
    first, _ = papers(f"|Title|Status|\n|-|-|\n{rows}")
    assert first.status.value == status
    assert (str(first.finished), str(first.started)) == (finished, started)


def test_known_venues_with_their_years_are_sources_whatever_their_header() -> None:
    first, second, _ = papers(
        "|Cite|Nickname|Paper|\n|-|-|-|\n|SOSP24'|Sig|How Small Gardens Keep Growing|\n"
        "|ATC 20'|Faas|Cold Clocks: Why Old Towers Run Slow|\n|OSDI 2019|Wuk||\n"
    )
    assert [(paper.venue, paper.year) for paper in (first, second)] == [
        ("SOSP", 2024),
        ("ATC", 2020),
    ]


def test_a_name_without_a_title_is_a_paper_of_that_name() -> None:
    _, second = papers(
        "|Nickname|Paper|Venue|\n|-|-|-|\n|Sig|How Small Gardens Keep Growing|ICML 2019|\n"
        "|Wukong||SoCC 2020|\n"
    )
    assert (second.title, second.venue, second.year) == ("Wukong", "SoCC", 2020)


def test_a_year_that_stands_once_is_of_the_rows_below_too() -> None:
    titles = ["How Small Gardens Keep Growing", "Cold Clocks: Why Towers Run Slow", "Mask Clocks"]
    cells = zip(
        ("2023", "", "2022", "", ""), [*titles, "A Long Way Round", "Slow Towers"], strict=True
    )
    rows = "".join(f"|{year}|{title}|ICML|\n" for year, title in cells)
    parsed = table(f"|Year|Title|Venue|\n|-|-|-|\n{rows}")
    years = [paper.year for _, paper in parsed.papers]
    assert years == [2023, 2023, 2022, 2022, 2022]
    assert parsed.look.columns == ("column:Year", "title", "venue")


@pytest.mark.parametrize(
    ("headings", "columns", "year"),
    [
        ("## 2023", "Title|Venue", 2023),
        ("## 2023\n\n### Conferences", "Title|Venue", 2023),
        ("## Papers I read\n\n### 2023", "Title|Venue", None),
        ("## 2023", "Title|Notes", None),
    ],
)
def test_a_venue_below_a_year_is_of_that_year(
    headings: str, columns: str, year: int | None
) -> None:
    row = "|How Small Gardens Keep Growing|ICML|"
    [paper] = papers(f"{headings}\n\n|{columns}|\n|-|-|\n{row}\n")
    assert paper.year == year


def test_counts_below_papers_are_no_titles() -> None:
    parsed = table("|Direction|Papers|Tools|\n|-|-|-|\n|Gardens|30+|8|\n|Clocks|**40+**|5|\n")
    assert parsed.papers == []


def test_long_lists_of_few_words_each_are_tags() -> None:
    words = "Evolutionary testing, many-objective optimisation; performance, code review"
    [paper] = papers(f"|Title|Keywords|\n|-|-|\n|How Small Gardens Keep Growing|{words}|\n")
    assert len(paper.tags) == 4
    told = "It shows how small gardens keep growing in winter, and what it is that they need"
    [paper] = papers(f"|Title|Keywords|\n|-|-|\n|How Small Gardens Keep Growing|{told}|\n")
    assert (paper.tags, paper.columns) == ((), {"Keywords": told})


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("#gardens<br>#clocks", ("gardens", "clocks")),
        ("#gardens #clocks", ("gardens", "clocks")),
        ("方法 防御", ("方法", "防御")),
        ("slow clocks", ("slow clocks",)),
        ("clocks (cold, slow), beds（a、b）、c", ("clocks (cold, slow)", "beds（a、b）", "c")),
        ("clocks (cold (old, slow), new), beds", ("clocks (cold (old, slow), new)", "beds")),
        ("clocks (cold, beds · c", ("clocks (cold", "beds", "c")),
    ],
)
def test_tags_are_told_apart(cell: str, tags: tuple[str, ...]) -> None:
    [paper] = papers(f"|Title|Tags|\n|-|-|\n|How Small Gardens Keep Growing|{cell}|\n")
    assert paper.tags == tags


def test_links_that_name_the_site_of_a_paper_are_no_titles() -> None:
    rows = (
        "|How Small Gardens Keep Growing|[aclweb](https://www.aclweb.org/anthology/N16-1108)|\n"
        "|Cold Clocks on Old Towers|[uchicago](http://ttic.uchicago.edu/papers/clocks.pdf)|\n"
    )
    first, _ = papers(f"|Approach|Paper|\n|-|-|\n{rows}")
    assert first.title == "How Small Gardens Keep Growing"


def test_venues_that_are_links_are_venues() -> None:
    row = "|How Small Gardens Keep Growing|{}|\n"
    cells = ("[arxiv](https://arxiv.org/abs/2303.09826)", "[CVPR23](https://github.com/x/y)")
    first, second = papers("|Title|Published|\n|-|-|\n" + "".join(map(row.format, cells)))
    assert (first.venue, first.arxiv) == ("arXiv", "2303.09826")
    assert (second.venue, second.year) == ("CVPR", 2023)


def test_a_date_with_the_day_of_the_week_is_of_a_meeting() -> None:
    rows = "|How Small Gardens Keep Growing|Apr 19, 2018|Ann|\n"
    [paper] = papers(f"|Paper|Date (Thursday)|Speaker|\n|-|-|-|\n{rows}")
    assert (paper.year, paper.columns["Date (Thursday)"]) == (None, "Apr 19, 2018")


def test_blanks_between_tags_stay() -> None:
    text = "| Title | Tags |\n| --- | --- |\n| How Small Gardens Keep Growing | 方法 防御 |\n"
    parsed = table(text)
    assert dumps([paper for _, paper in parsed.papers], parsed.look) == text


def test_a_cell_with_a_link_makes_no_heading_of_equal_words() -> None:
    rows = (
        "|Type Systems|[type-systems](papers/type-systems)|\n"
        "|How Small Gardens Keep Growing|[small](https://arxiv.org/abs/2301.00001)|\n"
    )
    first, _ = papers(f"|Title|Link|\n|-|-|\n{rows}")
    assert (first.title, first.lab) == ("Type Systems", None)


def test_days_below_abstract_are_no_summaries() -> None:
    rows = "|[How Small Gardens Grow](#small)|09/12/2015|\n|Cold Clocks on Towers|09/13/2015|\n"
    first, _ = papers(f"|Title|Abstract|\n|-|-|\n{rows}")
    assert (first.summary, first.columns["Abstract"]) == (None, "09/12/2015")
    assert first.links == ()  # a part of the page is no page of the paper


def test_a_row_of_signs_groups_nothing() -> None:
    rows = "|A|How Small Gardens Keep Growing|\n|😁|\n|B|Cold Clocks: Why Towers Run Slow|\n"
    parsed = table(f"|Tag|Title|\n|-|-|\n{rows}")
    assert [paper.tags for _, paper in parsed.papers] == [("A",), ("B",)]
    assert parsed.look.group is None


def test_titles_that_lead_to_notes_beside_a_column_of_links_are_titles() -> None:
    row = (
        "|[How Small {} Grow in Winter](https://x.org/{}.md)|A. Author|[pdf](https://x.org/a.pdf)|"
    )
    rows = "".join(f"{row.format(word, word)}{year}|\n" for word, year in _GROWN)
    first, second = papers(f"|notes|author|paper|years|\n|-|-|-|-|\n{rows}")
    assert (first.title, first.year, first.venue) == (
        "How Small Gardens Grow in Winter",
        2019,
        None,
    )
    assert (second.year, second.venue) == (2019, "ICML")
    assert second.links == ("https://x.org/Trees.md", "https://x.org/a.pdf")


_GROWN = (("Gardens", "2019"), ("Trees", "2019 ICML"))


def test_venues_below_the_header_of_years_are_read() -> None:
    row = "|[How Small {} Grow](https://x.org/a)|A. Author et al.|{} 202{}|\n"
    names = [("Gardens", "ICASSP", 1), ("Trees", "Interspeech", 2), ("Fields", "arXiv", 3)]
    head = "|Title|Authors|Year|\n|-|-|-|\n"
    parsed = papers(head + "".join(row.format(*name) for name in names))
    assert [(p.venue, p.year) for p in parsed] == [(v, 2020 + y) for _, v, y in names]


@pytest.mark.parametrize("header", ["Venue|Year", "Year|Venue"])
@pytest.mark.parametrize(
    ("venue", "year", "wanted"),
    [
        ("WSDM 2023", "2022", ("WSDM", 2022)),
        ("ICLR'25", "2410", ("ICLR", 2025)),
        ("arXiv preprint", "2410", ("arXiv preprint", 2024)),
    ],
)
def test_a_column_of_years_decides_and_a_month_of_a_preprint_does_not(
    header: str, venue: str, year: str, wanted: tuple[str, int]
) -> None:
    cells = f"{venue}|{year}" if header.startswith("Venue") else f"{year}|{venue}"
    [paper] = papers(f"|Title|{header}|\n|-|-|-|\n|How small gardens grow|{cells}|\n")
    assert (paper.venue, paper.year) == wanted
    held = {"Venue": venue, "Year": year}
    assert all(paper.columns[name] == held[name] for name in paper.columns)


@pytest.mark.parametrize(
    ("header", "row", "fields"),
    [
        (
            "Title|Authors",
            "How Small Gardens Grow|Anthropic",
            {"lab": "Anthropic", "columns": {"Authors": "Anthropic"}},
        ),
        ("Title|Authors", "How Small Gardens Grow|Ann Lee", {"authors": ("Ann Lee",)}),
        (
            "Title|Authors|Lab",
            "How Small Gardens Grow|Meta|FAIR Paris",
            {"lab": "FAIR Paris", "columns": {"Authors": "Meta"}},
        ),
        (
            "Title|Authors",
            "How Small Gardens Grow|Lee et al., DeepMind",
            {
                "authors": ("Lee", "et al."),
                "lab": "DeepMind",
                "columns": {"Authors": "Lee et al., DeepMind"},
            },
        ),
        (
            "Title|Authors|short id",
            "How Small Gardens Grow|Ann Lee|`2101.00001`",
            {"authors": ("Ann Lee",), "arxiv": "2101.00001"},
        ),
        (
            "Title|Authors|Links",
            "How Small Gardens Grow|Ann Lee|[Paper](pdf/g.pdf) [Note](./notes/g.md) [x](y)",
            {
                "authors": ("Ann Lee",),
                "links": ("pdf/g.pdf", "./notes/g.md"),
                "columns": {"Links": "[Paper](pdf/g.pdf) [Note](./notes/g.md) [x](y)"},
            },
        ),
    ],
    ids=["lab", "person", "both", "behind", "id", "files"],
)
def test_a_cell_says_what_it_is_whatever_its_header(
    header: str, row: str, fields: dict[str, object]
) -> None:
    [paper] = papers(f"|{header}|\n|{'-|' * (row.count('|') + 1)}\n|{row}|\n")
    held = paper.model_dump(exclude_defaults=True, exclude={"key", "title"})
    assert held == fields


def test_sentences_beside_names_are_no_titles() -> None:
    words = "It asks what grows, and answers with a drawing of the bed in three or four colours. "
    row = f"|GARD|2021|[link](https://arxiv.org/abs/2101.0000{{}})|{words * 3} {{}}|\n"
    [parsed] = loads("|Bed|Year|Where|TLDR|\n|-|-|-|-|\n" + row.format(1, 1) + row.format(2, 2))
    assert parsed.papers == []
    assert parsed.skipped


@pytest.mark.parametrize(
    "header",
    [
        "Date|Topic|Presenter",
        "日期|主题|报告人",
        "日付|トピック|発表者",
        "날짜|주제|발표자",
        "Date|Sujet|Intervenant",
        "Datum|Thema|Referent",
        "Fecha|Tema|Ponente",
        "Data|Tópico|Apresentador",
        "Дата|Тема|Докладчик",
    ],
)
def test_what_is_presented_in_a_meeting_are_papers_and_its_day_is_no_year(header: str) -> None:
    first = "|2024-01-25|Growing Gardens in the Deep Forest|Ann|"
    second = "|2024-02-01|How Small Ponds Freeze in Winter|Bob|"
    one, other = papers(f"|{header}|\n|-|-|-|\n{first}\n{second}\n")
    assert (one.title, one.year) == ("Growing Gardens in the Deep Forest", None)
    assert list(one.columns.values()) == ["2024-01-25", "Ann"]
    assert other.title == "How Small Ponds Freeze in Winter"


def test_titles_below_each_other_in_one_cell_are_several_papers() -> None:
    first = "[Growing gardens deep](https://arxiv.org/abs/2101.00001)"
    second = "[How small ponds freeze](https://arxiv.org/abs/2101.00002)"
    parsed = table(f"|Paper|Presenter|\n|-|-|\n|{first} <br> {second}|Ann|\n")
    assert [(paper.title, paper.arxiv, paper.columns) for _, paper in parsed.papers] == [
        ("Growing gardens deep", "2101.00001", {"Presenter": "Ann"}),
        ("How small ponds freeze", "2101.00002", {"Presenter": "Ann"}),
    ]
    assert "2 papers in one row" in parsed.doubts[0].message
    [(_, whole)] = table(f"|Paper|Code|\n|-|-|\n|{first}<br>[code](https://x.org)|-|\n").papers
    assert whole.links == ("https://arxiv.org/abs/2101.00001", "https://x.org")


_PLACES = (
    "| Title | When |\n|---|---|\n"
    "| [How Gardens Grow](https://arxiv.org/abs/1901.00001) | NAACL 2019 |\n"
    "| [Cold Clocks](https://arxiv.org/abs/2312.00001) | Dec 2023 |\n"
    "| [Old Towers](https://arxiv.org/abs/2310.00001) | 10/2023 |\n"
    "| [Slow Models](https://arxiv.org/abs/2001.00001) | JMLR'20 |\n"
)


@pytest.mark.parametrize("header", ["When", "Year"])
def test_venues_among_dates_are_where_papers_appeared(header: str) -> None:
    parsed = table(_PLACES.replace("When", header))
    assert [(paper.venue, paper.year) for _, paper in parsed.papers] == [
        ("NAACL", 2019),
        (None, 2023),
        (None, 2023),
        ("JMLR", 2020),
    ]
    assert parsed.look.columns[1] == f"source+column:{header}"
    written = dumps([paper for _, paper in parsed.papers], parsed.look)
    assert [line.split(" | ")[1] for line in written.splitlines()[2:]] == [
        "NAACL 2019 |", "Dec 2023 |", "10/2023 |", "JMLR 2020 |",
    ]  # fmt: skip


def test_days_below_such_a_header_stay_days_beside_a_venue() -> None:
    [paper] = papers("| Title | Venue | When |\n|-|-|-|\n| How Gardens Grow | ACL | 2023-01-05 |\n")
    assert (paper.venue, paper.columns) == ("ACL", {"When": "2023-01-05"})


@pytest.mark.parametrize(
    ("header", "cells", "priorities"),
    [
        ("Priority", ["high", "medium", "Low"], [1, 3, 5]),
        ("优先级", ["高", "中", "低"], [1, 3, 5]),
        ("Prio", ["P1", "P2", "P4"], [1, 2, 4]),
        ("优先级", ["P0", "P1", "P2"], [1, 2, 3]),
        ("Priorität", ["hoch", "mittel", "niedrig"], [1, 3, 5]),
        ("우선순위", ["높음", "-", "낮음"], [1, None, 5]),
        ("Priority", ["high", "★★", "low"], [None, None, None]),
        ("Rating", ["1", "3", "5"], [None, None, None]),
        ("重要性", ["高", "中", "低"], [None, None, None]),
    ],
)
def test_words_below_priority_are_one(
    header: str, cells: list[str], priorities: list[int | None]
) -> None:
    rows = "".join(f"| Garden {at} of Rome | Jane Doe | {it} |\n" for at, it in enumerate(cells))
    text = f"| Title | Authors | {header} |\n| --- | --- | --- |\n{rows}"
    parsed = table(text)
    assert [paper.priority for _, paper in parsed.papers] == priorities
    assert dumps([paper for _, paper in parsed.papers], parsed.look).split() == text.split()


def test_two_days_of_reading_are_the_first_and_the_last() -> None:
    rows = "|A title of some words|2024-01-05 ~ 2024-01-09|\n|Another title of words|2023-02-02|\n"
    first, second = papers(f"|Title|Date read|\n|-|-|\n{rows}")
    assert (str(first.started), str(first.finished)) == ("2024-01-05", "2024-01-09")
    assert (second.started, str(second.finished)) == (None, "2023-02-02")


def test_a_column_of_links_gives_links_whatever_its_header() -> None:
    review = "[Review](https://notes.example.org/g)"
    [paper] = papers(f"|Paper|Review|\n|-|-|\n|How small gardens grow|{review}|\n")
    assert paper.links == ("https://notes.example.org/g",)
    assert paper.columns == {"Review": review}


def test_numbers_in_a_column_without_a_header_are_no_names() -> None:
    rows = "".join(f"| {n} | [Garden {n} in rain](./{n}.md) | 2014 |\n" for n in range(3))
    every = papers(f"|    | Paper Name | Year |\n|-|-|-|\n{rows}")
    assert [paper.name for paper in every] == [None, None, None]
    assert [paper.columns for paper in every] == [{"Column 1": str(n)} for n in range(3)]


def test_linked_papers_are_the_titles_whatever_header_they_have() -> None:
    rows = "".join(
        f"| [Garden {n} in heavy rain](https://arxiv.org/abs/2101.0000{n}) | *Technometrics '22* "
        f"| we propose garden {n} with a rather long description of what grows in it. |\n"
        for n in range(1, 4)
    )
    [paper, *_] = papers(f"| Dataset | Conference | Contribution |\n|-|-|-|\n{rows}")
    assert paper.title == "Garden 1 in heavy rain"
    assert (paper.venue, paper.year) == ("Technometrics", 2022)
