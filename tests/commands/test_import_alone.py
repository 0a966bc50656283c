"""Addresses and titles alone are for `add`, which an import says."""

import pytest

from commandline import Run
from listed import put


@pytest.mark.usefixtures("folder")
class TestAddressesAlone:
    def test_a_file_of_nothing_else_is_for_add(self, papertrack: Run) -> None:
        put(
            "links.md",
            "- https://arxiv.org/abs/2311.16162\n- https://doi.org/10.1086/366680\n"
            "- <https://arxiv.org/abs/2311.16163>\n- [ ] https://arxiv.org/abs/2311.16164\n",
        )
        done = papertrack("import", "links.md")
        assert done == (
            1,
            (
                "links.md: 4 rows: 4 unread\n  links.md:1-4: 4 items are addresses alone: "
                "papertrack add - < links.md looks their titles up\n"
            ),
            "no papers in links.md: papertrack add - < links.md looks titles up\n",
        )

    def test_beside_papers_they_are_named(self, papertrack: Run) -> None:
        put(
            "list.md",
            "- [Small Gardens Keep Growing](https://arxiv.org/abs/2002.00001)\n"
            "- https://arxiv.org/abs/2311.16162\n",
        )
        done = papertrack("import", "list.md")
        assert done.status == 0
        assert "  list.md:2: 1 item is an address alone: papertrack add ADDRESS looks" in done.out


@pytest.mark.usefixtures("folder")
class TestTitlesAlone:
    @pytest.mark.parametrize(
        ("text", "account"),
        [
            pytest.param(
                "# Papers to read\n\n- Attention Is All You Need\n- BERT for everybody\n",
                "2 rows: 2 unread\n"
                '  my titles.md:3-4: 2 items under "Papers to read" look like titles alone: '
                "papertrack add - < 'my titles.md' takes a paper a line\n",
                id="below a heading that speaks of papers",
            ),
            pytest.param(
                "Notes\n\n- GloVe: **Global** Vectors for Word Representation, 2014\n",
                "1 row: 1 unread\n"
                '  my titles.md:3: "GloVe: Global Vectors for Word Represen…" looks like a title '
                "alone: papertrack add - < 'my titles.md' takes a paper a line\n",
                id="one",
            ),
        ],
    )
    def test_a_file_of_nothing_else_is_for_add(
        self, papertrack: Run, text: str, account: str
    ) -> None:
        put("my titles.md", text)
        hint = "papertrack add - < 'my titles.md' takes a paper a line"
        done = papertrack("import", "my titles.md")
        assert done == (1, f"my titles.md: {account}", f"no papers in my titles.md: {hint}\n")

    def test_beside_papers_they_are_named(self, papertrack: Run) -> None:
        put(
            "list.md",
            "# Papers\n\n- [Small Gardens Keep Growing](https://arxiv.org/abs/2002.00001)\n"
            "- GloVe: Global Vectors for Word Representation\n"
            "- Pennington et al. 2014\n- something\n",
        )
        done = papertrack("import", "list.md")
        assert done.status == 0
        assert done.out.splitlines()[1:3] == [
            (
                '  list.md:4: "GloVe: Global Vectors for Word Represen…" under "Papers" looks like '
                "a title alone: papertrack add TITLE adds one"
            ),
            (
                '  list.md:5-6: 2 items under "Papers" not read: '
                "no title is clear, and no link leads to a paper"
            ),
        ]

    def test_few_that_lie_apart_are_named_by_their_lines(self, papertrack: Run) -> None:
        put(
            "list.md",
            "# Papers\n\n- [Small Gardens Keep Growing](https://arxiv.org/abs/2002.00001)\n"
            "- ask Ann\n    - she knows\n- look at kelp\n"
            "- [Old Clocks in the Shed](https://arxiv.org/abs/2002.00002)\n"
            "- Growing of beds\n    - Lee 1993: Garden beds: old perspectives\n",
        )
        why = 'under "Papers" not read: no title is clear, and no link leads to a paper'
        assert papertrack("import", "list.md").out.splitlines()[1:3] == [
            f"  list.md:4-6: 2 items (lines 4, 6) {why}",
            f"  list.md:8-9: 2 items {why}",
        ]

    def test_identifiers_without_a_clear_title_are_for_add(self, papertrack: Run) -> None:
        put(
            "list.md",
            "# Papers\n\n- [Small Gardens Keep Growing](https://arxiv.org/abs/2002.00001)\n"
            "- doi:10.1038/nature14539 LeCun, deep learning, Nature\n",
        )
        done = papertrack("import", "list.md")
        assert done.status == 0
        assert done.out.splitlines()[1] == (
            '  list.md:4: "doi:10.1038/nature14539 LeCun, deep lea…" under "Papers" not read: an '
            "arXiv id or DOI is given, and which words are the title is not clear: papertrack add "
            "ID looks a paper up"
        )

    def test_addresses_in_a_mail_are_for_add(self, papertrack: Run) -> None:
        lines = [f"https://arxiv.org/abs/2311.1616{digit}" for digit in range(5)]
        text = "\n".join(["Hi, here are the papers we spoke of.", *lines, "cheers"])
        done = papertrack("import", "-", stdin=f"{text}\n")
        assert done == (
            1,
            (
                "-: 1 row: 1 unread\n"
                '  -:1-7: "Hi, here are the papers we spoke of." not read: several papers are '
                "linked, and where each begins is not clear: papertrack add - takes a paper "
                "a line\n"
            ),
            "no papers in -: papertrack add - takes a paper a line\n",
        )
