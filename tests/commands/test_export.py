"""papertrack export and papertrack cite."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from commandline import Run
from papertrack import formats
from papertrack.formats import Format

_WRITES = ("bibtex", "biblatex", "csl-json", "ris", "csv", "html")

_NONE = "0 of 13 papers (papertrack help query explains queries)\n"
_WAYS = "--diff shows what differs, import reads the edits, --replace overwrites the file"


def _content(name: str) -> str:
    return Path(name).read_text(encoding="utf-8")


@pytest.mark.usefixtures("papers")
class TestExport:
    @pytest.mark.parametrize("form", _WRITES)
    def test_two_exports_give_the_same_bytes(self, form: str, papertrack: Run) -> None:
        first = papertrack("export", "--as", form, "--everything")
        assert first.status == 0
        assert first.out
        assert papertrack("export", "--as", form, "--everything") == first

    @pytest.mark.parametrize("name", ["refs.bib", "refs.json", "refs.ris", "refs.csv"])
    def test_a_pipe_and_a_file_get_the_same_text(self, name: str, papertrack: Run) -> None:
        title = "Soft\u00adly\u2061 \u202espoken \u200bwords"
        papertrack("add", title, "--notes", "One\ttwo", "--offline")
        papertrack("export", "--into", name, "--everything")
        form = {"bib": "bibtex", "json": "csl-json"}.get(name[5:], name[5:])
        piped = papertrack("export", "--as", form, "--everything").out
        assert piped == Path(name).read_bytes().decode()

    def test_a_query_chooses_the_papers(self, papertrack: Run) -> None:
        done = papertrack("export", "--as", "bibtex", "lab:Meta")
        assert done.out.startswith("% made by papertrack: lab:Meta\n\n@misc{")
        assert "@misc{llama,\n" in done.out
        assert "gpt" not in done.out

    def test_fields_can_be_left_out(self, papertrack: Run) -> None:
        done = papertrack("export", "--as", "bibtex", "--without", "eprint, archiveprefix")
        assert "eprint" not in done.out

    @pytest.mark.parametrize("form", ["bibtex", "biblatex", "csl-json", "ris", "csv", "html"])
    def test_notes_are_left_out_whatever_the_format_calls_them(
        self, form: str, papertrack: Run
    ) -> None:
        papertrack("edit", "llama", "--set", "notes=secret")
        for name in ("notes", "note"):
            done = papertrack("export", "--as", form, "--everything", "--without", name)
            assert done.status == 0
            assert "secret" not in done.out

    @pytest.mark.parametrize("field", ["key", "title", "status"])
    def test_what_a_page_needs_is_not_left_out(self, field: str, papertrack: Run) -> None:
        done = papertrack("export", "--as", "html", "--without", field)
        assert done == (2, "", f"a page needs the {field} of its papers: leave others out\n")

    @pytest.mark.parametrize("form", ["csv", "html"])
    def test_a_field_to_leave_out_that_no_paper_has(self, form: str, papertrack: Run) -> None:
        done = papertrack("export", "--as", form, "--without", "nots")
        assert (done.status, done.out) == (2, "")
        assert done.err == 'no field "nots": did you mean notes?\n'

    def test_what_one_thinks_goes_out_with_everything_only(self, papertrack: Run) -> None:
        papertrack("edit", "llama", "--set", "notes=secret", "--set", "priority=1")
        papertrack("done", "llama")
        for form in ("bibtex", "biblatex", "csl-json", "ris"):
            assert "secret" not in papertrack("export", "--as", form).out
            assert "secret" in papertrack("export", "--as", form, "--everything").out

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            ([], "which format? write --as bibtex, or --into refs.bib"),
            (["--as", "docx"], 'no format "docx" for --as: write one of bibtex,'),
            (["--as", "markdown"], "papertrack export-markdown writes Markdown"),
            (["--into", "a.md"], "papertrack export-markdown --into a.md"),
            (["--into", "."], ". is a folder: name a file, such as refs.bib"),
            (["--into", ".", "--as", "ris"], ". is a folder: name a file, such as refs.bib"),
            (["--into", "a.txt"], "its name does not tell the format: add --as bibtex"),
            (["--as", "bibtex", "--check"], "which file? write --into refs.bib"),
            (["--into", "data/papers.toml", "--as", "csv"], "is the catalogue itself"),
        ],
    )
    def test_what_cannot_be_written_is_explained(
        self, words: list[str], message: str, papertrack: Run
    ) -> None:
        done = papertrack("export", *words)
        assert done.status == 2
        assert message in done.err
        assert done.out == ""


@pytest.mark.usefixtures("papers")
class TestIntoAFile:
    @pytest.mark.parametrize("name", ["refs.bib", "refs.json", "refs.ris", "p.csv", "p.html"])
    def test_it_is_written_whole_and_only_where_it_changes(
        self, name: str, papertrack: Run
    ) -> None:
        assert papertrack("export", "--into", name) == (0, "", f"{name}: 13 papers\n")
        stamp = Path(name).stat().st_mtime_ns
        assert papertrack("export", "--into", name) == (0, "", f"{name}: nothing to change\n")
        assert Path(name).stat().st_mtime_ns == stamp
        papertrack("remove", "llama", "--yes")
        assert papertrack("export", "--into", name).err == f"{name}: 12 papers\n"

    @pytest.mark.parametrize("name", ["refs.bib", "refs.json", "refs.ris", "p.csv", "p.html"])
    def test_somebody_elses_file_is_refused(self, name: str, papertrack: Run) -> None:
        Path(name).write_text("@misc{mine,}\n", encoding="utf-8")
        done = papertrack("export", "--into", name)
        assert (done.status, done.err) == (
            1,
            f"{name}: not made by papertrack: give another name, or --replace\n",
        )
        assert _content(name) == "@misc{mine,}\n"
        assert papertrack("export", "--into", name, "--replace").status == 0
        assert papertrack("undo").status == 0
        assert _content(name) == "@misc{mine,}\n"

    @pytest.mark.parametrize("name", ["refs.bib", "refs.json", "refs.ris", "p.csv", "p.html"])
    def test_a_query_of_no_paper_empties_no_file(self, name: str, papertrack: Run) -> None:
        papertrack("export", "--into", name)
        whole = _content(name)
        done = papertrack("export", "zzzz", "-tag:x", "--into", name)
        refused = f"no paper matches zzzz -tag:x: {name} is left as it is; --replace empties it"
        assert (done.status, done.err) == (1, f"{_NONE}{refused}\n")
        assert _content(name) == whole
        assert papertrack("export", "zzzz", "--into", name, "--replace").status == 0
        done = papertrack("export", "zzzz", "--into", name)
        assert done.err == f"{_NONE}{name}: nothing to change\n"
        new = f"new-{name}"
        assert papertrack("export", "zzzz", "--into", new).err == f"{_NONE}{new}: 0 papers\n"

    @pytest.mark.parametrize("words", [["export", "--as", "bibtex"], ["export-markdown"]])
    def test_a_query_of_no_paper_says_so_beside_the_pipe(
        self, words: list[str], papertrack: Run
    ) -> None:
        done = papertrack(*words, "zzzz")
        assert (done.status, done.err) == (0, _NONE)
        done = papertrack(*words, "llama", "sparrow")
        assert (done.status, done.err) == (0, f"{_NONE}to name papers, write key:llama,sparrow\n")
        assert "llama" in papertrack(*words, "key:llama,sparrow").out.lower()

    def test_an_empty_file_is_written(self, papertrack: Run) -> None:
        Path("refs.json").write_text("\n", encoding="utf-8")
        assert papertrack("export", "--into", "refs.json").status == 0

    def test_one_that_was_edited_since_is_refused_where_nothing_marks_it(
        self, papertrack: Run
    ) -> None:
        papertrack("export", "--into", "refs.ris")
        with Path("refs.ris").open("a", encoding="utf-8") as file:
            file.write("TY  - GEN\n")
        assert papertrack("export", "--into", "refs.ris").status == 1

    @pytest.mark.parametrize("added", ["@misc{mine, title={Mine}}\n", "% a remark\n"])
    def test_a_bibliography_that_was_edited_by_hand_is_refused(
        self, added: str, papertrack: Run
    ) -> None:
        papertrack("export", "--into", "refs.bib")
        made = _content("refs.bib")
        papertrack("remove", "llama", "--yes")
        for text in (made.replace("\n@misc", f"\n{added}@misc", 1), f"{made}{added}"):
            Path("refs.bib").write_text(text, encoding="utf-8")
            done = papertrack("export", "--into", "refs.bib")
            assert done == (1, "", f"refs.bib: edited by hand since papertrack made it: {_WAYS}\n")
            assert papertrack("export", "--into", "refs.bib", "--check").err == done.err
            assert _content("refs.bib") == text
        assert papertrack("export", "--into", "refs.bib", "--replace").status == 0

    def test_a_bibliography_that_git_left_in_conflict_is_made_anew(self, papertrack: Run) -> None:
        papertrack("export", "--into", "refs.bib")
        made = _content("refs.bib")
        papertrack("remove", "llama", "--yes")
        entries, _, digest = made.rpartition("\n% ")
        Path("refs.bib").write_text(
            f"{entries}\n<<<<<<< HEAD\n% {digest}=======\n% {digest}>>>>>>> other\n",
            encoding="utf-8",
        )
        assert papertrack("export", "--into", "refs.bib").err == "refs.bib: 12 papers\n"

    def test_an_edited_bibliography_that_was_imported_is_made_anew(self, papertrack: Run) -> None:
        papertrack("export", "--into", "refs.bib")
        edited = _content("refs.bib").replace("year = {2023}", "year = {2024}")
        Path("refs.bib").write_text(edited, encoding="utf-8")
        assert papertrack("import", "refs.bib", "--theirs").status == 0
        assert papertrack("export", "--into", "refs.bib").err == "refs.bib: 13 papers\n"
        assert papertrack("export", "--into", "refs.bib", "--check").status == 0

    def test_a_bibliography_with_other_line_ends_is_papertracks_still(
        self, papertrack: Run
    ) -> None:
        papertrack("export", "--into", "refs.bib")
        papertrack("remove", "llama", "--yes")
        made = _content("refs.bib")
        for text in (made.replace("\n", "\r\n"), made.rpartition("\n% ")[0]):
            Path("refs.bib").write_bytes(text.encode())
            assert papertrack("export", "--into", "refs.bib").status == 0

    def test_a_stale_one_is_told(self, papertrack: Run) -> None:
        done = papertrack("export", "--into", "refs.bib", "--check")
        assert (done.status, Path("refs.bib").exists()) == (1, False)
        papertrack("export", "--into", "refs.bib")
        assert papertrack("export", "--into", "refs.bib", "--check") == (0, "", "")
        papertrack("edit", "llama", "--set", "year=2024")
        done = papertrack("export", "--into", "refs.bib", "--check")
        assert (done.status, done.out) == (1, "")
        assert done.err.startswith("stale: refs.bib")
        done = papertrack("export", "--into", "refs.bib", "--diff")
        assert "\n-  year = {2023},\n+  year = {2024},\n" in done.out
        assert done.status == 0

    def test_of_a_page_it_is_told_only_that_it_is_stale(self, papertrack: Run) -> None:
        papertrack("export", "--into", "list.html")
        current = papertrack("export", "--into", "list.html", "--diff")
        assert current == (0, "list.html: nothing to change\n", "")
        papertrack("done", "llama")
        stale = papertrack("export", "--into", "list.html", "--diff")
        assert stale == (0, "list.html: stale\n", "")


@pytest.mark.usefixtures("papers")
class TestCite:
    def test_the_entry_is_printed(self, papertrack: Run) -> None:
        assert papertrack("cite", "llama").out == (
            "@misc{llama,\n  title = {{LLaMA}: Open and Efficient Foundation Language Models},\n"
            "  howpublished = {facebook research},\n  year = {2023},\n  eprint = {2302.13971},\n"
            "  archiveprefix = {arXiv},\n}\n"
        )

    def test_keys_and_sentences(self, papertrack: Run) -> None:
        assert papertrack("cite", "llama", "t5", "--key").out == "llama\nt5\n"
        papertrack("edit", "llama", "--set", "authors=García Márquez, Gabriel; Jane Doe")
        both = "--key and --text are two answers: give one of them\n"
        assert papertrack("cite", "llama", "--key", "--text") == (2, "", both)
        assert papertrack("cite", "llama", "--text").out == (
            "Gabriel García Márquez, Jane Doe. LLaMA: Open and Efficient Foundation Language "
            "Models. facebook research 2023. https://arxiv.org/abs/2302.13971\n"
        )

    def test_a_sentence_ends_once_and_its_address_can_be_followed(self, papertrack: Run) -> None:
        papertrack("edit", "llama", "--set", "title=Which?", "--set", "venue=Phys. Rev.")
        papertrack("edit", "llama", "--unset", "year", "--set", "doi=10.1002/(a)1:2<1::b>3")
        assert papertrack("cite", "llama", "--text").out == (
            "Which? Phys. Rev. https://doi.org/10.1002/(a)1:2%3C1::b%3E3\n"
        )

    def test_others_are_no_person(self, papertrack: Run) -> None:
        papertrack("edit", "llama", "--set", "authors=Touvron, Hugo; Lavril, Thibaut et al.")
        assert papertrack("cite", "llama", "--text").out.startswith(
            "Hugo Touvron, Thibaut Lavril et al. LLaMA: Open"
        )
        assert "others}," in papertrack("cite", "llama").out
        assert papertrack("list", "--json", "llama").out.count('"et al."') == 1

    @pytest.mark.parametrize(
        ("form", "others"),
        [
            *((form, ["et al."]) for form in ("bibtex", "biblatex", "csl-json")),
            ("ris", []),  # which has no word for them
        ],
    )
    def test_a_citation_says_that_there_are_others(
        self, form: str, others: list[str], papertrack: Run
    ) -> None:
        papertrack("edit", "llama", "--set", "authors=Touvron, Hugo; Lavril, Thibaut et al.")
        text = papertrack("export", "--as", form, "llama").out
        papers = formats.loads(Format(form), text).papers
        assert papers[0].paper.authors == ("Hugo Touvron", "Thibaut Lavril", *others)

    def test_a_citation_key_names_its_paper(self, papertrack: Run) -> None:
        Path("a.bib").write_text("@misc{Doe:2020, title={Cited}}\n", encoding="utf-8")
        papertrack("import", "a.bib")
        assert papertrack("cite", "Doe:2020", "--key").out == "Doe:2020\n"
        assert papertrack("cite", "nobody").status == 1


_CHECKERS = {
    "bibtex": ["bibtex", "t"],
    "biber": ["biber", "--tool", "--validate-datamodel", "--quiet", "biblatex.bib"],
    "bibclean": ["bibclean", "-no-prettyprint", "bibtex.bib"],
    "pandoc bibtex": ["pandoc", "-f", "bibtex", "-t", "csljson", "bibtex.bib"],
    "pandoc biblatex": ["pandoc", "-f", "biblatex", "-t", "csljson", "biblatex.bib"],
    "pandoc csljson": ["pandoc", "-f", "csljson", "-t", "csljson", "csl-json.json"],
    "ris2xml": ["ris2xml", "-i", "unicode", "-o", "unicode", "ris.ris"],
}
_PAPERS = r"""
@article{a, title={{LLaMA}: R\&D in C\# at 100\% of $\alpha$}, author={van der Maaten, L. and King,
  Jr., M. L. and {BigScience Workshop} and García Márquez, Gabriel and others},
  journal={Nature}, year=2020, pages={1--2}, month=jun, note={With a note}}
