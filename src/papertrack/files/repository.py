"""What git knows of a file: asked for by commands that meet a merge, or set git up."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

_OURS, _THEIRS = "2", "3"
"""Git's stages of a file that is not merged yet (git-ls-files)."""


def git(words: Sequence[str], folder: Path) -> bytes | None:
    """Return what a command of git prints there, or None where it fails or there is no git."""
    try:
        ended = subprocess.run(  # noqa: S603 - words of our own, and paths behind `--`
            ["git", "--no-optional-locks", *words],  # noqa: S607 - the person's own git
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return ended.stdout if ended.returncode == 0 else None


def unmerged_versions(path: Path) -> tuple[str, ...]:
    """Return the text of a file on both sides of a merge that is not done; nothing otherwise."""
    versions = [git(["show", f":{stage}:./{path.name}"], path.parent) for stage in (_OURS, _THEIRS)]
    if None in versions:
        return ()
    return tuple(it.decode("utf-8", "replace") for it in versions if it is not None)
