from collections.abc import Sequence

import pytest

from papertrack.bibliography import Bibliography, CitedPaper, LeftOut
from papertrack.catalogue.draft import Draft, new_text
from papertrack.changes import Edited
from papertrack.formats import Format
from papertrack.importing import (
    Conflict,
    Doubted,
    Doubtful,
    Favour,
    Origin,
    Place,
    Plan,
    SourceRow,
    Verdict,
    Wanted,
    intake,
    planning,
)
from papertrack.models import Catalogue, Paper
from papertrack.status import Status

HEAD = "| Title | Venue | Summary | Status | Notes |\n| - | - | - | - | - |\n"
TWO = HEAD + "| BERT | arXiv 2018 | | | |\n| GPT | | | done | |\n"


def _origin(file: str, text: str, *last: Paper, wanted: Wanted = Wanted()) -> Origin:  # noqa: B008 - frozen
    tables = tuple(intake.tables_in(text, wanted))
    return wanted.origin(file)._replace(tables=tables, rows=intake.rows(file, tables), last=last)


def _plan(*given: Origin, known: Sequence[Paper] = (), favour: Favour | None = None) -> Plan:
    return planning.plan(Catalogue(papers=tuple(known)), given, favour)


def _paper(key: str, title: str, **values: object) -> Paper:
    return Paper.model_validate({"key": key, "title": title, **values})


def _remembered(plan: Plan) -> list[Paper]:
    return [row.paper for row in plan.remembered]


def _counts(plan: Plan) -> tuple[int, int, int]:
    return len(plan.added), len(plan.updated), len(plan.unchanged)


def test_papers_of_a_new_list_are_added_in_its_order_with_keys_of_their_own() -> None:
    plan = _plan(_origin("a.md", TWO), known=[_paper("bert", "Another")])
    assert [(paper.key, paper.title, paper.status) for paper in plan.added] == [
        ("bert-2", "BERT", Status.TO_READ),
        ("gpt", "GPT", Status.DONE),
    ]
    assert all(paper.added is None and paper.finished is None for paper in plan.added)


@pytest.mark.parametrize(
    ("known", "by"),
    [
        pytest.param(_paper("x", "bert:  "), "title", id="the title, folded"),
        pytest.param(_paper("x", "BERT, the model", arxiv="1810.04805"), "arxiv", id="arXiv id"),
        pytest.param(_paper("x", "BERT, the model", doi="10.1/b"), "doi", id="the DOI"),
    ],
)
def test_a_paper_that_is_there_is_found_by(known: Paper, by: str) -> None:
    del by
    text = (
        "| Title | DOI | arXiv |\n| - | - | - |\n"
        "| BERT | https://doi.org/10.1/B | arXiv:1810.04805v2 |\n"
    ).replace("10.1/B", "10.1000/B")
    known = known if known.doi is None else known.model_copy(update={"doi": "10.1000/b"})
    plan = _plan(_origin("a.md", text), known=[known])
    assert _counts(plan) == (0, 1, 0)
    assert plan.updated[0].after.key == "x"


def test_the_same_identifier_under_another_title_is_another_paper_and_a_doubt() -> None:
    known = _paper("gpt", "Language Models are Few-Shot Learners", arxiv="2005.14165")
    text = "| Title | arXiv |\n| - | - |\n| Highway Networks | 2005.14165 |\n"
    plan = _plan(_origin("a.md", text), known=[known])
    assert [paper.key for paper in plan.added] == ["highway-networks"]
    names = ("Highway Networks", "arXiv id", known.title, "gpt")
    assert plan.doubts == (Doubted(Place("a.md", 3), Doubtful.SLIP, names),)


@pytest.mark.parametrize(
    ("title", "added"), [("Spectra of the Moon", 1), ("Spectra of the Sun", 0)]
)
def test_one_arxiv_id_under_two_dois_is_a_slip_unless_the_titles_agree(
    title: str, added: int
) -> None:
    known = _paper("sun", "Spectra of the Sun", doi="10.1000/a", arxiv="1510.08273")
    text = f"| Title | DOI | arXiv |\n| - | - | - |\n| {title} | 10.1000/b | 1510.08273 |\n"
    plan = _plan(_origin("a.md", text), known=[known])
    assert (len(plan.added), len(plan.doubts)) == (added, added)


