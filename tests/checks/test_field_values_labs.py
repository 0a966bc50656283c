from collections.abc import Callable
from pathlib import Path

import pytest

Checked = Callable[..., list[tuple[int, str, str, bool]]]
Fixed = Callable[[str, str], str]

LABS = """\
[labs]
OpenAI = []
Google = ["Google Brain", "谷歌"]
Meta = ["Facebook"]
"Mila Labs" = []
"""


def one(lab: str, summary: str) -> str:
    return f'{LABS}\n[[paper]]\nkey = "it"\ntitle = "T"\nlab = "{lab}"\nsummary = "{summary}"\n'


@pytest.mark.parametrize(
    ("lab", "summary", "other"),
    [
        ("Anthropic", "OpenAI的WebGPT：", "OpenAI"),
        ("Anthropic", "OpenAI 的 WebGPT", "OpenAI"),
        ("Anthropic", "《ＯｐｅｎＡＩ的》", "OpenAI"),
        ("Anthropic", "OpenAI's WebGPT", "OpenAI"),
        ("Anthropic", "OpenAI’s WebGPT", "OpenAI"),
        ("Anthropic", "OpenAI: WebGPT", "OpenAI"),
        ("Anthropic", "OpenAI公司的模型", "OpenAI"),
        ("Anthropic", "来自OpenAI的模型", "OpenAI"),
        ("OpenAI", "谷歌的模型", "Google"),
        ("OpenAI", "谷歌大脑的模型", None),
        ("OpenAI", "Facebook的模型", "Meta"),
        ("OpenAI", "FAIR的模型", "Meta"),
        ("Anthropic", "Mila Labs的模型", "Mila Labs"),
        ("OpenAI", "OpenAI的WebGPT", None),
        ("Facebook", "Meta的LLaMA", None),
        ("Meta", "facebook的LLaMA", None),
        ("Google", "OpenAI的GPT与谷歌的BERT", None),
        ("Anthropic", "基于OpenAI的GPT-3", None),
        ("Anthropic", "第一行\\nOpenAI的GPT-3", None),
        ("Anthropic", "OpenAI提出的模型：", None),
        ("Anthropic", "Metadata的研究", None),
        ("Google", "Meta learning: 综述", None),
    ],
)
def test_a_summary_that_begins_with_another_lab_is_found(
    checked: Checked, lab: str, summary: str, other: str | None
) -> None:
    findings = checked("other-lab", one(lab, summary))
    if other is None:
        assert findings == []
        return
    message = f"summary begins with {other}, but lab is {lab}"
    typed = "'Mila Labs'" if other == "Mila Labs" else other
    advice = f"`papertrack edit it --set lab={typed}`"
    assert findings == [(10, message, advice, False)]


def test_without_labs_no_summary_is_doubted(checked: Checked) -> None:
    assert checked("other-lab", '[[paper]]\ntitle = "T"\nsummary = "OpenAI的"\n') == []


def test_another_name_of_a_lab_is_found_and_fixed(checked: Checked, fixed: Fixed) -> None:
    text = one("facebook", "")
    ((line, message, advice, fixable),) = checked("unlisted-lab", text)
    assert (line, message) == (10, 'lab "facebook" is listed in [labs] as Meta')
    assert (advice, fixable) == ('write lab = "Meta"', True)
    assert fixed("unlisted-lab", text) == text.replace('"facebook"', '"Meta"')


def test_a_lab_is_to_be_written_as_toml_spells_it(checked: Checked) -> None:
    ((_, _, advice, _),) = checked("unlisted-lab", one("清华大学", ""))
    assert advice == 'add "清华大学" = [] to [labs]'


def test_a_new_lab_is_found_once_and_listed(checked: Checked, fixed: Fixed) -> None:
    text = one("Uni Jena", "") + '\n[[paper]]\ntitle = "U"\nlab = "Uni Jena"\n'
    ((line, message, advice, fixable),) = checked("unlisted-lab", text)
    assert line == 10
    assert message == 'lab "Uni Jena" of 2 papers is not listed in [labs]'
    assert (advice, fixable) == ('add "Uni Jena" = [] to [labs]', True)
    expected = text.replace('"Mila Labs" = []\n', '"Mila Labs" = []\n"Uni Jena" = []\n')
    assert fixed("unlisted-lab", text) == expected


def test_a_misspelled_lab_is_for_a_person_to_fix(checked: Checked, fixed: Fixed) -> None:
    text = one("Mta", "")
    assert checked("unlisted-lab", text) == [
        (
            10,
            'lab "Mta" is not listed in [labs]',
            "did you mean Meta? `papertrack labs rename Mta Meta`",
            False,
        )
    ]
    assert fixed("unlisted-lab", text) == text


def test_without_a_list_of_labs_none_is_missing(checked: Checked) -> None:
    assert checked("unlisted-lab", '[[paper]]\ntitle = "T"\nlab = "X"\n') == []


def test_webgpt_stands_under_the_wrong_lab_in_the_real_list(shared: Path, checked: Checked) -> None:
    rows = (shared / "reading-list.md").read_text(encoding="utf-8").splitlines()[2:]
    lab, papers = "", []
    for row in rows:
        title, _, summary, *_ = (cell.strip() for cell in row.strip().strip("|").split("|"))
        if title == summary:
            lab = title
        else:
            papers.append((title.strip("《》"), lab, summary.replace("\\", "").replace('"', "")))
    text = LABS + 'DeepMind = []\nAnthropic = ["Claude"]\n'
    for title, own, summary in papers:
        text += f"\n[[paper]]\ntitle = '{title}'\nlab = '{own}'\nsummary = '{summary}'\n"
    ((_, message, _, _),) = checked("other-lab", text)
    assert message == "summary begins with OpenAI, but lab is Anthropic"
