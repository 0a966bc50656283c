"""The five statuses, the words people write for them, and the fields that hold their days."""

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from papertrack.patterns import pattern
from papertrack.sources import DAY, DIGIT, day_of


class Status(StrEnum):
    """How far somebody is with a paper."""

    TO_READ = "to-read"
    READING = "reading"
    SKIMMED = "skimmed"
    DONE = "done"
    DROPPED = "dropped"


IN_BARS = (Status.DONE, Status.SKIMMED, Status.READING, Status.TO_READ, Status.DROPPED)
"""Every status in the order in which a bar draws them: what is read comes first."""
IN_WORDS = (Status.DONE, Status.READING, Status.SKIMMED, Status.TO_READ, Status.DROPPED)
"""Every status in the order in which a sentence counts them."""
CHINESE = dict(zip(Status, ("待读", "在读", "略读", "已读", "弃读"), strict=True))
"""Every status in Chinese."""
DAY_FIELDS = {Status.READING: "started", Status.DONE: "finished"}
"""The field of a paper that has the day on which it got a status."""


class DatedStatus(NamedTuple):
    """A status with the day on which a paper got it."""

    status: Status
    when: str
    """The day or the month as it is written."""
    day: date | None
    """None for a month."""

    @property
    def field(self) -> str | None:
        """The field of a paper that has such a day."""
        return DAY_FIELDS.get(self.status)


