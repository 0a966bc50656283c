"""What was last imported from each file, kept beside the history of the catalogue."""

import os
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import takewhile
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from papertrack.errors import PapertrackError
from papertrack.files import read, target_of, write_new
from papertrack.history import folder_of, make
from papertrack.models import Paper

_NAME = "taken-in.json.zlib"  # as it was always called: an import again needs it
_FASTEST = 1
_MOST = 20
"""Imports whose undoing is noticed; what is older is one."""
_NEVER = "never"
"""Stands for the catalogue before an import that cannot be undone, since it changed nothing."""

Remembered = Mapping[Path, tuple[Paper, ...]]
"""By file, symbolic links followed: the papers that it held, under the catalogue's keys."""


class _Import(BaseModel):
    model_config = ConfigDict(frozen=True)

    before: str | None
    """The digest of the catalogue's text; None where there was none."""
    files: Mapping[str, tuple[Paper, ...]]
    """By path, spelled in Latin-1: JSON holds no bytes, and a path may be any."""


class _LastImports(BaseModel):
    model_config = ConfigDict(frozen=True)

    imports: tuple[_Import, ...] = ()


def recall(catalogue: Path, text: str | None) -> Remembered:
    """Return what was imported last from each file, where the catalogue's text is this.

    An import that was undone since, so that the text is again what it was before, is forgotten
    with all that came after it. Nothing remembered, or unreadable: nothing known.
    """
    held = _held(_in_effect(catalogue, text))
    return {Path(os.fsdecode(path.encode("latin-1"))): papers for path, papers in held.items()}


def remember(
    catalogue: Path,
    before: str | None,
    after: str,
    taken: Remembered,
    *,
    tell: Callable[[str], None],
) -> None:
    """Keep what the files hold now, for the next time; the texts are the catalogue's.

    Where that cannot be written it is said, and is no failure: the import itself stands. To be
    called with the catalogue's folder locked; if the catalogue is not written after all, it is as
    if the import had been undone.
    """
    imports = _in_effect(catalogue, before)
    held = _held(imports)
    spelled = {os.fsencode(path).decode("latin-1"): papers for path, papers in taken.items()}
    files = {path: papers for path, papers in spelled.items() if held.get(path) != papers}
    if not files:  # undoing the import makes no difference to what is remembered
        return
    digest = _NEVER if before == after else _digest(before)
    imports = (*imports, _Import(before=digest, files=files))
    while len(imports) > _MOST:
        older, old, *rest = imports
        imports = (_Import(before=older.before, files={**older.files, **old.files}), *rest)
    content = _LastImports(imports=imports).model_dump_json(exclude_defaults=True).encode()
    try:
        place = _place(catalogue)
        make(place.parent)
        new = place.with_suffix(".new")
        new.unlink(missing_ok=True)
        write_new(new, zlib.compress(content, _FASTEST))
        new.replace(place)
    except (OSError, PapertrackError) as error:
        tell(f"warning: the next import will not know what this one imported: {error}")


def _held(imports: Iterable[_Import]) -> Mapping[str, tuple[Paper, ...]]:
    held: dict[str, tuple[Paper, ...]] = {}
    for one in imports:
        held.update(one.files)
    return held


def _in_effect(catalogue: Path, text: str | None) -> tuple[_Import, ...]:
    now = _digest(text)
    try:
        kept = read(_place(catalogue))
        imports = _parsed(kept) if kept else ()
    except (OSError, PapertrackError, ValidationError, zlib.error):
        return ()
    return tuple(takewhile(lambda one: one.before != now, imports))


@lru_cache(maxsize=1)  # an import recalls it, and adds to the same
def _parsed(kept: bytes) -> tuple[_Import, ...]:
    return _LastImports.model_validate_json(zlib.decompress(kept)).imports


def _place(catalogue: Path) -> Path:
    return folder_of(target_of(catalogue)) / _NAME


def _digest(text: str | None) -> str | None:
    return None if text is None else sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
