"""A lab by any of its names: Meta is also Facebook, FAIR."""

from collections.abc import Mapping, Sequence

from papertrack.folding import fold_title


class LabNames:
    """Which names mean the same lab; answers are kept, since few labs make many papers."""

    def __init__(self, labs: Mapping[str, Sequence[str]]) -> None:
        """Take each lab with its other names; a lab's own name goes before another's other name."""
        self._labs: dict[str, str] = {}
        for lab, others in labs.items():
            for other in others:
                self._labs.setdefault(fold_title(other), lab)
        self._labs.update((fold_title(lab), lab) for lab in labs)
        self._asked: dict[str, str] = {}

    def own(self, name: str) -> str:
        """Return the lab's own name, or, of a lab that is not listed, the name itself."""
        return self._labs.get(fold_title(name), name)

    def same(self, name: str) -> str:
        """Return what all names of this lab have in common."""
        found = self._asked.get(name)
        if found is None:
            found = self._asked[name] = fold_title(self.own(name))
        return found
