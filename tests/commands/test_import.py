import json
import os
from pathlib import Path

import pytest

from commandline import Run
from listed import BERT, GPT, HEAD, LIST, catalogue_text, put


@pytest.mark.usefixtures("folder")
class TestWithoutACatalogue:
    def test_one_is_made_with_the_title_and_the_look_of_the_list(self, papertrack: Run) -> None:
        put("list.md", LIST)
        assert papertrack("import", "list.md") == (
            0,
            "list.md: 2 rows: 2 papers\n2 added (data/papers.toml, a new catalogue)\n",
            "",
        )
        text = catalogue_text()
        assert 'title = "Papers that I read"' in text
        assert 'headers = ["Title", "Venue", "Status", "Notes"]' in text
        assert 'status = "to-read"' in text
        assert "added" not in text

    def test_a_table_of_html_is_counted_as_one(self, papertrack: Run) -> None:
        cells = "<tr><td>1</td><td>2</td></tr>"
        item = "- [A garden of soil](https://arxiv.org/abs/1706.03762)\n"
        put("list.md", f"# Papers\n\n<table>{cells}{cells}</table>\n\n{item}")
        done = papertrack("import", "list.md")
        assert done.out.startswith("list.md: 1 table, 1 list, 3 rows: 1 paper, 2 unread\n")

    def test_a_dry_run_only_prints(self, papertrack: Run) -> None:
        put("list.md", LIST)
        done = papertrack("import", "list.md", "--dry-run", "--catalogue", "new/papers.toml")
        assert done.status == 0
        assert "2 added (new/papers.toml, a new catalogue)" in done.out
        assert os.listdir() == ["list.md"]  # noqa: PTH208 - names are compared

    def test_one_that_is_named_is_made_there(self, papertrack: Run) -> None:
        put("list.md", LIST)
        assert papertrack("import", "list.md", "--catalogue", "my/list.toml").status == 0
        assert Path("my/list.toml").is_file()

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["none.md"], "no file none.md"),
            (["list.md", "none.md"], "no file none.md"),
            (["gone/none.md"], "no file gone/none.md: there is no folder gone"),
            (["https://x.org/a.md"], "https://x.org/a.md is an address: download it, and import"),
            (["list.md", "folder"], "folder is a folder: name its files"),
            (["list.md", "--map", "Title"], '--map "Title" names no column and field'),
            (["list.md", "--map", "=title"], '--map "=title" names no column and field'),
            (["list.md", "--map", " = "], "write --map 'Paper=title'"),
            (["list.md", "--map", "Title=titel"], "did you mean title?"),
            (["list.md", "--theirs", "--ours"], "--theirs and --ours are opposites"),
            (["list.md", "--status", "red"], '"red" is not a status'),
            (["list.md", "--headings", "labs"], "labs"),
            (["list.md", "--catalogue", "folder"], "folder is a folder"),
            (["latin.md"], "latin.md:2: this line is not UTF-8"),
            (["list.md", "list.md", "half.md"], "half.md:1: "),
            ([], "missing argument"),
        ],
    )
    def test_trouble_makes_nothing(self, papertrack: Run, words: list[str], message: str) -> None:
        put("list.md", LIST)
        put("half.md", f"<!-- papertrack:begin -->\n\n{HEAD}")
        Path("folder").mkdir()
        Path("latin.md").write_bytes(b"a\n\xe9\n")
        done = papertrack("import", *words)
        assert (done.status, done.out) == (2, "")
        assert message in done.err.lower() if message.islower() else message in done.err
        assert not Path("data").exists()

    def test_none_is_made_of_files_without_papers(self, papertrack: Run) -> None:
        put("calendar.md", "| Mon | Tue |\n| --- | --- |\n| 1 | 2 |\n")
        done = papertrack("import", "calendar.md")
        assert done.status == 1
        assert done.out == (
            "calendar.md: 1 row: 1 unread\n"
            "  calendar.md:1-3: 1 row not read: no column of titles among Mon, Tue; "
            "if these are papers, try --map 'Mon=title'\n"
        )
        assert done.err.startswith("no papers in calendar.md: --map ")
        assert os.listdir() == ["calendar.md"]  # noqa: PTH208 - names are compared

    def test_counts_lists_apart_from_tables(self, papertrack: Run) -> None:
        one = "- [BERT: Pre-training of Transformers](https://arxiv.org/abs/1810.04805), 2018\n"
        two = "- [GPT-3: Few-shot learners](https://arxiv.org/abs/2005.14165), 2020\n"
        put("list.md", f"## A\n\n{one}\n## B\n\n{two}")
        assert "list.md: 2 lists, 2 rows: 2 papers\n" in papertrack("import", "list.md").out


