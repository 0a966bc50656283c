"""Kill writers at random moments, and count what that costs: `python benchmarks/kill.py 1000`.

Each writer marks a paper of a catalogue and rewrites a README in one change; it is killed with
SIGKILL somewhere between its start and the last line of the history. Then both files must be, byte
for byte, the old ones or the new ones, the catalogue never older than the README, and the next
change must go through and sweep up what the killed one left. With --interrupt it is ^C instead:
nothing may be left to sweep up then, and either both files are new or none.
"""

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from papertrack import store
from papertrack.catalogue import parse
from papertrack.history import undoing
from papertrack.status import Status

_INTERRUPTED = 130
_PAPER = """\
[[paper]]
key = "paper-{0}"
title = "论文 {0}: a title of the usual length"  # read me
summary = "第{0}篇：方法、数据和结论，以及还没有回答的问题。"
"""


def main() -> int:
    """Kill as many writers as asked for, and print `killed N, lost 0, torn 0`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=1000)
    parser.add_argument("--papers", type=int, default=200, help="in the catalogue (200)")
    parser.add_argument("--interrupt", action="store_true", help="^C instead of SIGKILL")
    parser.add_argument("--seed", type=int, default=0, help="of the random moments (0)")
    asked = parser.parse_args()
    # A shell lets what it starts in the background ignore ^C, and writers inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as place:
        os.environ["PAPERTRACK_STATE"] = str(Path(place, "state"))
        folder = Path(place, "list")
        folder.mkdir()
        counts = _run(folder, asked.kills, asked.papers, asked.seed, asked.interrupt)
    print(
        f"left the old files {counts['old']} times, the new ones {counts['new']}, the new "
        f"catalogue only {counts['between']}; swept up {counts['swept']} temporary files; "
        f"lost the record of {counts['unrecorded']} changes made"
    )
    ended = "interrupted" if asked.interrupt else "killed"
    print(f"{ended} {counts['ended']}, lost {counts['lost']}, torn {counts['torn']}")
    return 1 if counts["lost"] or counts["torn"] else 0


def _run(folder: Path, kills: int, papers: int, seed: int, interrupt: bool) -> Counter[str]:  # noqa: FBT001 - as typed
    catalogue, readme = folder / "papers.toml", folder / "README.md"
    catalogue.write_text("".join(map(_PAPER.format, range(papers))), encoding="utf-8")
    readme.write_text("start\n", encoding="utf-8")
    moments = random.Random(seed)  # noqa: S311 - moments, not secrets
    length = _duration(catalogue, readme)
    counts = Counter[str]()
    for number in itertools.count(10):
        old = catalogue.read_bytes(), readme.read_bytes()
        with_signal = signal.SIGINT if interrupt else signal.SIGKILL
        ended = _ended(catalogue, readme, number, moments.uniform(0, length), with_signal)
        now = catalogue.read_bytes(), readme.read_bytes()
        left = len(list(folder.iterdir())) - 2
        _change(catalogue, readme, number)  # the same change, the next one: it must go through
        new = catalogue.read_bytes(), readme.read_bytes()
        verdict = _verdict(old, new, now)
        whole = len(parse(now[0].decode()).catalogue.papers) == papers
        swept = len(list(folder.iterdir())) == 2  # the catalogue and the README
        counts[verdict] += 1
        counts["ended"] += ended
        counts["swept"] += left
        counts["unrecorded"] += undoing.records(catalogue)[-1].typed != f"done {number}"
        counts["lost"] += not whole or not swept
        counts["torn"] += interrupt and (left > 0 or verdict == "between")
        if counts["ended"] >= kills:
            break
    return counts


def _verdict(old: tuple[bytes, bytes], new: tuple[bytes, bytes], now: tuple[bytes, bytes]) -> str:
    if now == old:
        return "old"
    if now == new:
        return "new"
    return "between" if now == (new[0], old[1]) else "torn"


def _change(catalogue: Path, readme: Path, number: int) -> None:
    with store.edit_with_files(catalogue, [readme], f"done {number}", tell=_silent) as edit:
        papers = edit.draft.catalogue.papers
        paper = papers[number % len(papers)]
        status = Status.DONE if number // len(papers) % 2 == 0 else Status.TO_READ
        edit.draft.change(paper.key, {"status": status})
        edit.texts[readme] = f"{number}\n" * 10_000


def _ended(
    catalogue: Path, readme: Path, number: int, moment: float, with_signal: signal.Signals
) -> bool:
    """Start a writer, end it after so many seconds; say whether it was still at work."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # not inside Python's own fork hooks
    writer = os.fork()
    if writer == 0:
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
            _change(catalogue, readme, number)
        except KeyboardInterrupt:
            os._exit(_INTERRUPTED)
        os._exit(0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    time.sleep(moment)
    os.kill(writer, with_signal)
    _, status = os.waitpid(writer, 0)
    return os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == _INTERRUPTED


def _duration(catalogue: Path, readme: Path) -> float:
    """Return how many seconds a change takes, the slower of a few."""
    _change(catalogue, readme, 1)
    times = []
    for number in range(2, 5):
        begun = time.perf_counter()
        _change(catalogue, readme, number)
        times.append(time.perf_counter() - begun)
    return max(times)


def _silent(_: str) -> None:
    """Take what is told, and forget it."""


if __name__ == "__main__":
    sys.exit(main())
