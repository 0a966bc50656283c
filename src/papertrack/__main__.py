"""The entry point: `papertrack` and `python -m papertrack`."""

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.disable()  # a short life: collecting costs more than it frees
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from papertrack import __version__  # noqa: PLC0415 - nothing else is needed to say it

        sys.stdout.write(f"papertrack {__version__}\n")
        return
    if "_PAPERTRACK_COMPLETE" in os.environ:
        from papertrack import completion  # noqa: PLC0415 - answers before Typer is loaded

        completion.main()
        return
    from papertrack import cli  # noqa: PLC0415 - loads Typer, which the above do without

    sys.exit(cli.run(arguments))


if __name__ == "__main__":
    main()
