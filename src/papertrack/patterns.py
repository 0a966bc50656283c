"""Regular expressions that are compiled when they are first used.

The modules of a command hold hundreds of them, of which it meets a few: compiling all would take a
tenth of a short command's time. So what stands at the top of a module is a `pattern`.
"""

import re
from typing import AnyStr, Generic, cast

_METHODS = ("fullmatch", "match", "search", "findall", "finditer", "split", "sub", "subn")


def pattern(text: AnyStr, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[AnyStr]:
    """Return what `re.compile` would; a text that is no regular expression fails with its use."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))


class _Pattern(Generic[AnyStr]):
    """A compiled pattern's methods, and its text for those that are built of it."""

    def __init__(self, text: AnyStr, flags: re.RegexFlag) -> None:
        self.pattern: AnyStr = text
        self._given_flags = flags

    def __getattr__(self, name: str) -> object:
        # Whoever asks for one method gets them all, so that this is passed once.
        compiled = re.compile(self.pattern, self._given_flags)
        vars(self).update({each: getattr(compiled, each) for each in _METHODS})
        return getattr(compiled, name)
