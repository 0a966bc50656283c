"""What a request must never do: follow anywhere, wait for ever, take what is too large."""

import gzip
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pytest

from papertrack.errors import PapertrackError
from papertrack.services.web import NoAnswerError, Reply, Web

_DOI = "https://doi.org/10.1000/x"
Handler = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture(autouse=True)
def _no_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAPERTRACK_SERVICES", raising=False)
    monkeypatch.delenv("PAPERTRACK_MAILTO", raising=False)


class Clock:
    """Time that passes only where somebody pauses."""

    def __init__(self) -> None:
        self.now = 100.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 3))
        self.now += seconds


def web(handler: Handler, clock: Clock | None = None) -> Web:
    clock = clock or Clock()
    return Web(httpx2.MockTransport(handler), clock=clock, pause=clock.pause)


def answered(handler: Handler) -> Reply:
    return web(handler).get(_DOI, "application/json")


def refused(handler: Handler) -> str:
    with pytest.raises(NoAnswerError) as caught:
        answered(handler)
    return str(caught.value)


def test_an_answer_has_its_status_kind_and_service() -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    reply = answered(lambda _: httpx2.Response(200, headers=headers, content=b"{}"))
    assert (reply.status, reply.content_type, reply.body, reply.service) == (
        200,
        "application/json",
        b"{}",
        "doi.org",
    )


def test_who_asks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    agents = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        agents.append(request.headers["User-Agent"])
        assert request.headers["Accept"] == "application/json"
        return httpx2.Response(200)

    answered(handler)
    monkeypatch.setenv("PAPERTRACK_MAILTO", "ann@example.org")
    answered(handler)
    monkeypatch.setenv("PAPERTRACK_MAILTO", "ann@example.org\r\nX-Evil: 1")
    answered(handler)
    assert agents[0].startswith("papertrack/")
    assert agents[1].endswith(" (mailto:ann@example.org)")
    assert agents[2] == agents[0]


def test_a_redirect_to_a_named_service_is_followed() -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "doi.org":
            return httpx2.Response(302, headers={"Location": "https://api.crossref.org/works/x"})
        return httpx2.Response(200, content=b"x")

    assert answered(handler).service == "api.crossref.org"


@pytest.mark.parametrize(
    ("location", "elsewhere"),
    [
        ("https://example.org/x", "https://example.org"),
        ("http://doi.org/x", "http://doi.org"),
        ("file:///etc/passwd", "file://"),
        ("https://doi.org:8443/x", "https://doi.org:8443"),
        ("https://doi.org@example.org/", "https://doi.org@example.org"),
        ("//127.0.0.1/x", "https://127.0.0.1"),
        ("http://[::1", "nowhere"),
        ("https://doi.org:99999999/x", "https://doi.org:99999999"),
    ],
)
def test_a_redirect_to_elsewhere_is_not_followed(location: str, elsewhere: str) -> None:
    asked = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(302, headers={"Location": location})

    message = refused(handler)
    assert message == (f"no answer from doi.org (it points to {elsewhere}, which is not followed)")
    assert asked == [_DOI]


def test_redirects_end() -> None:
    asked = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url)
        return httpx2.Response(302, headers={"Location": _DOI})

    assert refused(handler) == "no answer from doi.org (it redirects without end)"
    assert len(asked) == 6


@pytest.mark.slow
def test_a_large_answer_is_left_though_it_came_small() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    headers = {"Content-Encoding": "gzip"}
    message = refused(lambda _: httpx2.Response(200, headers=headers, content=bomb))
    assert message == "no answer from doi.org (its answer is larger than 4 MB)"


