"""How a sheet is said in French, once for every format: headings, points, levels, lines of its header."""

from autograder.referentiel import LEVEL_NAMES
from autograder.sheets.model import CriterionRow, Evidence, Sheet, Variant, Verdict
from autograder.sheets.rules import rules
from casestudies.company import COMPANIES, company_class
from casestudies.display import french_number
from casestudies.typography import french

UNKNOWN = "—"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
SHORT = {
    Verdict.ACQUIRED: "acquis",
    Verdict.PARTIAL: "partiel",
    Verdict.NOT_ACQUIRED: "non acquis",
    Verdict.TO_REVIEW: "à relire",
    Verdict.ABSENT: "absent",
    Verdict.WITHDRAWN: "retiré",
}
"""Verdicts for narrow columns; always words, so that nothing rests on colour."""


def number(value: float) -> str:
    """Return points without useless decimals: « 4 », « 2,5 », « 1,33 »."""
    text = french_number(value, 2)
    return text.rstrip("0").rstrip(",")


def points(value: float | None, top: float) -> str:
    """Return « 3,5 / 6 »; a dash for points that are not known, and nothing to count."""
    if top <= 0:
        return UNKNOWN
    return f"{UNKNOWN if value is None else number(value)}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{number(top)}"


def level(value: int | None) -> str:
    """Return « 3 (acquis) », or a dash."""
    return UNKNOWN if value is None else f"{value}\N{NO-BREAK SPACE}({LEVEL_NAMES[value]})"


def digit(value: int | None) -> str:
    """Return « 3 », or a dash."""
    return UNKNOWN if value is None else str(value)


def short_verdict(row: CriterionRow) -> str:
    """Return « acquis (3) », « à relire »."""
    return SHORT[row.verdict] + (f" ({row.level})" if row.level is not None else "")


def outcome(item: Evidence) -> str:
    """Return what became of one piece of evidence, with the mention of an instructor's change."""
    return item.outcome + (", points modifiés par le formateur" if item.changed else "")


def day(sheet: Sheet) -> str:
    """Return the date in full: « 3 mai 2026 », « 1er mai 2026 »."""
    return f"{'1er' if sheet.date.day == 1 else sheet.date.day} {MONTHS[sheet.date.month - 1]} {sheet.date.year}"


def title(sheet: Sheet) -> str:
    """Return the title of a sheet."""
    return french(f"Fiche d'évaluation {sheet.assessment.code} : {sheet.assessment.title}")


def variants(sheet: Sheet) -> str:
    """Return the companies and the draws the candidate worked on."""
    return french(" ; ".join(map(_variant, sheet.variants)))


def short_variants(sheet: Sheet) -> str:
    """Return the same for the foot of a page: in full when there is one, else how many companies."""
    return variants(sheet) if len(sheet.variants) == 1 else french(f"{len(sheet.variants)} entreprises")


def _variant(one: Variant) -> str:
    company = company_class(one.company).name if one.company in COMPANIES else one.company or "sans entreprise"
    return f"{company}, tirage inconnu" if one.draw is None else f"{company}, tirage {one.draw} ({one.seed[:8]})"


def header(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the lines of a sheet's header: name and text."""
    lines = [
        ("Nom", sheet.learner.full_name),
        ("Identifiant", sheet.learner.id),
        ("Évaluation", f"{sheet.assessment.code}, {sheet.assessment.title} ({sheet.assignment})"),
        ("Modalité", sheet.assessment.modality),
        ("Variante" if len(sheet.variants) == 1 else "Variantes", variants(sheet)),
        ("Versions", f"casekit {sheet.kit_version}, données {sheet.data_version}"),
        ("Fiche établie le", day(sheet)),
    ]
    return [(french(name), text if name in ("Nom", "Identifiant") else french(text)) for name, text in lines]


def summary(sheet: Sheet) -> str:
    """Return how many criteria have each verdict."""
    counted = [f"{sheet.count(verdict)} {verdict.value}" for verdict in Verdict if sheet.count(verdict)]
    return french(f"Sur {len(sheet.criteria)} critères : {', '.join(counted)}.")


def bloc(sheet: Sheet) -> str:
    """Return the verdict of the bloc, or that one assessment does not decide it, and why."""
    verdict = sheet.bloc.verdict.value if sheet.bloc.verdict else "non décidé par cette seule évaluation"
    return french(f"{verdict[:1].upper()}{verdict[1:]}. {sheet.bloc.explanation}")


def notes(sheet: Sheet) -> list[str]:
    """Return the rules, and what is never scored."""
    qualities = ", ".join(sheet.assessment.qualities)
    unscored = f"Qualités non observables ({qualities}) : jamais notées, commentaire libre du formateur."
    return [french(line) for line in (*rules(sheet.centre), unscored)]
