"""Personal logs: titles with notes below, boxes, own files, days of reading."""

import pytest

from papertrack.markdown.reading import loads
from papertrack.markdown.rows import Table
from papertrack.models import Paper


def table(text: str) -> Table:
    [parsed] = loads(text)
    return parsed


def papers(text: str) -> list[Paper]:
    return [paper for _, paper in table(text).papers]


_LOG = "# My paper notes\n\n## Gardens\n\n"


def test_titles_with_notes_below_most_are_papers_of_a_log() -> None:
    text = (
        f"{_LOG}1. **How Small Gardens Keep Growing in Winter**\n"
        "   - a bed for each, no more\n   - date: 2021-03-04\n"
        "2. Cold Clocks: Why Old Towers Run Slow\n   - oil\n"
        "3. the survey: slow models of old clocks\n   - half of it\n"
        "4. A Title of a Paper without Notes\n"
    )
    assert [paper.title for paper in papers(text)] == [
        "How Small Gardens Keep Growing in Winter",
        "Cold Clocks: Why Old Towers Run Slow",
        "the survey: slow models of old clocks",
        "A Title of a Paper without Notes",
    ]
    assert papers(text)[0].notes == "a bed for each, no more"
    [elsewhere] = loads(text.removeprefix(_LOG))
    assert len(elsewhere.papers) == 1  # that has a year


def test_notes_that_are_indented_too_little_belong_to_the_item_above() -> None:
    text = (
        f"{_LOG}1. How Small Gardens Keep Growing in Winter\n  - a bed for each\n  - date: 2021\n"
        "2. Cold Clocks: Why Old Towers Run Slow\n  - oil\n"
    )
    first, second = papers(text)
    assert (first.title, first.notes, first.year) == (
        "How Small Gardens Keep Growing in Winter",
        "a bed for each",
        2021,
    )
    assert (second.title, second.notes) == ("Cold Clocks: Why Old Towers Run Slow", "oil")


def test_a_title_with_a_box_is_a_paper_below_a_heading_that_speaks_of_papers() -> None:
    text = (
        f"{_LOG}- [x] [How Small Gardens Keep Growing]()\n- [ ] Cold Clocks: Why Towers Run Slow\n"
        "- [ ] write a survey of all this\n"
    )
    assert [(paper.title, paper.status.value) for paper in papers(text)] == [
        ("How Small Gardens Keep Growing", "done"),
        ("Cold Clocks: Why Towers Run Slow", "to-read"),
    ]


def test_a_list_of_titles_that_link_to_files_of_ones_own_is_of_papers() -> None:
    text = (
        "## Winter\n\n1. [How Small Gardens Keep Growing](winter/small.md)\n"
        "2. [Cold Clocks: Why Old Towers Run Slow](winter/clocks.html)\n"
        "3. [Mask Clocks](winter/mask.md)\n"
        "4. [A Long Way Round a Short List](https://github.com/example/notes/blob/main/way.md)\n"
    )
    assert [paper.title for paper in papers(text)] == [
        "How Small Gardens Keep Growing",
        "Cold Clocks: Why Old Towers Run Slow",
        "Mask Clocks",
        "A Long Way Round a Short List",
    ]
    guide = "- [Install](docs/install.md)\n- [First steps](docs/first.md)\n- [API](docs/api.md)\n"
    assert table(guide).papers == []


def test_a_note_that_mentions_another_paper_is_a_note() -> None:
    [paper] = papers(
        "- [x] [How Small Gardens Keep Growing](https://arxiv.org/abs/2101.00001)\n"
        "  - Explores the growth of gated beds, as good as nothing but, in the end, they lead to "
        "the famous [ClockNet](https://arxiv.org/abs/2102.00002).\n"
    )
    assert (paper.title, paper.arxiv) == ("How Small Gardens Keep Growing", "2101.00001")
    assert (paper.notes or "").startswith("Explores the growth")


def test_a_folded_title_is_a_paper_and_what_it_hides_is_a_note() -> None:
    text = (
        "## Gardens\n\n<details>\n <summary><b>How Small Gardens Keep Growing in Winter</b> "
        '<a href="https://github.com/example/notes/blob/main/small.md">[Paper Note]</a></summary>\n'
        '<hr>\n<p align="justify">\nGardens grow. We ask why.\n</p>\n</details>\n'
    )
    [paper] = papers(text)
    assert paper.title == "How Small Gardens Keep Growing in Winter"
    assert paper.links == ("https://github.com/example/notes/blob/main/small.md",)
    assert paper.notes == "Gardens grow. We ask why"
    assert loads("<details>\n<summary><b>Contents</b></summary>\n\n- Gardens\n\n</details>\n") == []


