"""The one place that knows a network: a request to a named service, and what it must never do.

Answers are hostile until read: redirects go by hand to named services only, an answer has 15
seconds and 4 MB in all, and a service that asks papertrack to wait is left alone (METADATA 2.3).
"""

import os
import time
from collections import Counter
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from papertrack import __version__
from papertrack.errors import PapertrackError
from papertrack.patterns import pattern

if TYPE_CHECKING:
    import httpx2

SERVICES = frozenset(
    """doi.org dx.doi.org api.crossref.org data.crosscite.org data.datacite.org api.datacite.org
    data.medra.org export.arxiv.org""".split()
)
"""The hosts that are asked, and to which a redirect may lead."""

_MOST_BYTES = 4_000_000
_MOST_SECONDS = 15.0
_MOST_REDIRECTS = 5
_LONGEST_WAIT = 30.0
_SPACING = {"export.arxiv.org": 3.0}
_SHORTEST_SPACING = 0.2
_MOST_SILENCES = 3
_NOWHERE = "it points to nowhere, which is not followed"
_MOVED = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
"""This machine, where no proxy has a business."""
_MAIL = pattern(r"[!-'*-~]+@[!-'*-~]+")


class NoAnswerError(Exception):
    """A service did not answer, or not in a way that can be used."""

    def __init__(self, service: str, reason: str, reply: "Reply | None" = None) -> None:
        """Name the service and why, in a few words; `reply` is what a busy one says."""
        super().__init__(f"no answer from {service} ({reason})")
        self.reply = reply


class Reply(NamedTuple):
    """What a service said."""

    status: int
    headers: "httpx2.Headers"
    body: bytes
    service: str
    """The host that answered, the last one where it was a redirect."""

    @property
    def content_type(self) -> str:
        """Its media type, in lower case, without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Web:
    """Asks services one at a time, with the pauses that they want."""

    def __init__(
        self,
        transport: "httpx2.BaseTransport | None" = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
        patience: float = _MOST_SECONDS,
    ) -> None:
        """Take a transport, a clock, a way to pass the time and how many seconds to wait."""
        import httpx2  # slow to import, and only asking needs it

        self._mirror = _mirror()
        agent = f"papertrack/{__version__}"
        mail = os.environ.get("PAPERTRACK_MAILTO", "")
        if _MAIL.fullmatch(mail):
            agent = f"{agent} (mailto:{mail})"
        self._httpx = httpx2
        self._client = httpx2.Client(
            transport=transport,
            headers={"User-Agent": agent},
            timeout=httpx2.Timeout(10.0, connect=5.0),
            trust_env=urlsplit(self._mirror or "").hostname not in _LOOPBACK,
        )
        self._clock, self._pause, self._patience = clock, pause, patience
        self._last: dict[str, float] = {}
        self._silences: Counter[str] = Counter()
        self._left_alone: dict[str, NoAnswerError] = {}

    def get(self, url: str, accept: str) -> Reply:
        """Return what the service at an https address says, redirects followed.

        Raises NoAnswerError where there is no usable answer: no connection, too slow, too large,
        a redirect to elsewhere, or a service that is busy. One that is busy, or did not answer
        three times in a row, is asked no more.
        """
        service = _host(url)
        if service in self._left_alone:
            raise self._left_alone[service]
        try:
            reply = self._within_time(url, accept)
        except NoAnswerError as error:
            self._silences[service] += 1
            if self._silences[service] >= _MOST_SILENCES:
                self._left_alone[service] = error
            raise
        self._silences[service] = 0
        if reply.status in _BUSY:
            wait = _retry_after(reply.headers.get("Retry-After"))
            if wait <= _LONGEST_WAIT:
                self._pause(wait)
                reply = self._within_time(url, accept)
            if reply.status in _BUSY:  # perhaps one to which another leads
                busy = NoAnswerError(reply.service, f"it is busy ({reply.status})", reply)
                self._left_alone[reply.service] = busy
                raise busy
        return reply

    def _within_time(self, url: str, accept: str) -> Reply:
        """Follow redirects within one span of time, looked up and connected in it as well.

        The work is done by a thread that nobody waits for any longer: neither a name server nor a
        server that drips a byte now and then lets a clock in a loop be looked at.
        """
        self._wait_for_turn(_host(url))
        results: SimpleQueue[Reply | Exception] = SimpleQueue()
        ends = self._clock() + self._patience

        def ask() -> None:
            try:
                results.put(self._follow(url, accept, ends))
            except Exception as error:  # noqa: BLE001 - raised again where it is waited for
                results.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            result = results.get(timeout=self._patience)
        except Empty:
            raise NoAnswerError(_host(url), "it takes too long") from None
        if isinstance(result, self._httpx.TimeoutException):
            raise NoAnswerError(_host(url), "it takes too long") from result
        if isinstance(result, self._httpx.HTTPError):
            # Before 2.16.2 httpx2 takes a redirect's address apart, if it is not to follow it.
            nowhere = "location header" in str(result)
            raise NoAnswerError(
                _host(url), _NOWHERE if nowhere else "it cannot be reached"
            ) from result
        if isinstance(result, Exception):
            raise result
        return result

    def _follow(self, url: str, accept: str, ends: float) -> Reply:
        for _ in range(_MOST_REDIRECTS + 1):
            raw = self._ask(url, accept, ends)
            if raw.status not in _MOVED:
                return raw
            reason = _NOWHERE
            try:
                target = urljoin(url, raw.headers.get("Location", ""))
                split = urlsplit(target)
                elsewhere = f"{split.scheme}://{split.netloc}"
                reason = f"it points to {elsewhere}, which is not followed"
                is_ours = split.scheme == "https" and split.hostname in SERVICES and not split.port
            except ValueError:  # no address at all
                is_ours = False
            if not is_ours:
                raise NoAnswerError(_host(url), reason)
            url = target
            if _host(url) in self._left_alone:
                raise self._left_alone[_host(url)]
            self._wait_for_turn(_host(url))
        raise NoAnswerError(_host(url), "it redirects without end")

    def _ask(self, url: str, accept: str, ends: float) -> Reply:
        place = f"{self._mirror}/{url.removeprefix('https://')}" if self._mirror else url
        body = bytearray()
        with self._client.stream("GET", place, headers={"Accept": accept}) as response:
            for chunk in response.iter_bytes():  # decoded, as it comes
                body += chunk
                if len(body) > _MOST_BYTES:
                    raise NoAnswerError(_host(url), "its answer is larger than 4 MB")
                if self._clock() > ends:
                    raise NoAnswerError(_host(url), "it takes too long")
            return Reply(response.status_code, response.headers, bytes(body), _host(url))

    def _wait_for_turn(self, service: str) -> None:
        spacing = _SPACING.get(service, _SHORTEST_SPACING)
        due = self._last.get(service, -spacing) + spacing - self._clock()
        if service in self._last and due > 0:
            self._pause(due)
        self._last[service] = self._clock()


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _mirror() -> str | None:
    """Return the address that stands for all services: a mirror, or a replay in a test."""
    place = os.environ.get("PAPERTRACK_SERVICES", "").rstrip("/")
    if not place:
        return None
    if urlsplit(place).scheme in {"http", "https"} and urlsplit(place).hostname:
        return place
    raise PapertrackError(
        f'PAPERTRACK_SERVICES "{place}" is not an address: set one such as http://127.0.0.1:8765'
    )


def _retry_after(value: str | None) -> float:
    """Return the seconds that a service wants to be left alone (RFC 9110, 10.2.3), else one."""
    if not value:
        return 1.0
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 1.0
