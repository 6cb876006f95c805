"""Notebook 01: the indicators of the promotion (B1-C12)."""

from autograder import metrics
from autograder.cases import Case
from autograder.checks.close_to import CloseTo
from autograder.questions.model import Key, Series, wrongs

SERIES = Series("e2-performance/01-indicateurs-promotion", company="kerlavandre")


@SERIES.ask(
    "q-sessions",
    "Sessions pendant la promotion",
    "B1-C12",
    CloseTo("sessions", 0),
    hints=(
        "Quelle colonne compte les visites, et non les personnes ?",
        "Gardez les lignes de la promotion, puis additionnez la colonne des sessions.",
        "Sur trois jours à 100, 120 et 80 sessions, le total est de 300 sessions.",
    ),
)
def sessions(case: Case) -> Key:
    """Sum of the sessions over the promotion."""
    table = case.period("pendant").filtrer(case.table("sessions_jour"))
    return Key(float(table["sessions"].sum()), wrongs({"M125": float(table["utilisateurs"].sum())}))
