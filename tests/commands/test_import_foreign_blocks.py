"""A file whose blocks another catalogue made."""

import json
from pathlib import Path

import pytest

from commandline import Run
from listed import BERT, GPT, HEAD, LIST, catalogue_text, put

_LOST = (
    'theirs.md:7: "BERT" and 1 other paper of this block are not in the catalogue: left out; '
    "--theirs adds them, export-markdown would remove their rows\n"
)


@pytest.fixture
def theirs(papertrack: Run, folder: Path) -> Path:
    """A file with a block of two papers, beside a catalogue of one other paper."""
    put("theirs.md", LIST)
    assert papertrack("import", "theirs.md", "--adopt", "--catalogue", "x/theirs.toml").status == 0
    papertrack("init")
    papertrack("add", "My own")
    return folder / "theirs.md"


class TestPapersThatTheCatalogueDoesNotHave:
    """Nobody edited their rows, so that the next export would drop them."""

    @pytest.mark.usefixtures("theirs")
    @pytest.mark.parametrize("words", ["", "--adopt", "--ours"])
    def test_are_named_and_left_out(self, papertrack: Run, words: str) -> None:
        before = catalogue_text()
        done = papertrack("import", "theirs.md", *words.split())
        assert (done.status, done.err) == (0, _LOST)
        assert done.out.endswith("\n2 left out (data/papers.toml)\n")
        assert catalogue_text() == before

    @pytest.mark.usefixtures("theirs")
    def test_are_counted_for_programs(self, papertrack: Run) -> None:
        account = json.loads(papertrack("import", "theirs.md", "--json").out)
        assert (account["added"], account["left_out"]) == (0, 2)
        [doubt] = account["doubts"]
        assert (doubt["line"], doubt["suggestion"]) == (
            7,
            "left out; --theirs adds them, export-markdown would remove their rows",
        )

    @pytest.mark.usefixtures("theirs")
    def test_are_a_reason_to_refuse(self, papertrack: Run) -> None:
        done = papertrack("import", "theirs.md", "--strict")
        assert done.status == 1
        assert done.err.endswith("1 doubt, so nothing was imported (--strict)\n")

    @pytest.mark.usefixtures("theirs")
    def test_are_added_if_the_file_is_right(self, papertrack: Run) -> None:
        done = papertrack("import", "theirs.md", "--theirs", "--tag", "borrowed")
        assert (done.status, done.err) == (0, "")
        assert done.out.endswith("\n2 added (data/papers.toml)\n")
        papers = {paper["key"]: paper for paper in json.loads(papertrack("list", "--json").out)}
        assert (papers["bert"]["venue"], papers["bert"]["status"]) == ("arXiv", "done")
        assert papers["gpt"]["tags"] == ["borrowed"]
        assert papertrack("import", "theirs.md").err == ""

    @pytest.mark.usefixtures("folder")
    def test_get_the_tags_of_all_their_blocks(self, papertrack: Run) -> None:
        put("nlp.md", LIST)
        put("old.md", f"{HEAD}{BERT}")
        words = "--adopt --tag-from-file --catalogue x/theirs.toml".split()
        assert papertrack("import", "nlp.md", "old.md", *words).status == 0
        papertrack("init")
        done = papertrack("import", "nlp.md", "old.md", "--theirs")
        assert (done.err, done.out.splitlines()[-1]) == ("", "2 added (data/papers.toml)")
        papers = {paper["key"]: paper for paper in json.loads(papertrack("list", "--json").out)}
        assert [papers[key]["tags"] for key in ("bert", "gpt")] == [["nlp", "old"], ["nlp"]]

    def test_are_none_that_have_another_title_by_now(self, papertrack: Run, folder: Path) -> None:
        put("README.md", f"{HEAD}| Attention Is All Your Need | 2017 | | |\n")
        papertrack("import", "README.md", "--adopt")
        papertrack("edit", "attention-all", "--set", "title=Attention Is All You Need")
        assert papertrack("import", "README.md").err == ""
        assert folder.is_dir()

    @pytest.mark.usefixtures("folder")
    def test_are_those_removed_on_purpose_too(self, papertrack: Run) -> None:
        put("README.md", LIST)
        papertrack("import", "README.md", "--adopt")
        papertrack("remove", "gpt", "--yes")
        assert papertrack("import", "README.md").err == (
            'README.md:8: "GPT" is not in the catalogue: left out; --theirs adds it, '
            "export-markdown would remove its row\n"
        )

    @pytest.mark.usefixtures("folder")
    def test_are_told_from_what_somebody_edited_beside_them(self, papertrack: Run) -> None:
        put("README.md", LIST)
        papertrack("import", "README.md", "--adopt")
        papertrack("remove", "gpt", "--yes")
        text = Path("README.md").read_text(encoding="utf-8")
        put("README.md", text.replace("arXiv 2018", "NAACL 2019"))
        done = papertrack("import", "README.md")
        assert done.out.endswith("\n1 updated, 1 left out (data/papers.toml)\n")
        assert 'README.md:8: "GPT" is not in the catalogue' in done.err

    @pytest.mark.usefixtures("folder")
    def test_are_none_that_another_table_of_the_file_brings(self, papertrack: Run) -> None:
        put("README.md", f"{HEAD}{BERT}")
        papertrack("import", "README.md", "--adopt")
        papertrack("remove", "bert", "--yes")
        text = Path("README.md").read_text(encoding="utf-8")
        put("README.md", f"{text}\nBelow:\n\n{HEAD}{BERT}")
        done = papertrack("import", "README.md")
        assert (done.err, done.out.splitlines()[-1]) == ("", "1 added (data/papers.toml)")


