"""Three versions of a catalogue made one."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandline import Run
from papertrack import three_way
from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft, DraftValue
from papertrack.merging import Merged, merge
from sides import BASE, DONE, NEW, Edit, edits, merged_of, paper_of


@pytest.mark.parametrize("number", [1, 2, 3, 4, 8])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "BOM"])
def test_real_cases_give_the_expected_bytes(
    shared: Path, number: int, newline: str, bom: str
) -> None:
    [folder] = (shared / "exchange" / "git").glob(f"{number}-*")
    base, ours, theirs, expected = (
        bom + (folder / f"{name}.toml").read_text(encoding="utf-8").replace("\n", newline)
        for name in ("base", "ours", "theirs", "expected")
    )
    assert merge(base, ours, theirs) == (expected, (), ())


@pytest.mark.parametrize("number", [5, 6])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "BOM"])
def test_real_cases_of_a_conflict_have_one(
    shared: Path, number: int, newline: str, bom: str
) -> None:
    [folder] = (shared / "exchange" / "git").glob(f"{number}-*")
    base, *sides = (
        bom + (folder / f"{name}.toml").read_text(encoding="utf-8").replace("\n", newline)
        for name in ("base", "ours", "theirs")
    )
    for ours, theirs in (sides, sides[::-1]):
        merged = merge(base, ours, theirs)
        assert len(merged.conflicts) == 1
        assert merged.text.startswith(bom)
        assert merged.text.count(f"<<<<<<< ours{newline}") == 1
        assert merged.text.count("\n") == merged.text.count(newline)
        assert parse(merged.text).faults


@pytest.mark.parametrize(
    ("ours", "theirs", "fields"),
    [
        (
            DONE,
            edits(('tags = ["llm"]', 'tags = ["llm", "open"]')),
            {"status": "done", "finished": "2026-02-01", "tags": ["llm", "open"]},
        ),
        (
            edits(('tags = ["llm"]', 'tags = ["a"]')),
            edits(('tags = ["llm"]', 'tags = ["llm", "b"]')),
            {"tags": ["a", "b"]},
        ),
        (
            edits(('tags = ["llm"]\n', "")),
            edits(('tags = ["llm"]', 'tags = ["llm", "b"]')),
            {"tags": ["b"]},
        ),
        (
            edits(("started = 2026-01-05", "started = 2026-01-03")),
            edits(("started = 2026-01-05", "started = 2026-01-04")),
            {"started": "2026-01-03"},
        ),
        (
            DONE,
            edits(('status = "reading"', 'status = "done"\nfinished = 2026-01-30')),
            {"status": "done", "finished": "2026-01-30"},
        ),
        (
            edits(('status = "reading"\nstarted = 2026-01-05\n', "")),
            edits(("started = 2026-01-05", "started = 2026-01-04")),
            {"status": None, "started": None},
        ),
        (
            edits(("started = 2026-01-05", "started = 2026-01-04")),
            edits(('status = "reading"\nstarted = 2026-01-05', 'status = "dropped"')),
            {"status": "dropped", "started": None},
        ),
        (
            edits(("year = 2023", "year = 2022  # as printed")),
            edits(('"Meta"\n', '"Meta"\nvenue = "arXiv"\n')),
            {"year": 2022, "venue": "arXiv"},
        ),
        (
            edits(('status = "reading"\nstarted = 2026-01-05\n', "")),
            edits(('status = "reading"\nstarted = 2026-01-05\n', 'status = "to-read"\n')),
            {"status": None, "started": None},
        ),
    ],
    ids=[
        "other fields", "tags as sets", "tags all gone", "the earlier start", "the earlier end",
        "dates follow ours", "dates follow theirs", "a comment and a field", "no status in words",
    ],
)  # fmt: skip
def test_fields_merge_by_what_they_mean(
    ours: Edit, theirs: Edit, fields: dict[str, object]
) -> None:
    for merged in (merged_of(ours, theirs),):
        assert merged.conflicts == ()
        paper = paper_of(merged.text, "llama")
        assert {name: paper.get(name) for name in fields} == fields
    assert "# the first" in merged.text


@pytest.mark.parametrize("turned", [False, True])
def test_a_status_in_words_that_says_what_none_says_is_no_change(*, turned: bool) -> None:
    plain, dropped = (
        edits(('title = "PEER"\n', f'title = "PEER"\nstatus = "{status}"\n'))
        for status in ("to-read", "dropped")
    )
    merged = merged_of(dropped, plain) if turned else merged_of(plain, dropped)
    assert merged.conflicts == ()
    assert paper_of(merged.text, "peer")["status"] == "dropped"


def test_the_words_of_a_conflict_name_the_status_and_not_its_dates() -> None:
    base = BASE.replace('status = "reading"\nstarted = 2026-01-05', "started = 2026-01-05")
    merged = merged_of(
        edits(("started = 2026-01-05", 'started = 2026-01-05\nstatus = "done"')),
        edits(("started = 2026-01-05", 'started = 2026-01-08\nstatus = "dropped"')),
        base,
    )
    assert merged.conflicts == ("llama: status is done here and dropped there",)


_LISTED = """\
tags = [
  "llm",  # large
  "old",  # was it
]
"""


@pytest.mark.parametrize(
    ("ours", "theirs", "kept"),
    [
        (
            edits(('  "old",  # was it\n', "")),
            edits(('  "old",  # was it\n', '  "old",  # was it\n  "new",  # is it\n')),
            ["# large", "# is it"],
        ),
        (
            edits((_LISTED, 'tags = ["llm", "a"]\n')),
            edits(("]\n\n", '  "b",  # why b\n]\n\n')),
            ["# large", "# why b"],
        ),
        (
            edits(("  # was it", "  # was it\n  # open: which?")),
            edits(('  "llm"', '  "a",  # why a\n  "llm"')),
            ["# large", "# was it", "# open: which?", "# why a"],
        ),
        (
            edits((_LISTED, 'tags = [\n  "a",  # why a\n]\n')),
            edits((_LISTED, 'tags = [\n  # of theirs\n  "b",  # why b\n  # last\n]\n')),
            ["# why a", "# of theirs", "# why b", "# last"],
        ),
    ],
    ids=["other items", "one side on one line", "a line of its own", "all items anew"],
)
def test_comments_within_a_list_that_both_sides_changed_stay(
    ours: Edit, theirs: Edit, kept: list[str]
) -> None:
    base = f'[[paper]]\nkey = "a"\ntitle = "A"\n{_LISTED}\n[[paper]]\nkey = "b"\ntitle = "B"\n'
    for merged in (merged_of(ours, theirs, base), merged_of(theirs, ours, base)):
        assert merged.conflicts == ()
        assert not parse(merged.text).faults
        assert sorted(part for part in kept if part in merged.text) == sorted(kept)
        assert merged.text.count("#") == len(kept)


def test_authors_with_a_line_each_merge_line_by_line() -> None:
    one_each = 'authors = [\n  "Hugo Touvron",\n  "Thibaut Lavril",\n  "Gautier Izacard",\n]\n'
    base = BASE.replace('lab = "Meta"\nyear', f'{one_each}lab = "Meta"\nyear')
    first = edits(('"Hugo Touvron"', '"H. Touvron"'))
    merged = merged_of(first, edits(('Izacard",\n', 'Izacard",\n  "et al.",\n')), base)
    assert merged.conflicts == ()
    names = ["H. Touvron", "Thibaut Lavril", "Gautier Izacard", "et al."]
    assert paper_of(merged.text, "llama")["authors"] == names
    assert merged_of(first, edits(('"Hugo Touvron"', '"Hugo T."')), base).conflicts


def test_fields_stand_in_the_order_of_the_side_that_changed_it() -> None:
    title, year = 'title = "PEER"\n', "year = 2022\n"
    base = f"{BASE}{year}"
    turned = base.replace(title + year, year + title)
    noted = base.replace("# --- others ---\n\n", "# --- others ---\n\n# read this\n")
    for sides in ((turned, noted), (noted, turned)):
        merged = merge(base, *sides)
        assert merged.text == noted.replace(title + year, year + title)


def test_comments_on_a_line_that_another_took_away_stay() -> None:
    merged = merged_of(
        edits(('title = "x"\n', "")),
        edits(("# my list\n", "# my list\n# of 2026\n"), ('"x"\n', '"x"  # or so\n')),
    )
    assert (merged.conflicts, parse(merged.text).catalogue.title) == ((), None)
    assert "# of 2026\n# or so\n" in merged.text


def test_a_comment_behind_a_field_that_both_sides_added_stays() -> None:
    merged = merged_of(
        edits(('title = "PEER"\n', 'title = "PEER"\nyear = 2022\n')),
        edits(('title = "PEER"\n', 'title = "PEER"\nyear = 2022  # as printed\n')),
    )
    assert merged.conflicts == ()
    assert "year = 2022  # as printed\n" in merged.text


def test_comments_directly_below_a_paper_stay_once_whatever_follows() -> None:
    a, b = (f'[[paper]]\nkey = "{key}"\ntitle = "{key}"\n' for key in "ab")
    base = f"{a}# below a\n{b}"
    for changed in (f"{b}{a}# below a\n", f"{a}# below a\n", f"{b}# below b\n{a}# below a\n"):
        assert merge(base, changed, base).text == changed
        assert merge(base, base, changed).text == changed


def test_a_comment_that_went_with_the_paper_below_it_is_gone() -> None:
    cut = BASE[: BASE.index("\n# --- others")]
    assert merge(BASE, BASE, cut).text == cut
    merged = merge(BASE, DONE(BASE), cut)
    assert "# --- others ---" not in merged.text


def test_notes_that_both_sides_added_are_ours_first() -> None:
    first = "2026-01-01: first note\n"
    merged = merged_of(
        edits((first, f"{first}2026-02-01: ours\nboth\n")),
        edits((first, f"2025-12-31: above\n{first}2026-02-02: theirs\nboth\n")),
    )
    assert merged.conflicts == ()
    assert paper_of(merged.text, "gpt-3")["notes"] == (
        f"2025-12-31: above\n{first}2026-02-01: ours\nboth\n2026-02-02: theirs\n"
    )


def test_sub_tables_merge_key_by_key() -> None:
    code = 'Code = "https://a.b"\n'
    merged = merged_of(
        edits((code, f'{code}Model = "7B"\n')),
        edits((code, 'Code = "https://c.d"\nData = "C4"\n\n[paper.bibtex]\npages = "1--2"\n')),
    )
    paper = paper_of(merged.text, "gpt-3")
    assert paper["columns"] == {"Code": "https://c.d", "Model": "7B", "Data": "C4"}
    assert paper["bibtex"] == {"pages": "1--2"}


def test_settings_merge_key_by_key() -> None:
    merged = merged_of(
        edits(
            ('title = "x"', 'title = "y"'),
            ("OpenAI = []", "OpenAI = []\nGoogle = []"),
            ('["README.md"]', '["README.md", "a.md"]\nnothing = "NULL"'),
        ),
        edits(
            ('["FAIR"]', '["FAIR", "Facebook"]'),
            ("OpenAI = []", 'OpenAI = []\nDeepMind = ["GDM"]'),
            (
                'files = ["README.md"]',
                'columns = ["title"]\nfiles = ["b.md"]\n\n[check]\nignore = ["year"]',
            ),
        ),
    )
    catalogue = parse(merged.text).catalogue
    assert (merged.conflicts, catalogue.title) == ((), "y")
    assert catalogue.labs == {
        "Meta": ("FAIR", "Facebook"), "OpenAI": (), "Google": (), "DeepMind": ("GDM",)
    }  # fmt: skip
    assert catalogue.files == ("a.md", "b.md")
    assert (catalogue.look.columns, catalogue.look.nothing) == (("title",), "NULL")
    assert catalogue.ignore == ("year",)


@given(st.data())
def test_what_one_side_alone_changed_is_its_text(data: st.DataObject) -> None:
    lines = BASE.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(lines)))
        lines.insert(at, data.draw(st.sampled_from(["# c\n", "\n", "year = 2000\n", "x = 1\n"])))
    changed = "".join(lines)
    if not parse(changed).faults:
        assert merge(BASE, changed, BASE).text == changed
        assert merge(BASE, BASE, changed).text == changed
        assert merge(BASE, changed, changed).text == changed


def _command(random_: random.Random, keys: list[str], side: str, count: int) -> list[str]:
    """Return a random command on one of the keys, which changes no other paper."""
    key = random_.choice(keys)
    word = random_.choice("abcdef")
    number = str(random_.randint(1, 5))
    commands = [
        ["done", key], ["start", key], ["skim", key], ["mark", "dropped", key],
        ["tag", key, f"+{word}"], ["priority", key, number], ["note", key, f"{side} {word}"],
        ["edit", key, "--set", f"year=200{number}"],
        ["edit", key, "--set", f"venue={word}", "--set", f"authors={word} B; C D"],
        ["add", f"{side}{count}: {word}{word} {number}", "--lab", f"Lab {number}"],
        ["remove", key, "--yes"],
    ]  # fmt: skip
    chosen = random_.choice(commands)
    if chosen[0] == "remove" and len(keys) > 1:
        keys.remove(key)
    return chosen


def _rounds(papertrack: Run, folder: Path, seed: int) -> None:
    random_ = random.Random(seed)  # noqa: S311 - chooses tests
    path = folder / "papers.toml"
    papers = "".join(
        f'\n[[paper]]\nkey = "p{n}"\ntitle = "Paper {n}"\nlab = "Lab {n % 7}"\n' for n in range(100)
    )
    base = f'title = "x"\n\n[labs]\n{papers}'
    keys = [f"p{n}" for n in range(100)]
    random_.shuffle(keys)
    texts, changes = [base], []

    def listed(text: str) -> dict[str, object]:
        path.write_text(text, encoding="utf-8")
        return {paper["key"]: paper for paper in json.loads(papertrack("list", "--json").out)}

    before = listed(base)
    for side, own in (("A", keys[:50]), ("B", keys[50:])):
        path.write_text(base, encoding="utf-8")
        for count in range(random_.randint(1, 8)):
            assert papertrack(*_command(random_, own, side, count)).status == 0
        texts.append(path.read_text(encoding="utf-8"))
        after = listed(texts[-1])
        changes.append(
            {key: after.get(key) for key in before | after if before.get(key) != after.get(key)}
        )
    merged = merge(*texts)
    assert merged.conflicts == ()
    expected = {key: it for key, it in {**before, **changes[0], **changes[1]}.items() if it}
    assert listed(merged.text) == expected


@pytest.mark.parametrize("seed", range(3))
def test_random_changes_of_other_papers_never_conflict(
    papertrack: Run, folder: Path, seed: int
) -> None:
    _rounds(papertrack, folder, seed)


@pytest.mark.slow
def test_many_random_changes_of_other_papers_never_conflict(papertrack: Run, folder: Path) -> None:
    for seed in range(3, 60):
        _rounds(papertrack, folder, seed)


_SAME = "".join(
    f"""