_WORDS = {
    Status.TO_READ: """
        toread unread todo queued queue want wanttoread planned plan pending later notread
        notstarted no open backlog inbox [] ☐ ⬜ 🔲 ❌ ✗ ✘ :x: notyet notyetread unstarted toberead
        tbr readlater upnext nextup readnext toreadnext someday 🔖 📌 :whitemediumsquare:
        :whitelargesquare: 未读 待读 想读 未开始 未看 待看 没读 没看 没读过 还没读 还未读 尚未阅读
        未阅读 待阅读 要读 未完成 没有读 没有 还没 尚未 待 待阅 想看 n f false next 待办 待辦 准备读
        计划读 打算读 稍后阅读 稍后读 待精读 未讀 待讀 想讀 沒讀 未閱讀 待閱讀 計画 未読 これから
        これから読む 読むべき 読みたい 読む予定 あとで読む 後で読む 積読 積ん読 読んでいない まだ
        未着手 예정 읽을예정 안읽음 미완료 읽지않음 미독 아직 읽고싶음 읽고싶은 읽어야함 읽을것
        읽기예정 읽기전 안읽은 alire àlire nonlu nonlue nonlus pascommencé pasencorelu pasencorelue
        pasencore okunacak okunmadı ertelendi daleggere leer porleer paraleer aleer pendiente
        sinleer noleído noleída noleídos pendientes noempezado zulesen ungelesen offen
        nochnichtgelesen nichtgelesen ungelesene nochoffen nochzulesen aler paraler porler
        nãolido nãolida nãolidos ñolido aindanãolido
        pendentes pendente кпрочтению непрочитано непрочитана непрочитанные прочитать нечитал
        нечитала нечитано вочереди впланах запланировано нет não non hayır 否 いいえ 아니오 아니요
        nein 计划中 📋 未录制 chưađọc sẽđọc cầnđọc muốnđọc chưabắtđầu dựđịnh lênkếhoạch không""",
    Status.READING: """
        reading inprogress ongoing started doing wip current currentlyreading partlyread
        partiallyread halfread now readingnow nowreading half halfway amreading stillreading [~]
        [/] 🚧 📖 ⏳ 🔄 ⌛ partial partially 一半 :construction: :book: :hourglass: 在读 阅读中
        正在读 正在阅读 进行中 在看 正在看 读一半 读了一半 看了一半 在精读 精读中 略读中 读ing
        部分阅读 在讀 閱讀中 正在讀 正在閱讀 進行中 読書中 読んでいる 読み中 読みかけ 読んでる 途中
        精読中 閲読中 읽는중 진행중 읽고있음 읽고있는중 정독중 읽기중 encours lectureencours
        encoursdelecture commencé commencée entraindelire okunuyor okuyorum leyendo leyendoahora
        enlectura enprogreso encurso empezado inlettura incorso amlesen inarbeit angefangen begonnen
        lesegerade leseichgerade teilweisegelesen lendo lendoagora emleitura emandamento emprogresso
        começado iniciado читаю сейчасчитаю вработе впроцессе впроцессечтения начато начал начала
        частичнопрочитано đangđọc đangthựchiện đanglàm đọcdở""",
    Status.SKIMMED: """
        skimmed skim skimming scanned glanced browsed skimread skimmedthrough 略读 略读过 已略读
        粗读 粗读过 已粗读 粗略阅读 泛读 已泛读 浏览 浏览过 已浏览 速读 已速读 扫读 扫过 大致看过
        粗略读过 大概看过 粗读一遍 粗看 略看 翻过 略讀 粗讀 泛讀 瀏覽 速讀 斜め読み 流し読み
        飛ばし読み ざっと読んだ 速読 拾い読み 훑어봄 훑어보기 훑음 대충읽음 속독 통독 훑어읽음
        survolé survolée parcouru parcourue gözatıldı ojeado ojeada hojeado hojeada leídoporencima
        überflogen quergelesen angelesen folheado folheada lidoporalto lidasuperficial просмотрено
        просмотрена просмотрел просмотрела бегло беглопрочитано пролистал пролистала đọclướt
        đãđọclướt lướtqua""",
    Status.DONE: """
        done read finished complete completed yes y x ok [x] [√] ✅ ✓ ✔ ☑ 🟢 √ ◯ ○ reread
        alreadyread finishedreading fullyread :whitecheckmark: :heavycheckmark: :ballotboxwithcheck:
        :check: 已读 已读完 已经读完 读完 读完了 已完成 完成 完成阅读 阅读完成 已阅读 已看 已看完
        看完 看完了 看过 看过了 已阅 精读 阅读完毕 读毕 看了 看了一遍 读了一遍 已读一遍 已经读了
        精读一遍 t true 💯 100% 精读过 已精读 精读完 精读完成 读过 读过了 读了 已學習 已学习 通读
        已通读 已讀 已讀完 讀完 讀完了 已閱讀 讀過 已看過 看過 精讀 已精讀 読了 既読 読んだ
        読みました 読み終えた 読み終わった 読み終わり 読破 精読 精読済み 読了済み 読み済み 完了 済
        済み 완료 읽음 이미읽음 완독 다읽음 읽었음 읽은 정독 정독함 읽기완료 정독완료 다읽은 lu lue
        lus lues terminé terminée déjàlu déjàlue fini finie relu okundu bitti tamamlandı leído leída
        leídos leídas leido leida terminado terminada acabado yaleído letto letta letti finito
        completato completata hecho gelesen gelesene fertig fertiggelesen durchgelesen erledigt
        abgeschlossen schongelesen bereitsgelesen lido lida lidos lidas concluído concluída terminei
        jálido прочитано прочитана прочитан прочитаны прочитанное прочитанные прочитал прочитала
        прочёл прочел прочла дочитал дочитала дочитано читал читала готово сделано завершено изучено
        да sim oui evet sì 是 はい 예 네 sí ja đãđọc đọcxong hoànthành đãhoànthành xong đãxong
        có o""",
    Status.DROPPED: """
        dropped drop abandoned skip skipped wontread gaveup givenup rejected notreading cancelled
        canceled ⏭ 🚫 🗑 放弃 已放弃 弃读 弃 不读 不读了 跳过 不看 不看了 放棄 棄讀 不讀 跳過 中断
        中止 やめた 断念 読むのをやめた 読まない 挫折 포기 제외 중단 그만둠 읽지않기로함 하차 건너뜀
        abandonné abandonnée laissétomber ignoré bırakıldı abbandonato abandonado abandonada
        descartado descartada dejado abgebrochen verworfen aufgegeben übersprungen largado largada
        desistido desisti брошено бросил бросила отложено отброшено пропущено пропустил bỏqua bỏdở
        đãbỏ [-]""",
}
_TASKS = {
    **dict.fromkeys("TODO LATER NEXT WAIT WAITING".split(), Status.TO_READ),
    **dict.fromkeys("DOING NOW STARTED READING IN-PROGRESS".split(), Status.READING),
    "SKIMMED": Status.SKIMMED,
    "DONE": Status.DONE,
    **dict.fromkeys("SKIP CANCELED CANCELLED DROPPED".split(), Status.DROPPED),
}
"""The words in capitals with which Org and Logseq begin what is to be done."""
_TASK = pattern(rf"({'|'.join(_TASKS)})(?:\s?[:：]\s?|\s+)(?=\S)")
_STATUS_OF = {word: status for status, words in _WORDS.items() for word in words.split()}
_LEADING = pattern(
    r"(\[[ xX√✓]?\]|:[a-z_]+:|[^\w\s.,;:()（）\[\]'\"-]\ufe0f?)?\s*"
    r"([^\W\d_]+(?:[ -][^\W\d_]+){0,2})?\s*(.*)",
    re.DOTALL,
)
_AND_DAY = pattern(rf"(?P<before>[^\d]*?)(?P<day>{DAY})(?P<behind>[^\d]*)")
_ON = pattern(r"\s(?:on|in|am|le|el|em|since|seit|depuis|desde)$", re.IGNORECASE)
_EDGES = " \t\xa0\u3000,，;；:：·•|/-–—_、.。()（）[]【】"
_HYPHEN = pattern(r"(?<=\w)-(?=\w)")