class TestAnExportOverThem:
    """It makes the block from the catalogue, and says what goes."""

    @pytest.mark.parametrize(
        ("words", "went"),
        [
            ("", "2 rows removed, whose papers are not in the catalogue; papertrack undo"),
            ("--diff", "2 rows would be removed, whose papers are not in the catalogue"),
        ],
    )
    def test_counts_the_rows_that_go(
        self, papertrack: Run, theirs: Path, words: str, went: str
    ) -> None:
        before = theirs.read_text(encoding="utf-8")
        done = papertrack("export-markdown", "--into", "theirs.md", *words.split())
        assert done.status == 0
        assert (
            f"theirs.md: 1 block, 1 paper; 1 row {'would change' if words else 'changed'}, {went}"
            in (done.err)
        )
        if not words:
            papertrack("undo")
        assert theirs.read_text(encoding="utf-8") == before

    @pytest.mark.usefixtures("folder")
    def test_counts_no_paper_that_another_block_shows(self, papertrack: Run) -> None:
        put("README.md", LIST)
        papertrack("import", "README.md", "--adopt", "--tag", "own")
        papertrack("tag", "gpt", "-own")
        assert papertrack("export-markdown", "--into", "README.md").err == (
            "README.md: 1 block, 1 paper; 1 row changed\n"
        )

    @pytest.mark.usefixtures("folder")
    def test_counts_one_paper_as_one(self, papertrack: Run) -> None:
        put("README.md", LIST)
        papertrack("import", "README.md", "--adopt")
        papertrack("remove", "gpt", "--yes")
        assert papertrack("export-markdown", "--into", "README.md").err == (
            "README.md: 1 block, 1 paper; 1 row removed, whose paper is not in the catalogue; "
            "papertrack undo brings it back\n"
        )


_TABLES = """\
# Reading

| 名称 | 来源 | 状态 |
| --- | --- | --- |
| 《A Study of Gardens》 | arXiv 2018 | done |
| 《Old Maps》 | NULL | NULL |

## Benches

| Title | Speed | Topic |
| --- | --- | --- |
| **Slow Benches in Large Parks** | 3 | wood, parks |
| **Fast Benches for Small Parks** | 4 | parks |

## Labs

| Title | Venue |
| --- | --- |
| Meta | Meta |
| Trees of Language | ACL |
"""