def test_the_entries_of_a_log_of_days_are_papers() -> None:
    text = (
        "# papers daily\n\n# 2024.4\n\n## 2024.4.29\n\n"
        "《**ClockNet: A Slow Model for Towers That Nobody Winds**》\n\n"
        "2024.4 from somewhere, in short:\n\n1. it is small\n2. it is slow\n\n"
        "## 2024.4.3\n\n《花园为什么在冬天生长》\n\nGood.\n"
    )
    first, second = [paper for parsed in loads(text) for _, paper in parsed.papers]
    assert first.title == "ClockNet: A Slow Model for Towers That Nobody Winds"
    assert first.notes == "2024.4 from somewhere, in short\nit is small\nit is slow\n"
    assert (second.title, second.notes) == ("花园为什么在冬天生长", "Good")
    assert second.columns == {"Date": "2024.4.3"}


def test_headings_with_a_day_and_a_title_are_the_papers_of_a_diary() -> None:
    text = (
        "# Diary\n\n## 【2023/01/25】**How Small Gardens Keep Growing**<br>\n"
        "[**[Author et al., IPSJ, 2011]**](#author)\n\nBeds.\n\n* * *\n"
        "## 【2023/01/26】**古い時計が冬に遅くなる理由**<br>\n"
        "[**[Writer et al., 言語処理学会, 2022]**](#writer)\n"
    )
    first, second = [paper for parsed in loads(text) for _, paper in parsed.papers]
    assert (first.title, first.venue, first.year) == (
        "How Small Gardens Keep Growing",
        "IPSJ",
        2011,
    )
    assert (first.authors, first.notes) == (("Author", "et al."), "Beds")
    assert (second.title, second.venue, second.year) == (
        "古い時計が冬に遅くなる理由",
        "言語処理学会",
        2022,
    )
    assert second.columns == {"Date": "2023/01/26"}


def test_paragraphs_that_link_titles_to_files_of_ones_own_are_papers() -> None:
    link = "https://github.com/example/review/blob/master/small.md"
    text = f"# Paper review\n\n[How Small Gardens Keep Growing]({link}) - 김백수\n"
    [paper] = papers(text)
    assert (paper.title, paper.links) == ("How Small Gardens Keep Growing", (link,))


def test_boxes_in_a_log_are_named_where_they_are_no_papers() -> None:
    text = "# Papers\n\n## 2024\n\n- [ ] read of small gardens\n  - [x] clocks\n"
    [parsed] = loads(text)
    assert [(run.line, run.size) for run in parsed.unread] == [(5, 1)]


def test_titles_in_quotes_below_a_heading_that_speaks_of_papers_are_papers() -> None:
    text = (
        '## Papers to read\n\n- "How Small Gardens Keep Growing" (Gardens)\n'
        '- "Cold Clocks: Why Old Towers Run Slow"\n'
    )
    assert [paper.title for paper in papers(text)] == [
        "How Small Gardens Keep Growing",
        "Cold Clocks: Why Old Towers Run Slow",
    ]


def test_lines_that_begin_with_a_day_are_the_entries_of_a_log() -> None:
    text = (
        "# Reading log\n\n2024-01-05 How Small Gardens Keep Growing - a great one\n"
        "2024-01-07 Cold Clocks: Why Old Towers Run Slow\n"
    )
    first, second = papers(text)
    assert (first.title, first.notes) == ("How Small Gardens Keep Growing", "a great one")
    assert second.title == "Cold Clocks: Why Old Towers Run Slow"
    assert (second.year, second.status.value, str(second.finished), second.columns) == (
        None,
        "done",
        "2024-01-07",
        {},
    )


def test_lines_and_paragraphs_that_are_titles_alone_are_named() -> None:
    titles = (
        "How Small Gardens Keep Growing",
        "Cold Clocks: Why Old Towers Run Slow",
        "The Long Way Round a Short List",
    )
    for between in ("\n", "\n\n"):
        [parsed] = loads("# Papers\n\n" + between.join(titles) + "\n")
        assert [(run.line, run.size, run.reason) for run in parsed.unread] == [
            (3, 3, "titles alone")
        ]
    assert loads("# Papers\n\nWelcome To My List of Papers\n\nIt is about gardens.\n") == []