def test_a_slip_in_an_identifier_makes_no_paper_of_one_title_another() -> None:
    known = [
        _paper("editorial", "A Short Editorial", doi="10.1000/a"),
        _paper("gpt", "Language Models are Few-Shot Learners", doi="10.1000/b"),
    ]
    text = "| Title | DOI |\n| - | - |\n| A Short Editorial | 10.1000/b |\n"
    plan = _plan(_origin("a.md", text), known=known)
    assert [paper.key for paper in plan.added] == ["short-editorial"]
    assert (plan.updated, plan.conflicts, len(plan.doubts)) == ((), (), 1)


def test_the_same_paper_in_two_files_is_one_with_both_tags_and_the_first_words() -> None:
    other = HEAD + "| Bert | ACL | pre-training | | |\n"
    wanted = Wanted(tag_from_file=True)
    plan = _plan(
        _origin("nlp.md", TWO, wanted=wanted), _origin("old/best.md", other, wanted=wanted)
    )
    bert = plan.added[0]
    assert (bert.title, bert.venue, bert.year) == ("BERT", "arXiv", 2018)
    assert (bert.tags, bert.summary) == (("nlp", "best"), "pre-training")
    assert [(it.place, it.key, it.by, it.first) for it in plan.duplicates] == [
        (Place("old/best.md", 3), "bert", "title", Place("nlp.md", 3))
    ]
    first, place = Place("nlp.md", 3), Place("old/best.md", 3)
    assert plan.conflicts == (
        Conflict(place, "bert", "venue", "ACL", "arXiv", first, Verdict.KEPT),
    )
    assert plan.undecided == []


def test_a_paper_twice_in_one_table_is_one() -> None:
    plan = _plan(_origin("a.md", TWO + "| GPT | | again | | |\n"))
    assert [paper.summary for paper in plan.added] == [None, "again"]
    assert [it.first for it in plan.duplicates] == [Place("a.md", 4)]


def test_a_file_that_only_lists_titles_comes_last_and_decides_no_order() -> None:
    index = (
        "| 名称 | 目录 |\n| - | - |\n| 《GPT》 | language |\n| 《Highway Networks》 | vision |\n"
        "| 《BERT》 | |\n"
    )
    plan = _plan(_origin("index.md", index), _origin("a.md", TWO))
    assert [paper.key for paper in plan.added] == ["bert", "gpt", "highway-networks"]
    assert [origin.file for origin in plan.origins] == ["index.md", "a.md"]
    assert {it.listed for it in plan.duplicates} == {True}


@pytest.mark.parametrize(
    ("favour", "venue", "verdict"),
    [
        (None, "NAACL", Verdict.UNDECIDED),
        (Favour.OURS, "NAACL", Verdict.KEPT),
        (Favour.THEIRS, "arXiv", Verdict.TAKEN),
    ],
)
def test_a_difference_from_the_catalogue_is_decided_by_a_person(
    favour: Favour | None, venue: str, verdict: Verdict
) -> None:
    known = _paper("bert", "BERT", venue="NAACL", year=2018)
    plan = _plan(_origin("a.md", TWO), known=[known], favour=favour)
    after = known.model_copy(update={"venue": venue})
    assert plan.updated == ((Edited(known, after),) if venue == "arXiv" else ())
    assert [(it.field, it.verdict) for it in plan.conflicts] == [("venue", verdict)]


def test_a_difference_stays_undecided_until_somebody_says() -> None:
    known = _paper("bert", "BERT", venue="NAACL", year=2018)
    plan = _plan(_origin("a.md", TWO), known=[known])
    again = _plan(_origin("a.md", TWO, *_remembered(plan)), known=[known, plan.added[0]])
    assert [it.field for it in again.undecided] == ["venue"]
    ours = _plan(_origin("a.md", TWO), known=[known], favour=Favour.OURS)
    settled = _plan(_origin("a.md", TWO, *_remembered(ours)), known=[known, ours.added[0]])
    assert settled.conflicts == ()


