"""Where papers and settings stand that are merged, and under which keys."""

import re

import pytest

from papertrack.catalogue import parse
from papertrack.merging import UnmergeableError, merge
from sides import BASE, DONE, NEW, Edit, added, edits, merged_of, paper_of, removed


@pytest.mark.parametrize(
    ("ours", "theirs", "order"),
    [
        (added("a", "A"), added("b", "B"), "llama gpt-3 peer a b"),
        (removed("llama"), added("b", "B"), "gpt-3 peer b"),
        (removed("peer"), removed("llama"), "gpt-3"),
        (
            lambda text: text.replace("\n# Brown", NEW.format("a", "A") + "\n# Brown"),
            lambda text: text.replace("\n# Brown", NEW.format("b", "B") + "\n# Brown"),
            "llama a b gpt-3 peer",
        ),
    ],
    ids=["below", "first removed", "both remove", "in between"],
)
def test_papers_stand_where_their_side_put_them(ours: Edit, theirs: Edit, order: str) -> None:
    merged = merged_of(ours, theirs)
    catalogue = parse(merged.text).catalogue
    assert (merged.conflicts, merged.notes) == ((), ())
    assert " ".join(paper.key for paper in catalogue.papers) == order
    assert "\n\n\n" not in merged.text
    assert merged.text.count("# --- others ---") == 1


def test_the_order_of_the_side_that_changed_it_is_taken() -> None:
    head, *papers = (
        BASE.replace("# Brown et al.\n", "").replace("# --- others ---\n\n", "").split("[[paper]]")
    )
    base = "[[paper]]".join([head, *papers])
    turned = "[[paper]]".join([head, f"{papers[2]}\n", papers[0], papers[1].rstrip("\n") + "\n"])
    done = DONE(base)
    for sides in ((done, turned), (turned, done)):
        merged = merge(base, *sides)
        catalogue = parse(merged.text).catalogue
        assert [paper.key for paper in catalogue.papers] == ["peer", "llama", "gpt-3"]
        assert paper_of(merged.text, "llama")["status"] == "done"


def test_a_line_like_a_table_in_a_note_keeps_no_order_from_being_merged() -> None:
    papers = [f'[[paper]]\nkey = "{key}"\ntitle = "{key}"\n' for key in "ab"]
    papers[0] += 'notes = """\n[a link](https://a.b)\n"""\n'
    base, turned = "\n".join(papers), "\n".join(reversed(papers))
    merged = merge(base, turned, base.replace('title = "b"', 'title = "B"'))
    assert merged == (turned.replace('title = "b"', 'title = "B"'), (), ())


def test_an_added_key_that_means_another_paper_gets_a_number() -> None:
    merged = merged_of(added("alpha", "Alpha go"), added("alpha", "Alpha fold"))
    papers = {paper.key: paper.title for paper in parse(merged.text).catalogue.papers}
    assert (papers["alpha"], papers["alpha-2"]) == ("Alpha go", "Alpha fold")
    assert merged.notes == ('"Alpha fold" is alpha-2 now: alpha is another paper here',)


def test_a_paper_that_both_sides_added_is_one_with_what_either_says() -> None:
    ours = 'doi = "10.1000/x"\nadded = 2026-01-01\nnotes = "mine"\nlinks = ["https://a.b"]\n'
    theirs = 'doi = "10.1000/X"\nadded = 2025-12-31\nnotes = "yours"\nstatus = "done"\n'
    merged = merged_of(added("z", "Z", ours), added("z", "Z", theirs))
    assert (merged.conflicts, merged.notes) == ((), ())
    assert paper_of(merged.text, "z") == {
        "key": "z", "title": "Z", "doi": "10.1000/x", "added": "2025-12-31", "status": "done",
        "links": ["https://a.b"], "notes": "mine\nyours\n",
    }  # fmt: skip


