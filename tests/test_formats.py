"""The format of a text, told by what it holds and by its name."""

import pytest

from papertrack.formats import Format, recognise


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        pytest.param("@article{a, title={T}}", "-", Format.BIBTEX, id="an entry"),
        pytest.param("\ufeff% Encoding: UTF-8\n\n@string{a = {b}}", "-", Format.BIBTEX, id="bib"),
        pytest.param("Some words\n@book{a, title={T}}", "x.txt", Format.BIBTEX, id="words first"),
        pytest.param("words", "x.bib", Format.BIBTEX, id="a name"),
        pytest.param("", "x.BIB", Format.BIBTEX, id="an empty file"),
        pytest.param("\n TY - JOUR\n", "-", Format.RIS, id="RIS"),
        pytest.param("Provider: x\nTY  - JOUR\n", "x.txt", Format.RIS, id="RIS behind words"),
        pytest.param('[{"id": 1}]', "-", Format.CSL_JSON, id="JSON"),
        pytest.param('{"title": 1}', "x.bib", Format.CSL_JSON, id="JSON under another name"),
        pytest.param("<!DOCTYPE html><p>", "x.bib", Format.HTML, id="a page"),
        pytest.param("[a](b)\n", "-", None, id="Markdown's link"),
        pytest.param("<h1>A list</h1>\n", "README.md", Format.MARKDOWN, id="HTML in Markdown"),
        pytest.param("# List\n```\n@a{b, title={T}}\n```\n", "README.md", Format.MARKDOWN, id="md"),
        pytest.param("| a |\n|---|\n\n@a{b, title={T}}\n", "-", Format.MARKDOWN, id="a table"),
    ],
)
def test_a_text_has_a_format(text: str, name: str, form: Format | None) -> None:
    assert recognise(text, name) is form
