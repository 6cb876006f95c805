"""The catalogue of misconceptions is strictly read, well written and gives nothing away."""

import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from autograder.keys.misconceptions import CATALOGUE, CatalogueError, load_misconceptions

MISCONCEPTIONS = load_misconceptions()
NBSP = "\N{NO-BREAK SPACE}"
ENTRY = f"""[M01]
titre = "Rapport inversé"
explication = "Vous divisez à l’envers."
relance = "Lequel est une part{NBSP}?"
"""


def written(folder: Path, content: str) -> Path:
    path = folder / "catalogue.toml"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(CATALOGUE.glob("*.toml")), ids=lambda path: path.stem)
def test_ids_are_in_order_in_each_file(path: Path) -> None:
    entries = load_misconceptions(path)
    numbers = [int(key[1:]) for key in entries]
    assert numbers == sorted(numbers)
    assert all(item.id == key for key, item in entries.items())


def test_titles_tell_mistakes_apart() -> None:
    titles = [item.title for item in MISCONCEPTIONS.values()]
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if title.endswith(".")]


@pytest.mark.parametrize("key", MISCONCEPTIONS)
def test_texts(key: str) -> None:
    item = MISCONCEPTIONS[key]
    sentences = re.findall(r"[.!?…](?:\s|$)", item.explanation)
    assert 1 <= len(sentences) <= 2
    assert item.explanation.endswith(".")
    assert item.question.count("?") == 1
    assert not re.search(r"\d", item.explanation + item.question), "aucun chiffre"
    for text in (item.title, item.explanation, item.question):
        assert not re.search(r"['\"]", text)
        assert not re.search(rf"[^{NBSP}][;:?!»]|«[^{NBSP}]", text)
        assert not re.search(r"^\s|\s$|\s{2}", text)


def test_loaded_once_and_frozen() -> None:
    assert load_misconceptions() is MISCONCEPTIONS
    assert load_misconceptions(CATALOGUE) == MISCONCEPTIONS
    with pytest.raises(FrozenInstanceError):
        MISCONCEPTIONS["M01"].title = ""  # type: ignore[misc]


def test_another_catalogue(tmp_path: Path) -> None:
    assert load_misconceptions(written(tmp_path, ENTRY))["M01"].title == "Rapport inversé"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ENTRY + 'note = "non"\n', r"catalogue\.toml.*M01.*note.*inconnue"),
        (ENTRY.replace("explication", "explications"), r"catalogue\.toml.*M01.*explications.*inconnue"),
        (ENTRY.replace('explication = "Vous divisez à l’envers."\n', ""), r"M01.*explication.*absente"),
        (ENTRY.replace("Vous divisez à l’envers.", ""), r"M01.*explication.*texte non vide"),
        (ENTRY.replace("Rapport inversé", "a" * 61), r"M01.*titre.*60 signes"),
        (ENTRY.replace(f"{NBSP}?", "?"), r"M01.*relance.*insécable"),
        (ENTRY.replace("M01", "M1"), r"catalogue\.toml.*M1.*identifiant"),
        (ENTRY + ENTRY, r"catalogue\.toml.*illisible \(ligne 5"),
        ("M01 = 3\n", r"catalogue\.toml.*M01.*table est attendue"),
    ],
)
def test_strict_loading(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        load_misconceptions(written(tmp_path, content))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"absent\.toml.*introuvable"):
        load_misconceptions(tmp_path / "absent.toml")


def test_a_number_is_taken_once_in_all_files(tmp_path: Path) -> None:
    entry = '[M01]\ntitre = "Un titre"\nexplication = "Une explication."\nrelance = "Une question\u00a0?"\n'
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(entry, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"b\.toml"):
        load_misconceptions(tmp_path)
