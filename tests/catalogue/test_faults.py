"""What is wrong with a catalogue is said all at once, each with its line and what to do."""

import pytest

from papertrack.catalogue import parse
from papertrack.catalogue.draft import Draft
from papertrack.errors import InvalidCatalogueError

_PAPER = '[[paper]]\nkey = "llama"\ntitle = "LLaMA"\n'
_WRONG_FIELDS = [
    (
        'year = "20x3"',
        'year "20x3" is not a year (paper "llama"): write a number such as 2023',
    ),
    ("year = 0", 'year 0 is not a year (paper "llama"): write a number such as 2023'),
    ("year = true", 'year true is not a year (paper "llama"): write a number such as 2023'),
    (
        "priority = 7",
        'priority 7 is not a priority (paper "llama"): write a number from 1 (first) to 5',
    ),
    ('status = "doen"', 'status "doen" is not a status (paper "llama"): did you mean done?'),
    ('status = "已读"', 'status "已读" is not a status (paper "llama"): did you mean done?'),
    (
        'status = "qqq"',
        (
            'status "qqq" is not a status (paper "llama"): '
            "write to-read, reading, skimmed, done or dropped"
        ),
    ),
    (
        'added = "2023-01-02"',
        (
            'added "2023-01-02" is not a date (paper "llama"): '
            "write 2023-01-02, without quotes or time"
        ),
    ),
    (
        "added = 2023-01-02T10:00:00",
        (
            'added 2023-01-02T10:00:00 is not a date (paper "llama"): '
            "write 2023-01-02, without quotes or time"
        ),
    ),
    (
        'added = "spring"',
        (
            'added "spring" is not a date (paper "llama"): '
            "write one such as 2023-03-01, without quotes"
        ),
    ),
    ("added = 2023-02-30", 'invalid date (paper "llama"): write one such as 2023-03-01'),
    ("lab = 3", 'lab 3 is not text (paper "llama"): put it in quotes: lab = "3"'),
    ("lab = {}", 'lab (a table) is not text (paper "llama"): write lab = "…"'),
    ('tags = "a"', 'tags "a" is not a list of texts (paper "llama"): write tags = ["a"]'),
    ("tags = 3", 'tags 3 is not a list of texts (paper "llama"): write tags = ["…", "…"]'),
    (
        'tags = ["a", 3]',
        'tags holds 3 (paper "llama"), which is not text: put it in quotes',
    ),
    (
        "lab = Meta",
        (
            'string values must be quoted (paper "llama"): put text in quotes, such as "LLaMA", '
            "and write a date as 2023-03-01"
        ),
    ),
    ("lab =", 'nothing stands behind this = (paper "llama"): write a value there, or delete'),
    ("lab = # later", "nothing stands behind this ="),
    ('lab "Meta"', 'key with no value (paper "llama"): write a field as name = "LLaMA"'),
    ('lab = "Meta" AI', "unexpected key or value"),
    ('lab = "Meta', "this text is not closed"),
    ('notes = """\nMeta', 'this text is not closed (paper "llama"): end it with the quotes'),
    ('tags = [\n"a",', 'this list is not closed (paper "llama"): end it with ]'),
    ('lab = {a = "b"', 'this table is not closed (paper "llama"): end it with }'),
    ('lab = "C:\\path"', "a backslash stands in this text"),
    ('title = "again"', 'this is there twice (paper "llama"): keep one of the two'),
    ("just words", "key with no value"),
    ("| a | table |", "key with no value"),
    ("lab = 9" + "9" * 5000, "a number has too many digits"),
    (".".join("x" * 900) + " = 1", "a name has too many parts"),
    ("lab = " + "[" * 900 + "]" * 900, "lists are nested too deep"),
    ("<<<<<<< HEAD", "a marker of a conflict that git left"),
    ("lab = 'a\udcffb'", "this line is not UTF-8 (byte ff): save the file as UTF-8"),
    ("# \udce9", "this line is not UTF-8 (byte e9): save the file as UTF-8"),
    ("[paper.lab", 'this header is not closed (paper "llama"): write [[paper]]'),
]
_WRONG_SETTINGS = [
    ("title = 3", 1, 'title 3 is not text: put it in quotes: title = "3"'),
    ("labs = 3", 1, "labs 3 is not a table: write [labs] on a line of its own"),
    ("markdown = []", 1, "markdown (a list) is not a table: write [markdown] on a line of its own"),
    (
        '[labs]\nMeta = "FAIR"',
        2,
        (
            'lab "Meta" has "FAIR" where its other names should be ([labs]): '
            'write a list of texts, such as Meta = ["Facebook", "FAIR"]'
        ),
    ),
    (
        "\n[markdown]\nheadings = 'none'",
        3,
        'headings "none" is not a way to show groups ([markdown]): write repeat, first or sections',
    ),
    (
        "[markdown.index]\ncolumns = 'title'",
        2,
        'columns "title" is not a list of texts ([markdown.index]): write columns = ["title"]',
    ),
    (
        "markdown.statuses.done = 1",
        1,
        'done 1 is not text ([markdown.statuses]): put it in quotes: done = "1"',
    ),
    (
        "[check]\nignore = 1",
        2,
        'ignore 1 is not a list of texts ([check]): write ignore = ["…", "…"]',
    ),
    (
        "[[papers]]\ntitle = 'A'",
        1,
        "[[papers]] means nothing here: write [[paper]] above each paper",
    ),
    ("[paper]\ntitle = 'A'", 1, "[paper] means nothing here: write [[paper]] above each paper"),
    ("paper = 3", 1, "paper 3 is not a list of papers: write [[paper]] above each paper"),
    ("[labs]\n\n[labs]", 3, "this is there twice: keep one of the two, or put them together"),
    (f"{_PAPER}[[paper]\ntitle = 'B'", 4, "this header is not closed: write [[paper]]"),
    (
        f"{_PAPER}<<<<<<< HEAD",
        4,
        "a marker of a conflict that git left: keep one side and delete the marker",
    ),
    (
        _PAPER.replace("\n", "\r"),
        1,
        "a line ends in a way that TOML does not know: save the file with LF or CRLF",
    ),
    (
        _PAPER.replace("\n", "\r\r\n"),
        1,
        "a line ends in a way that TOML does not know: save the file with LF or CRLF",
    ),
]