def test_days_of_reading_below_a_paper_are_fields() -> None:
    text = (
        "- [How Small Gardens Keep Growing](https://arxiv.org/abs/2101.00001)\n"
        "  - Date read: 2024-01-05\n  - Started: 2024-01-02\n"
        "- [Cold Clocks: Why Old Towers Run Slow](https://arxiv.org/abs/2102.00002)\n"
        "  - 開始日: 2024/1/3\n"
    )
    first, second = papers(text)
    assert (first.status.value, str(first.started), str(first.finished)) == (
        "done",
        "2024-01-02",
        "2024-01-05",
    )
    assert (second.status.value, str(second.started)) == ("reading", "2024-01-03")


@pytest.mark.parametrize(
    "heading",
    [
        "Reading log",
        "Papers I read",
        "论文阅读记录",
        "読んだ論文",
        "읽은 논문",
        "Gelesene Papers",
        "Artículos leídos",
        "Artigos lidos",
        "Journal de lecture",
        "Прочитанные статьи",
    ],
)
def test_what_stands_below_the_day_of_a_reading_log_was_read_on_it(heading: str) -> None:
    text = (
        f"# {heading}\n\n## 2024-01-05\n\n"
        "- [How Small Gardens Keep Growing](https://arxiv.org/abs/2101.00001)\n"
        "- [ ] [Cold Clocks: Why Old Towers Run Slow](https://arxiv.org/abs/2102.00002)\n"
    )
    first, second = papers(text)
    assert (first.status.value, str(first.finished)) == ("done", "2024-01-05")
    assert (second.status.value, second.finished) == ("to-read", None)
    assert second.columns == {"Date": "2024-01-05"}


def test_days_in_a_list_of_papers_are_no_days_of_reading() -> None:
    [paper] = papers(
        "# Papers\n\n## 2024-01-05\n\n- [How Gardens Grow](https://arxiv.org/abs/2101.00001)\n"
    )
    assert (paper.status.value, paper.finished) == ("to-read", None)


def test_lines_that_link_titles_to_files_of_ones_own_are_papers_each() -> None:
    text = (
        "# Papers by topic\n\n## Gardens\n"
        "[Growing Gardens in the Deep Forest](./2014/garden.md)  \n"
        "[Freezing Ponds](./2015/pond.md)  \n"
        "[Watering Small Beds](./2016/bed.md)\n\n"
        "## Ponds\n[Deep Pond Nowcasting](./2015/nowcast.md)  \n\n"
        "# About\n\n[Code](./code.md)  \n[Licence](./LICENCE.md)\n"
    )
    read = [(line, paper.title) for table in loads(text) for line, paper in table.papers]
    assert read == [
        (4, "Growing Gardens in the Deep Forest"),
        (5, "Freezing Ponds"),
        (6, "Watering Small Beds"),
        (9, "Deep Pond Nowcasting"),
    ]


def test_a_word_with_a_box_that_links_to_a_file_of_ones_own_is_a_paper() -> None:
    text = "# Reading notes\n\n- [x] [GARD](./notes/1.md)\n- [ ] [garden](./notes/2.md)\n"
    [table] = loads(text)
    assert [(paper.title, paper.status.value) for _, paper in table.papers] == [("GARD", "done")]
    assert [row.line for row in table.unread] == [4]


def test_a_title_with_a_status_and_its_day_is_a_paper_of_a_reading_list() -> None:
    text = (
        f"{_LOG}- ~~How Small Gardens Keep Growing~~ (read 2024-02-01)\n"
        "- Cold Clocks: Why Old Towers Run Slow — done 2024-02-02\n"
        "- [x] ~~A Title of a Paper without Notes~~ finished on 2024-02-03\n"
        "- 《小花园如何继续生长》已读完 2024-02-04\n"
    )
    assert [(paper.title, str(paper.finished), paper.status.value) for paper in papers(text)] == [
        ("How Small Gardens Keep Growing", "2024-02-01", "done"),
        ("Cold Clocks: Why Old Towers Run Slow", "2024-02-02", "done"),
        ("A Title of a Paper without Notes", "2024-02-03", "done"),
        ("小花园如何继续生长", "2024-02-04", "done"),
    ]


