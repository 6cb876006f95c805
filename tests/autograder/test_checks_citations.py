"""The rules about what a table cites, from the case or from another table; and what a missing column changes."""

import pytest
from rules import Desk, rows, said, survives

from autograder.keys.checks.amounts import Recomputed, WithinRange
from autograder.keys.checks.evidence import CitesEvidence, CoversAll, EvidenceExists, ExistingIds
from autograder.keys.checks.rows import OneRowEach
from autograder.keys.checks.structure import Columns, Filled, Structure
from autograder.keys.checks.tables import by_plain, cited
from autograder.keys.checks.texts import TextLength
from autograder.keys.evaluation import evaluate
from autograder.keys.model import Question
from autograder.keys.questions import questions_of
from autograder.keys.variants import reference_case
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

FACTS = Desk(
    {"faits": [{"fait_id": "F01"}, {"fait_id": "F02"}, {"fait_id": 3}]},
    s2_swot=rows("id quadrant", ("O1", "opportunité"), ("M1", "menace"), (1, "force")),
)
EVIDENCE = EvidenceExists("preuve", "faits", "fait_id")
IDS = ExistingIds("croise", "s2-swot", "ID")
COVER = CoversAll("croise", "s2-swot", "id")


def test_evidence_is_in_the_table() -> None:
    good = rows("preuve", ("F01",), ("f02 ; F01",), ("F01 et 3",), (3,), ("",))
    assert said(EVIDENCE, good, FACTS) == ""
    survives(EVIDENCE, good, FACTS)
    remark = said(EVIDENCE, rows("preuve", ("F01",), ("F01, F9",)), FACTS)
    assert remark.startswith("Ligne 2, colonne « preuve » : « F9 » n’est pas dans la colonne « fait_id »")
    assert "n’est pas dans" in said(EVIDENCE, rows("preuve", ("aucune",)), FACTS)


def test_ids_of_another_table() -> None:
    good = rows("croise", ("O1, M1",), ("1",), ("-",), (None,))
    for rule in (IDS, COVER):
        assert said(rule, good, FACTS) == ""
        survives(rule, good, FACTS)
    assert "« O9 » n’est pas dans la colonne « ID » de votre réponse à « s2-swot »" in said(
        IDS, rows("croise", ("O1 O9",)), FACTS
    )
    assert "aucune ligne ne cite « M1 »" in said(COVER, rows("croise", ("O1 + 1",)), FACTS)


@pytest.mark.parametrize("answer", [None, "du texte", [{"autre": 1}], [{"id": ""}], print])
def test_nothing_is_said_while_the_other_table_is_missing(answer: object) -> None:
    desk = Desk(s2_swot=answer)
    for rule in (IDS, COVER):
        assert said(rule, rows("croise", ("O9",)), desk) == ""
        assert said(rule, rows("croise", ("O9",)), Desk()) == ""


def test_ids_may_hold_spaces() -> None:
    assert cited("Cadrer le projet, Relire", by_plain(["Cadrer le projet", "relire"])) == (
        ["Cadrer le projet", "relire"],
        [],
    )
    assert cited("Aucun", by_plain(["T1"])) == ([], [])


def test_evidence_names_a_question_whatever_its_letter() -> None:
    case = reference_case("kerlavandre")
    rule = CitesEvidence("preuve", questions_of)
    assert said(rule, rows("preuve", ("q2-net",), ("la table Ventes_jour",)), case) == ""
    assert "la question « s9-rien » n’existe pas" in said(rule, rows("preuve", ("s9-rien",)), case)
    assert "citez une table (par exemple « " in said(rule, rows("preuve", ("je l’ai vu",)), case)


HINTS = ("Une ?", "Deux.", "Trois.")
RULES = (
    Columns(("levier", "note", "motif")),
    OneRowEach("levier", ("SEO", "SEA")),
    Filled(("levier", "note")),
    WithinRange("note", 1, 5),
    TextLength(2, 9, "motif"),
    Recomputed("note", lambda case, row: 3.0 if row["levier"] else None, "trois"),
)


def finding(answer: object) -> Finding:
    question = Question("s1-x", "Essai", "B1-C01", Structure("table", RULES), HINTS)
    return evaluate(question, reference_case("kerlavandre"), encode(answer))


def test_a_missing_column_is_said_once_and_its_rules_earn_nothing() -> None:
    good = rows("levier note motif", ("SEO", 3, "Très utile"), ("SEA", 3, "Très cher"))
    assert finding(good).outcome is Outcome.READY
    for name, lost in (("levier", 4), ("note", 4), ("motif", 2)):
        found = finding([{key: cell for key, cell in row.items() if key != name} for row in good])
        assert found.remarks == (f"La colonne « {name} » manque.",)
        assert found.fraction == pytest.approx(1 - lost / len(RULES))


def test_a_table_without_any_of_the_columns_earns_nothing() -> None:
    found = finding([{"autre": 1}])
    assert (found.outcome, found.fraction, len(found.remarks)) == (Outcome.TO_COMPLETE, 0.0, 3)


def test_an_optional_column_may_be_missing() -> None:
    question = Question("s1-x", "Essai", "B1-C01", Structure("table", (Columns(("a",)), TextLength(2, 9, "b"))), HINTS)
    assert evaluate(question, reference_case("kerlavandre"), encode([{"a": 1}])).outcome is Outcome.READY