@pytest.mark.parametrize(
    ("line", "message"), _WRONG_FIELDS, ids=[line[:20] for line, _ in _WRONG_FIELDS]
)
def test_a_wrong_field_is_named_with_its_line_and_spares_other_papers(
    line: str, message: str
) -> None:
    other = '\n[[paper]]\ntitle = "Whole"\n'
    catalogue, faults, _ = parse(f"{other}\n{_PAPER}{line}\n{other}")
    assert [(fault.line, fault.message[: len(message)]) for fault in faults] == [(8, message)]
    assert {paper.key for paper in catalogue.papers} - {"llama"} == {"whole", "whole-2"}


@pytest.mark.parametrize(
    ("text", "line", "message"), _WRONG_SETTINGS, ids=[text[:20] for text, _, _ in _WRONG_SETTINGS]
)
def test_a_wrong_setting_is_named_with_its_line(text: str, line: int, message: str) -> None:
    catalogue, faults, _ = parse(f"{text}\n")
    assert list(faults) == [(line, message)]
    assert catalogue.papers == ()


def test_all_faults_are_said_together_in_the_order_of_the_lines() -> None:
    text = (
        'title = 1\n[[paper]]\nname = "N"\n[[paper]]\nkey = "a"\ntitle = "A"\nyear = "x"\n'
        'status = "x"\n[[paper]]\ntitle = "B\n[[paper]]\ntitle = "C"\nnotes = """\n'
        '[[paper]]\ntitle = "D"\n[[paper]]\nkey = "a"\ntitle = "E"\n'
    )
    catalogue, faults, _ = parse(text)
    assert [fault.line for fault in faults] == [1, 2, 7, 8, 10, 13, 17]
    assert faults[1].message == 'paper "N" has no title: write title = "…"'
    assert faults[6].message == 'key "a" is that of the paper in line 5 too: change one'
    assert [paper.title for paper in catalogue.papers] == ["D"]


def test_the_first_of_two_papers_with_one_key_stays() -> None:
    catalogue, faults, _ = parse(
        "[[paper]]\nkey = 'a'\ntitle = 'A'\n[[paper]]\nkey = 'a'\ntitle = 'B'\n"
    )
    assert [paper.title for paper in catalogue.papers] == ["A"]
    assert [fault.line for fault in faults] == [5]


def test_a_conflict_is_one_fault_and_its_papers_are_not_whole() -> None:
    catalogue, faults, _ = parse(
        '[[paper]]\ntitle = "A"\n\n[[paper]]\ntitle = "B"\n<<<<<<< HEAD\nstatus = "done"\n'
        '||||||| base\n=======\nstatus = "nonsense"\n>>>>>>> other\n\n[[paper]]\ntitle = "C"\n'
    )
    assert [paper.title for paper in catalogue.papers] == ["A", "C"]
    assert list(faults) == [
        (
            6,
            (
                "a conflict that git left, up to line 11: keep one side "
                "and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
            ),
        )
    ]


