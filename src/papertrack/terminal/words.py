"""Numbers and days as people say them."""

_MONTH, _YEAR = 30.4, 365


def how_many(count: int, one: str, many: str = "") -> str:
    """Return the count with its noun: `1 paper`, `1,234 papers`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def how_long(days: int) -> str:
    """Return a number of days in the largest unit that fits twice: `5 days`, `3 months`."""
    for size, unit in ((_YEAR, "year"), (_MONTH, "month"), (7, "week")):
        if days >= 2 * size:
            return how_many(int(days / size), unit)
    return how_many(days, "day")


def ago(days: int) -> str:
    """Return when it was: `today`, `yesterday`, `3 weeks ago`."""
    return {0: "today", 1: "yesterday"}.get(days, f"{how_long(days)} ago")
