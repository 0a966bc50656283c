"""What a person says about a paper, line after line."""

from datetime import date

from papertrack.errors import Fault, PapertrackError

_END = "\n"


def dated(text: str, on: date) -> str:
    """Return the text with its day before it: `2023-03-01: text`.

    Raises PapertrackError where the text says nothing.
    """
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise PapertrackError(
            'the note is empty: write papertrack note llama "worth a second look"'
        )
    return f"{on.isoformat()}: {said}"


def with_line(notes: str | None, text: str, on: date) -> str:
    """Return the notes with the text below them, dated."""
    line = dated(text, on)
    if not notes or not notes.strip():
        return _ended(line)
    return _ended(f"{notes.removesuffix(_END)}{_END}{line}")


def as_typed(text: str) -> str | None:
    """Return the notes that came back from an editor, None where nothing is left of them."""
    return _ended(text.rstrip()) if text.strip() else None


def faults(text: str) -> list[Fault]:
    """Return the lines that are no text: they were saved in another encoding."""
    return [
        Fault(number, "this line is not UTF-8: save the file as UTF-8")
        for number, line in enumerate(text.split(_END), start=1)
        if any("\ud800" <= sign <= "\udfff" for sign in line)
    ]


def _ended(text: str) -> str:
    """Return several lines with a line end behind the last, one line alone without."""
    return f"{text}{_END}" if _END in text else text