@pytest.mark.usefixtures("folder")
class TestTheAccount:
    def test_as_data_sums_to_the_rows(self, papertrack: Run) -> None:
        put("list.md", f"{LIST}| BERT | ACL | | |\n| NULL | NULL | NULL | NULL |\n")
        done = papertrack("import", "list.md", "--json")
        assert json.loads(done.out) == {
            "files": [
                {
                    "file": "list.md",
                    "tables": [
                        {
                            "line": 3,
                            "header": ["Title", "Venue", "Status", "Notes"],
                            "rows": 4,
                            "papers": 3,
                            "headings": 0,
                            "placeholders": 1,
                            "continued": 0,
                            "skipped": 0,
                            "unread": [],
                            "rescued": 0,
                            "section": "Papers that I read",
                            "reason": None,
                        }
                    ],
                }
            ],
            "added": 2,
            "updated": 0,
            "unchanged": 0,
            "left_out": 0,
            "changes": [],
            "duplicates": [
                {"file": "list.md", "line": 7, "key": "bert", "by": "title", "first": "list.md:5"}
            ],
            "conflicts": [
                {
                    "file": "list.md",
                    "line": 7,
                    "key": "bert",
                    "field": "venue",
                    "here": "ACL",
                    "there": "arXiv",
                    "verdict": "kept",
                }
            ],
            "removed": [],
            "unread": 0,
            "doubts": [],
            "adopted": [],
        }

    def test_names_what_differs_with_its_lines(self, papertrack: Run) -> None:
        put("a.md", LIST)
        put("b.md", f"{HEAD}| BERT | ACL | | |\n")
        done = papertrack("import", "a.md", "b.md")
        assert done.out.endswith(
            "2 files, 3 rows: 3 papers\n"
            "2 added; 1 was listed twice (data/papers.toml, a new catalogue)\n"
        )
        assert done.err == (
            "b.md:3: bert again (same title), first at a.md:5\n"
            'b.md:3: bert: venue "ACL" here, "arXiv" in a.md:5: kept\n'
        )

    def test_a_table_of_other_things_is_named_and_left(self, papertrack: Run) -> None:
        put("list.md", f"{LIST}\n| Mon | Tue |\n| --- | --- |\n| 1 | 2 |\n")
        done = papertrack("import", "list.md")
        assert "list.md: 2 tables, 3 rows: 2 papers, 1 unread\n" in done.out
        assert 'list.md:8-10: 1 row under "Papers that I read" not read: no col' in done.out
        assert done.status == 0
        data = json.loads(papertrack("import", "list.md", "--json").out)
        assert data["unread"] == 1
        assert data["files"][0]["tables"][1]["unread"] == [
            {
                "line": 8,
                "last": 10,
                "size": 1,
                "reason": "no column of titles among Mon, Tue",
                "section": "Papers that I read",
                "items": False,
            }
        ]

    @pytest.mark.parametrize("text", ["", "Words.\n\n```\n| Title |\n| - |\n| A |\n```\n"])
    def test_a_file_of_no_papers_is_said_to_be_one(self, papertrack: Run, text: str) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md")
        before = catalogue_text()
        put("words.md", text)
        done = papertrack("import", "words.md")
        assert (done.status, done.out) == (1, "words.md: no table and no list of papers\n")
        assert done.err == "no papers in words.md: see papertrack import --help\n"
        assert catalogue_text() == before
        done = papertrack("import", "list.md", "words.md")
        assert done.status == 0
        assert "words.md: no table and no list of papers\n" in done.out


