"""How a sheet is said in French, once for every format: headings, points, levels, lines of its header."""

from datetime import datetime
from zoneinfo import ZoneInfo

from autograder.keys.sessions import FIRST, session_of
from autograder.referentiel import LEVEL_NAMES
from autograder.review.model import FORMGRADER
from autograder.sheets.centre import Centre
from autograder.sheets.model import CriterionRow, Evidence, Sheet, Source, Variant, Verdict
from autograder.sheets.rules import rules
from casestudies.company import COMPANIES, company_class
from casestudies.french import french_date, french_list, short_number
from casestudies.typography import french

UNKNOWN = "—"
PARIS = ZoneInfo("Europe/Paris")
SHORT = {
    Verdict.ACQUIRED: "acquis",
    Verdict.PARTIAL: "partiel",
    Verdict.NOT_ACQUIRED: "non acquis",
    Verdict.TO_REVIEW: "à relire",
    Verdict.ABSENT: "absent",
    Verdict.WITHDRAWN: "retiré",
}
"""Verdicts for narrow columns; always words, so that nothing rests on colour."""


def points(value: float | None, top: float) -> str:
    """Return « 3,5 / 6 »; a dash for points that are not known, and nothing to count."""
    if top <= 0:
        return UNKNOWN
    known = UNKNOWN if value is None else short_number(value)
    return f"{known}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{short_number(top)}"


def level(value: int | None) -> str:
    """Return « 3 (acquis) », or a dash."""
    return UNKNOWN if value is None else f"{value}\N{NO-BREAK SPACE}({LEVEL_NAMES[value]})"


def digit(value: int | None) -> str:
    """Return « 3 », or a dash."""
    return UNKNOWN if value is None else str(value)


def short_verdict(row: CriterionRow) -> str:
    """Return « acquis (3) », « à relire »."""
    return SHORT[row.verdict] + (f" ({row.level})" if row.level is not None else "")


def decision(row: CriterionRow) -> str:
    """Return « niveau 3, acquis », « à relire »."""
    return (f"niveau {row.level}, " if row.level is not None else "") + row.verdict.value


def outcome(item: Evidence) -> str:
    """Return what became of one piece of evidence, with the mention of an instructor's change."""
    return item.outcome + (", points modifiés par le formateur" if item.changed else "")


def day(sheet: Sheet) -> str:
    """Return the date of a sheet in full."""
    return french_date(sheet.date)


def moment(when: datetime) -> str:
    """Return a time in France: « 3 mai 2026 à 14 h 05 »; ``when`` has its zone.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 5, 31, 22, 5, tzinfo=UTC))
    '1er juin 2026 à 0 h 05'
    """
    local = when.astimezone(PARIS)
    return f"{french_date(local)} à {local.hour} h {local.minute:02d}"


def review(item: Evidence) -> str:
    """Return who read a part, when, on which rubric, and whether two markers differ; empty for one nobody read."""
    if not item.markers:
        return ""
    who = "dans le formgrader" if item.markers == (FORMGRADER,) else f"par {french_list(item.markers)}"
    when = f" le {moment(item.reviewed_at)}" if item.reviewed_at else ""
    rubric = f", grille {item.rubric}" if item.rubric else ""
    return f"Relu {who}{when}{rubric}.{difference(item)}"


def difference(item: Evidence) -> str:
    """Say whether two markers differ, or settled on a level."""
    if item.unreconciled:
        return " Les deux relecteurs n’ont pas donné le même niveau : à concilier."
    return " Niveau concilié après deux relectures." if item.settled else ""


def source(one: Source) -> list[str]:
    """Return the cells of a notebook's line: notebook, criteria, variant, versions of the kit and of its data."""
    worked_on = variant(one.variant) if one.variant else UNKNOWN
    return [one.notebook, ", ".join(one.criteria), worked_on, one.kit_version or UNKNOWN, one.data_version or UNKNOWN]


def title(sheet: Sheet) -> str:
    """Return the title of a sheet."""
    number = session_of(sheet.assignment)
    session = f", session {number}" if number > FIRST else ""
    return french(f"Fiche d'évaluation {sheet.assessment.code}{session} : {sheet.assessment.title}")


def variants(sheet: Sheet) -> str:
    """Return the companies and the draws the candidate worked on."""
    return french(" ; ".join(map(variant, sheet.variants)))


def short_variants(sheet: Sheet) -> str:
    """Return the same for the foot of a page: in full when there is one, else how many companies."""
    return variants(sheet) if len(sheet.variants) == 1 else french(f"{len(sheet.variants)} entreprises")