def test_a_word_that_links_to_its_paper_is_one_below_a_heading_that_speaks_of_papers() -> None:
    items = "- Rain [Paper](papers/rain.pdf) [Notes](./rain.md)\n- Snow [Notes](./snow.md)\n"
    [table] = loads(f"# Paper-Notes\n\n{items}")
    assert [(paper.title, paper.links) for _, paper in table.papers] == [
        ("Rain", ("papers/rain.pdf", "./rain.md"))
    ]
    assert [row.line for row in table.unread] == [4]


@pytest.mark.parametrize(
    "item",
    [
        "- [How Small {} Keep Growing](https://github.com/example/papers/issues/{})\n",
        "- How Small {} Keep Growing [[note]](./notes/{}.md)\n",
        "- How Small {} Keep Growing [阅读笔记](./notes/{}.md)\n",
    ],
)
def test_titles_with_notes_of_ones_own_are_papers_where_the_file_speaks_of_papers(
    item: str,
) -> None:
    text = "".join(item.format(word, at) for at, word in enumerate(("Gardens", "Clocks", "Rivers")))
    every = [paper.title for read in loads(f"# 論文まとめ\n\n{text}") for _, paper in read.papers]
    assert every == [f"How Small {word} Keep Growing" for word in ("Gardens", "Clocks", "Rivers")]
    assert not [paper for read in loads(f"# Guide\n\n{text}") for _, paper in read.papers]


def test_bold_titles_behind_boxes_are_papers_where_a_file_ticks_off_papers() -> None:
    linked = "".join(
        f"- [x] [How Small {word} Keep Growing](https://arxiv.org/abs/2302.0000{at}): slow\n"
        for at, word in enumerate(("Gardens", "Trees", "Towers"), 1)
    )
    bold = "- [x] **cold clocks on old towers**：nothing that I could follow\n- [ ] **oil**: buy\n"
    first, second = loads(f"# Clocks\n\n## Slow\n\n{bold}\n## Small\n\n{linked}")
    [(_, paper)] = first.papers
    assert (paper.title, paper.status.value) == ("cold clocks on old towers", "done")
    assert paper.notes == "nothing that I could follow"
    assert [(run.line, run.size) for run in first.unread] == [(6, 1)]
    assert len(second.papers) == 3
    assert loads(f"# Clocks\n\n## Slow\n\n{bold}") == []


def test_the_year_of_reading_is_not_that_of_the_paper() -> None:
    [first, second] = papers(
        "# Papers I have read\n\n- 2024-04-01 **Small Gardens** Author et al.\n"
        "- 2024-04-02 **Cold Clocks** Author et al. (2024)\n"
    )
    assert (first.year, str(first.finished)) == (None, "2024-04-01")
    assert (second.year, str(second.finished)) == (2024, "2024-04-02")


def test_items_that_begin_with_a_label_for_their_title_are_papers_each() -> None:
    item = "- Title: How {} Grow\n  Authors: Author et al.\n  Year: 2019\n  Status: {}\n"
    text = (
        f"# Papers\n\n{item.format('Small Gardens', 'Done')}{item.format('Old Trees', 'Reading')}"
    )
    assert [(paper.title, paper.status.value) for paper in papers(text)] == [
        ("How Small Gardens Grow", "done"),
        ("How Old Trees Grow", "reading"),
    ]


_CROSSED = (
    "| Title | {} |\n| - | - |\n| How Small Gardens Grow | ✅ |\n| Old Clocks Run Slow | ❌ |\n"
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("- ❌ Old Clocks (ICML 2019)\n- ❌ Rain (ICML 2020)\n- ✅ Trees (ICML 2021)\n", [3]),
        (_CROSSED.format("Status") + "| Rivers That Forget | ❌ |\n", [6]),
        (_CROSSED.format("Read?"), []),
        (_CROSSED.format("已读"), []),
        (_CROSSED.format("Status").replace("❌", "❌ Dropped"), []),
        ("- Old Clocks: Towers in 2020 [pdf](https://arxiv.org/abs/2101.00001)\n", []),
        ("- Old Clocks, Author et al. 2019 (JMLR)\n", []),
        ("- Why Old Clocks Run Slow? Ba&Caruana NIPS14\n", [3]),
        ("- Luong, Pham, Manning: Old Clocks Run Slow (ICML 2019)\n", [3]),
    ],
)
def test_crosses_and_people_in_other_fields_are_in_doubt(text: str, lines: list[int]) -> None:
    assert [doubt.line for doubt in table(f"# Papers\n\n{text}").doubts] == lines
