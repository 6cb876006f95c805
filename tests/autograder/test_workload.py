"""The time of a notebook is counted by one rule: each part of it is seen, and so is what is outside the limits."""

from dataclasses import replace

import pytest

from autograder.authoring import workload
from autograder.authoring.integrity import source_notebooks
from autograder.authoring.workload import Workload

USUAL = Workload(words=2000, lines=15, choices=6, deliverables=("table", "text"), announced=70)
NAME = "e2-performance/02-analyse-avant-apres"


def problems(**changes: object) -> str:
    return " ".join(replace(USUAL, **changes).problems())


def test_what_is_inside_the_limits_says_nothing() -> None:
    assert problems() == ""
    assert problems(announced=63) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lines": 25}, "88 minutes, hors de 60 à 75"),
        ({"lines": 2}, "42 minutes, hors de 60 à 75"),
        ({"words": 2600}, "2600 mots"),
        ({"announced": 60}, "annonce 60 minutes, le calcul en donne 68"),
        ({"announced": None}, "n’annonce pas de minutes"),
    ],
)
def test_what_is_outside_the_limits_is_said(changes: dict[str, object], said: str) -> None:
    assert said in problems(**changes)


def counted(*cells: tuple[str, str]) -> Workload:
    """Return the workload of a notebook made of (grade id or kind, source)."""
    made = []
    for kind, source in cells:
        metadata = {} if kind in ("markdown", "code", "folded") else {"nbgrader": {"grade_id": kind, "solution": True}}
        if kind == "folded":
            metadata = {"jupyter": {"source_hidden": True}}
        cell_type = "markdown" if kind == "markdown" else "code"
        made.append({"cell_type": cell_type, "metadata": metadata, "source": [source]})
    return workload.workload(NAME, {"cells": made})


def solved(text: str) -> str:
    return f"x = None\n### DÉBUT SOLUTION\n{text}\n### FIN SOLUTION"


def test_only_what_a_learner_writes_is_a_line() -> None:
    assert counted(("aq2-base", solved("a = 1\nb = (\n    a + 1\n)"))).lines == 2
    assert counted(("aq2-placebo", solved("a = 1\nif a:\n    b = 2"))).lines == 0, "a choice is counted as a choice"
    assert counted(("r2-constats", solved("a = 1"))).lines == 0, "a deliverable is counted as a deliverable"
    assert counted(("code", "# Trou 1\nbase = None  # an_dernier * …\nprint(base)")).lines == 1
    assert counted(("folded", "base = None")).lines == 0


def test_a_conversation_takes_time_unless_it_is_optional() -> None:
    bare = counted()
    talked = counted(("code", 'dossier.conversation("alternante-isolee")'))
    assert talked.minutes - bare.minutes == workload.MINUTES_A_CONVERSATION
    optional = counted(("folded", '# Facultatif : une réunion\ndossier.conversation("equipe-tendue")'))
    assert optional.minutes == bare.minutes


def test_words_are_those_of_texts_and_of_what_is_opened() -> None:
    bare = counted().words
    assert counted(("markdown", "Une **courte** phrase.")).words == bare + 3
    whole = counted(("code", 'dossier.document("hypotheses-de-gestion")')).words - bare
    part = counted(("code", 'dossier.document("hypotheses-de-gestion", "Nouveaux clients")')).words - bare
    assert 0 < part < whole / 3
    assert counted(("code", "dossier.message()")).words > bare + 100


def test_every_notebook_is_counted() -> None:
    for name, notebook in source_notebooks().items():
        found = workload.workload(name, notebook)
        assert found.words > 1000, name
        assert found.questions >= 6, name
        assert found.minutes > 40, name