def variant(one: Variant) -> str:
    """Return a company with its draw and the beginning of its seed."""
    company = company_class(one.company).name if one.company in COMPANIES else one.company or "sans entreprise"
    return f"{company}, tirage inconnu" if one.draw is None else f"{company}, tirage {one.draw} ({one.seed[:8]})"


def header(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the lines of a sheet's header: name and text; what is not known has no line."""
    issuer, block = sheet.centre.issuer, sheet.bloc.bloc
    lines = [
        ("Centre", sheet.centre.name),
        ("Certificateur", issuer.name),
        ("Nom", sheet.learner.full_name),
        ("Identifiant", sheet.learner.id),
        ("Évaluation", f"{sheet.assessment.code} ({sheet.assignment})"),
        ("Session", str(session_of(sheet.assignment))),
        ("Modalité", sheet.assessment.modality),
        ("Bloc", coded(f"{block.code.removeprefix('B')}", issuer.bloc_code(block.code))),
        ("Certification", issuer.code),
        ("Remise le", moment(sheet.handed_in) if sheet.handed_in else ""),
        ("Échéance", moment(sheet.due) if sheet.due else ""),
        ("Variante" if len(sheet.variants) == 1 else "Variantes", variants(sheet)),
        ("Versions", f"casekit {sheet.kit_version}, données {sheet.data_version}"),
        ("Fiche établie le", day(sheet)),
    ]
    as_written = ("Nom", "Identifiant", "Centre", "Certificateur")
    return [(french(name), text if name in as_written else french(text)) for name, text in lines if text]


def coded(text: str, code: str) -> str:
    """Return a text with its code in the national directory, when it is known."""
    return f"{text} ({code})" if code else text


def logo_text(centre: Centre) -> str:
    """Return what is said in the place of a centre's logo; empty when it has none."""
    return f"Logo : {centre.name or 'le centre'}" if centre.issuer.logo else ""


def markers(sheet: Sheet) -> list[str]:
    """Return who read a part of the copy, each once, as they signed; the formgrader has nobody's name."""
    found = (name for row in sheet.criteria for item in row.evidence for name in item.markers)
    return [name for name in dict.fromkeys(found) if name != FORMGRADER]


def summary(sheet: Sheet) -> str:
    """Return how many criteria have each verdict."""
    counted = [_counted(sheet.count(verdict), verdict) for verdict in Verdict if sheet.count(verdict)]
    return french(f"Sur {len(sheet.criteria)} critères : {', '.join(counted)}.")


def _counted(number: int, verdict: Verdict) -> str:
    """Return « 3 acquis », « 2 retirés », « 5 non évalués (candidat absent) »."""
    plural = "s" if number > 1 else ""
    words = {Verdict.WITHDRAWN: f"retiré{plural}", Verdict.ABSENT: f"non évalué{plural} (candidat absent)"}
    return f"{number} {words.get(verdict, verdict.value)}"


def bloc(sheet: Sheet) -> str:
    """Return the verdict of the bloc, or that one assessment does not decide it, and why."""
    verdict = sheet.bloc.verdict.value if sheet.bloc.verdict else "non décidé par cette seule évaluation"
    return french(f"{verdict[:1].upper()}{verdict[1:]}. {sheet.bloc.explanation}")


def qualities(sheet: Sheet) -> str:
    """Return the free comment on the qualities that are never scored, with their list; empty when there is none."""
    listed = ", ".join(sheet.assessment.qualities)
    return f"{listed[:1].upper()}{listed[1:]} :\n{sheet.qualities}" if sheet.qualities else ""


def notes(sheet: Sheet) -> list[str]:
    """Return the rules, and what is never scored."""
    listed = ", ".join(sheet.assessment.qualities)
    unscored = f"Qualités non observables ({listed}) : jamais notées, commentaire libre du formateur."
    return [french(line) for line in (*rules(sheet.centre), unscored)]


REVIEWS_HEADER = (
    "Critère", "Partie relue", "Notebook", "Niveau", "Relu le", "Relecteurs", "Grille", "Écart", "Commentaire",
)  # fmt: skip
SOURCES_HEADER = ("Notebook", "Critères", "Variante", "casekit", "Données")


def review_cells(sheet: Sheet) -> list[list[str]]:
    """Return one line per reviewed part, in the columns of ``REVIEWS_HEADER``."""
    return [
        [
            row.code, item.title, item.notebook, item.outcome, moment(item.reviewed_at) if item.reviewed_at else "",
            french_list(item.markers), item.rubric, difference(item).strip(), item.comment,
        ]
        for row, item in reviewed(sheet)
    ]  # fmt: skip


def reviewed(sheet: Sheet) -> list[tuple[CriterionRow, Evidence]]:
    """Return the reviewed parts that somebody read or commented, with their criterion."""
    return [(row, item) for row in sheet.criteria for item in row.evidence if item.markers or item.comment]
