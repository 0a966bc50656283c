"""Tables that become blocks, and what keeps a table from becoming one."""

import json
from pathlib import Path

import pytest

from commandline import Run
from listed import BERT, GPT, HEAD, LIST, catalogue_text, put


@pytest.mark.usefixtures("folder")
class TestAdopting:
    def _read(self, name: str) -> str:
        return Path(name).read_text(encoding="utf-8")

    def test_a_list_that_is_the_catalogue_gets_a_block_of_every_paper(
        self, papertrack: Run
    ) -> None:
        put("README.md", f"Words.\n\n{LIST}\nMore words.\n")
        done = papertrack("import", "README.md", "--adopt")
        assert done.out.endswith("README.md:5: a block now: every paper\n")
        text = self._read("README.md")
        assert text.startswith("Words.\n\n# Papers that I read\n\n<!-- papertrack:begin -->\n")
        assert text.endswith("-->\n\nMore words.\n")
        assert 'files = ["../README.md"]' in catalogue_text()
        assert papertrack("export-markdown", "--all", "--check").status == 0

    def test_each_table_of_a_file_gets_what_tells_its_papers(self, papertrack: Run) -> None:
        put("list.md", f"## First\n\n{HEAD}{BERT}\n## Second\n\n{HEAD}{GPT}")
        done = papertrack("import", "list.md", "--adopt", "--headings", "tag")
        assert "list.md:3: a block now: tag:First\n" in done.out
        assert "<!-- papertrack:begin tag:Second -->" in self._read("list.md")

    def test_a_new_tag_tells_them_where_nothing_else_does(self, papertrack: Run) -> None:
        put("list.md", f"## First\n\n{HEAD}{BERT}\n## Second\n\n{HEAD}{GPT}")
        done = papertrack("import", "list.md", "--adopt", "--headings", "none")
        assert "list.md:3: a block now: tag:First (its papers got the tag First)\n" in done.out
        assert 'tags = ["First"]' in catalogue_text()
        assert papertrack("export-markdown", "--into", "list.md", "--check").status == 0

    def test_a_lab_tells_the_papers_of_its_table(self, papertrack: Run) -> None:
        put("list.md", f"## Google\n\n{HEAD}{BERT}\n## OpenAI\n\n{HEAD}{GPT}")
        papertrack("import", "list.md", "--adopt", "--headings", "lab")
        text = self._read("list.md")
        assert "<!-- papertrack:begin lab:Google -->" in text
        assert "<!-- papertrack:begin lab:OpenAI -->" in text

    def test_a_status_tells_the_papers_of_its_table(self, papertrack: Run) -> None:
        head = "| Title | Venue |\n| --- | --- |\n"
        put(
            "list.md",
            f"## To read\n\n{head}| BERT | arXiv 2018 |\n\n## Done\n\n{head}| GPT | arXiv 2019 |\n",
        )
        papertrack("import", "list.md", "--adopt")
        text = self._read("list.md")
        assert "<!-- papertrack:begin status:to-read -->" in text
        assert "<!-- papertrack:begin status:done -->" in text
        papertrack("done", "bert")
        assert papertrack("export-markdown", "--all").status == 0
        done = self._read("list.md").partition("## Done")[2]
        assert "| BERT |" in done
        assert "| GPT |" in done

    def test_two_tables_of_one_name_get_two_tags(self, papertrack: Run) -> None:
        put("list.md", f"## Papers\n\n{HEAD}{BERT}\nMore:\n\n{HEAD}{GPT}")
        papertrack("import", "list.md", "--adopt")
        text = self._read("list.md")
        assert "<!-- papertrack:begin tag:Papers -->" in text
        assert "<!-- papertrack:begin tag:Papers-2 -->" in text
        assert papertrack("export-markdown", "--into", "list.md", "--check").status == 0

    def test_a_file_name_and_a_heading_together_tell_a_table(self, papertrack: Run) -> None:
        put("a.md", f"## Old\n\n{HEAD}{BERT}\n## New\n\n{HEAD}{GPT}")
        put("b.md", f"## Old\n\n{HEAD}| Attention | 2017 | done | |\n\n## New\n\n{HEAD}")
        papertrack("import", "a.md", "b.md", "--adopt", "--headings", "tag", "--tag-from-file")
        assert "<!-- papertrack:begin tag:a tag:Old -->" in self._read("a.md")
        assert papertrack("export-markdown", "--all", "--check").status == 0

    def test_blocks_of_a_catalogue_that_is_gone_give_their_papers_back(
        self, papertrack: Run
    ) -> None:
        put("nlp.md", LIST)
        papertrack("import", "nlp.md", "--adopt", "--tag-from-file")
        text = self._read("nlp.md")
        Path("data/papers.toml").unlink()
        assert papertrack("import", "nlp.md", "--adopt").status == 0
        papers = json.loads(papertrack("list", "--json").out)
        assert [(paper["title"], paper["tags"]) for paper in papers] == [
            ("BERT", ["nlp"]),
            ("GPT", ["nlp"]),
        ]
        assert self._read("nlp.md") == text
        assert papertrack("export-markdown", "--into", "nlp.md", "--check").status == 0

    def test_blanks_between_chinese_signs_stay(self, papertrack: Run) -> None:
        rows = "| 机器学习 | 周 志华, 欧阳 修 |\n| 图神经网络 | 张三 李四 |\n"
        put("list.md", f"| Title | Authors |\n| --- | --- |\n{rows}")
        papertrack("import", "list.md", "--adopt")
        assert rows in self._read("list.md")
        assert "author = {周, 志华 and 欧阳, 修}," in papertrack("cite", "机器学习").out
        assert "author = {张三 李四}," in papertrack("cite", "图神经网络").out
        assert "AU  - 张三 李四\n" in papertrack("export", "--as", "ris").out

    def test_blanks_between_chinese_signs_are_edited_by_hand(self, papertrack: Run) -> None:
        put(
            "list.md",
            "| Title | Authors |\n| --- | --- |\n| 机器学习 | 周 志华 |\n| 图 | 张三 李四 |\n",
        )
        papertrack("import", "list.md", "--adopt")
        text = self._read("list.md").replace("周 志华", "周志华").replace("张三 李四", "张三, 李四")
        put("list.md", text)
        assert papertrack("import", "list.md").out.endswith("2 updated (data/papers.toml)\n")
        assert 'authors = ["周志华"]' in catalogue_text()
        assert 'authors = ["张三", "李四"]' in catalogue_text()

    def test_a_row_at_the_end_of_the_file_stays_apart_from_what_follows(
        self, papertrack: Run
    ) -> None:
        put("list.md", f"{HEAD}{BERT}<!-- old ones -->\n{GPT.rstrip()}")
        papertrack("import", "list.md", "--adopt")
        assert self._read("list.md").endswith("-->\n<!-- old ones -->\n")

    def test_an_empty_file_becomes_a_block_for_papers_to_come(self, papertrack: Run) -> None:
        put("new.md", "\n")
        put("nlp.md", LIST)
        papertrack("import", "new.md", "nlp.md", "--adopt", "--tag-from-file")
        papertrack("add", "Highway Networks", "--tag", "new")
        assert papertrack("export-markdown", "--all").status == 0
        assert "| Highway Networks |" in self._read("new.md")

    def test_what_stands_between_a_table_and_its_last_row_stays(self, papertrack: Run) -> None:
        put("list.md", f"{HEAD}{BERT}<!-- old ones -->\n{GPT}")
        papertrack("import", "list.md", "--adopt")
        text = self._read("list.md")
        assert text.endswith("-->\n<!-- old ones -->\n")
        assert "GPT" in text

    def test_a_block_is_not_adopted_again(self, papertrack: Run) -> None:
        put("list.md", LIST)
        papertrack("import", "list.md", "--adopt")
        text = self._read("list.md")
        done = papertrack("import", "list.md", "--adopt")
        assert (done.status, done.err) == (0, "")
        assert self._read("list.md") == text

    @pytest.mark.parametrize(
        ("headers", "options", "cells"),
        [
            ("Link | Code", (), "[github.com](https://github.com/x/y) [arXiv]({0}) | "),
            ("链接 | 代码", (), "[github.com](https://github.com/x/y) [arXiv]({0}) | "),
            (
                "Link | Code",
                ("--map", "Link=link", "--map", "Code=links"),
                "[arXiv]({0}) | [github.com](https://github.com/x/y)",
            ),
        ],
    )
    def test_columns_of_links_fill_for_new_papers(
        self, papertrack: Run, headers: str, options: tuple[str, ...], cells: str
    ) -> None:
        rows = (
            "| BERT | [pdf](https://arxiv.org/pdf/1810.04805) | [code](https://g.io/b) |",
            "| GPT | [paper](https://arxiv.org/abs/2005.14165) |  |",
            "| Adam |  | [code](https://github.com/g/adam) |",
        )
        put("list.md", "\n".join((f"| Title | {headers} |", "| --- | --- | --- |", *rows, "")))
        done = papertrack("import", "list.md", "--adopt", *options)
        assert "as the catalogue has it" not in done.out
        assert all(f"\n{row}\n" in self._read("list.md") for row in rows)
        papertrack("add", "DINOv2", "--arxiv", "2304.07193", "--link", "https://github.com/x/y")
        papertrack("export-markdown", "--all")
        row = f"| DINOv2 | {cells.format('https://arxiv.org/abs/2304.07193')} |"
        assert f"\n{row}\n" in self._read("list.md")
        assert papertrack("import", "list.md").out.endswith("4 unchanged (data/papers.toml)\n")

    def test_a_table_whose_links_lead_elsewhere_is_left_as_it_is(self, papertrack: Run) -> None:
        row = "| A neural model of gardens | [pdf](https://x.org/{0}.pdf) |\n"
        texts = [f"| Title | Link |\n| --- | --- |\n{row.format(name)}" for name in ("old", "new")]
        put("a.md", texts[0])
        put("b.md", texts[1])
        done = papertrack("import", "a.md", "b.md", "--adopt", "--tag-from-file")
        led = "leads to https://x.org/new.pdf in line 3, to https://x.org/old.pdf in the catalogue"
        assert f'b.md:1: left as it is: "A neural model of gardens" {led}\n' in done.err
        assert self._read("b.md") == texts[1]

    def test_a_column_of_links_that_its_papers_would_fill_stays_an_own_one(
        self, papertrack: Run
    ) -> None:
        rows = (
            "| A neural model of gardens | [pdf](https://arxiv.org/pdf/1810.04805) | 1810.04805 |",
            "| Growing all gardens at once |  | 2005.14165 |",
        )
        put("list.md", "\n".join(("| Title | Link | arXiv |", "| --- | --- | --- |", *rows, "")))
        papertrack("import", "list.md", "--adopt")
        assert all(f"\n{row}\n" in self._read("list.md") for row in rows)
        assert '"column:Link"' in catalogue_text()

    def test_a_list_of_bullets_is_left_as_it_is(self, papertrack: Run) -> None:
        text = "# Papers\n\n- [BERT: Pre-training](https://arxiv.org/abs/1810.04805), NAACL 2019.\n"
        put("list.md", text)
        done = papertrack("import", "list.md", "--adopt")
        assert "list.md:3: left as it is: it is a list of bullets, not a table\n" in done.err
        assert "lists of bullets are imported, but not regenerated" in done.err
        assert self._read("list.md") == text

    @pytest.mark.parametrize("status", ["reading", "skimmed", "dropped", "to-read"])
    @pytest.mark.parametrize("day", ["2024-02-03", "Feb 3, 2024", "2024-02"])
    def test_a_date_of_reading_stays_whatever_the_status(
        self, papertrack: Run, status: str, day: str
    ) -> None:
        head = "| Title | Status | Date read |\n| --- | --- | --- |\n"
        rows = f"| Alpha seagrass | {status} | {day} |\n| Beta seagrass | done | 2024-02-04 |\n"
        put("list.md", head + rows)
        done = papertrack("import", "list.md", "--adopt")
        assert done.out.endswith("list.md:1: a block now: every paper\n")
        assert head + rows in self._read("list.md")

    def test_cells_that_another_row_changes_are_counted(self, papertrack: Run) -> None:
        head = "| Title | Tags | Year |\n| --- | --- | --- |\n"
        rows = [f"## {tag}\n\n{head}| GPT | {tag} | 2018 |\n" for tag in ("Attack", "Defence")]
        put("list.md", "\n".join(rows))
        done = papertrack("import", "list.md", "--adopt")
        places = [line.partition("; ")[2] for line in done.out.splitlines() if ": a block" in line]
        assert places == [f"1 cell as the catalogue has it (line {line})" for line in (5, 11)]

    def test_cells_that_the_catalogue_says_in_other_words_are_counted(
        self, papertrack: Run
    ) -> None:
        papertrack("init")
        papertrack("add", "GPT", "--venue", "International Conference on Machine Learning")
        put("list.md", "| Title | Venue |\n| --- | --- |\n| GPT | ICML |\n| BERT | ACL |\n")
        done = papertrack("import", "list.md", "--adopt")
        assert done.out.endswith("every paper; 1 cell as the catalogue has it (line 3)\n")

    def test_words_in_brackets_that_markdown_hides_are_named(self, papertrack: Run) -> None:
        put("list.md", f"{HEAD}| BERT <think> of it <br> | 2019 | | a `<code>` and <End> |\n")
        done = papertrack("import", "list.md", "--adopt")
        assert "every paper; <think>, <End> shown, which Markdown hides\n" in done.out
        assert "BERT &lt;think> of it" in self._read("list.md")

    def test_looks_that_are_equal_are_one(self, papertrack: Run) -> None:
        other = "| Paper | Year |\n| --- | --- |\n| T5: Transfer Learning | 2019 |\n"
        put("a.md", LIST)
        put("b.md", f"{HEAD}| Attention | 2017 | done | |\n")
        put("c.md", other)
        papertrack("import", "a.md", "b.md", "c.md", "--adopt", "--tag-from-file")
        assert "<!-- papertrack:begin tag:b -->" in self._read("b.md")
        assert "<!-- papertrack:begin look=c tag:c -->" in self._read("c.md")
        assert "[markdown.c]" in catalogue_text()
        assert papertrack("export-markdown", "--all", "--check").status == 0

    def test_a_look_that_lists_its_tags_shows_those_of_another_table_too(
        self, papertrack: Run
    ) -> None:
        head = "| Title | Year | Tags |\n| --- | --- | --- |\n"
        rows = {"a": "BERT: Pre-training | 2018 | nlp", "b": "DETR: Detection | 2020 | vision"}
        for name, row in rows.items():
            put(f"{name}.md", f"{head}| {row} |\n")
            papertrack("import", f"{name}.md", "--adopt", "--tag-from-file")
            assert f"| {row} |" in self._read(f"{name}.md")
        assert catalogue_text().count('tags = ["nlp", "vision"]') == 1
        assert papertrack("export-markdown", "--all", "--check").status == 0

    @pytest.mark.parametrize("slip", ["《{}", "{}》"])
    def test_a_title_with_one_bracket_of_two_gets_both(self, papertrack: Run, slip: str) -> None:
        title = "DROPEDGE: Towards Deep Graph Networks"
        head = (
            "| 名称 | 来源 | 状态 |\n| --- | --- | --- |\n| 《Graph Attention》 | 2018 | NULL |\n"
        )
        row = f"| {slip.format(title)} | 2020 | NULL |\n"
        put("list.md", f"{head}{row}| 《Graph Networks》 | 2019 | NULL |\n")
        done = papertrack("import", "list.md", "--adopt")
        assert "the title has one bracket of two" in done.err
        assert f"| 《{title}》 | 2020 |" in self._read("list.md")
        assert "[paper.columns]" not in catalogue_text()

    def test_an_edited_title_loses_the_one_bracket_that_was_kept(self, papertrack: Run) -> None:
        put("list.md", "| 名称 | 来源 |\n| --- | --- |\n| 《Graph Attention》 | ICML 2018 |\n")
        papertrack("import", "list.md", "--adopt")
        kept = '[paper.columns]\n"名称" = "Graph Attention》"\n'
        text = catalogue_text().replace('["title"', '["title+column:名称"')
        put("data/papers.toml", f"{text}{kept}")
        papertrack("edit", "graph-attention", "--set", "title=Graph Attention Networks")
        papertrack("export-markdown", "--all")
        assert "| 《Graph Attention Networks》 |" in self._read("list.md")

    def test_rows_that_move_are_counted(self, papertrack: Run) -> None:
        head = "| Title | Year | Notes |\n| --- | --- | --- |\n"
        rows = {title: f"| {title}: a Model | 2020 | |\n" for title in ("BERT", "GPT", "T5")}
        put("one.md", head + rows["BERT"] + rows["GPT"] + rows["T5"])
        papertrack("import", "one.md", "--adopt", "--tag-from-file")
        put("two.md", head + rows["T5"] + rows["BERT"] + rows["GPT"])
        done = papertrack("import", "two.md", "--adopt", "--tag-from-file")
        assert "two.md:1: a block now: tag:two; 1 row in another place\n" in done.out

    def test_a_word_that_is_no_status_is_named_once(self, papertrack: Run) -> None:
        head = "| Title | Year | Status |\n| --- | --- | --- |\n"
        put("list.md", f"{head}| BERT: a Model | 2018 | done |\n| GPT: a Model | 2018 | qwerty |\n")
        done = papertrack("import", "list.md", "--adopt")
        assert 'warning: list.md:4: "qwerty" is no status: kept under Status\n' in done.err
        assert "| qwerty |" in self._read("list.md")
        assert papertrack("import", "list.md").err == ""

    def test_a_block_of_every_paper_that_grows_is_named(self, papertrack: Run) -> None:
        put("all.md", LIST)
        put("more.md", f"{HEAD}| Attention: a Model | 2017 | done | |\n")
        papertrack("import", "all.md", "--adopt")
        grows = (
            "all.md shows every paper, so 1 more with the next export; "
            "a query in its marker, such as lab:Meta, chooses some\n"
        )
        words = ("import", "more.md", "--tag-from-file", "--adopt")
        assert papertrack(*words, "--dry-run").err.endswith(grows)
        assert papertrack(*words).err.endswith(grows)
        assert papertrack(*words).err == ""

    def test_a_crlf_file_stays_one(self, papertrack: Run) -> None:
        Path("list.md").write_bytes(LIST.replace("\n", "\r\n").encode())
        papertrack("import", "list.md", "--adopt")
        written = Path("list.md").read_bytes()
        assert written.count(b"\n") == written.count(b"\r\n") > 5


