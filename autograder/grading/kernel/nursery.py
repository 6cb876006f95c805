"""The preloaded process: it imports what notebooks need once, then forks one confined child for each submission.

For each connection it forks a supervisor, which never runs a learner's code: it enters the namespaces, forks the child
that does, and then only listens for « interrupt » and « kill », and for the other side going away.
"""

import gc
import io
import os
import select
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from autograder.grading import wall
from autograder.grading.kernel import frames, shell
from autograder.grading.kernel.frames import INTERRUPT

INLINE = "module://matplotlib_inline.backend_inline"
"""Where charts go in a notebook; ipykernel says so by the same variable."""


def warm_up(modules: list[str]) -> None:
    """Import ``modules`` and go once through what notebooks do: a table read, grouped, drawn and shown."""
    os.environ["MPLBACKEND"] = "agg"
    for name in modules:
        import_module(name)
    import numpy as np
    import pandas as pd
    from IPython.core.pylabtools import print_figure
    from matplotlib import pyplot

    read = pd.read_csv(io.StringIO("jour,nom,valeur\n2026-01-01,é,1.5\n2026-02-01,b,2.5\n"), parse_dates=["jour"])
    grouped = read.groupby("nom")[["valeur"]].sum().sort_values("valeur")
    read.set_index("jour")["valeur"].resample("MS").sum()
    pd.testing.assert_series_equal(grouped["valeur"], grouped["valeur"])
    np.isclose(grouped["valeur"], 1.5)
    figure, (left, right) = pyplot.subplots(1, 2)
    grouped.plot.bar(ax=left)
    read.plot(x="jour", y="valeur", ax=right)
    left.set_title("é")
    left.legend()
    print_figure(figure)
    read.head().to_html()
    str(read)
    _as_if_nothing_was_drawn()


def _as_if_nothing_was_drawn() -> None:
    """Have the first figure of a notebook choose where it is shown, as it does in JupyterLab.

    A notebook that draws elsewhere (« agg ») neither shows nor draws a figure by itself.
    """
    import matplotlib
    from matplotlib import pyplot

    pyplot.close("all")
    pyplot.uninstall_repl_displayhook()
    pyplot._backend_mod = None
    sys.modules.pop("matplotlib_inline.backend_inline", None)  # it takes its place in the shell when it is imported
    os.environ["MPLBACKEND"] = INLINE
    matplotlib.rcParams["backend"] = INLINE


def main(path: str, modules: list[str]) -> None:
    """Serve on the UNIX socket ``path`` until standard input closes."""
    gc.disable()  # it would look again and again through all that is imported, and find nothing
    kernel = shell.make_kernel()
    with (
        kernel.shell.builtin_trap
    ):  # pandas and matplotlib look, when they are imported, for the shell they will show in
        warm_up(modules)
        shell.rehearse(kernel)
    prepared = wall.prepare(*wall.default_readable())
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "autograder"}
    assert hidden  # kept here: a learner's code finds neither the grader's modules nor, behind the wall, their files
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors that end leave nothing behind
    gc.freeze()  # children share what is here: their collector must not touch it
    gc.enable()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(64)
    watched = select.poll()
    for descriptor in (listener.fileno(), sys.stdin.fileno()):
        watched.register(descriptor, select.POLLIN | select.POLLHUP)
    while True:
        for descriptor, _ in watched.poll():
            if descriptor != listener.fileno():
                return
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _in_child(lambda conn=connection: _supervise(conn, kernel, prepared))
            connection.close()


def _in_child(work: Any) -> None:
    """Do ``work`` and end there, whatever happens: a forked process never goes back to its parent's loop."""
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def _supervise(connection: socket.socket, kernel: Any, prepared: Any) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    body, descriptors, _, _ = socket.recv_fds(connection, frames.MAX_FRAME_BYTES, 1)
    request = frames.parse(body)
    sock = socket.socket(fileno=descriptors[0])
    entered = wall.separate()
    child = os.fork()
    if child == 0:
        connection.close()
        _in_child(lambda: _run(sock, request, kernel, entered, prepared))
    sock.close()
    _watch(connection, child)
    _, status, usage = os.wait4(child, 0)
    killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    end = {"signal": killed_by, "peak_kib": usage.ru_maxrss, "cpu_s": usage.ru_utime + usage.ru_stime}
    connection.sendall(frames.pack(end))


def _watch(connection: socket.socket, child: int) -> None:
    """Wait until ``child`` ends; pass interrupts on; kill it when asked to, or when nobody listens any more."""
    ended = os.pidfd_open(child)
    watched = select.poll()
    watched.register(ended, select.POLLIN)
    watched.register(connection, select.POLLIN | select.POLLHUP)
    while True:
        for descriptor, _ in watched.poll():
            if descriptor == ended:
                return
            command = connection.recv(1)
            if command == INTERRUPT:
                os.kill(child, signal.SIGINT)
            else:
                os.kill(child, signal.SIGKILL)
                if not command:
                    watched.unregister(connection)


def _run(sock: socket.socket, request: dict[str, Any], kernel: Any, entered: Any, prepared: Any) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request["environment"])
    files = Path(request["files"]) if request["files"] else None
    limits = wall.Limits(**request["limits"])
    confined = wall.confine(Path(request["folder"]), files, prepared, limits, keep=(sock.fileno(),))
    missing = [protection.code for protection in (*entered, *confined) if not protection.on]
    frames.send(sock, {"msg_type": "confined", "missing": missing})
    sys.path[:] = [entry for entry in sys.path if entry]
    sys.path.insert(0, "")
    shell.run_cells(kernel, sock)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
