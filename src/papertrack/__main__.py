"""The entry point: `papertrack` and `python -m papertrack`."""

import gc
import os
import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # a short life: collecting costs more than it frees
    _open_closed_streams()
    try:
        status = _run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules are still being loaded
        status = _INTERRUPTED
    sys.exit(status)


def _open_closed_streams() -> None:
    """Give a stream that was closed by who started us (`>&-`) a place to write to: nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), "r+"))


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        from papertrack import __version__  # noqa: PLC0415 - nothing else is needed to say it

        sys.stdout.write(f"papertrack {__version__}\n")
        return 0
    if "_PAPERTRACK_COMPLETE" in os.environ:
        from papertrack import completion  # noqa: PLC0415 - answers before Typer is loaded

        completion.main()
        return 0
    from papertrack import cli  # noqa: PLC0415 - loads Typer, which the above do without

    return cli.run(arguments)


if __name__ == "__main__":
    main()