@pytest.mark.usefixtures("folder")
class TestWhatABlockWouldLose:
    """A table whose rows a block would show otherwise is left as it is, and the row is named."""

    def _adopted(self, papertrack: Run, text: str) -> tuple[str, str]:
        put("list.md", text)
        done = papertrack("import", "list.md", "--adopt", "--headings", "tag")
        assert done.status == 0
        kept = Path("list.md").read_text(encoding="utf-8")
        catalogue = catalogue_text()
        assert papertrack("import", "list.md", "--adopt", "--headings", "tag").status == 0
        assert Path("list.md").read_text(encoding="utf-8") == kept
        assert catalogue_text() == catalogue
        return kept, done.err

    def test_another_address_of_a_title(self, papertrack: Run) -> None:
        head = "| Title | Venue |\n| --- | --- |\n"
        first = "| [A Small Garden](https://arxiv.org/abs/2101.00001) | ICML 2021 |\n"
        second = "| [A Small Garden](https://openreview.net/forum?id=z) | ICML 2021 |\n"
        text = f"## One\n\n{head}{first}\n## Two\n\n{head}{second}"
        kept, err = self._adopted(papertrack, text)
        assert kept.startswith(f"## One\n\n{head}{first}\n## Two\n\n<!-- papertrack:begin tag:Two")
        assert second in kept
        assert (
            'list.md:3: left as it is: "A Small Garden" leads to https://arxiv.org/abs/2101.00001 '
            "in line 5, to https://openreview.net/forum?id=z in the catalogue\n"
        ) in err

    def test_another_title(self, papertrack: Run) -> None:
        link = "https://arxiv.org/abs/1810.04805"
        head = "| Title | Link |\n| --- | --- |\n"
        rows = f"| BERT: Pre-training | {link} |\n", f"| BERT | {link} |\n"
        kept, err = self._adopted(
            papertrack, f"## One\n\n{head}{rows[0]}\n## Two\n\n{head}{rows[1]}"
        )
        assert kept.endswith(f"## Two\n\n{head}{rows[1]}")
        assert 'line 11 calls "BERT" what the catalogue calls "BERT: Pre-training"' in err

    @pytest.mark.parametrize(
        ("table", "why"),
        [
            pytest.param(
                "<table><tr><th>Title</th><th>Year</th></tr>"
                "<tr><td>A Small Garden</td><td>2021</td></tr></table>\n",
                "list.md:3: left as it is: it is a table in HTML",
                id="HTML",
            ),
            pytest.param(
                "> | Title | Year |\n> | --- | --- |\n> | A Small Garden | 2021 |\n",
                "list.md:3: left as it is: it stands in a list or a quotation, where a block "
                "cannot be",
                id="a quotation",
            ),
            pytest.param(
                "- Gardens\n\n  | Title | Year |\n  | --- | --- |\n  | A Small Garden | 2021 |\n",
                "list.md:5: left as it is: it stands in a list or a quotation, where a block "
                "cannot be",
                id="a list",
            ),
            pytest.param(
                "| Title | Year |\n| --- | --- |\n| A Small Garden | 2021 |\n| | 2022 |\n",
                "list.md:3: left as it is: line 6 is not a paper, and a block holds nothing else: "
                "move that out of the table",
                id="another row",
            ),
        ],
    )
    def test_a_table_that_can_be_no_block(self, papertrack: Run, table: str, why: str) -> None:
        kept, err = self._adopted(papertrack, f"# Papers\n\n{table}")
        assert kept == f"# Papers\n\n{table}"
        assert f"{why}\n" in err

    def test_another_cell_of_an_own_column(self, papertrack: Run) -> None:
        head = "| Title | Venue | Score |\n| --- | --- | --- |\n"
        row = "| A Small Garden | ICML 2021 | {} |\n"
        text = f"## One\n\n{head}{row.format(1)}\n## Two\n\n{head}{row.format(2)}"
        _, err = self._adopted(papertrack, text)
        assert (
            'list.md:9: left as it is: line 11 says "Score: 2", and the catalogue something else '
            "of that paper\n"
        ) in err

    @pytest.mark.parametrize(
        ("favour", "notes"), [("--theirs", "from a file"), ("--ours", "from another")]
    )
    def test_notes_that_nobody_has_decided_on(
        self, papertrack: Run, favour: str, notes: str
    ) -> None:
        head = "| Title | Year | Notes |\n| --- | --- | --- |\n"
        put("first.md", f"{head}| A Small Garden | 2021 | from another |\n")
        papertrack("import", "first.md", "--adopt")
        table = f"{head}| A Small Garden | 2021 | from a file |\n"
        kept, err = self._adopted(papertrack, table)
        assert kept == table
        assert (
            "list.md:1: left as it is: line 3 differs from the catalogue: import again with "
            "--adopt and --theirs, which takes the file's values, or --ours\n"
        ) in err
        assert papertrack("import", "list.md", "--adopt", favour).status == 0
        text = Path("list.md").read_text(encoding="utf-8")
        assert text.startswith("<!-- papertrack:begin")
        assert f"| A Small Garden | 2021 | {notes} |" in text
        assert papertrack("export-markdown", "--all").status == 0

    def test_the_notes_of_every_row_of_a_paper_are_kept(self, papertrack: Run) -> None:
        head = "| Title | Notes |\n| --- | --- |\n"
        put("first.md", f"{head}| A Small Garden | from a file |\n")
        more = "| A Small Garden | from another |\n| A Small Garden | from a file.<br>other |\n"
        put("list.md", f"{head}{more}")
        done = papertrack("import", "first.md", "list.md", "--adopt")
        assert done.err.startswith(
            "list.md:3: small-garden again (same title), first at first.md:3\n"
            'list.md:3: small-garden: notes "from another" here, "from a file" in first.md:3: '
            "joined\n"
        )
        text = Path("list.md").read_text(encoding="utf-8")
        assert "| A Small Garden | from a file<br>from another<br>other |\n" in text
        assert papertrack("export-markdown", "--all", "--check").status == 0

    def test_a_cell_that_the_catalogue_fills_is_counted(self, papertrack: Run) -> None:
        head = "| Title | arXiv |\n| --- | --- |\n"
        rows = "| [A Small Garden](https://arxiv.org/abs/2101.00001) | |\n"
        rows += "| [Another Garden](https://arxiv.org/abs/2101.00002) | 2101.00002 |\n"
        put("list.md", head + rows)
        done = papertrack("import", "list.md", "--adopt")
        assert "a block now: every paper; 1 empty cell filled\n" in done.out

    def test_links_of_odd_forms_stay_links(self, papertrack: Run) -> None:
        text = (
            "| Paper | Code |\n| --- | --- |\n"
            "| [A Small Garden](https://arxiv.org/abs/2101.00001) | [github]( https://x.org/y) |\n"
            "| [Another Garden](https://arxiv.org/abs/2101.00002) AKA GARD | [code]() |\n"
            "| A Third Garden, with Words | [code](https://x.org/z) |\n"
        )
        kept, _ = self._adopted(papertrack, text)
        for row in text.replace("( https", "(https").splitlines()[2:]:
            assert row in kept
