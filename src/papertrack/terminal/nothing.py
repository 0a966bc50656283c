"""What a person reads where there is no paper to show: what to type next."""


def no_papers(of: int | None) -> str:
    """Return a line for no papers out of so many in all: an empty list, or none that match."""
    if not of:
        return "0 papers: papertrack add TITLE adds one, papertrack import README.md brings many"
    papers = "paper" if of == 1 else "papers"
    return f"0 of {of:,} {papers} (papertrack help query explains queries)"
