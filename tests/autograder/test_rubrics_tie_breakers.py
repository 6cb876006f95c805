"""« 2 ou 3 ? »: one line of each rubric breaks the tie between the two levels that markers confuse."""

import re
import shutil
from pathlib import Path

import pytest

from autograder.referentiel import ReferentielError, load_rubrics, rubric
from autograder.referentiel.rubric import Rubric

RUBRICS = load_rubrics()


@pytest.mark.parametrize("one", RUBRICS.values(), ids=RUBRICS)
def test_it_says_what_to_look_at_and_where_it_leads(one: Rubric) -> None:
    assert 12 <= len(one.tie_breaker.split()) <= 45
    assert "niveau 2" in one.tie_breaker or "niveau 3" in one.tie_breaker
    assert one.for_markers == (*one.expected, f"2 ou 3 ? {one.tie_breaker}")


@pytest.mark.parametrize("one", RUBRICS.values(), ids=RUBRICS)
def test_it_says_more_than_the_anchors(one: Rubric) -> None:
    clauses = re.split(r"[.:;?]", one.tie_breaker)
    said = " ".join(anchor.text for anchor in one.anchors)
    assert [clause for clause in clauses if len(clause.split()) > 3 and clause.strip() in said] == []


def test_no_two_are_the_same() -> None:
    assert len({one.tie_breaker for one in RUBRICS.values()}) == len(RUBRICS)


def test_a_rubric_without_one_is_refused(tmp_path: Path) -> None:
    path = Path(shutil.copy(rubric.FOLDER / "B2-C01.toml", tmp_path))
    path.write_text(re.sub(r"(?m)^departage = .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ReferentielError, match=r"B2-C01\.toml.*departage.*absente"):
        rubric.read_rubrics(tmp_path)