[[paper]]
key = "p{n}"
title = "Paper {n}"
tags = ["a", "b"]  # {n}
notes = '''
one
two
'''
"""
    for n in range(3)
)


def _side(random_: random.Random, side: str) -> str:
    """Return the catalogue after random changes, some of which the other side may make too."""
    draft = Draft(_SAME)
    for count in range(random_.randint(1, 6)):
        paper = random_.choice(draft.catalogue.papers)
        number, word = random_.randint(1, 2), random_.choice("abxy")
        changes: list[dict[str, DraftValue]] = [
            {"year": 2000 + number},
            {"venue": random_.choice(["ACL", "ICML", ""])},
            {"tags": sorted({*paper.tags} ^ {word})},
            {"columns": {**paper.columns, "Code": word}},
            {"notes": f"{paper.notes}{side} {count}\n"},
        ]
        draft.change(paper.key, random_.choice(changes))
    return draft.text


def _kept(text: str, side: int) -> dict[str, dict[str, Any]]:  # fields of many types
    """Return the papers where a person keeps one side of each conflict."""
    marked = re.compile(r"<{7} ours\n(.*?)={7}\n(.*?)>{7} theirs\n", re.DOTALL)
    parsed = parse(marked.sub(lambda conflict: conflict[side + 1], text))
    assert parsed.faults == ()
    return {paper.key: paper.model_dump() for paper in parsed.catalogue.papers}


def _differs(merged: Merged, sides: Sequence[str]) -> Iterator[str]:
    """Yield the fields of papers that are neither what one side made of them nor in conflict."""
    base, ours, theirs = (_kept(text, 0) for text in (_SAME, *sides))
    results = [_kept(merged.text, side) for side in (0, 1)]
    for key, name in ((key, name) for key, paper in base.items() for name in paper):
        old, our, their = (side[key][name] for side in (base, ours, theirs))
        values = [result[key][name] for result in results]
        if old in (our, their) or our == their:
            wanted = [their if our == old else our] * 2
        elif name == "tags":
            both = {*our, *their} - ({*old} - {*our}) - ({*old} - {*their})
            values, wanted = [{*value} for value in values], [both] * 2
        elif name == "notes":
            values = [sorted(value.split("\n")) for value in values]
            wanted = [sorted({*our.split("\n"), *their.split("\n")})] * 2
        else:
            said = [it for it in merged.conflicts if it.startswith(f"{key}: {name}")]
            wanted = [our, their] if said else []
        if values != wanted:
            yield f"{key}.{name}: {old} | {our} | {their}: {values}"


@pytest.mark.parametrize("seed", range(60))
def test_random_changes_of_the_same_papers_are_all_there(seed: int) -> None:
    random_ = random.Random(seed)  # noqa: S311 - chooses tests
    sides = [_side(random_, side) for side in "AB"]
    merged, turned = merge(_SAME, *sides), merge(_SAME, *reversed(sides))
    assert list(_differs(merged, sides)) == []
    assert list(_differs(turned, sides[::-1])) == []
    assert len(merged.conflicts) == len(turned.conflicts)


@pytest.mark.slow
def test_ten_thousand_papers_are_merged_at_once() -> None:
    papers = "".join(
        f'\n[[paper]]\nkey = "p{n}"\ntitle = "Paper {n}"\ntags = ["a"]\nsummary = """\na\nb\n"""\n'
        for n in range(10_000)
    )
    base = f'title = "x"\n{papers}'
    ours = base.replace('"Paper 7"\n', '"Paper 7"\nyear = 2020\n')
    theirs = base.replace('"Paper 9000"\n', '"Paper 9000"\nyear = 2021\n') + NEW.format("z", "Z")
    merged = merge(base, ours, theirs)
    assert merged.text == theirs.replace('"Paper 7"\n', '"Paper 7"\nyear = 2020\n')


def test_a_text_of_thousands_of_lines_grows_on_both_sides() -> None:
    base = "".join(f"line {number}\n" for number in range(2_000))
    merge = three_way.merge_lines(base, f"{base}ours\n", f"{base}theirs\n")
    assert "".join(map(str, merge)) == f"{base}ours\ntheirs\n"
