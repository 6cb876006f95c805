"""What Moodle takes in: a class's grades for its gradebook, the référentiel as a competency framework.

The grades are read by « Notes → Importer → Fichier CSV » (grade/import/csv): one column says who, each other column is
matched by the trainer to a grade item, or to its feedback. Verdicts are for an item graded on the scale ``SCALE``;
levels are numbers. A cell that holds « - » gives no grade: what is not decided is never a zero.

The framework is read by « Importer un référentiel de compétences » (admin/tool/lpimportcsv), which takes its fourteen
columns in this very order. Both were read in Moodle's own code on 26 November 2026.
"""

import html
import json
from collections.abc import Iterator
from enum import StrEnum

from autograder.course.class_list import Learner
from autograder.exports.tables import NO_GRADE, ExportTable
from autograder.referentiel import LEVEL_NAMES, Referentiel
from autograder.sheets.model import CriterionRow, Sheet, Verdict
from casestudies.errors import CasekitError
from casestudies.typography import french

SCALE = (Verdict.NOT_ACQUIRED, Verdict.PARTIAL, Verdict.ACQUIRED)
"""The items of the scale to make in Moodle, the lowest first, as Moodle wants them."""

SHORT_NAME = 100
"""Moodle cuts longer names."""

FRAMEWORK_COLUMNS = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values",
    "Scale configuration", "Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)",
    "Cross-referenced competency ID numbers", "Exported ID (optional)", "Is framework", "Taxonomy",
)  # fmt: skip
TAXONOMY = ("domain", "practice", "competency", "indicator")
"""Moodle's words for the four levels: bloc, activity, competency, criterion."""
HTML = "1"


class MoodleKey(StrEnum):
    """How Moodle is to find a person; the value is the name of the column."""

    ID_NUMBER = "ID number"
    USERNAME = "Username"
    EMAIL = "Email address"


def gradebook(
    sheets: list[Sheet], key: MoodleKey = MoodleKey.ID_NUMBER, levels: bool = False, names: bool = False
) -> ExportTable:
    """Return a class's grades: one line per learner, and for each criterion its verdict (or level) and its feedback.

    Parameters
    ----------
    key
        What the identifiers of the class are in Moodle; for ``EMAIL`` the column « courriel » of eleves.csv is read.
    levels
        Give the levels, 1 to 4, instead of the verdicts.
    names
        Add first and last names, which Moodle does not need.

    Raises
    ------
    CasekitError
        When an address is missing.
    """
    criteria = sheets[0].criteria if sheets else ()
    who = (key.value, *(("First name", "Last name") if names else ()))
    columns = tuple(column for row in criteria for column in (row.code, f"{row.code} (commentaire)"))
    rows = tuple((*_who(sheet.learner, key, names), *_cells(sheet, levels)) for sheet in sheets)
    return ExportTable("notes-moodle", (*who, *columns), rows, frozenset(who))


def _who(learner: Learner, key: MoodleKey, names: bool) -> Iterator[str]:
    if key is MoodleKey.EMAIL and not learner.email:
        raise CasekitError(
            f"« {learner.id} » n’a pas d’adresse : complétez la colonne « courriel » d’eleves.csv, ou reconnaissez les "
            "personnes par leur numéro (« --par matricule »)."
        )
    yield learner.email if key is MoodleKey.EMAIL else learner.id
    if names:
        yield from (learner.first_name, learner.last_name)


def _cells(sheet: Sheet, levels: bool) -> Iterator[str | int]:
    for row in sheet.criteria:
        if row.verdict not in SCALE:
            yield NO_GRADE
        elif levels and row.level is not None:
            yield row.level
        else:
            yield row.verdict.value
        yield feedback(row)


def feedback(row: CriterionRow) -> str:
    """Return what the learner reads beside the grade: the level and the markers' comments, as text in HTML."""
    level = [] if row.level is None else [f"Niveau {row.level} ({LEVEL_NAMES[row.level]})."]
    comments = dict.fromkeys(item.comment for item in row.evidence if item.comment)
    return html.escape("\n\n".join([*level, *comments]), quote=False)


def framework(referentiel: Referentiel) -> ExportTable:
    """Return the référentiel as Moodle's competency framework: blocs, activities, competencies, criteria.

    A criterion that shows several competencies stands under the first one and refers to the others. Codes that are
    numbers are given a letter: Moodle takes « 1.1 » and « 1.10 » for the same parent.
    """
    return ExportTable(
        "competences-moodle", FRAMEWORK_COLUMNS, tuple(_lines(referentiel)), frozenset(FRAMEWORK_COLUMNS)
    )


def _lines(whole: Referentiel) -> Iterator[tuple[str, ...]]:
    title, code = whole.principles.title, f"casekit-{whole.principles.version}"
    description = f"{whole.principles.basis} {whole.principles.capitalisation}"
    scale = ",".join(SCALE)
    yield ("", code, _short("", title), _rich(description), HTML, scale, _scale(), "", "", "", "", "", "1",
           ",".join(TAXONOMY))  # fmt: skip
    for bloc in whole.blocs.values():
        yield _line("", bloc.code, bloc.title)
    for activity in whole.activities.values():
        yield _line(activity.bloc, f"A{activity.code}", activity.title)
    for competency in whole.competencies.values():
        yield _line(f"A{competency.activity}", f"C{competency.code}", competency.statement)
    for criterion in whole.criteria.values():
        first, *others = (f"C{one}" for one in criterion.competencies)
        yield _line(first, criterion.code, criterion.statement, ",".join(others))


def _line(parent: str, code: str, statement: str, related: str = "") -> tuple[str, ...]:
    return (parent, code, _short(code, statement), _rich(statement), HTML, "", "", "", "0", "null", related, "", "", "")


def _scale() -> str:
    """Return which item of the scale is given by default and which one says that a competency is held: the last."""
    last = len(SCALE)
    return json.dumps([{"scaleid": "1"}, {"id": last, "scaledefault": 1, "proficient": 1}], separators=(",", ":"))


def _short(code: str, text: str) -> str:
    whole = french(f"{code} {text}".strip())
    return whole if len(whole) <= SHORT_NAME else whole[: SHORT_NAME - 1].rstrip() + "…"


def _rich(text: str) -> str:
    return f"<p>{html.escape(french(text), quote=False)}</p>"