@pytest.mark.usefixtures("folder")
class TestStrict:
    def test_a_doubt_takes_in_nothing(self, papertrack: Run) -> None:
        put("list.md", f"{LIST}| 《Half a title | 2020 | | |\n")
        assert papertrack("import", "list.md", "--dry-run").status == 0
        done = papertrack("import", "list.md", "--strict")
        assert done.status == 1
        assert done.err.endswith("1 doubt, so nothing was imported (--strict)\n")
        assert os.listdir() == ["list.md"]  # noqa: PTH208 - names are compared

    def test_a_row_that_is_not_read_takes_in_nothing(self, papertrack: Run) -> None:
        put("list.md", f"{LIST}\n| Mon | Tue |\n| --- | --- |\n| 1 | 2 |\n")
        done = papertrack("import", "list.md", "--strict")
        assert done.status == 1
        assert done.err.endswith("1 unread, so nothing was imported (--strict)\n")
        assert os.listdir() == ["list.md"]  # noqa: PTH208 - names are compared

    def test_without_doubts_it_is_as_always(self, papertrack: Run) -> None:
        put("list.md", LIST)
        assert papertrack("import", "list.md", "--strict").status == 0
        assert Path("data/papers.toml").is_file()


@pytest.mark.usefixtures("folder")
class TestOptions:
    def test_columns_are_what_somebody_says(self, papertrack: Run) -> None:
        put("list.md", LIST.replace("Venue", "a=b"))
        words = ("--map", "a=b=Notes", "--map", " 4 = skip ")
        assert papertrack("import", "list.md", *words).status == 0
        assert 'notes = "arXiv 2018"' in catalogue_text()
        assert "blog" not in catalogue_text()

    def test_columns_that_hold_no_field_are_named(self, papertrack: Run) -> None:
        put("list.md", LIST.replace("Venue", "Who?"))
        assert papertrack("import", "list.md").out.splitlines()[1] == (
            "  columns of your own: Who? (--map 'Who?=FIELD' says what one holds)"
        )

    def test_the_columns_of_a_block_are_settled(self, papertrack: Run) -> None:
        put("list.md", LIST.replace("Venue", "Who?"))
        assert papertrack("import", "list.md", "--adopt").status == 0
        before = catalogue_text()
        refused = papertrack("import", "list.md", "--map", "Who?=lab")
        assert (refused.status, refused.out) == (1, "")
        assert refused.err.startswith("list.md: --map is for tables that are no blocks yet")
        assert catalogue_text() == before

    @pytest.mark.parametrize(
        ("word", "titles"),
        [("1", ["BERT"]), ("second", ["GPT"]), ("SECOND", ["GPT"])],
    )
    def test_a_table_is_picked_by_number_or_heading(
        self, papertrack: Run, word: str, titles: list[str]
    ) -> None:
        put("list.md", f"## First\n\n{HEAD}{BERT}\n## Second\n\n{HEAD}{GPT}")
        assert papertrack("import", "list.md", "--table", word).status == 0
        papers = json.loads(papertrack("list", "--json").out)
        assert [paper["title"] for paper in papers] == titles

    def test_a_table_that_is_not_there_is_refused(self, papertrack: Run) -> None:
        put("list.md", f"## First\n\n{HEAD}{BERT}")
        done = papertrack("import", "list.md", "--table", "Third")
        assert (done.status, done.err) == (
            1,
            'no table "Third": give a number, or a heading such as First\n',
        )

    def test_tags_lab_and_status_are_given_to_new_papers(self, papertrack: Run) -> None:
        put("nlp.md", LIST)
        words = ("--tag-from-file", "--tag", "mine", "--lab", "Google", "--status", "skimmed")
        assert papertrack("import", "nlp.md", *words).status == 0
        bert, gpt = json.loads(papertrack("list", "--json").out)
        assert (bert["tags"], bert["lab"], bert["status"]) == (["nlp", "mine"], "Google", "done")
        assert (gpt["tags"], gpt["lab"], gpt["status"]) == (["nlp", "mine"], "Google", "skimmed")


