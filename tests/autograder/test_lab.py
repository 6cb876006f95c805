"""The study folder's JupyterLab: what is written, what is said, how it stops; no browser here (see tests/course)."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.course import lab
from autograder.course.lab import LABEXTENSIONS, Lab, free_port, open_lab, prepare, stop, write_settings
from casestudies.errors import CasekitError
from casestudies.study import HOME


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study folder that already holds a notebook, so that none is released."""
    folder = tmp_path / "étude à moi"
    (folder / "e2-performance").mkdir(parents=True)
    (folder / "e2-performance" / "01.ipynb").write_text("{}", encoding="utf-8")
    return folder


def test_the_settings_are_french_and_ask_nothing(tmp_path: Path) -> None:
    write_settings(tmp_path / "settings")
    overrides = json.loads((tmp_path / "settings" / "overrides.json").read_text(encoding="utf-8"))
    assert overrides["@jupyterlab/translation-extension:plugin"]["locale"] == "fr_FR"
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    page = json.loads((tmp_path / "settings" / "page_config.json").read_text(encoding="utf-8"))
    assert page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"] is True


def test_every_setting_is_one_that_jupyterlab_knows() -> None:
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    for plugin, settings in lab.SETTINGS.items():
        package, name = plugin.split(":")
        known = json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))["properties"]
        assert set(settings) <= set(known), plugin


def test_everything_stays_in_the_study_folder_and_the_token_out_of_the_command(study: Path) -> None:
    server = Lab(study, 8888, "secret")
    command = server.command(browser=True)
    assert not any("secret" in part for part in command)
    kept = [part.split("=", 1)[1] for part in command if part.endswith(("settings", "workspaces")) and "=" in part]
    assert len(kept) == 3
    assert all(Path(path).is_relative_to(study / ".casekit") for path in kept)
    assert server.environment({"PATH": "x"})["JUPYTER_TOKEN"] == "secret"
    assert "--ServerApp.ip=127.0.0.1" in command


def test_jupyterlab_is_given_our_extensions_but_where_copies_are_read(tmp_path: Path) -> None:
    given = f"--LabApp.extra_labextensions_path={LABEXTENSIONS}"
    assert given in Lab(tmp_path, 9999, "secret").command(browser=False)
    assert given not in Lab(tmp_path, 9999, "secret", copies=True).command(browser=False)
    package = LABEXTENSIONS / "casekit"
    described = json.loads((package / "package.json").read_text(encoding="utf-8"))
    script = (package / described["jupyterlab"]["_build"]["load"]).read_text(encoding="utf-8")
    assert described["name"] == package.name
    assert f"window._JUPYTERLAB ??= {{}}).{package.name} =" in script
    asked = re.search(r"(\[[^\[\]]*\])\.map\(\(name\) => import", script)
    assert asked is not None
    assert all((package / "static" / name).is_file() for name in json.loads(asked[1]))


def test_a_port_in_use_is_left_to_its_owner() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port
        with pytest.raises(CasekitError, match="Aucun port libre"):
            free_port(port, tries=1)


def test_work_already_there_is_not_prepared_again(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(study.rglob("*"))
    assert prepare(study).page == f"/lab/tree/{HOME}"
    assert sorted(study.rglob("*")) == sorted([*before, study / HOME])  # made before there was a home
    assert capsys.readouterr().out == ""


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "etude").write_text("", encoding="utf-8")
    with pytest.raises(CasekitError, match="est un fichier"):
        open_lab(tmp_path / "etude", browser=False)


def test_a_server_that_fails_says_where_to_look(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lab, "command", lambda self, browser: [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(CasekitError, match=r"n’a pas démarré.*journal\.log"):
        open_lab(study, browser=False)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C est simulé par un signal POSIX.")
@pytest.mark.parametrize(
    ("name", "send"),
    [("SIGINT", "killpg"), ("SIGTERM", "kill"), ("SIGHUP", "kill")],
    ids=["Ctrl+C, to the command and to its server", "an end asked of the command alone", "a terminal that is closed"],
)
def test_whatever_ends_the_command_stops_the_server_cleanly(study: Path, name: str, send: str) -> None:
    port = free_port(20000 + os.getpid() % 5000)
    words = ["lab", str(study), "--port", str(port), "--sans-navigateur"]
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler); signal.signal(signal.SIGHUP, signal.SIG_DFL)"
    code = f"import signal; {heard}; from autograder.cli import main; main({words!r})"  # what runs behind ignores both
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        start_new_session=True, env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        limit = time.monotonic() + 60
        server = Lab(study.resolve(), port, "")
        while not server.answers():
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < limit
            time.sleep(0.2)
        time.sleep(1)
        getattr(os, send)(process.pid, getattr(signal, name))
        out, err = process.communicate(timeout=40)
    finally:
        stop(process)
    assert process.returncode == 0, err
    assert "JupyterLab est ouvert" in out
    assert "token=" in out
    assert "JupyterLab est arrêté" in out
    assert "Traceback" not in out + err
    assert not server.answers()
