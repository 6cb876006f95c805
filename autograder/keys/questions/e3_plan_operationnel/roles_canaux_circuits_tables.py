"""What the tables and the texts of notebook 04 must hold before people read them."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import plain
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows, OneRowEach
from autograder.keys.checks.tables import Row, filled_rows, shown
from autograder.keys.checks.texts import CellFigures, FiguresQuoted, Mentions, TextLength, TitleLine
from autograder.keys.questions.e3_plan_operationnel import roles_canaux_circuits as facts
from autograder.keys.questions.e3_plan_operationnel.roles_canaux_circuits import KEYS
from casestudies.answers import Value
from casestudies.french import short_number

ROLES, CHANNELS = Form("roles-messages"), Form("matrice-canaux")
KEPT = CHANNELS.choices("décision")[0]


def known_channels(case: Case) -> dict[str, dict[str, object]]:
    """Return what the tables say of each channel, by its plain name."""
    rows = case.fact(facts.channels).to_dict("index")
    return {plain(name): {str(key): cell for key, cell in row.items()} for name, row in rows.items()}


def envelope(case: Case) -> float:
    """Return what management allots to channels (€ excl. tax)."""
    said = case.table("cadrage_2027").set_index("cle")["valeur"].to_dict()
    return float(said["enveloppe_canaux_ht"])


@dataclass(frozen=True)
class AsRecorded:
    """The family and the role of each channel are those of the table of channels; other words are left to rules."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that says something else."""
        known, remarks = case.fact(known_channels), []
        for row, (channel, *cells) in filled_rows(answer, "canal", "famille", "rôle_visé"):
            recorded = known.get(plain(channel), {})
            for title, cell, key in zip(("famille", "rôle_visé"), cells, ("famille", "role_vise"), strict=True):
                offered = {plain(one) for one in CHANNELS.choices(title)}
                if recorded and plain(cell) in offered - {plain(recorded[key])}:
                    remarks.append(
                        f"Ligne {row} : {shown(cell)} dans « {title} » n’est pas ce que dit la table "
                        "« canaux_communication » de ce canal. Reprenez-la."
                    )
        return remarks


@dataclass(frozen=True)
class BothFamiliesForOneRole:
    """At least one role has a média and a hors-média, so that they are compared for the same people."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when no role has both."""
        found: dict[str, set[str]] = {}
        for _, (role, family) in filled_rows(answer, "rôle_visé", "famille"):
            found.setdefault(plain(role), set()).add(plain(family))
        wanted = {plain(name) for name in CHANNELS.choices("famille")}
        if any(wanted <= families for families in found.values()):
            return []
        return [
            "Aucun rôle n’a ici à la fois un média et un hors-média. Ajoutez celui qui manque, pour le même rôle : "
            "on ne compare que ce qui s’adresse aux mêmes gens."
        ]


@dataclass(frozen=True)
class WithinEnvelope:
    """The channels kept cost no more than what management allots."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when they cost more."""
        known, total = case.fact(known_channels), 0.0
        for _, (channel, decision) in filled_rows(answer, "canal", "décision"):
            recorded = known.get(plain(channel))
            if recorded and plain(decision) == plain(KEPT):
                total += float(str(recorded["cout_ht"]))
        if total <= case.fact(envelope):
            return []
        return [
            f"Les canaux retenus coûtent {short_number(total)} € HT, plus que l’enveloppe du comité. Écartez-en un, "
            "et dites pourquoi celui-là."
        ]


def _from_table(column: str) -> "Recomputed":
    what = {"cout_contact": "le coût par contact utile de ce canal", "score": "le score de ce canal"}[column]
    cell = {"cout_contact": "coût_contact_ht", "score": "score"}[column]

    def expected(case: Case, row: Row) -> float | None:
        name = plain(row["canal"])
        found = case.fact(_scores if column == "score" else _costs)
        return found.get(name)

    return Recomputed(cell, expected, what, tolerance=0.01, step=0.006)


def _scores(case: Case) -> dict[str, float]:
    right = case.once(facts.scores).right
    assert isinstance(right, dict)
    return {plain(name): float(score) for name, score in right.items()}


def _costs(case: Case) -> dict[str, float]:
    return {plain(name): float(cost) for name, cost in case.fact(facts.channels)["cout_contact"].items()}


KEYS.table(
    "p4-roles",
    ROLES.columns,
    ROLES.filled,
    OneRowEach("rôle", ROLES.choices("rôle")),
    AtLeastDistinct("attente", 4),
    AtLeastDistinct("message", 4),
    CellFigures("preuve", "un chiffre du dossier, ou le numéro d’un propos (V05)"),
    TextLength(5, 40, "message"),
    AtLeastDistinct("canal", 3),
)

KEYS.text(
    "p4-objectifs",
    TitleLine(),
    TextLength(60, 130),
    FiguresQuoted(6),
    Mentions("un objectif cognitif", ("cognitif", "cognitifs")),
    Mentions("un objectif affectif", ("affectif", "affectifs")),
    Mentions("un objectif conatif", ("conatif", "conatifs")),
    Mentions("l’échéance du comité", ("2027",)),
)

KEYS.table(
    "p4-canaux",
    CHANNELS.columns,
    CHANNELS.filled,
    CHANNELS.allowed("canal"),
    CHANNELS.allowed("famille"),
    CHANNELS.allowed("rôle_visé"),
    CHANNELS.allowed("décision"),
    DistinctRows("canal"),
    AsRecorded(),
    BothFamiliesForOneRole(),
    AtLeastDistinct("décision", 2),
    WithinEnvelope(),
    _from_table("cout_contact"),
    _from_table("score"),
    CellFigures("motif", "une donnée du dossier"),
    TextLength(6, 45, "motif"),
    CellFigures("renversement", "le poids, ou la valeur, qui changerait le choix"),
)

KEYS.text(
    "p4-circuits",
    TextLength(90, 160),
    FiguresQuoted(5),
    Mentions("un circuit (direct, court ou long)", ("court", "long", "direct")),
    Mentions("un type de distribution (intensive, sélective ou exclusive)", ("intensive", "sélective", "exclusive")),
    Mentions("la couverture (« distribution valeur », « distribution numérique », « DV », « DN »)",
             ("distribution valeur", "distribution numérique", "DV", "DN")),
    Mentions("les négoces", ("négoce", "négoces")),
)  # fmt: skip