def test_the_first_paper_moves_with_what_stands_above_it_there() -> None:
    base = 'title = "x"\n\n[[paper]]\nkey = "a"\ntitle = "A"\n\n[[paper]]\nkey = "b"\ntitle = "B"\n'
    moved = 'title = "x"\n\n[[paper]]\nkey = "b"\ntitle = "B"\n[[paper]]\nkey = "a"\ntitle = "A"\n'
    assert merge(base, moved, base).text == moved
    assert merge(base, base, moved).text == moved


_BELOW = '[[paper]]\nkey = "a"\ntitle = "A"\n\n[labs]\nMeta = []\n'


@pytest.mark.parametrize(
    ("ours", "theirs", "order"),
    [
        (added("b", "B"), edits(("[]", '["FAIR"]')), "a Meta b"),
        (edits(("[]", '["FAIR"]')), added("b", "B"), "a Meta b"),
        (
            added("b", "B"),
            lambda text: text.replace("[]", '["FAIR"]') + NEW.format("c", "C"),
            "a Meta b c",
        ),
        (
            edits(("\n[labs]", f"{NEW.format('b', 'B')}\n[labs]")),
            lambda text: text.replace("[]", '["FAIR"]') + NEW.format("c", "C"),
            "a b Meta c",
        ),
    ],
    ids=["ours below", "theirs below", "both below", "one above, one below"],
)
def test_settings_below_all_papers_are_merged_where_a_side_put_a_paper_below_them(
    ours: Edit, theirs: Edit, order: str
) -> None:
    merged = merged_of(ours, theirs, _BELOW)
    catalogue = parse(merged.text).catalogue
    assert (merged.conflicts, catalogue.labs) == ((), {"Meta": ("FAIR",)})
    assert " ".join(re.findall(r'(?<=^key = ")\w|^Meta', merged.text, re.MULTILINE)) == order
    assert "\n\n\n" not in merged.text


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "why"),
    [
        (
            BASE.replace('[paper.columns]\nCode = "https://a.b"', 'columns.Code = "https://a.b"'),
            edits(('columns.Code = "https://a.b"', '[paper.columns]\nCode = "https://a.b"')),
            edits(('columns.Code = "https://a.b"', 'columns.Code = "https://a.b"\nyear = 2020')),
            "another form",
        ),
        (
            BASE,
            edits(('title = "PEER"\n', 'title = "PEER"\n\n[paper.columns]\nData = "C4"\n')),
            edits(('title = "PEER"\n', 'title = "PEER"\ncolumns = { Code = "c" }\n')),
            "another form",
        ),
    ],
    ids=["dotted keys", "inline"],
)
def test_what_only_text_can_tell_is_not_merged(
    base: str, ours: Edit, theirs: Edit, why: str
) -> None:
    for sides in ((ours, theirs), (theirs, ours)):
        with pytest.raises(UnmergeableError, match=why):
            merged_of(*sides, base)


def test_settings_between_papers_are_merged_where_a_side_turned_the_papers() -> None:
    a, b = (f'[[paper]]\nkey = "{key}"\ntitle = "{key}"\n' for key in "ab")
    labs = "[labs]\nMeta = []\n"
    base, turned = f"{a}\n{labs}\n{b}", f"{b}\n{labs}\n{a}"
    known = base.replace("[]", '["FAIR"]')
    for sides in ((turned, known), (known, turned)):
        assert merge(base, *sides) == (turned.replace("[]", '["FAIR"]'), (), ())


def test_settings_stay_where_a_side_put_papers_above_and_below_them() -> None:
    above = edits(("\n[labs]", f"{NEW.format('b', 'B')}\n[labs]"))
    both = added("c", "C", 'tags = ["a"]\n'), added("c", "C", 'tags = ["b"]\n')
    ours, theirs = both[0](above(_BELOW)), both[1](_BELOW)
    for sides in ((ours, theirs), (theirs, ours)):
        merged = merge(_BELOW, *sides)
        assert merged.conflicts == ()
        assert merged.text.count("\n[labs]\nMeta = []\n") == 1
        assert sorted(str(paper_of(merged.text, "c")["tags"])) == sorted("['a', 'b']")


