"""The command line: complete help, French sentences for errors, meaningful exit codes, no traceback."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.cli.jury import day_of
from autograder.cli.locale import COMPILED, compiled

COMMANDS = sorted(main.commands)


def run(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "autograder", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_french(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "Utilisation" in result.output
    assert main.commands[command].help
    for parameter in main.commands[command].params:
        if parameter.param_type_name == "option":
            assert parameter.help, parameter.name


def test_the_kind_of_a_value_is_said_in_french() -> None:
    assert "DOSSIER" in CliRunner().invoke(main, ["export", "csv", "--help"]).output


def test_the_help_waits_for_no_library() -> None:
    code = "import sys, autograder.cli; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert "click" in loaded
    assert not {"nbgrader", "nbformat", "sqlalchemy", "numpy", "pandas", "matplotlib"} & set(loaded)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grade", "e2-performance"], "casekit init"),
        (["release", "e2-performance"], "casekit init"),
        (["data", "inconnue"], "Noms possibles"),
        (["data", "kerlavandre", "--apprenant", "lea"], "--sortie"),
        (["grade"], "argument"),
        (["grad"], "commande"),
        (["sheets", "e2-performance", "--format", "odt"], "docx"),
    ],
)
def test_a_mistake_of_use_is_one_french_sentence(tmp_path: Path, arguments: list[str], words: str) -> None:
    result = run(*arguments, folder=tmp_path)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert "Error" not in result.stderr


def test_data_writes_a_learners_variant_where_asked(tmp_path: Path) -> None:
    result = run("data", "kerlavandre", "--apprenant", "lea", "--sortie", str(tmp_path / "ici"))
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "ici" / "kerlavandre" / "datapackage.json").is_file()


def test_the_french_words_are_compiled() -> None:
    assert COMPILED.read_bytes() == compiled()


@pytest.mark.slow
def test_init_says_what_comes_next(tmp_path: Path) -> None:
    result = run("init", "cours", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "eleves.csv" in result.stdout
    again = run("init", "cours", folder=tmp_path)
    assert again.returncode == 2
    assert "n’est pas vide" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["classe", "."], "Fichier '.' est un dossier"),
        (["export", "csv", "e2-performance", "--sortie", __file__], "est un fichier : donnez un dossier"),
        (["intake", "e2-performance", "--attribuer", "a"], "attend 2 valeurs"),
        (["recevoir", "e2-performance", "absent.zip"], "n’existe pas"),
        (["jury", "--date", "demain"], "30/06/2026"),
        (["nope"], "COMMANDE [ARGUMENTS]"),
    ],
)
def test_the_refusals_of_the_library_are_french_too(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert said in result.output
    for english in (" is a ", "does not", "requires", "Invalid", "Error", "COMMAND "):
        assert english not in result.output


@pytest.mark.parametrize("written", ["30/06/2026", "2026-06-30", "30 juin 2026"])
def test_a_day_is_taken_as_people_write_it(written: str) -> None:
    jury = main.commands["jury"]
    assert day_of(click.Context(jury), jury.params[0], written) == date(2026, 6, 30)


@pytest.mark.parametrize("group", [main, *(one for one in main.commands.values() if isinstance(one, click.Group))])
def test_the_list_of_commands_is_never_cut(group: click.Group) -> None:
    shown = " ".join(CliRunner().invoke(group, ["--help"], terminal_width=80).output.split())
    assert "..." not in shown.replace("[ARGUMENTS]...", "")
    for command in group.commands.values():
        assert " ".join((command.help or "").partition("\n\n")[0].split()) in shown
