"""The browser, where there is one."""

import os
import sys


def open_page(address: str) -> bool:
    """Open the address in the browser; say whether there was one to do it."""
    if not _has_browser():
        return False
    import webbrowser  # looks for every browser there is, needed for one command

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def _has_browser() -> bool:
    """Say whether there is a screen to open a window on, or a browser that the person chose."""
    if sys.platform in {"darwin", "win32"}:
        return True
    chosen = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    return any(os.environ.get(name) for name in chosen)
