"""Names of people: taken apart, put together, shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.authors import (
    ET_AL,
    abbreviates,
    are_names,
    family_first,
    family_name,
    family_names,
    have_in_common,
    is_group,
    joined_names,
    people_of,
    shown_name,
    shown_names,
    split_names,
)
from papertrack.bibtex.names import person_named


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A. Smith, B. Jones and C. Wu", ("A. Smith", "B. Jones", "C. Wu")),
        ("Clinton, Jackman, & Rivers", ("Clinton", "Jackman", "Rivers")),
        ("刘知远、孙茂松", ("刘知远", "孙茂松")),
        ("Smith, John; Doe, Jane", ("Smith, John", "Doe, Jane")),
        ("Smith, J., Doe, A. B.", ("Smith, J.", "Doe, A. B.")),
        ("Smith, J., Doe, A. B., and Roe, C.", ("Smith, J.", "Doe, A. B.", "Roe, C.")),
        ("Smith, J. & Doe, A. B.", ("Smith, J.", "Doe, A. B.")),
        ("Smith, John W., Doe, Jane", ("Smith, John W.", "Doe, Jane")),
        (
            "Author, Ann E., Carl Third, and Bob-Whye Writer",
            ("Author, Ann E.", "Carl Third", "Bob-Whye Writer"),
        ),
        ("García Márquez, G., de Bortoli, V.", ("García Márquez, G.", "de Bortoli, V.")),
        ("McKay, John W., Jr.", ("McKay, John W., Jr.",)),
        ("Foo Bar, John McKay, Jr.", ("Foo Bar", "John McKay, Jr.")),
        ("Smith J., Doe A.", ("Smith J.", "Doe A.")),
        ("Smith J, Doe AB", ("Smith J", "Doe AB")),
        ("Lee, Ann and Doe, Jane", ("Lee, Ann", "Doe, Jane")),
        ("Lee, Ann", ("Lee", "Ann")),
        ("Lee, Ann;", ("Lee, Ann",)),
        ("Vaswani et al.", ("Vaswani", "et al.")),
        ("Smith, J. et al", ("Smith, J.", "et al.")),
        ("Smith, J., et al.", ("Smith, J.", "et al.")),
        ("Ashish Vaswani and others", ("Ashish Vaswani", "et al.")),
        ("张三等", ("张三", "et al.")),
        ("张三 等著", ("张三", "et al.")),
        ("张三、李航编著", ("张三", "李航")),
        ("王著", ("王著",)),
        ("张三，李四等人", ("张三", "李四", "et al.")),
        ("Lewis, M., Liu, Y., ... & Roe, L.", ("Lewis, M.", "Liu, Y.", "Roe, L.", "et al.")),
        ("Cho, Jeong e Lee", ("Cho", "Jeong", "Lee")),
        ("John E Roe", ("John E Roe",)),
        ("Juan Roe y Ana Doe", ("Juan Roe", "Ana Doe")),
        ("Иванов И. И. и Петров П. П.", ("Иванов И. И.", "Петров П. П.")),
        ("Иванов И. и др.", ("Иванов И.", "et al.")),
        ("Ann Lee и соавт.", ("Ann Lee", "et al.")),
        ("Roe e outros", ("Roe", "et al.")),
        ("Roe, A. y cols.", ("Roe, A.", "et al.")),
        ("Roe u. a.", ("Roe", "et al.")),
        ("김백수 외 3명", ("김백수", "et al.")),
        ("김백수 및 홍길동", ("김백수", "홍길동")),
        ("山田太郎ほか", ("山田太郎", "et al.")),
        ("Kirillovら", ("Kirillov", "et al.")),
        ("et al.", ("et al.",)),
        ("", ()),
    ],
)
def test_names_are_taken_apart(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("A. Smith", "B. Jones"), "A. Smith, B. Jones"),
        (("Smith, J.", "Doe, A. B."), "Smith, J., Doe, A. B."),
        (("Smith, John", "Doe, Jane"), "Smith, John; Doe, Jane"),
        (("Vaswani", "et al."), "Vaswani et al."),
        (("周 志华", "张三 李四"), "周 志华, 张三 李四"),
        ((), ""),
    ],
)
def test_joined_names_are_taken_apart_again(names: tuple[str, ...], text: str) -> None:
    assert joined_names(names) == text
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann Lee", "Ann Lee"),
        ("Lee, Ann", "Ann Lee"),
        ("García Márquez, Gabriel", "Gabriel García Márquez"),
        ("McKay, John W., Jr.", "John W. McKay, Jr."),
        ("King, Jr., Martin Luther", "Martin Luther King, Jr."),
        ("University of California, Berkeley", "University of California, Berkeley"),
        ("et al.", "et al."),
        ("欧阳 修", "欧阳修"),
        ("周, 志华", "周志华"),
        ("佐々木 希", "佐々木希"),
        ("山田, 太郎", "山田太郎"),
        ("山田 太郎", "山田 太郎"),
        ("张三 李四", "张三 李四"),  # may be two
        ("清华 大学", "清华 大学"),
    ],
)
def test_a_name_is_shown_with_the_given_name_first(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Ashish Vaswani", "Vaswani"),
        ("García Márquez, Gabriel", "García Márquez"),
        ("Martin Luther King, Jr.", "King"),
        ("Martin Luther King Jr.", "King"),
        ("Chang M W", "Chang"),
        ("Иванов И. И.", "Иванов"),
        ("Jackson JBC", "Jackson"),
        ("Torres F Jr", "Torres"),
        ("Roe A 3rd", "Roe"),
        ("Smith J.-P.", "Smith"),
        ("Wu E", "Wu"),
        ("PAULY D", "PAULY"),
        ("LI X", "LI"),
        ("JP LI", "LI"),
        ("NASA JPL", "JPL"),
        ("WHO", "WHO"),
        *((lab, lab) for lab in ("Amazon AGI", "Stability AI", "Tencent ARC", "Stanford NLP")),
        ("Hal Daume III", "Daume"),
        ("欧阳 修", "欧阳"),
        ("刘知远", "刘知远"),
        ("Sea Laboratory", "Sea Laboratory"),
        ("University of California, Berkeley", "University of California, Berkeley"),
        ("", ""),
    ],
)
def test_a_family_name(name: str, family: str) -> None:
    assert family_name(name) == family


@pytest.mark.parametrize(
    ("names", "divided"),
    [
        (("Pauly D", "Torres F Jr", "et al."), ("Pauly, D.", "Torres, Jr, F.", "et al.")),
        (("de Goeij JM", "Le Q V", "Roe J-P"), ("de Goeij, J. M.", "Le, Q. V.", "Roe, J.-P.")),
        (("Jiequn Han", "Weinan E"), ("Jiequn Han", "E, Weinan")),
        (("Ying WEI", "Bo Yao", "Al Roe", "Lee J."), ("WEI, Ying", "Bo Yao", "Al Roe", "Lee, J.")),
        (("Flood Sung", "Zhang L", "Xiang T"), ("Flood Sung", "Zhang, L.", "Xiang, T.")),
        (("Pauly D", "Sea Laboratory", "NASA"), ("Pauly, D.", "Sea Laboratory", "NASA")),
        (("X, Malcolm", "IUCN SSC", "Meta AI"), ("X, Malcolm", "IUCN SSC", "Meta AI")),
        (("Garden AI", "Ann Lee"), ("Garden AI", "Ann Lee")),
        (("Garden NLP", "Pauly D"), ("Garden NLP", "Pauly, D.")),
        (("Chen AI", "Pauly D", "Roe JB"), ("Chen, A. I.", "Pauly, D.", "Roe, J. B.")),
    ],
)
def test_initials_behind_family_names_are_told(
    names: tuple[str, ...], divided: tuple[str, ...]
) -> None:
    assert family_first(names) == divided
    assert family_first(divided) == divided
    persons = map(person_named, people_of(divided))
    families = [f"{it.particle} {it.family}".strip() for it in persons]
    assert families == [*map(family_name, people_of(divided))]


def test_a_name_in_braces_is_whole() -> None:
    written = "{Reef Check} and Bo Roe and {Al Doe}"
    assert [*family_names(["Reef Check", "Bo Roe"], written)] == ["Reef Check", "Roe"]
    assert [*family_names(["Reef Check", "Bo Roe"])] == ["Check", "Roe"]


def test_the_first_family_name_does_not_wait_for_the_others() -> None:
    families = family_names(["Ann Lee", *["Bo Roe"] * 5000])
    assert next(families) == "Lee"
    assert [*families] == ["Roe"] * 5000


def test_groups_are_told_from_people() -> None:
    assert is_group("International Coral Reef Initiative")
    assert is_group("WorldFish Center")
    assert is_group("BigScience Workshop")
    assert is_group("Ministerio de Salud de Chile")
    assert is_group("Ministère de la Santé")
    assert is_group("Universität Wien")
    assert is_group("清华大学")
    assert not is_group("Ann Lee")
    assert not is_group("Marco Ministeri")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["Ann Lee", "et al."], ["Lee, A.", "Bob Roe"], True),
        (["Lee Ann"], ["Ann Lee"], True),
        (["John Smith"], ["John Doe"], False),
        (["Ann Lee", "et al."], ["Bob Roe", "et al."], False),
        (["李 明"], ["李明"], True),
        (["李 明"], ["李 明", "王 芳"], True),
        (["李, 明"], ["李明"], True),
        (["李 明"], ["王 明"], False),
        (["李 明"], ["李 芳"], False),
        (["Max Müller"], ["Mueller, M."], True),
        (["Ann Lee"], ["Bo Lee"], False),
        (["Ann Lee"], ["Lee"], True),
        (["Ann Lee", "Cy Roe"], ["Bo Lee", "C. Roe"], True),
        (["R. Thomas Lee"], ["Tom Lee"], True),
    ],
)
def test_lists_of_authors_have_a_person_in_common(
    one: list[str], other: list[str], same: object
) -> None:
    assert have_in_common(one, other) is same


@pytest.mark.parametrize(
    ("short", "long", "wanted"),
    [
        (("Vaswani", ET_AL), ("Ashish Vaswani", "Noam Shazeer"), True),
        (("A. Vaswani", "N. Shazeer", ET_AL), ("Vaswani, Ashish", "Shazeer, Noam", "Li"), True),
        (("Vaswani", ET_AL), ("Ashish Vaswani", ET_AL), True),
        (("李明", ET_AL), ("李明", "王芳"), True),
        (("Vaswani", ET_AL), ("Ashish Vaswani",), False),
        (("Vaswani", ET_AL), ("Noam Shazeer", "Ashish Vaswani"), False),
        (("Vaswani",), ("Ashish Vaswani", "Noam Shazeer"), False),
        ((ET_AL,), ("Ashish Vaswani", "Noam Shazeer"), False),
        (("Vaswani", ET_AL), (), False),
        (("J Euchner", "GE Roe"), ("Jim Euchner", "Gregory E. Roe"), True),
        (("García Márquez, G.", "J.-P. Roe"), ("García Márquez, Gabriel", "Jean-Pierre Roe"), True),
        (("Euchner",), ("Jim Euchner",), True),
        (("YF Clariso",), ("Yifan Clarisó",), True),
        (("YC Clariso",), ("Yifan Clarisó",), False),
        (("李明", "王芳"), ("李 明", "王芳"), True),
        (("李 明",), ("李明",), False),
        (("J. Euchner", "N. Li"), ("Jim Euchner",), False),
        (("J. Euchner",), ("Li Euchner",), False),
        (("Ann Lee",), ("Ann B. Lee",), False),
        (("Ann Lee",), ("Ann Lee",), False),
    ],
)
def test_a_list_says_less_of_the_same_people(
    short: tuple[str, ...], long: tuple[str, ...], wanted: object
) -> None:
    assert abbreviates(short, long, initials=True) is wanted
    assert abbreviates(short, long) is (wanted and ET_AL in short)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("John Smith, Jane Doe", True),
        ("J. Smith, J. Doe", True),
        ("Smith, J., Doe, A. B.", True),
        ("Wu et al.", True),
        ("Vision, Language and Action", False),
        ("John Smith", False),
        ("", False),
    ],
)
def test_people_are_told_from_other_text(text: str, wanted: object) -> None:
    assert are_names(text) is wanted


NAMES = st.sampled_from(
    [
        "Ann Lee",
        "Lee, Ann",
        "A. Lee",
        "Lee, A.",
        "Lee",
        "刘知远",
        "King, Martin L., Jr.",
        "de Vries",
    ]
)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("Lee, Ann",), "Ann Lee"),
        (('O\'Neil, "Bob"', "et al."), '"Bob" O\'Neil et al.'),
        (("King, Jr., Martin L.",), "Martin L. King, Jr."),
    ],
)
def test_one_name_with_a_comma_is_turned(names: tuple[str, ...], text: str) -> None:
    assert joined_names(names) == text


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("Vaswani, Ashish", "et al."), "Ashish Vaswani et al."),
        (("Ann Lee", "Wu, Bo"), "Ann Lee, Bo Wu"),
        (("et al.",), "et al."),
        ((), ""),
    ],
)
def test_others_are_no_person_among_names_for_people(names: tuple[str, ...], text: str) -> None:
    assert shown_names(names) == text


@given(st.lists(NAMES, max_size=5), st.booleans())
def test_taking_apart_what_was_joined_gives_the_names_back(names: list[str], more: object) -> None:
    whole = (*names, "et al.") if more else tuple(names)
    turned = (shown_name(names[0]), *whole[1:]) if len(names) == 1 else whole
    assert split_names(joined_names(whole)) in (whole, turned)


@given(st.text(alphabet="ABJab. ,;&、等-\n", max_size=40))
def test_any_text_is_taken_apart(text: str) -> None:
    assert all(name == name.strip() and name for name in split_names(text))
