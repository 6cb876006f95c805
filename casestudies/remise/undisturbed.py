"""Running other code beside a learner's session without changing it: variables, folder, figures, screen, chance."""

import io
import os
import random
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

from casestudies.session import running_shell


class _Nowhere(io.TextIOBase):
    """A stream that keeps nothing."""

    def write(self, text: str) -> int:
        """Take a text and forget it."""
        return len(text)


@contextmanager
def undisturbed(folder: Path, variables: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give names of their own to the code that runs in this context, in ``folder``, with these environment variables.

    All the rest is put back at the end: working folder, environment, import path, figures and matplotlib's settings,
    random generators, warnings. Nothing is shown, no widget reaches the page.
    """
    with ExitStack() as stack:
        for kept in (_folder(folder), _environment(variables), _chance(), _figures(), _widgets(), _screen()):
            stack.enter_context(kept)
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(redirect_stdout(_Nowhere()))
        stack.enter_context(redirect_stderr(_Nowhere()))
        yield stack.enter_context(_main())


@contextmanager
def _main() -> Iterator[dict[str, Any]]:
    made, before, path = ModuleType("__main__"), sys.modules["__main__"], list(sys.path)
    sys.modules["__main__"] = made
    try:
        yield vars(made)
    finally:
        sys.modules["__main__"] = before
        sys.path[:] = path


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _chance() -> Iterator[None]:
    import numpy as np

    before, numbers = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(before)
        np.random.set_state(numbers)


@contextmanager
def _figures() -> Iterator[None]:
    """Set matplotlib's open figures and settings apart, and close those that the code opens."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt
    from matplotlib._pylab_helpers import Gcf

    mine = dict(Gcf.figs)
    Gcf.figs.clear()
    try:
        with mpl.rc_context():
            yield
    finally:
        plt.close("all")
        Gcf.figs.update(mine)


@contextmanager
def _widgets() -> Iterator[None]:
    """Let widgets be made, and closed at the end, without the page hearing of it."""
    try:
        import comm
        from ipywidgets.widgets import widget
    except ImportError:  # without them the code makes none
        yield
        return
    before, known = comm.create_comm, set(widget._instances)
    comm.create_comm = comm.DummyComm
    try:
        yield
    finally:
        for name in set(widget._instances) - known:
            widget._instances[name].close()
        comm.create_comm = before


@contextmanager
def _screen() -> Iterator[None]:
    """Show nothing in the notebook's page."""
    shell = running_shell()
    if shell is None:
        yield
        return
    from IPython.core.displaypub import DisplayPublisher

    class Silent(DisplayPublisher):  # type: ignore[misc, unused-ignore]
        def publish(self, *_: object, **__: object) -> None:
            """Show nothing, keep nothing."""

    before = shell.display_pub
    shell.display_pub = Silent()
    try:
        yield
    finally:
        shell.display_pub = before
