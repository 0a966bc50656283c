"""Checks that a wheel and a source distribution hold what they should, and nothing else."""

import sys
import tarfile
import zipfile
from pathlib import Path

_DATA = ("page/page.html", "page/page.css", "page/page.js", "py.typed")
_SOURCE = ("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "data/papers.toml", "tests")


def main() -> None:
    """Exit with a sentence for what is absent, or present and should not be."""
    folder = Path(sys.argv[1])
    modules = {str(path.relative_to("src")) for path in Path("src").rglob("*.py")}
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        held = set(wheel.namelist())
        entries = wheel.read(next(name for name in held if name.endswith("entry_points.txt")))
    absent = (modules | {f"papertrack/{name}" for name in _DATA}) - held
    stray = {name for name in held if not name.startswith(("papertrack/", "papertrack_cli-"))}
    if absent or stray:
        sys.exit(f"wheel: absent {sorted(absent)}, stray {sorted(stray)}")
    for script in (b"papertrack =", b"papertrack-cli ="):
        if script not in entries:
            sys.exit(f"wheel: no script {script.decode()}")
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    gone = [each for each in _SOURCE if not any(name.startswith(each) for name in names)]
    if gone:
        sys.exit(f"sdist: absent {gone}")
    print(f"wheel: {len(held)} files, sdist: {len(names)} files")


if __name__ == "__main__":
    main()