@pytest.mark.usefixtures("folder")
class TestHeadings:
    """Where a file has several sections, its headings say something of the papers below."""

    def _tables(self, *headings: str) -> str:
        rows = (BERT.replace("done", ""), "| GPT | arXiv | | |\n", "| T5 | JMLR | | |\n")
        return "# My papers\n\n" + "\n".join(
            f"## {heading}\n\n{HEAD}{row}" for heading, row in zip(headings, rows, strict=False)
        )

    def _papers(self, papertrack: Run) -> list[tuple[object, object, object]]:
        papers = json.loads(papertrack("list", "--json").out)
        return [(paper["tags"], paper["status"], paper["lab"]) for paper in papers]

    def test_they_are_tags(self, papertrack: Run) -> None:
        put("list.md", self._tables("1. Transformers", "Vision 🔥"))
        done = papertrack("import", "list.md")
        line = "headings are tags: 1. Transformers, Vision 🔥 (--headings none leaves them out)"
        assert f"2 papers\n  {line}\n2 added" in done.out
        assert self._papers(papertrack) == [
            (["Transformers"], "to-read", None),
            (["Vision"], "to-read", None),
        ]

    def test_those_too_long_for_tags_are_named(self, papertrack: Run) -> None:
        put(
            "list.md",
            self._tables("What I found while I was looking for another thing " * 2, "Rain"),
        )
        done = papertrack("import", "list.md")
        assert (
            "too long for tags: What I found while I was looking for another thing What I f…"
            in (done.out)
        )

    @pytest.mark.parametrize(
        ("headings", "statuses"),
        [
            (("Done", "To read", "Reading"), ["done", "to-read", "reading"]),
            (("已读", "待读论文", "在读"), ["done", "to-read", "reading"]),
            (("✅ Read", "Papers to read", "Skimmed:"), ["done", "to-read", "skimmed"]),
        ],
    )
    def test_words_for_a_status_are_statuses(
        self, papertrack: Run, headings: tuple[str, ...], statuses: list[str]
    ) -> None:
        text = self._tables(*headings).replace("| Status |", "| Year |")
        put("list.md", text)
        done = papertrack("import", "list.md")
        assert "headings are statuses: " in done.out
        assert [(tags, status) for tags, status, _ in self._papers(papertrack)] == [
            ([], status) for status in statuses
        ]
        assert "finished" not in catalogue_text()

    def test_labs_that_the_catalogue_knows_are_labs(self, papertrack: Run) -> None:
        put("data/papers.toml", '[labs]\nMeta = ["FAIR"]\n')
        put("list.md", self._tables("FAIR", "OpenAI"))
        papertrack("import", "list.md")
        assert self._papers(papertrack) == [
            ([], "to-read", "Meta"),
            (["OpenAI"], "to-read", None),
        ]

    @pytest.mark.parametrize(
        ("option", "papers"),
        [
            ("none", [([], "to-read", None), ([], "to-read", None)]),
            ("tag", [(["Done"], "to-read", None), (["Meta"], "to-read", None)]),
            ("lab", [([], "to-read", "Done"), ([], "to-read", "Meta")]),
            ("status", [([], "done", None), ([], "to-read", None)]),
        ],
    )
    def test_they_are_what_somebody_says(
        self, papertrack: Run, option: str, papers: list[object]
    ) -> None:
        put("list.md", self._tables("Done", "Meta"))
        done = papertrack("import", "list.md", "--headings", option)
        assert "headings" not in done.out
        assert self._papers(papertrack) == papers

    @pytest.mark.parametrize("heading", ["Papers", "Reading list", "论文列表", "My papers"])
    def test_those_that_say_nothing_are_left(self, papertrack: Run, heading: str) -> None:
        put("list.md", self._tables(heading, "Vision"))
        papertrack("import", "list.md")
        assert [tags for tags, *_ in self._papers(papertrack)] == [[], ["Vision"]]

    def test_a_paper_that_moves_to_another_section_changes_with_it(self, papertrack: Run) -> None:
        text = self._tables("To read", "Done").replace("| Status |", "| Year |")
        put("list.md", text)
        papertrack("import", "list.md")
        put(
            "list.md",
            text.replace("| BERT |", "| X |")
            .replace("| GPT |", "| BERT |")
            .replace("| X |", "| GPT |"),
        )
        papertrack("import", "list.md")
        assert [status for _, status, _ in self._papers(papertrack)] == ["done", "to-read"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "title",
    [
        pytest.param("[/b] \\[red] A Title", id="Rich markup"),
        pytest.param("A \x1b[31mTitle\x07 in red", id="control characters"),
        pytest.param("A \u202eTitle turned round", id="a bidi override"),
        pytest.param("A \\| Title <script>x</script> `a\\|b`", id="Markdown and HTML"),
        pytest.param("A " + "long " * 2000 + "Title", id="ten thousand characters"),
    ],
)
def test_hostile_text_comes_in_whole_and_goes_out_the_same(papertrack: Run, title: str) -> None:
    put("list.md", f"{HEAD}| {title} | ACL 2020 | done | |\n{BERT}")
    assert papertrack("import", "list.md", "--adopt").status == 0
    first = json.loads(papertrack("list", "--json").out)[0]["title"]
    assert "Title" in first
    assert papertrack("export-markdown", "--all", "--check").status == 0
    assert papertrack("import", "list.md").out.endswith("2 unchanged (data/papers.toml)\n")