class TestANewerVersion:
    """What a list says now, what it said last, and what the catalogue has."""

    first = _plan(_origin("a.md", TWO))

    def _newer(self, text: str, known: Sequence[Paper], favour: Favour | None = None) -> Plan:
        return _plan(_origin("a.md", text, *_remembered(self.first)), known=known, favour=favour)

    def test_adds_what_is_new(self) -> None:
        plan = self._newer(TWO + "| T5 | 2019 | | | |\n", self.first.added)
        assert ([paper.key for paper in plan.added], _counts(plan)) == (["t5"], (1, 0, 2))

    def test_updates_what_the_catalogue_has_not_changed(self) -> None:
        plan = self._newer(TWO.replace("arXiv 2018", "NAACL 2019"), self.first.added)
        assert [(it.after.venue, it.after.year) for it in plan.updated] == [("NAACL", 2019)]
        assert plan.conflicts == ()

    def test_leaves_what_the_catalogue_has_changed(self) -> None:
        bert = self.first.added[0].model_copy(update={"venue": "NAACL"})
        plan = self._newer(TWO, [bert, self.first.added[1]])
        assert (_counts(plan), plan.conflicts) == ((0, 0, 2), ())

    def test_reports_what_both_changed(self) -> None:
        bert = self.first.added[0].model_copy(update={"venue": "NAACL"})
        plan = self._newer(TWO.replace("arXiv", "ACL"), [bert, self.first.added[1]])
        assert [(it.new, it.known, it.verdict) for it in plan.conflicts] == [
            ("ACL", "NAACL", Verdict.UNDECIDED)
        ]
        assert _counts(plan) == (0, 0, 2)

    def test_reports_what_is_gone_and_removes_nothing(self) -> None:
        plan = self._newer(TWO.replace("| GPT | | | done | |\n", ""), self.first.added)
        assert [(it.file, it.key) for it in plan.removed] == [("a.md", "gpt")]
        assert _counts(plan) == (0, 0, 1)

    def test_knows_a_corrected_title(self) -> None:
        noted = TWO.replace("| GPT | | |", "| GPT | | pre-trained on books |")
        first = _plan(_origin("a.md", noted))
        text = noted.replace("| GPT |", "| GPT: Pre-training |").replace("| BERT |", "| Bert |")
        plan = _plan(_origin("a.md", text, *_remembered(first)), known=first.added)
        assert [(it.after.key, it.after.title) for it in plan.updated] == [
            ("bert", "Bert"),
            ("gpt", "GPT: Pre-training"),
        ]
        assert (plan.added, plan.removed) == ((), ())

    @pytest.mark.parametrize("title", ["GPT-2", "GPT: Pre-training", "BART"])
    def test_overwrites_no_paper_with_another(self, title: str) -> None:
        plan = self._newer(TWO.replace("| GPT |", f"| {title} |"), self.first.added)
        assert [paper.title for paper in plan.added] == [title]
        assert [it.key for it in plan.removed] == ["gpt"]
        assert plan.updated == ()

    def test_leaves_out_what_was_removed_from_the_catalogue_and_says_so(self) -> None:
        plan = self._newer(TWO, self.first.added[:1])
        assert _counts(plan) == (0, 0, 1)
        assert [str(doubt.place) for doubt in plan.doubts] == ["a.md:4"]
        again = self._newer(TWO, self.first.added[:1], Favour.THEIRS)
        assert [paper.key for paper in again.added] == ["gpt"]


def test_a_lab_goes_by_the_name_that_the_catalogue_has_for_it() -> None:
    text = (
        "| Title | Lab | Year |\n| - | - | - |\n| LLaMA: Open Models | FAIR | 2023 |\n"
        "| GPT | OpenAI | 2018 |\n| Constitutional AI | Anthropic | 2022 |\n"
    )
    known = Catalogue(labs={"Meta": ("FAIR",), "OpenAI": ()})
    plan = planning.plan(known, [_origin("a.md", text)])
    assert [paper.lab for paper in plan.added] == ["Meta", "OpenAI", "Anthropic"]
    assert plan.labs == {"Anthropic": ()}


def test_what_is_given_to_all_papers_is_given_to_new_ones_that_lack_it() -> None:
    text = "| Title | Lab | Status |\n| - | - | - |\n| LLaMA | Meta | |\n| GPT | | done |\n"
    wanted = Wanted(tags=("llm",), lab="OpenAI", status=Status.READING)
    plan = _plan(_origin("a.md", text, wanted=wanted))
    assert [(paper.lab, paper.status, paper.tags) for paper in plan.added] == [
        ("Meta", Status.READING, ("llm",)),
        ("OpenAI", Status.DONE, ("llm",)),
    ]


def test_a_plan_applied_gives_its_papers_and_nothing_to_do_the_second_time() -> None:
    draft = Draft(new_text())
    plan = _plan(_origin("a.md", TWO))
    planning.apply(plan, draft)
    assert draft.catalogue.papers == plan.added
    text = draft.text
    planning.apply(_plan(_origin("a.md", TWO), known=draft.catalogue.papers), draft)
    assert draft.text == text