@pytest.mark.parametrize(
    "shared", ["", "[[paper]]\n"], ids=["whole papers", "below a header that both have"]
)
def test_a_conflict_of_two_new_papers_says_how_both_are_kept(shared: str) -> None:
    own = "" if shared else "[[paper]]\n"
    text = (
        f'{shared}<<<<<<< HEAD\n{own}key = "b"\ntitle = "B"\n'
        f'=======\n{own}key = "c"\ntitle = "C"\n>>>>>>> other\n'
    )
    _, faults, _ = parse(text)
    assert [fault.message for fault in faults] == [
        (
            f"a conflict that git left, up to line {text.count(chr(10))}: to keep the papers of "
            "both sides, delete only the lines that begin with <<<<<<<, ======= and >>>>>>>, "
            "and write [[paper]] above each paper"
        )
    ]
    lines = [line for line in text.splitlines() if line[:3] not in {"<<<", ">>>"}]
    whole = "\n".join(lines).replace("=======", shared.strip())
    assert [paper.key for paper in parse(whole).catalogue.papers] == ["b", "c"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_conflict_with_markers_of_another_length_is_one(newline: str) -> None:
    text = (
        '[[paper]]\ntitle = "A"\n<<<<<<<<< ours\nyear = 2020\n||||||||| base\n'
        "<<<<<<<<<<< a\n===========\n>>>>>>>>>>> b\n"
        '=========\nyear = 2021\n>>>>>>>>> theirs\n\n[[paper]]\ntitle = "B"\n'
    )
    catalogue, faults, _ = parse(text.replace("\n", newline))
    assert [paper.title for paper in catalogue.papers] == ["B"]
    assert [(fault.line, fault.message[:47]) for fault in faults] == [
        (3, "a conflict that git left, up to line 11: keep o")
    ]


def test_a_conflict_inside_a_text_is_one_too() -> None:
    text = '[[paper]]\ntitle = "A"\nnotes = """\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n"""\n'
    catalogue, faults, _ = parse(text)
    assert catalogue.papers == ()
    assert [fault.line for fault in faults] == [4]


@pytest.mark.parametrize(
    "notes",
    [
        pytest.param("<<<<<<< a\n>>>>>>> b\n", id="undivided"),
        pytest.param("=======\n<<<<<<< a\n>>>>>>> b\n", id="divided above"),
        pytest.param("x <<<<<<< a\n=======\n>>>>>>> b\n", id="not at a line's begin"),
    ],
)
def test_lines_like_half_a_conflict_inside_a_text_are_text(notes: str) -> None:
    catalogue, faults, _ = parse(f'[[paper]]\ntitle = "A"\nnotes = """\n{notes}"""\n')
    assert faults == ()
    assert [paper.notes for paper in catalogue.papers] == [notes]


def test_hundreds_of_faults_are_all_named() -> None:
    text = '[[paper]]\ntitle = "A"\nyear = "x"\nnotes = "\udcff"\n' * 300 + "<<<<<<< a\n" * 9999
    assert len(parse(text).faults) == 600


def test_lines_like_headers_inside_a_text_are_text() -> None:
    catalogue, faults, _ = parse(
        '[[paper]]\ntitle = "A"\nnotes = """\n[[paper]]\n[labs]\n"""\n[[paper]]\ntitle = B\n'
    )
    assert [paper.notes for paper in catalogue.papers] == ["[[paper]]\n[labs]\n"]
    assert [fault.line for fault in faults] == [8]


def test_a_header_below_a_paper_is_not_said_to_be_of_it() -> None:
    reading = parse(f"[labs]\n{_PAPER}[labs]\n")
    assert reading.faults == (
        (5, "this is there twice: keep one of the two, or put them together"),
    )
    assert [paper.key for paper in reading.catalogue.papers] == ["llama"]


def test_a_faulty_text_is_not_drafted() -> None:
    with pytest.raises(InvalidCatalogueError) as caught:
        Draft("[[paper]]\nyear = 'x'\n", "data/papers.toml")
    assert caught.value.message == 'data/papers.toml:1: this paper has no title: write title = "…"'
    assert caught.value.details == (
        'data/papers.toml:2: year "x" is not a year: write a number such as 2023',
    )