@pytest.mark.usefixtures("folder")
class TestWhatIsPiped:
    @pytest.mark.parametrize("name", ["-", "/dev/stdin"])
    def test_is_read_once(self, papertrack: Run, name: str) -> None:
        done = papertrack("import", name, "-", stdin=LIST)
        assert done == (
            0,
            "-: 2 rows: 2 papers\n2 added (data/papers.toml, a new catalogue)\n",
            "",
        )
        assert papertrack("import", "-", stdin=LIST).out.endswith(
            "2 unchanged (data/papers.toml)\n"
        )

    def test_may_come_from_another_program(self, papertrack: Run) -> None:
        reader, writer = os.pipe()  # what `<(…)` of a shell is
        os.write(writer, LIST.encode())
        os.close(writer)
        done = papertrack("import", f"/dev/fd/{reader}")
        os.close(reader)
        assert done.out.endswith("2 added (data/papers.toml, a new catalogue)\n")

    def test_is_taken_in_beside_files(self, papertrack: Run) -> None:
        put("a.md", f"{HEAD}| T5: Transfer Learning | 2019 | | |\n")
        done = papertrack("import", "a.md", "-", "--tag-from-file", stdin=LIST)
        assert "2 files, 3 rows: 3 papers\n3 added" in done.out
        papers = json.loads(papertrack("list", "--json").out)
        assert [paper["tags"] for paper in papers] == [["a"], [], []]

    def test_is_never_adopted_nor_remembered(self, papertrack: Run) -> None:
        done = papertrack("import", "-", "--adopt", stdin=LIST)
        assert done.status == 0
        assert done.err == "-:3: left as it is: it came by a pipe, and stands in no file\n"
        assert "files" not in catalogue_text()
        assert papertrack("import", "-", stdin=f"{HEAD}{BERT}").err == ""

    def test_gives_the_edits_of_its_blocks(self, papertrack: Run) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md", "--adopt")
        text = Path("list.md").read_text(encoding="utf-8")
        done = papertrack("import", "-", stdin=text.replace("arXiv 2018", "NAACL 2019"))
        assert (done.status, done.err) == (0, "")
        assert 'venue = "NAACL"' in catalogue_text()
        assert Path("list.md").read_text(encoding="utf-8") == text

    def test_that_is_no_text_is_refused(self, papertrack: Run) -> None:
        done = papertrack("import", "-", stdin="| a\n\udcff")
        assert (done.status, done.out) == (2, "")
        assert done.err == "-:2: this line is not UTF-8: pipe it as UTF-8\n"

    def test_that_says_nothing_is_said_to_say_nothing(self, papertrack: Run) -> None:
        done = papertrack("import", "-", stdin="")
        assert (done.status, done.err) == (1, "no papers in -: see papertrack import --help\n")
