"""The statuses and the words for them."""

import pytest

from papertrack.status import Status, status_of

_IN_LANGUAGES = {
    "English": {
        Status.TO_READ: "Want to read, Up next, Later, Backlog, Someday",
        Status.READING: "Reading now, Now reading, Currently reading, In progress",
        Status.SKIMMED: "skimmed, skim-read",
        Status.DONE: "Finished, Read, Already read",
        Status.DROPPED: "Abandoned, Given up, Cancelled",
    },
    "Chinese": {
        Status.TO_READ: "未读, 待读, 没读, 还没读, 想读, 待精读, 稍后阅读, 未讀",
        Status.READING: "在读, 在看, 正在读, 正在阅读, 精读中, 读了一半",
        Status.SKIMMED: "略读, 粗读, 浏览过, 扫读, 翻过",
        Status.DONE: "已读完, 读完, 读完了, 看过, 看完了, 精读过, 已阅读, 讀完了",
        Status.DROPPED: "弃读, 不看了, 已放弃",
    },
    "Japanese": {
        Status.TO_READ: "未読, あとで読む, 積読, 読みたい",
        Status.READING: "読書中, 読みかけ, 精読中",
        Status.SKIMMED: "流し読み, ざっと読んだ, 斜め読み",
        Status.DONE: "読了, 読んだ, 読み終わった, 精読済み",
        Status.DROPPED: "断念, 読まない",
    },
    "Korean": {
        Status.TO_READ: "안 읽음, 읽을 예정, 읽지 않음",
        Status.READING: "읽는 중, 읽고 있음, 정독 중",
        Status.SKIMMED: "훑어봄, 대충 읽음",
        Status.DONE: "읽음, 다 읽음, 완독, 읽었음",
        Status.DROPPED: "포기, 중단",
    },
    "German": {
        Status.TO_READ: "zu lesen, ungelesen, noch nicht gelesen",
        Status.READING: "am Lesen, lese gerade, angefangen, begonnen",
        Status.SKIMMED: "überflogen, quergelesen",
        Status.DONE: "gelesen, fertig gelesen, durchgelesen",
        Status.DROPPED: "abgebrochen, aufgegeben",
    },
    "Spanish": {
        Status.TO_READ: "por leer, sin leer, pendiente",
        Status.READING: "leyendo, leyendo ahora, en curso",
        Status.SKIMMED: "ojeado, hojeado",
        Status.DONE: "leído, leída, leídos, terminado, ya leído",
        Status.DROPPED: "abandonado, descartado",
    },
    "Portuguese": {
        Status.TO_READ: "por ler, não lido, ainda não lido",
        Status.READING: "lendo, lendo agora, em andamento",
        Status.SKIMMED: "folheado, lido por alto",
        Status.DONE: "lido, lida, lidos, terminei",
        Status.DROPPED: "abandonado, desisti",
    },
    "French": {
        Status.TO_READ: "à lire, non lu, pas encore lu",
        Status.READING: "en cours, en cours de lecture, commencé",
        Status.SKIMMED: "survolé, parcouru",
        Status.DONE: "lu, lus, déjà lu, terminé, fini",
        Status.DROPPED: "abandonné, laissé tomber",
    },
    "Russian": {
        Status.TO_READ: "к прочтению, не читал, в очереди",
        Status.READING: "читаю, сейчас читаю, в процессе, начал",
        Status.SKIMMED: "просмотрел, пролистал",
        Status.DONE: "прочитано, прочитанные, прочёл, дочитал",
        Status.DROPPED: "бросил, пропущено",
    },
    "Vietnamese": {
        Status.TO_READ: "chưa đọc, sẽ đọc",
        Status.READING: "đang đọc, đang thực hiện",
        Status.SKIMMED: "đọc lướt",
        Status.DONE: "đã đọc, đọc xong, hoàn thành",
        Status.DROPPED: "bỏ qua, bỏ dở",
    },
}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        *(pytest.param(status.value, status, id=status.value) for status in Status),
        pytest.param("To Read", Status.TO_READ, id="two words"),
        pytest.param("[ ]", Status.TO_READ, id="an empty box"),
        pytest.param("未读", Status.TO_READ, id="Chinese, unread"),
        pytest.param("✅", Status.DONE, id="a mark"),
        pytest.param("✔️", Status.DONE, id="a mark with a variation selector"),
        pytest.param("[x]", Status.DONE, id="a ticked box"),
        pytest.param(":heavy_check_mark:", Status.DONE, id="a short code"),
        pytest.param("已读", Status.DONE, id="Chinese, read"),
        pytest.param("**Done**", Status.DONE, id="bold"),
        pytest.param("in progress", Status.READING, id="in progress"),
        pytest.param("see the blog first", None, id="no status at all"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_words_stand_for_statuses(word: str, status: Status | None) -> None:
    assert status_of(word) is status


@pytest.mark.parametrize("language", _IN_LANGUAGES)
def test_words_of_a_language_stand_for_statuses(language: str) -> None:
    for status, words in _IN_LANGUAGES[language].items():
        assert {word: status_of(word) for word in words.split(", ")} == dict.fromkeys(
            words.split(", "), status
        )
