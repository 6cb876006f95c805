"""JupyterLab in French on a study folder, with settings of its own: the person's own settings are never touched.

Everything JupyterLab keeps for this folder (defaults, changed settings, open tabs, log) lies under ``.casekit/``.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import casestudies
from autograder.console import say, warn
from autograder.course.creation import study_folder
from autograder.course.home import write_home
from casestudies.errors import CasekitError, why
from casestudies.identity import STATE_FOLDER, write_json
from casestudies.study import HOME

HOST = "127.0.0.1"
FIRST_PORT = 8888
START_SECONDS = 60.0
STOP_SECONDS = 15.0
ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What ends the command besides Ctrl+C: another program, the closing of its terminal."""

SETTINGS: dict[str, dict[str, object]] = {
    "@jupyterlab/translation-extension:plugin": {"locale": "fr_FR"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {
        "codeCellConfig": {"lineNumbers": False, "lineWrap": True, "autoClosingBrackets": True, "matchBrackets": True},
        "markdownCellConfig": {"lineNumbers": False, "lineWrap": True},
        "windowingMode": "defer",
    },
    "@jupyterlab/docmanager-extension:plugin": {"autosave": True, "autosaveInterval": 30},
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
}
"""JupyterLab's defaults in a study folder, in the form of its ``overrides.json``."""

DISABLED = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/extensionmanager-extension",
    "@jupyter/nbgrader",
    "jupyterlab-jupytext",
)
"""What a learner has no use for: news, installing extensions, the trainer's tools, text twins."""

UNTITLED = {"notebook": "sans-titre", "file": "sans-titre", "directory": "nouveau-dossier"}
"""How new files and folders are called."""

LABEXTENSIONS = Path(casestudies.__file__).parent / "labextensions"
"""What JupyterLab is given where somebody studies: the home, the way back to where one was,
semicolons of CSV files read."""

NOTHING_FETCHED = "; ".join(
    (
        "frame-ancestors 'self'", "img-src 'self' data: blob:", "media-src 'self' data: blob:", "font-src 'self' data:",
        "object-src 'none'", "base-uri 'self'", "form-action 'self'",
    )
)  # fmt: skip
"""The policy of pages on which learners' copies are read: nothing of another server is shown, so that opening a copy
tells nobody."""


@dataclass(frozen=True)
class Lab:
    """One JupyterLab server to start: on which folder, behind which port and token, opened on which notebook."""

    folder: Path
    port: int
    token: str
    notebook: str = ""
    copies: bool = False
    """Whether other people's copies are read there."""

    @property
    def state(self) -> Path:
        """Return the hidden folder where JupyterLab keeps what belongs to this study folder."""
        return self.folder / STATE_FOLDER / "jupyterlab"

    @property
    def log(self) -> Path:
        """Return the file where JupyterLab writes its own messages."""
        return self.state / "journal.log"

    @property
    def url(self) -> str:
        """Return the address to open, with its token."""
        return f"http://{HOST}:{self.port}{self.page}?token={self.token}"

    @property
    def page(self) -> str:
        """Return the page that opens first."""
        return f"/lab/tree/{self.notebook}" if self.notebook else "/lab"

    def command(self, browser: bool) -> list[str]:
        """Return the command that starts the server; the token is not in it, where others could read it."""
        root = [] if not _is_root() else ["--allow-root"]
        policy = {"headers": {"Content-Security-Policy": NOTHING_FETCHED}}
        guarded = [f"--ServerApp.tornado_settings={json.dumps(policy)}"] if self.copies else []
        study = [] if self.copies else [f"--LabApp.extra_labextensions_path={LABEXTENSIONS}"]
        return [
            sys.executable, "-m", "jupyterlab", *root, *guarded, *study,
            f"--ServerApp.ip={HOST}", f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.folder}", "--ServerApp.answer_yes=True",
            f"--ServerApp.open_browser={browser}", f"--LabApp.default_url={self.page}",
            f"--LabApp.app_settings_dir={self.state / 'settings'}",
            f"--LabApp.user_settings_dir={self.state / 'user-settings'}",
            f"--LabApp.workspaces_dir={self.state / 'workspaces'}",
            *(f"--ContentsManager.untitled_{kind}={name}" for kind, name in UNTITLED.items()),
            "--LabApp.news_url=None", "--LabApp.extension_manager=readonly",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ]  # fmt: skip

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """Return the server's environment: the token, this Python's own commands first, errors in French."""
        started = base.get("PYTHONSTARTUP") or str(Path(casestudies.__file__).parent / "kernel_startup.py")
        path = os.pathsep.join(filter(None, (str(Path(sys.executable).parent), base.get("PATH", ""))))
        return {**base, "JUPYTER_TOKEN": self.token, "PATH": path, "PYTHONSTARTUP": started}

    def start(self, browser: bool = True) -> "subprocess.Popen[bytes]":
        """Write the settings and start the server.

        Raises
        ------
        CasekitError
            When the folder cannot be written.
        """
        write_settings(self.state / "settings")
        try:
            with self.log.open("wb") as log:
                return subprocess.Popen(  # noqa: S603  (our own Python, our own arguments)
                    self.command(browser), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                    env=self.environment(os.environ), cwd=self.folder,
                )  # fmt: skip
        except OSError as error:
            raise CasekitError(f"JupyterLab n’a pas pu démarrer dans {self.folder} : {why(error)}.") from error

    def answers(self) -> bool:
        """Return whether the server answers."""
        try:
            with urlopen(f"http://{HOST}:{self.port}/api", timeout=2) as reply:
                return isinstance(json.load(reply), dict)
        except (URLError, OSError, ValueError):
            return False