@lru_cache(maxsize=4096)  # a column says the same few words
def status_of(text: str) -> Status | None:
    """Return the status that a word or mark stands for, in many languages, or None.

    `done`, `To Read`, `✅`, `🟢 Okundu`, `[x]`, `:heavy_check_mark:`, `已读`; backticks and stars
    around it are no part of it.
    """
    if len(text) > 60:  # no status is as long
        return None
    if status := _known(text):
        return status
    _, word, rest = _parts(text)
    return _known(word) if word and not rest else None


def leading_status(text: str) -> Status | None:
    """Return the status that a text is or begins with: `🟢 Okundu`, `✅ 2024-05-01`, `done (2x)`.

    A word before a mark of punctuation, a number or nothing counts, not one that begins a sentence.
    """
    mark, word, rest = _parts(text)
    if (status := status_of(text)) or not (mark or word):
        return status
    if word and not rest[:1].isalpha() and (status := _known(word)):
        return status
    return _known(mark)


def dated_status(text: str) -> DatedStatus | None:
    """Return the status and the day that a text says, and nothing besides: `done on 2024-02-01`.

    The day may stand first, and be a month: `2024-02 已读`.
    """
    short = len(text) <= 60 and DIGIT.search(text)
    dated = _AND_DAY.fullmatch(text.strip().strip("*`")) if short else None
    if dated is None:
        return None
    words = f"{dated['before'].strip(_EDGES)} {dated['behind'].strip(_EDGES)}".strip()
    status = status_of(_ON.sub("", words))
    return DatedStatus(status, dated["day"], day_of(dated["day"])) if status else None


def leading_task(text: str) -> tuple[Status, int] | None:
    """Return the status of the task with which a text begins, `TODO A title`, and where it ends."""
    task = _TASK.match(text)
    return (_TASKS[task[1]], task.end()) if task else None


def _known(text: str) -> Status | None:
    text = _HYPHEN.sub("", text.strip().strip("*`").casefold())
    return _STATUS_OF.get("".join(text.replace("_", "").replace("\ufe0f", "").split()))


def _parts(text: str) -> tuple[str, str, str]:
    """Return the mark that a text begins with, the words after it, and the rest."""
    parts = _LEADING.match(text.strip().strip("*`"))
    # the pattern has three groups
    return tuple(part or "" for part in parts.groups()) if parts else ("", "", "")  # type: ignore[return-value]
