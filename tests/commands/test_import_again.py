"""What becomes of a file that is imported again, and of a block that was edited by hand."""

import json
from pathlib import Path

import pytest

from commandline import Run
from listed import BERT, HEAD, LIST, catalogue_text, put


@pytest.mark.usefixtures("folder")
class TestANewerVersion:
    def _twice(self, papertrack: Run, *edit: tuple[str, str], then: str, words: str = "") -> str:
        put("list.md", LIST)
        papertrack("import", "list.md")
        for before, after in edit:
            text = catalogue_text()
            assert before in text
            put("data/papers.toml", text.replace(before, after))
        put("list.md", then)
        done = papertrack("import", "list.md", *words.split())
        assert done.status == 0
        return done.out.splitlines()[-1] + "\n" + done.err

    def test_the_same_again_touches_nothing(self, papertrack: Run) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md")
        before = Path("data/papers.toml").stat().st_mtime_ns
        assert papertrack("import", "list.md").out.endswith("2 unchanged (data/papers.toml)\n")
        assert Path("data/papers.toml").stat().st_mtime_ns == before

    def test_what_changed_is_updated(self, papertrack: Run) -> None:
        result = self._twice(papertrack, then=LIST.replace("arXiv 2018", "NAACL 2019"))
        assert result == "1 updated, 1 unchanged (data/papers.toml)\n"
        assert 'venue = "NAACL"\nyear = 2019' in catalogue_text()

    def test_a_paper_of_another_key_is_still_known_by_what_it_was(self, papertrack: Run) -> None:
        table = LIST.replace("BERT", "Attention Is All You Need for Transation")
        put("list.md", table)
        papertrack("import", "list.md")
        assert papertrack("edit", "you need", "--set", "key=b").status == 0
        put("list.md", table.replace("Transation", "Translation"))
        assert papertrack("import", "list.md").err == ""
        assert 'key = "b"\ntitle = "Attention Is All You Need for Translation"' in catalogue_text()

    @pytest.mark.parametrize(
        ("words", "venue"), [("", "ACL"), ("--ours", "ACL"), ("--theirs", "NAACL")]
    )
    def test_what_both_changed_is_left_to_a_person(
        self, papertrack: Run, words: str, venue: str
    ) -> None:
        result = self._twice(
            papertrack, ('"arXiv"', '"ACL"'), then=LIST.replace("arXiv", "NAACL"), words=words
        )
        assert f'venue = "{venue}"' in catalogue_text()
        assert 'list.md:5: bert: venue "NAACL" here, "ACL" in the catalogue' in result
        assert ("--theirs takes the file's values" in result) is not bool(words)

    def test_a_decision_can_be_made_afterwards(self, papertrack: Run) -> None:
        self._twice(papertrack, ('"arXiv"', '"ACL"'), then=LIST.replace("arXiv", "NAACL"))
        assert "NAACL" not in catalogue_text()
        papertrack("import", "list.md", "--theirs")
        assert 'venue = "NAACL"' in catalogue_text()
        assert papertrack("import", "list.md").err == ""

    def test_a_decision_can_be_taken_back(self, papertrack: Run) -> None:
        edit = ('"arXiv"', '"ACL"')
        self._twice(papertrack, edit, then=LIST.replace("arXiv", "NAACL"), words="--ours")
        assert papertrack("import", "list.md").err == ""
        done = papertrack("import", "list.md", "--theirs")
        assert done.out.endswith("1 updated, 1 unchanged (data/papers.toml)\n")
        assert 'bert: venue "NAACL" here, "ACL" in the catalogue: taken' in done.err
        assert 'venue = "NAACL"' in catalogue_text()
        assert papertrack("import", "list.md", "--theirs").err == ""

    def test_the_first_of_two_rows_is_right(self, papertrack: Run) -> None:
        put("list.md", f"{LIST}{BERT.replace('arXiv', 'NAACL')}")
        papertrack("import", "list.md")
        whole = catalogue_text()
        for _ in range(2):
            done = papertrack("import", "list.md", "--theirs")
            assert 'venue "NAACL" here, "arXiv" in list.md:5: kept' in done.err
            assert catalogue_text() == whole

    def test_what_a_file_does_not_say_stays(self, papertrack: Run) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md")
        papertrack("edit", "gpt", "--set", "venue=ACL", "--set", "status=reading")
        papertrack("tag", "gpt", "own")
        whole = catalogue_text()
        papertrack("import", "list.md", "--theirs")
        assert catalogue_text() == whole

    def test_a_day_that_a_new_status_takes_away_is_said(self, papertrack: Run) -> None:
        result = self._twice(
            papertrack,
            ('status = "done"', 'status = "done"\nfinished = 2024-01-05'),
            then=LIST.replace("| done |", "| |"),
        )
        assert result.endswith("bert: to-read now, which takes away finished 2024-01-05\n")

    def test_what_is_gone_is_reported_and_kept(self, papertrack: Run) -> None:
        result = self._twice(papertrack, then=f"# Papers that I read\n\n{HEAD}{BERT}")
        assert result.endswith(
            'list.md: "GPT" is no longer in it: kept; papertrack remove gpt removes it\n'
        )
        assert "GPT" in catalogue_text()

    def test_without_a_memory_every_difference_is_a_conflict(
        self, papertrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md")
        monkeypatch.setenv("PAPERTRACK_STATE", str(tmp_path / "elsewhere"))
        put("list.md", LIST.replace("arXiv", "NAACL"))
        assert '"arXiv" in the catalogue: undecided' in papertrack("import", "list.md").err
        assert 'venue = "arXiv"' in catalogue_text()

    def test_an_undone_import_can_be_redone(self, papertrack: Run) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md")
        whole = catalogue_text()
        put("list.md", LIST.replace("arXiv", "NAACL"))
        papertrack("import", "list.md")
        newer = catalogue_text()
        papertrack("undo")
        assert catalogue_text() == whole
        papertrack("import", "list.md")
        assert catalogue_text() == newer

    def test_another_file_is_no_newer_version(self, papertrack: Run) -> None:
        week = "| Title | Link |\n| --- | --- |\n| Attention | arxiv.org/abs/1706.03762 |\n"
        put("1.md", f"{week}| Qwen2 Technical Report | https://arxiv.org/abs/2407.10671 |\n")
        put("2.md", f"{week}| Qwen2.5 Technical Report | https://arxiv.org/abs/2412.15115 |\n")
        papertrack("import", "1.md")
        papertrack("done", "Qwen2 Technical Report")
        assert papertrack("import", "2.md").err == ""
        papers = json.loads(papertrack("list", "--json").out)
        assert [(paper["title"], paper["status"]) for paper in papers] == [
            ("Attention", "to-read"),
            ("Qwen2 Technical Report", "done"),
            ("Qwen2.5 Technical Report", "to-read"),
        ]


@pytest.mark.usefixtures("folder")
class TestAPaperInThePlaceOfAnother:
    """A row is replaced, not corrected: both papers stay."""

    @pytest.mark.parametrize("words", ["", "--adopt"])
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("DeepSeek-V2", "DeepSeek-V3"),
            ("GPT-2", "GPT-3"),
            ("Swin Transformer", "Swin Transformer V2"),
            ("LoRA", "LoRA+"),
        ],
    )
    def test_is_a_new_one(self, papertrack: Run, old: str, new: str, words: str) -> None:
        put("list.md", f"{HEAD}| {old} | arXiv 2021 | | read this one twice |\n{BERT}")
        papertrack("import", "list.md", *words.split())
        papertrack("done", old)
        if words:
            papertrack("export-markdown", "--all")
        text = Path("list.md").read_text(encoding="utf-8")
        put("list.md", text.replace(f"| {old} |", f"| {new} |"))
        done = papertrack("import", "list.md")
        assert f'list.md: "{old}" is no longer in it: kept' in done.err
        papers = {paper["title"]: paper for paper in json.loads(papertrack("list", "--json").out)}
        assert sorted(papers) == sorted(["BERT", old, new])
        assert papers[old]["status"] == "done"
        assert papers[new]["finished"] is None