def test_a_server_that_drips_is_stopped_by_the_clock() -> None:
    clock = Clock()

    class Drip(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            while True:
                clock.now += 1
                yield b"x"

    served = web(lambda _: httpx2.Response(200, stream=Drip()), clock)
    with pytest.raises(NoAnswerError, match="it takes too long"):
        served.get(_DOI, "application/json")


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    release = threading.Event()

    def handler(_: httpx2.Request) -> httpx2.Response:
        release.wait()
        return httpx2.Response(200)

    impatient = Web(httpx2.MockTransport(handler), patience=0.05)
    with pytest.raises(NoAnswerError, match=r"no answer from doi\.org \(it takes too long\)"):
        impatient.get(_DOI, "application/json")
    release.set()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx2.ConnectError("no"), "it cannot be reached"),
        (httpx2.ReadTimeout("slow"), "it takes too long"),
        (httpx2.RemoteProtocolError("odd"), "it cannot be reached"),
        (httpx2.DecodingError("gzip"), "it cannot be reached"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_fails_is_said_in_words(error: Exception, reason: str) -> None:
    def handler(_: httpx2.Request) -> httpx2.Response:
        raise error

    assert refused(handler) == f"no answer from doi.org ({reason})"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({}, 1.0),
        ({"Retry-After": "soon"}, 1.0),
        ({"Retry-After": format_datetime(datetime.now(UTC) - timedelta(hours=1))}, 0.0),
    ],
    ids=["seconds", "none", "words", "a day that is past"],
)
def test_a_busy_service_is_asked_once_more_then_left_alone(
    headers: dict[str, str], wait: float
) -> None:
    clock, asked = Clock(), []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url)
        return httpx2.Response(429, headers=headers)

    busy = web(handler, clock)
    for _ in range(3):
        with pytest.raises(NoAnswerError, match=r"no answer from doi.org \(it is busy \(429\)\)"):
            busy.get(_DOI, "application/json")
    assert len(asked) == 2
    assert clock.pauses[0] == wait


def test_a_service_that_wants_peace_for_long_is_left_alone_at_once() -> None:
    asked = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url)
        return httpx2.Response(503, headers={"Retry-After": "31"})

    assert refused(handler) == "no answer from doi.org (it is busy (503))"
    assert len(asked) == 1


def test_a_service_that_has_time_again_answers() -> None:
    replies = iter([httpx2.Response(503), httpx2.Response(200, content=b"x")])
    assert answered(lambda _: next(replies)).body == b"x"


@pytest.mark.parametrize(("host", "spacing"), [("doi.org", 0.2), ("export.arxiv.org", 3.0)])
def test_requests_to_a_service_are_spaced(host: str, spacing: float) -> None:
    clock = Clock()
    asker = web(lambda _: httpx2.Response(200), clock)
    for _ in range(3):
        asker.get(f"https://{host}/x", "application/json")
    asker.get("https://api.datacite.org/x", "application/json")
    assert clock.pauses == [spacing, spacing]


def led_to_crossref(request: httpx2.Request) -> httpx2.Response:
    if request.url.host == "doi.org":
        return httpx2.Response(302, headers={"Location": "https://api.crossref.org/x"})
    return httpx2.Response(200 if request.url.path == "/x" else 404)


def test_requests_by_redirect_are_spaced_too() -> None:
    clock = Clock()
    asker = web(led_to_crossref, clock)
    asker.get(_DOI, "application/json")
    asker.get("https://api.crossref.org/y", "application/json")
    assert clock.pauses == [0.2]


def test_a_busy_service_that_another_leads_to_is_the_one_left_alone() -> None:
    asked: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        reply = led_to_crossref(request)
        return reply if reply.status_code == 302 else httpx2.Response(429)

    busy = web(handler)
    for _ in range(2):
        with pytest.raises(NoAnswerError, match=r"api.crossref.org \(it is busy \(429\)\)"):
            busy.get(_DOI, "application/json")
    assert asked == ["doi.org", "api.crossref.org"] * 2 + ["doi.org"]


class TestAMirror:
    def test_it_stands_for_every_service(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PAPERTRACK_SERVICES", "http://127.0.0.1:8765/")
        asked = []

        def handler(request: httpx2.Request) -> httpx2.Response:
            asked.append(str(request.url))
            if len(asked) == 1:
                address = "https://api.crossref.org/v1/works/10.1126%2Fx/transform"
                return httpx2.Response(302, headers={"Location": address})
            return httpx2.Response(200)

        assert answered(handler).service == "api.crossref.org"
        assert asked == [
            "http://127.0.0.1:8765/doi.org/10.1000/x",
            "http://127.0.0.1:8765/api.crossref.org/v1/works/10.1126%2Fx/transform",
        ]

    def test_a_redirect_to_it_is_not_followed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PAPERTRACK_SERVICES", "http://127.0.0.1:8765")
        headers = {"Location": "http://127.0.0.1:8765/secret"}
        assert "which is not followed" in refused(lambda _: httpx2.Response(302, headers=headers))

    def test_what_is_no_address_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PAPERTRACK_SERVICES", "localhost")
        with pytest.raises(PapertrackError, match='PAPERTRACK_SERVICES "localhost" is not an'):
            web(lambda _: httpx2.Response(200))