def test_a_comment_added_above_a_paper_that_becomes_the_first_stays() -> None:
    papers = [f'[[paper]]\nkey = "{key}"\ntitle = "{key}"\n' for key in "ab"]
    base, turned = (f'title = "x"\n\n{it[0]}\n{it[1]}' for it in (papers, papers[::-1]))
    noted = base.replace(papers[1], f"# --- of 2026 ---\n\n{papers[1]}")
    for sides in ((noted, turned), (turned, noted)):
        merged = merge(base, *sides)
        assert merged.text == turned.replace(papers[1], f"# --- of 2026 ---\n\n{papers[1]}")


def test_a_paper_added_at_the_end_stands_there_in_another_order_too() -> None:
    def turned(text: str) -> str:
        last = text[text.index('[[paper]]\nkey = "peer"') :]
        return text.replace(last, "").replace("[[paper]]", f"{last.rstrip()}\n\n[[paper]]", 1)

    for ours, theirs in ((turned, added("b", "B")), (added("b", "B"), turned)):
        papers = parse(merged_of(ours, theirs).text).catalogue.papers
        assert [paper.key for paper in papers] == ["peer", "llama", "gpt-3", "b"]


def test_two_other_orders_are_ours() -> None:
    papers = [f'[[paper]]\nkey = "{key}"\ntitle = "{key}"\n' for key in "abcd"]
    ours, theirs = ([papers[at] for at in order] for order in ((1, 0, 2, 3), (0, 1, 3, 2)))
    merged = merge(*("\n".join(side) for side in (papers, ours, theirs)))
    assert merged.text == "\n".join(ours)
    assert merged.notes == ("both sides put the papers in another order: it is ours now",)


def test_the_same_paper_under_two_keys_is_left_to_check_and_named() -> None:
    doi = 'doi = "10.1145/3292500"\n'
    merged = merged_of(added("a", "A", doi), added("b", "B", doi.upper().replace("DOI", "doi")))
    assert len(parse(merged.text).catalogue.papers) == 5
    assert merged.notes == ("a and b are the same paper, by DOI: see `papertrack check`",)


def test_a_key_that_one_side_changed_goes_with_what_the_other_changed() -> None:
    merged = merged_of(edits(('key = "llama"', 'key = "llama-1"')), DONE)
    assert merged.conflicts == ()
    assert paper_of(merged.text, "llama-1")["status"] == "done"


@pytest.mark.parametrize("turned", [False, True])
def test_an_added_key_that_the_other_side_gave_another_paper_gets_a_number(*, turned: bool) -> None:
    base = '[[paper]]\nkey = "a"\ntitle = "T"\n'
    sides = [base.replace('"a"', '"x"'), f'{base}\n[[paper]]\nkey = "x"\ntitle = "Xi"\n']
    merged = merge(base, *(reversed(sides) if turned else sides))
    papers = {paper.title: paper.key for paper in parse(merged.text).catalogue.papers}
    assert papers == ({"T": "x-2", "Xi": "x"} if turned else {"T": "x", "Xi": "x-2"})
    assert merged.notes == (f'"{"T" if turned else "Xi"}" is x-2 now: x is another paper here',)


def test_a_key_that_was_changed_with_the_year_is_the_papers() -> None:
    base = '[[paper]]\nkey = "a"\ntitle = "T"\nyear = 1999\n\n[paper.bibtex]\ntype = "book"\n'
    ours = base.replace('"a"', '"b"').replace("1999", "2001")
    merged = merge(base, ours, base.replace("1999\n", "1999\nstatus = 'done'\n"))
    assert merged == (ours.replace("2001\n", "2001\nstatus = 'done'\n"), (), ())


def test_many_keys_that_one_side_shortened_go_with_what_the_other_changed() -> None:
    base = "\n".join(f'[[paper]]\nkey = "a-long-key-{n}"\ntitle = "T {n}"\n' for n in range(30))
    read_all = re.sub(r'("T \d+")', r'\1\nstatus = "done"', base)
    merged = merge(base, base.replace("a-long-key-", "k"), read_all)
    assert merged == (read_all.replace("a-long-key-", "k"), (), ())