@pytest.mark.usefixtures("folder")
class TestADoubt:
    """What is understood only perhaps is told in words, and as data."""

    def test_of_a_paper_that_the_catalogue_has_lost(self, papertrack: Run) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md")
        papertrack("remove", "gpt", "--yes")
        message = '"GPT" was removed from the catalogue since it was last imported'
        done = papertrack("import", "list.md")
        assert done.err == f"list.md:6: {message}: left out; --theirs imports it again\n"
        [doubt] = json.loads(papertrack("import", "list.md", "--json").out)["doubts"]
        assert (doubt["file"], doubt["line"], doubt["message"]) == ("list.md", 6, message)

    def test_of_an_identifier_that_another_paper_has(self, papertrack: Run) -> None:
        head = "| Title | arXiv |\n| --- | --- |\n"
        put("list.md", f"{head}| A Small Garden | 2101.00001 |\n")
        papertrack("import", "list.md")
        put("other.md", f"{head}| Highway Networks | 2101.00001 |\n")
        done = papertrack("import", "other.md")
        assert done.err == (
            'other.md:3: "Highway Networks" has the arXiv id of "A Small Garden" (small-garden): '
            "imported as another paper; correct the identifier, or the titles\n"
        )


@pytest.mark.usefixtures("folder")
class TestHandEdits:
    """Somebody edits the table in the README, as people will."""

    def _generated(self, papertrack: Run) -> str:
        put("README.md", f"Words.\n\n{LIST}\nMore words.\n")
        assert papertrack("import", "README.md", "--adopt").status == 0
        assert papertrack("export-markdown", "--into", "README.md", "--check").status == 0
        return Path("README.md").read_text(encoding="utf-8")

    def test_come_back_with_an_import(self, papertrack: Run) -> None:
        text = self._generated(papertrack)
        text = text.replace("arXiv 2018", "NAACL 2019").replace("see the blog", "see the talk")
        text = text.replace("\n| GPT |", "\n| Attention | 2017 | done |  |\n| GPT |")
        put("README.md", text)
        assert papertrack("export-markdown", "--into", "README.md").status == 1
        done = papertrack("import", "README.md")
        assert done.out.endswith("1 added, 2 updated (data/papers.toml)\n")
        assert done.out.splitlines()[1:-1] == [
            "  bert: venue NAACL (was arXiv), year 2019 (was 2018)",
            "  gpt: notes see the talk (was see the blog)",
        ]
        papers = {paper["key"]: paper for paper in json.loads(papertrack("list", "--json").out)}
        assert (papers["bert"]["venue"], papers["bert"]["year"]) == ("NAACL", 2019)
        assert papers["gpt"]["notes"] == "see the talk"
        assert papers["attention"]["status"] == "done"
        assert papertrack("export-markdown", "--into", "README.md").status == 0

    def test_are_named_for_programs_too(self, papertrack: Run) -> None:
        text = self._generated(papertrack).replace("arXiv 2018", "NAACL 2018")
        put("README.md", text)
        account = json.loads(papertrack("import", "README.md", "--json").out)
        change = {"key": "bert", "field": "venue", "before": "arXiv", "after": "NAACL"}
        assert (account["updated"], account["changes"]) == (1, [change])

    def test_are_named_as_long_as_they_are_few(self, papertrack: Run) -> None:
        words = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu".split()
        rows = "".join(
            f"| Learning {it} | arXiv {2000 + n} |  |  |\n" for n, it in enumerate(words)
        )
        put("README.md", f"{HEAD}{rows}")
        papertrack("import", "README.md", "--adopt")
        text = Path("README.md").read_text(encoding="utf-8").replace("arXiv 20", "NAACL 20")
        put("README.md", text)
        done = papertrack("import", "README.md")
        assert "13 updated" in done.out
        lines = done.out.splitlines()[1:-1]
        assert len(lines) == 11
        assert lines[0].endswith(": venue NAACL (was arXiv)")
        assert lines[-1] == "  and 3 more"

    def test_change_nothing_else(self, papertrack: Run) -> None:
        text = self._generated(papertrack)
        papertrack("done", "gpt", "--on", "2023-03-01")
        put("README.md", text.replace("arXiv 2018", "NAACL 2019"))
        assert papertrack("import", "README.md").out.endswith(
            "1 updated, 1 unchanged (data/papers.toml)\n"
        )
        papers = {paper["key"]: paper for paper in json.loads(papertrack("list", "--json").out)}
        assert (papers["gpt"]["status"], papers["gpt"]["finished"]) == ("done", "2023-03-01")
        assert papers["bert"]["venue"] == "NAACL"

    def test_of_a_title_alone_are_a_new_paper(self, papertrack: Run) -> None:
        text = self._generated(papertrack)
        put("README.md", text.replace("\n| GPT |", "\n| Sparks | | | |\n| GPT |"))
        done = papertrack("import", "README.md")
        assert done.out.endswith("1 added, 2 unchanged (data/papers.toml)\n")
        assert papertrack("export-markdown", "--into", "README.md").status == 0
        assert "| Sparks |" in Path("README.md").read_text(encoding="utf-8")

    def test_of_a_summary_into_a_link_stay_in_its_cell(self, papertrack: Run) -> None:
        columns = '["title", "summary", "status"]'
        look = f"[markdown]\ncolumns = {columns}\nheaders = {columns.title()}\n"
        put("data/papers.toml", f'{look}\n[[paper]]\nkey = "gpt"\ntitle = "GPT"\n')
        put("README.md", "<!-- papertrack:begin -->\n<!-- papertrack:end -->\n")
        papertrack("export-markdown", "--into", "README.md")
        text = Path("README.md").read_text(encoding="utf-8")
        put("README.md", text.replace("| GPT |  |", "| GPT | [link](https://e.x) |"))
        assert papertrack("import", "README.md").out.splitlines()[1] == (
            "  gpt: summary [link](https://e.x)"
        )
        assert papertrack("export-markdown", "--into", "README.md").status == 0
        assert "| GPT | [link](https://e.x) |" in Path("README.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize("headings", ["repeat", "first"])
    def test_of_a_title_alone_below_headings_are_taken_or_named(
        self, papertrack: Run, headings: str
    ) -> None:
        self._generated(papertrack)
        look = f'[markdown]\ngroup = "lab"\nheadings = "{headings}"\n'
        put("data/papers.toml", catalogue_text().replace("[markdown]\n", look))
        papertrack("edit", "gpt", "--set", "lab=OpenAI")
        papertrack("export-markdown", "--into", "README.md")
        text = Path("README.md").read_text(encoding="utf-8")
        [row] = [line for line in text.splitlines() if line.startswith("| GPT")]
        put("README.md", text.replace(row, f"{row}\n| Sparks | | | |"))
        done = papertrack("import", "README.md")
        if headings == "repeat":
            assert papertrack("show", "sparks", "--json").out.count('"lab": "OpenAI"') == 1
        else:
            assert ": Sparks: edited by hand, and not a paper: left as it is" in done.err
        left = papertrack("export-markdown", "--into", "README.md").status
        assert left == (headings == "first")

    def test_of_a_header_are_left_and_said(self, papertrack: Run) -> None:
        text = self._generated(papertrack)
        put("README.md", text.replace("| Venue |", "| Where |").replace("arXiv 2018", "NAACL 2019"))
        done = papertrack("import", "README.md")
        assert "README.md:7: the header: edited by hand, and not a paper: left as it is" in done.err
        assert "NAACL" in catalogue_text()
        assert papertrack("export-markdown", "--into", "README.md").status == 1

    def test_wait_where_the_catalogue_changed_the_same(self, papertrack: Run) -> None:
        text = self._generated(papertrack)
        put("data/papers.toml", catalogue_text().replace('"arXiv"', '"ACL"'))
        put("README.md", text.replace("arXiv 2018", "NAACL 2018"))
        done = papertrack("import", "README.md")
        assert 'bert: venue "NAACL" here, "ACL" in the catalogue: undecided' in done.err
        assert papertrack("export-markdown", "--into", "README.md").status == 1
        assert papertrack("import", "README.md", "--theirs").status == 0
        assert 'venue = "NAACL"' in catalogue_text()
        assert papertrack("export-markdown", "--into", "README.md", "--check").status == 0

    def test_of_a_row_that_is_no_papers_now_are_left_and_said(self, papertrack: Run) -> None:
        text = self._generated(papertrack)
        row = next(line for line in text.splitlines() if line.startswith("| GPT |"))
        put("README.md", text.replace(row, "| GPT |  |  |  |"))
        done = papertrack("import", "README.md")
        assert "the row of gpt is no longer a paper: left as it is" in done.err
        assert papertrack("export-markdown", "--into", "README.md").status == 1

    def test_under_a_new_heading_give_the_lab(self, papertrack: Run) -> None:
        text = self._generated(papertrack).replace("## ", "")
        papertrack("edit", "bert", "--set", "lab=Google")
        put("data/papers.toml", catalogue_text().replace("[markdown]", '[markdown]\ngroup = "lab"'))
        papertrack("export-markdown", "--into", "README.md", "--force")
        text = Path("README.md").read_text(encoding="utf-8")
        rows = "| Meta | Meta | Meta | Meta |\n| LLaMA: Open Models | 2023 | done | |\n"
        put("README.md", text.replace("| Google | Google", f"{rows}| Google | Google", 1))
        done = papertrack("import", "README.md")
        assert (done.status, done.err) == (0, "")
        papers = {paper["key"]: paper for paper in json.loads(papertrack("list", "--json").out)}
        assert papers["llama"]["lab"] == "Meta"
        assert papertrack("export-markdown", "--into", "README.md").status == 0

    def test_of_the_order_alone_change_no_paper(self, papertrack: Run) -> None:
        text = self._generated(papertrack)
        bert, gpt = (line for line in text.splitlines() if line.startswith(("| BERT", "| GPT")))
        put("README.md", text.replace(f"{bert}\n{gpt}\n", f"{gpt}\n{bert}\n"))
        before = catalogue_text()
        assert papertrack("import", "README.md").status == 0
        assert catalogue_text() == before
        assert papertrack("export-markdown", "--into", "README.md").status == 0
        assert Path("README.md").read_text(encoding="utf-8") == text

    def test_an_untouched_block_changes_nothing(self, papertrack: Run) -> None:
        self._generated(papertrack)
        before = catalogue_text()
        papertrack("done", "gpt")
        papertrack("undo")
        done = papertrack("import", "README.md")
        assert (done.out.splitlines()[-1], done.err) == ("2 unchanged (data/papers.toml)", "")
        assert catalogue_text() == before

    def test_a_row_taken_out_is_reported_and_its_paper_kept(self, papertrack: Run) -> None:
        text = self._generated(papertrack)
        row = next(line for line in text.splitlines() if line.startswith("| GPT |"))
        put("README.md", text.replace(f"{row}\n", ""))
        done = papertrack("import", "README.md")
        assert done.err == (
            'README.md: "GPT" is no longer in it: kept; papertrack remove gpt removes it\n'
        )
        assert "GPT" in catalogue_text()

    def test_a_row_taken_out_of_a_table_of_a_tag_may_lose_the_tag(self, papertrack: Run) -> None:
        put("nlp.md", LIST)
        papertrack("import", "nlp.md", "--adopt", "--tag-from-file")
        text = Path("nlp.md").read_text(encoding="utf-8")
        row = next(line for line in text.splitlines() if line.startswith("| GPT |"))
        put("nlp.md", text.replace(f"{row}\n", ""))
        assert papertrack("import", "nlp.md").err == (
            'nlp.md: "GPT" is no longer in it: kept; papertrack remove gpt removes it '
            "from the catalogue, papertrack tag gpt -nlp from this table\n"
        )
        assert papertrack("tag", "gpt", "-nlp").status == 0
        assert papertrack("export-markdown", "--all").status == 0
        assert row not in Path("nlp.md").read_text(encoding="utf-8")
