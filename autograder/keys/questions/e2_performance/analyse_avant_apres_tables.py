"""What the table of findings, the chart and the note of notebook 02 must look like before a person reviews them."""

from autograder.keys.checks.charts import AlternativeText, DrawnSeries, LabelledAxes, MarkedWindow, MessageTitle
from autograder.keys.checks.evidence import CitesEvidence
from autograder.keys.checks.rows import DistinctRows
from autograder.keys.checks.structure import Columns, Filled, SomeFilled
from autograder.keys.checks.texts import CellFigures, FiguresQuoted, Mentions, TextLength, TitleLine
from autograder.keys.questions import questions_of
from autograder.keys.questions.e2_performance.analyse_avant_apres import KEYS

ALWAYS = ("constat", "ampleur", "cause_probable", "preuve", "décision")
SOMETIMES = ("intervalle", "autre_cause", "limite")

LIMIT_WORDS = (
    "limite", "limites", "incertitude", "incertain", "incertaine", "prudence", "réserve", "hypothèse", "hypothèses",
    "à confirmer", "ne prouve pas", "ne permet pas", "ne dit pas", "ne savons pas", "ignorons", "reste à vérifier",
)  # fmt: skip
DECISION_WORDS = (
    "recommandons", "recommande", "recommandation", "décision", "décider", "proposons", "propose", "préconisons",
    "préconise", "conseillons", "conseille", "suggérons", "suggère",
)  # fmt: skip

KEYS.table(
    "q2-constats",
    Columns((*ALWAYS, *SOMETIMES), rows=3),
    Filled(ALWAYS),
    DistinctRows("constat"),
    TextLength(4, 40, "constat"),
    CellFigures("ampleur", "un chiffre avec son unité"),
    CellFigures("intervalle", "deux bornes", least=2),
    SomeFilled("intervalle", "un intervalle à 95 %"),
    SomeFilled("autre_cause", "une autre explication possible"),
    SomeFilled("limite", "une limite tirée du cas"),
    CitesEvidence("preuve", questions_of),
)

KEYS.chart(
    "q2-graphique",
    MessageTitle(),
    LabelledAxes(),
    DrawnSeries(2),
    MarkedWindow(),
    AlternativeText(),
)

KEYS.text(
    "q2-note",
    TextLength(120, 200),
    TitleLine(),
    FiguresQuoted(2),
    Mentions("de limite (« limite », « incertitude », « hypothèse »…)", LIMIT_WORDS),
    Mentions("de décision (« nous recommandons », « nous proposons »…)", DECISION_WORDS),
)