@pytest.mark.usefixtures("folder")
class TestLooksThatTheCatalogueDoesNotHave:
    """Blocks name looks that another catalogue has; their tables show how these look."""

    def _brought(self, papertrack: Run) -> str:
        put("reading.md", _TABLES)
        papertrack("import", "reading.md", "--adopt", "--catalogue", "x/theirs.toml")
        text = Path("reading.md").read_text(encoding="utf-8")
        assert text.count("papertrack:begin look=") == 2
        return text

    def _assert_current(self, papertrack: Run, text: str) -> None:
        done = papertrack("export-markdown", "--into", "reading.md")
        assert done == (0, "", "reading.md: 3 blocks, 5 papers; nothing to change\n")
        assert Path("reading.md").read_text(encoding="utf-8") == text

    def test_are_made_with_a_new_catalogue(self, papertrack: Run) -> None:
        text = self._brought(papertrack)
        done = papertrack("import", "reading.md")
        assert done.out.endswith("\n5 added (data/papers.toml, a new catalogue)\n")
        self._assert_current(papertrack, text)
        looks = [line for line in catalogue_text().splitlines() if line.startswith("[markdown")]
        theirs = Path("x/theirs.toml").read_text(encoding="utf-8")
        assert all(f"{look}\n" in theirs for look in looks)
        again = papertrack("import", "reading.md")
        assert (again.out.splitlines()[-1], again.err) == ("5 unchanged (data/papers.toml)", "")

    def test_are_made_with_papers_that_are_added(self, papertrack: Run) -> None:
        text = self._brought(papertrack)
        papertrack("init")
        done = papertrack("import", "reading.md")
        assert (done.status, done.out.splitlines()[-1]) == (0, "5 left out (data/papers.toml)")
        assert papertrack("import", "reading.md", "--theirs").status == 0
        self._assert_current(papertrack, text)

    def test_are_no_look_of_papers_that_are_not_added(self, papertrack: Run) -> None:
        self._brought(papertrack)
        papertrack("init")
        before = catalogue_text()
        for words in ((), ("--adopt",)):
            done = papertrack("import", "reading.md", *words)
            assert (done.status, catalogue_text()) == (0, before)
        assert "import" not in papertrack("history").out
        text = Path("reading.md").read_text(encoding="utf-8")
        assert papertrack("export-markdown", "--into", "reading.md").status == 2
        assert Path("reading.md").read_text(encoding="utf-8") == text

    @pytest.mark.parametrize("words", [(), ("--theirs",)])
    def test_are_kept_current_once_their_file_is_adopted(
        self, papertrack: Run, words: tuple[str, ...]
    ) -> None:
        text = self._brought(papertrack)
        if words:
            papertrack("init")
        done = papertrack("import", "reading.md", "--adopt", *words)
        kept = "reading.md: has blocks already, which export-markdown --all regenerates from now on"
        assert done.out.splitlines()[-1] == kept
        assert papertrack("export-markdown", "--all", "--check").status == 0
        again = papertrack("import", "reading.md", "--adopt")
        assert again.out.splitlines()[-1] == "5 unchanged (data/papers.toml)"
        assert Path("reading.md").read_text(encoding="utf-8") == text

    def test_are_not_kept_current_in_another_look(self, papertrack: Run) -> None:
        self._brought(papertrack)
        own = '[markdown]\ncolumns = ["title", "priority"]\n\n[[paper]]\ntitle = "My own"\n'
        put("data/papers.toml", own)
        assert papertrack("import", "reading.md", "--adopt", "--theirs").status == 0
        assert "files" not in catalogue_text()

    def test_show_no_tag_that_the_block_did_not_show(self, papertrack: Run) -> None:
        text = self._brought(papertrack)
        papertrack("import", "reading.md", "--tag", "borrowed")
        self._assert_current(papertrack, text)

    @pytest.mark.parametrize("init", [False, True])
    @pytest.mark.parametrize("group", ["lab", "tag", "status"])
    def test_have_sections_where_the_blocks_have_them(
        self, papertrack: Run, group: str, *, init: bool
    ) -> None:
        papers = [
            ("The Old Maps", ""),
            ("A Study of Gardens", 'lab = "Meta"\ntags = ["nlp"]\nstatus = "done"'),
            ("Trees of Language", 'lab = "OpenAI"\ntags = ["speech", "nlp"]\nstatus = "reading"'),
        ]
        look = (
            f'[markdown]\ncolumns = ["title", "year"]\ngroup = "{group}"\nheadings = "sections"\n'
        )
        entries = (f'[[paper]]\ntitle = "{title}"\nyear = 2020\n{rest}\n' for title, rest in papers)
        put("x/theirs.toml", "\n".join((look, *entries)))
        put("README.md", "# A list\n\n<!-- papertrack:begin -->\n<!-- papertrack:end -->\n")
        into = ["export-markdown", "--into", "README.md"]
        assert papertrack(*into, "--catalogue", "x/theirs.toml").status == 0
        if init:
            papertrack("init")
        assert papertrack("import", "README.md", *["--theirs"] * init).status == 0
        assert papertrack(*into).err == "README.md: 1 block, 3 papers; nothing to change\n"

    @pytest.mark.parametrize("init", [False, True])
    def test_keep_their_order_below_a_block_of_few(self, papertrack: Run, *, init: bool) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md", "--catalogue", "x/theirs.toml")
        block = "<!-- papertrack:begin{} -->\n<!-- papertrack:end -->\n\n"
        put("README.md", block.format(" status:to-read") + block.format(""))
        into = ["export-markdown", "--into", "README.md"]
        assert papertrack(*into, "--catalogue", "x/theirs.toml").status == 0
        if init:
            papertrack("init")
        assert papertrack("import", "README.md", *["--theirs"] * init).status == 0
        assert papertrack(*into).err == "README.md: 2 blocks, 3 papers; nothing to change\n"

    def test_have_the_first_order_where_blocks_contradict_one_another(
        self, papertrack: Run
    ) -> None:
        marked = "<!-- papertrack:begin{} -->\n" + HEAD + "{}<!-- papertrack:end -->\n\n"
        rows = (GPT + BERT, BERT + GPT)
        put(
            "README.md",
            "".join(marked.format(*it) for it in zip((" tag:a", ""), rows, strict=True)),
        )
        assert papertrack("import", "README.md").status == 0
        assert papertrack("list").out.splitlines()[0].startswith("gpt\t")

    def test_are_none_that_have_the_name_of_a_setting(self, papertrack: Run) -> None:
        text = self._brought(papertrack)
        put("reading.md", text.replace("look=reading ", "look=columns "))
        assert papertrack("import", "reading.md").out.splitlines()[-1].startswith("5 added")
        done = papertrack("export-markdown", "--into", "reading.md")
        assert (done.status, 'no look "columns"' in done.err) == (2, True)

    def test_leave_those_that_are_there(self, papertrack: Run) -> None:
        self._brought(papertrack)
        look = '[markdown.reading]\ncolumns = ["title"]\n'
        put("data/papers.toml", f'{look}\n[[paper]]\nkey = "own"\ntitle = "My own"\n')
        papertrack("import", "reading.md", "--theirs")
        assert catalogue_text().startswith(look)