@inproceedings{论文, title={基于深度学习的研究}, author={王 小明 and 张三}, year=2021,
  booktitle={Proceedings of A}}
@misc{b_c, title={Odd {braces} \{ and ~ ^ _}, eprint={2302.13971}, archiveprefix={arXiv}}
@phdthesis{d, title={A thesis}, author={D. E.}, school={University of F}, year=1999}
"""


def _has_styles() -> bool:
    return (
        subprocess.run(["kpsewhich", "plain.bst"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.slow
@pytest.mark.parametrize("checker", _CHECKERS)
def test_real_programs_read_what_is_exported(checker: str, folder: Path, papertrack: Run) -> None:
    command = _CHECKERS[checker]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    if checker == "bibtex" and not _has_styles():
        pytest.skip("the styles of bibtex are not installed")
    (folder / "x.bib").write_text(_PAPERS, encoding="utf-8")
    papertrack("import", "x.bib")
    endings = {"bibtex": "bib", "biblatex": "bib", "csl-json": "json", "ris": "ris"}
    for form, ending in endings.items():
        done = papertrack("export", "--as", form, "--into", f"{form}.{ending}")
        assert done.status == 0, done.err
    aux = "\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{bibtex}\n"
    (folder / "t.aux").write_text(aux, encoding="utf-8")
    done_ = subprocess.run(command, capture_output=True, check=False, cwd=folder)
    assert done_.returncode == 0, done_.stdout + done_.stderr
    if command[0] == "bibtex":
        written = (folder / "t.bbl").read_text(encoding="utf-8")
        assert written.count("\\bibitem") == 4
        for text in (r"{LLaMA}: {R\&D} in {C\#}", "van~der Maaten", "King, Jr.", "et~al."):
            assert text in " ".join(written.split())
    if command[0] == "bibclean":
        assert b"Warning" not in done_.stderr
    if checker == "ris2xml":
        assert done_.stderr.decode().startswith("ris2xml: Processed 4 references")
    if command[0] == "pandoc":
        assert len(json.loads(done_.stdout)) == 4


@pytest.mark.usefixtures("papers")
def test_a_table_of_csv_has_all_fields_with_everything_or_without(papertrack: Run) -> None:
    assert papertrack("export", "--as", "csv", "--everything") == papertrack(
        "export", "--as", "csv"
    )
