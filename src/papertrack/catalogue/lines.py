"""Where in a catalogue's text its papers, their fields and its settings stand."""

from collections.abc import Iterable, Sequence

from papertrack.catalogue.pieces import PAPER, Piece, cut
from papertrack.catalogue.reading import BOM, keys_of
from papertrack.catalogue.spoiled import mend
from papertrack.toml_text.statements import Statement, statements, under_headers


class Lines:
    """The lines of one text, looked up piece by piece when they are asked for."""

    def __init__(self, pieces: Sequence[Piece], keys: Iterable[str]) -> None:
        """Take the text in pieces and the key of each paper in them, in order."""
        self._pieces = pieces
        places = [(piece, index) for piece in pieces for index in range(len(piece.entries))]
        self._places = places
        self._index: dict[str, int] = {}
        for index, key in enumerate(keys):
            self._index.setdefault(key, index)

    def of(self, key: str, field: str | None = None) -> int:
        """Return the line of a paper's header, or of its field where it has that; from 1.

        Raises KeyError for a key that no paper has.
        """
        return self.of_paper(self._index[key], field)

    def of_paper(self, index: int, field: str | None = None) -> int:
        """Return the line of a paper by its place in the catalogue."""
        piece, number = self._places[index]
        header: Statement | None = None
        for path, statement in under_headers(statements(piece.text)):
            if statement.array and path == PAPER:
                number -= 1
                header = statement if number == -1 else header
            if number == -1 and field is not None and path[:2] == (*PAPER, field):
                return _line(piece, statement)
        return piece.line if header is None else _line(piece, header)

    def last_of(self, index: int) -> int:
        """Return the last line of the piece of text that holds a paper and nothing behind it."""
        piece, _ = self._places[index]
        end = max((each.end for each in statements(piece.text)), default=0)
        return piece.line + piece.text[:end].rstrip("\r\n").count("\n")

    def of_setting(self, *path: str) -> int:
        """Return the line where a table or a key of it begins: `of_setting("labs", "Meta")`.

        Where it is not said, of the nearest table around it.
        """
        best, line = 0, 1
        for piece in self._pieces:
            for there, statement in under_headers(statements(piece.text)):
                common = _common(there, path)
                if common > best and common == min(len(there), len(path)):
                    best, line = common, _line(piece, statement)
                if best == len(path):
                    return line
        return line


def locate(text: str) -> Lines:
    """Return where the papers of the text stand, broken or not."""
    pieces = [only_tables(piece) for piece in cut(mend(text.removeprefix(BOM)).text).pieces]
    return Lines(pieces, keys_of([entry for piece in pieces for entry in piece.entries]))


def only_tables(piece: Piece) -> Piece:
    """Return the piece without papers that are not even tables: `paper = [1]`."""
    entries: list[object] = [*piece.entries]
    return piece._replace(entries=[each for each in entries if isinstance(each, dict)])


def _line(piece: Piece, statement: Statement) -> int:
    return piece.line + piece.text.count("\n", 0, statement.start)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count
