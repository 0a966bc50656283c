import subprocess
import sys

import pytest

_BEGIN = "import os, signal; from papertrack import __main__ as main, cli\n"
_PRESS = "os.kill(os.getpid(), signal.SIGINT); print('went on')"


@pytest.mark.slow
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("script", "status", "out"),
    [
        pytest.param(f"main.let_interrupts_end()\n{_PRESS}", 130, "", id="while loading"),
        pytest.param(
            "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            f"main.let_interrupts_end(); cli.raise_interrupts()\n{_PRESS}",
            0,
            "went on\n",
            id="where it is ignored",
        ),
        pytest.param(
            "signal.signal(signal.SIGINT, lambda *_: print('handled'))\n"
            f"main.let_interrupts_end(); cli.raise_interrupts()\n{_PRESS}",
            0,
            "handled\nwent on\n",
            id="where somebody else handles it",
        ),
        pytest.param(
            "main.let_interrupts_end(); cli.raise_interrupts()\n"
            f"try:\n    {_PRESS}\nexcept KeyboardInterrupt:\n    print('raised')",
            0,
            "raised\n",
            id="at work",
        ),
        pytest.param(
            "import sys; sys.unraisablehook = main.print_unraisable\n"
            "class Lock:\n    def __del__(self):\n        raise KeyboardInterrupt\n"
            "Lock(); print('went on')",
            0,
            "went on\n",
            id="where Python cannot raise it",
        ),
    ],
)
def test_an_interrupt_is_quiet(script: str, status: int, out: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _BEGIN + script], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (status, out, "")
