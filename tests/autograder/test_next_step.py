"""What ``casekit`` says by itself: the next step of a course, from its folders."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course.next_step import next_steps

E2 = "e2-performance"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "notebooks" / E2).mkdir(parents=True)
    return tmp_path


def told(root: Path) -> str:
    return " ".join(next_steps(root)).replace("\u00a0", " ").replace("\u202f", " ")


def test_each_step_follows_from_the_one_before(root: Path) -> None:
    assert "casekit classe" in told(root)
    (root / "eleves.csv").write_text("identifiant\na\nb\n", encoding="utf-8")
    assert f"casekit release {E2}" in told(root)
    for folder, step in (
        (f"release/{E2}", f"casekit recevoir {E2}"), (f"submitted/a/{E2}", f"casekit grade {E2}"),
        (f"answers/{E2}/a", f"casekit feedback {E2}"), (f"feedback/a/{E2}", f"casekit sheets {E2}"),
        (f"fiches/{E2}", "casekit jury"),
    ):  # fmt: skip
        (root / "build" / folder).mkdir(parents=True)
        assert step in told(root)
    assert "1 copie(s) reçue(s) pour 2 personne(s), 1 corrigée(s)" in told(root)
    (root / "build" / "submitted" / "b" / E2).mkdir(parents=True)
    assert f"casekit grade {E2}" in told(root), "a copy that came late is graded first"


def test_a_list_at_fault_is_what_comes_first(root: Path) -> None:
    (root / "eleves.csv").write_text("identifiant\na\na\n", encoding="utf-8")
    assert "ligne 3" in told(root)


def test_the_command_alone_shows_the_help_then_the_next_step(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0, result.output
    assert result.output.index("grade") < result.output.index("casekit classe LISTE")
    monkeypatch.chdir(root.parent)
    assert "casekit init DOSSIER" in CliRunner().invoke(main, []).output.replace("\n", " ").replace("\u00a0", " ")
