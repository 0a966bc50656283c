"""The entry point: `papertrack` and `python -m papertrack`.

While the program loads, ^C ends it at once; `cli` makes an exception of it once a command works.
Python raises KeyboardInterrupt inside whatever runs, and libraries that are being loaded make
other errors of it. Nothing is begun by then, so that leaving at once leaves nothing half-done.
"""

import gc
import io
import os
import signal
import sys
from contextlib import suppress

from papertrack.errors import INTERRUPTED, end_at_once

_PLUGINS = "PYDANTIC_DISABLE_PLUGINS"


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # a short life: collecting costs more than it frees
    let_interrupts_end()
    sys.unraisablehook = print_unraisable
    _open_closed_streams()
    _speak_utf8()
    try:
        status = _run(sys.argv[1:])
    except KeyboardInterrupt:  # between two steps
        status = INTERRUPTED
    _leave(status)


def let_interrupts_end() -> None:
    """Let ^C end the program until `cli` is at work; one that is ignored (nohup) stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, end_at_once)


def print_unraisable(ignored: "sys.UnraisableHookArgs") -> None:
    """Print what Python could not raise, unless it is ^C inside its own locks on modules."""
    if not isinstance(ignored.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(ignored)


def _open_closed_streams() -> None:
    """Give a stream that was closed by who started us (`>&-`) a place to write to: nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), "r+"))


def _speak_utf8() -> None:
    """Let pipes and files hold UTF-8 with LF for line ends, whatever the locale; not terminals."""
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # who reads it, says so
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", newline="\n")


def _run(arguments: list[str]) -> int:
    if "_PAPERTRACK_COMPLETE" in os.environ:
        from papertrack import completing  # answers before Typer is loaded

        return completing.main()
    from papertrack import cli  # completion does without

    hidden = [] if _PLUGINS in os.environ else [_PLUGINS]
    os.environ.setdefault(_PLUGINS, "__all__")  # the search for some takes longer
    return cli.run(arguments, hidden=hidden)


def _leave(status: int) -> None:
    """End at once: taking every module and paper apart first lasts as long as a short command.

    All files are closed by now, and nothing is left to be done at the interpreter's end but to
    flush the streams.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # `cli` has said so, if it could
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