def write_settings(folder: Path) -> None:
    """Write JupyterLab's defaults for this study folder; a setting that the learner changes stays changed.

    Raises
    ------
    CasekitError
        When the folder cannot be written.
    """
    page = {"disabledExtensions": dict.fromkeys(DISABLED, True)}
    if not (write_json(folder / "overrides.json", SETTINGS) and write_json(folder / "page_config.json", page)):
        raise CasekitError(f"Les réglages de JupyterLab ne peuvent pas être écrits dans {folder}.")


def free_port(first: int = FIRST_PORT, tries: int = 50) -> int:
    """Return the first free port from ``first`` on this machine.

    Raises
    ------
    CasekitError
        When none of the ports tried is free.
    """
    for port in range(first, first + tries):
        with socket.socket() as probe:
            if os.name == "posix":  # elsewhere this option would let a port in use pass for free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CasekitError(f"Aucun port libre entre {first} et {first + tries - 1} : donnez-en un autre avec « --port ».")


def prepare(folder: Path, port: int = FIRST_PORT, notebook: str = HOME) -> Lab:
    """Make the study folder where it is missing or incomplete, and return the server to start on it.

    Raises
    ------
    CasekitError
        When the folder cannot be written or no port is free.
    """
    if folder.exists() and not folder.is_dir():
        raise CasekitError(f"{folder} est un fichier : donnez le nom d’un dossier.")
    if not any(folder.glob("*/*.ipynb")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CasekitError(f"Le dossier {folder} ne peut pas être écrit : {why(error)}.") from error
        written = study_folder(folder)
        say(f"Dossier d’étude préparé dans {folder} : {len(written)} fichier(s).")
    write_home(folder)
    return Lab(folder.resolve(), free_port(port), secrets.token_urlsafe(24), notebook)


def open_lab(folder: Path, port: int = FIRST_PORT, browser: bool = True, notebook: str = HOME) -> int:
    """Open JupyterLab in French on a study folder until it is stopped; return the exit code.

    It opens on the home, or on another ``notebook`` of the folder.

    Raises
    ------
    CasekitError
        When the folder cannot be written, or the server does not start.
    """
    return run_lab(prepare(folder, port, notebook), browser)


def open_notebook(folder: Path, notebook: str, port: int = FIRST_PORT, browser: bool = True) -> int:
    """Open JupyterLab in French on one notebook of a folder until it is stopped; return the exit code.

    Raises
    ------
    CasekitError
        When no port is free, or the server does not start.
    """
    return run_lab(Lab(folder.resolve(), free_port(port), secrets.token_urlsafe(24), notebook, copies=True), browser)


def run_lab(lab: Lab, browser: bool) -> int:
    """Start a server, say where it is, and wait until it is stopped; return the exit code.

    Raises
    ------
    CasekitError
        When its settings cannot be written, or it does not start.
    """
    if _is_root():
        warn("Vous travaillez en tant qu’administrateur (root) : préférez votre compte habituel.")
    say("JupyterLab démarre…")
    for number in ENDINGS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    server = lab.start(browser)
    try:
        if not _wait(lambda: server.poll() is not None or lab.answers(), START_SECONDS) or server.poll() is not None:
            raise CasekitError(f"JupyterLab n’a pas démarré. Ses messages sont dans {lab.log}.")
        say(f"JupyterLab est ouvert sur {lab.folder}.")
        say(f"Adresse : {lab.url}")
        say("Pour l’arrêter : Ctrl+C dans cette fenêtre. Votre travail est enregistré automatiquement.")
        code = server.wait()
    except KeyboardInterrupt:
        say("\nJupyterLab s’arrête…")
        code = 0
    finally:
        stop(server)
    if code:
        warn(f"JupyterLab s’est arrêté sur une erreur (code {code}). Ses messages sont dans {lab.log}.")
        return 1
    say("JupyterLab est arrêté. Vos notebooks restent dans le dossier.")
    return 0


def _interrupt(*_: object) -> None:
    """Do as Ctrl+C does: a command that just ended would leave its server running."""
    raise KeyboardInterrupt


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Stop a server with its kernels: ask first, insist when it does not answer."""
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()
        server.wait()


def _wait(done: Callable[[], bool], seconds: float) -> bool:
    """Wait until ``done()``; return whether it came in time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if done():
            return True
        time.sleep(0.2)
    return False


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
