import sys
import webbrowser

import pytest

from papertrack.terminal import browser


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    addresses: list[str] = []

    def open_(address: str) -> bool:
        addresses.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", open_)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    return addresses


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"])
def test_a_screen_or_a_chosen_browser_opens_pages(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(name, "something")
    assert browser.open_page("https://a.org")
    assert asked == ["https://a.org"]


def test_without_a_screen_nothing_is_opened(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert not browser.open_page("https://a.org")
    assert asked == []


def test_a_mac_has_a_screen(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert browser.open_page("https://a.org")
    assert asked == ["https://a.org"]


@pytest.mark.parametrize("error", [webbrowser.Error("none"), OSError("none")], ids=repr)
def test_a_browser_that_does_not_start_is_none(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_: str) -> bool:
        raise error

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(webbrowser, "open", fail)
    assert not browser.open_page("https://a.org")