@pytest.mark.parametrize(
    "rows",
    [
        "| BERT | 2019 | | | |\n| BERT | NAACL 2018 | | | |\n",
        "| BERT | NAACL | | | |\n| BERT | ACL 2018 | | | |\n",
        "| BERT | NAACL 2019 | | | |\n| BERT | | s | done | n |\n| BERT | 2018 | t | | |\n",
    ],
)
def test_a_paper_listed_twice_is_the_second_time_as_it_was(rows: str) -> None:
    first = _plan(_origin("a.md", HEAD + rows))
    again = _plan(_origin("a.md", HEAD + rows, *_remembered(first)), known=first.added)
    assert _counts(again) == (0, 0, 1)
    assert again.conflicts == ()


def test_every_paper_of_a_table_is_counted_once() -> None:
    known = _paper("bert", "BERT", venue="arXiv", year=2018)
    plan = _plan(
        _origin("a.md", TWO + "| GPT | 2018 | | | |\n| T5 | 2019 | | | |\n"), known=[known]
    )
    assert sum(_counts(plan)) + len(plan.duplicates) == 4


class TestABibliography:
    """What another format's `loads` returns is planned like the rows of a table."""

    def _cited(self, *papers: Paper, last: Sequence[Paper] = ()) -> Origin:
        lines = [CitedPaper(3 * at + 1, paper) for at, paper in enumerate(papers)]
        entries = Bibliography(papers=tuple(lines), left_out=(LeftOut(9, "x", "no title"),))
        return Origin(
            "refs.bib",
            bibliography=entries,
            format=Format.BIBTEX,
            rows=tuple(SourceRow(Place("refs.bib", it.line), it.paper) for it in lines),
            last=tuple(last),
            tags=("cited",),
        )

    def test_the_same_paper_again_fills_in_what_the_first_lacks(self) -> None:
        plan = _plan(
            self._cited(_paper("", "BERT"), _paper("", "Bert", doi="10.1000/b", year=2019))
        )
        assert [(it.title, it.doi, it.year, it.tags) for it in plan.added] == [
            ("BERT", "10.1000/b", 2019, ("cited",))
        ]
        assert [str(it.place) for it in plan.duplicates] == ["refs.bib:4"]

    def test_a_citation_key_says_that_a_title_was_corrected(self) -> None:
        old = _paper("", "BERT: Pre-trainig", bibtex={"key": "bert19", "pages": "1--2"})
        first = _plan(self._cited(old))
        new = old.model_copy(
            update={"title": "BERT: Pre-training", "bibtex": {"key": "bert19", "pages": "1--9"}}
        )
        plan = _plan(self._cited(new, last=_remembered(first)), known=first.added)
        assert [(it.after.title, dict(it.after.bibtex)) for it in plan.updated] == [
            ("BERT: Pre-training", {"key": "bert19", "pages": "1--9"})
        ]
        other = old.model_copy(update={"title": "Highway Networks"})
        plan = _plan(self._cited(other, last=_remembered(first)), known=first.added)
        assert ([it.title for it in plan.added], len(plan.removed)) == (["Highway Networks"], 1)

    def test_what_an_entry_filled_in_tells_the_next_ones_apart(self) -> None:
        dois = (None, "10.1000/a", "10.1000/b")
        entries = [_paper("", "On Birds", doi=doi, bibtex={"type": "misc"}) for doi in dois]
        plan = _plan(self._cited(*entries))
        assert [it.doi for it in plan.added] == ["10.1000/a", "10.1000/b"]

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("Deep Learning for Birds", "Deep Learning for Cats", False),
            ("Learning with Labels", "Learning without Labels", False),
            ("On Birds, Part I", "On Birds, Part II", False),
            ("Learning of Birds", "Learning of Birds by Their Songs", False),
            ("深度学习中的图像分类研究", "深度学习中的目标检测研究", False),
            ("A Manual of Birds", "鸟类手册", False),
            ("On Birds", "On Birds: A Theory", True),
            ("On Birds of the Sea", "On Brids of the Sea", True),
        ],
    )
    def test_a_citation_key_alone_makes_no_papers_the_same(
        self, one: str, other: str, *, same: bool
    ) -> None:
        first = _paper("", one, authors=("Ann Lee",), year=2001, bibtex={"key": "lee2001deep"})
        second = first.model_copy(update={"title": other})
        known = _plan(self._cited(first)).added
        assert len(_plan(self._cited(second), known=known).added) == (0 if same else 1)
