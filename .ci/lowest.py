"""Prints the lowest versions of the dependencies that pyproject.toml allows, as constraints."""

import re
import sys
import tomllib
from pathlib import Path


def main() -> None:
    """Print a line `name==version` for each dependency of the project itself."""
    project = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["project"]
    for needed in project["dependencies"]:
        match = re.match(r"([\w.-]+)>=([\w.]+)", needed)
        if match is None:
            sys.exit(f"{needed} has no lowest version")
        print(f"{match[1]}=={match[2]}")


if __name__ == "__main__":
    main()
