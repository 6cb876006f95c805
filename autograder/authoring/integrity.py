"""What must be true of the content: criteria covered, cells and questions tied, keys sound, notebooks clean."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring import workload as time
from autograder.content import notebooks_folder
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.model import Question
from autograder.keys.questions import all_keys, questions_of, reviews_of
from autograder.keys.texts import texts_of
from autograder.keys.variants import objections, reference_case
from autograder.referentiel import load_referentiel, load_rubrics
from casestudies.errors import CasekitError
from casestudies.livrables import deliverables

ASSESSMENTS = {"e1-strategie": "E1", "e2-performance": "E2", "e3-plan-operationnel": "E3", "e4-equipe": "E4"}
"""Which assessment of the référentiel an assignment serves."""

MOST_LINES = 60
"""Lines of code that a notebook shows at most, of those that its learner does not write."""

TO_WRITE = "À ÉCRIRE"
"""What the skeleton of a notebook leaves to its author."""

_SOLUTION = re.compile(r"[ \t]*### DÉBUT SOLUTION\n.*?### FIN SOLUTION\n?", re.DOTALL)
_TO_FILL = r'(\w+ = )?[\[{}\]]*("[^"]*": (""|None|0)(, )?)*[\[{}\]]*,?$'
"""A line of a table that its learner fills: names without values, brackets."""

_HANDED_IN = r"dossier\.verifier\(|# Un indice|# dossier\.indice"
_NOT_READ = re.compile(rf'\s*({_TO_FILL}|{_HANDED_IN}|\w+ = (None|""|\[\]|""")|"""$)')

CRITERIA, GRADED, REVIEWED = 46, "A", ("S", "I")


@dataclass(frozen=True)
class Checked:
    """One statement about the content, what contradicts it (nothing when it holds), and figures worth reading."""

    statement: str
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()


def check_content() -> list[Checked]:
    """Return every statement about the kit's content with what contradicts it."""
    return [
        Checked("Le référentiel compte 46 critères, et chaque code cité existe.", tuple(_referentiel())),
        Checked("Chaque critère évalué a ses questions et, s’il est relu, sa grille.", tuple(_coverage())),
        *_blocs(),
        Checked("Chaque cellule notée a sa question ou sa relecture, et inversement.", tuple(_cells())),
        Checked("Chaque question a trois indices et au moins une idée fausse connue.", tuple(_questions())),
        Checked("Chaque idée fausse citée est au catalogue.", tuple(_misconceptions())),
        Checked("Les notebooks sont propres : ni sortie, ni corrigé hors des marques.", tuple(_hygiene())),
        Checked(
            f"Aucun notebook ne montre plus de {MOST_LINES} lignes de code que l’apprenant n’écrit pas.",
            tuple(_lines_to_read()),
        ),
        _time(),
        Checked(f"Rien ne reste « {TO_WRITE} » dans un notebook.", tuple(_unwritten())),
        Checked(
            "Chaque livrable suit l’entreprise, l’évaluation et le notebook de sa question.", tuple(_deliverables())
        ),
        Checked("L’édition de référence de chaque entreprise est acceptable.", tuple(_references())),
    ]


def source_notebooks() -> dict[str, dict[str, Any]]:
    """Return the kit's source notebooks as JSON, by « assignment/notebook »."""
    folder = notebooks_folder()
    paths = sorted(folder.glob("*/*.ipynb"))
    return {f"{path.parent.name}/{path.stem}": json.loads(path.read_text(encoding="utf-8")) for path in paths}


def graded_cells(notebook: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the grade id, nbgrader metadata and source of each cell that carries points."""
    for cell in notebook["cells"]:
        tag = cell["metadata"].get("nbgrader", {})
        if tag.get("grade"):
            yield tag["grade_id"], tag, "".join(cell["source"])


def _referentiel() -> Iterator[str]:
    known = load_referentiel().criteria
    if len(known) != CRITERIA:
        yield f"{len(known)} critères au lieu de {CRITERIA}"
    for series in all_keys():
        cited = {item.id: item.criterion for item in series}
        cited |= {item.id: item.criterion for item in series.reviews}
        yield from (f"{name} : critère inconnu {code}" for name, code in cited.items() if code not in known)


def _coverage() -> Iterator[str]:
    rubrics = load_rubrics()
    for assignment in sorted({name.split("/")[0] for name in source_notebooks()}):
        asked = {question.criterion for question in questions_of(assignment=assignment)}
        reviewed = {review.criterion for review in reviews_of(assignment)}
        for criterion in load_referentiel().criteria_of(ASSESSMENTS[assignment]):
            if criterion.code not in asked | reviewed:
                yield f"{criterion.code} : aucune question"
            if GRADED in criterion.type and criterion.code not in asked:
                yield f"{criterion.code} : aucune question corrigée par la machine"
            if set(criterion.type) & set(REVIEWED):
                if criterion.code not in rubrics:
                    yield f"{criterion.code} : pas de grille"
                if criterion.code not in reviewed:
                    yield f"{criterion.code} : pas de partie à relire"


def _blocs() -> Iterator[Checked]:
    """Say, of each bloc that notebooks assess, how many of its criteria they do."""
    referentiel = load_referentiel()
    asked = {one.criterion for one in questions_of()} | {one.criterion for one in reviews_of()}
    for bloc in referentiel.blocs.values():
        codes = [one.code for one in referentiel.criteria.values() if referentiel.bloc_of(one) == bloc]
        missing = [code for code in codes if code not in asked]
        if len(missing) < len(codes):
            statement = f"{bloc.code} : {len(codes) - len(missing)} critères sur {len(codes)} ont leurs notebooks."
            yield Checked(statement, tuple(f"{code} : aucun notebook" for code in missing))


def _cells() -> Iterator[str]:
    notebooks = source_notebooks()
    for name, notebook in notebooks.items():
        asked = {question.id for question in questions_of(notebook=name)}
        reviewed = {review.id for review in reviews_of(notebook=name)}
        seen: list[str] = []
        for identifier, tag, source in graded_cells(notebook):
            seen.append(identifier)
            yield from _cell_problems(
                f"{name}, {identifier}", identifier in (reviewed if tag["solution"] else asked), tag
            )
            if not tag["solution"] and not re.fullmatch(
                rf'dossier\.verifier\("{re.escape(identifier)}", \w+\)', source
            ):
                yield f"{name}, {identifier} : la cellule de contrôle doit être le seul appel à verifier"
        yield from (
            f"{name}, {identifier} : deux cellules de ce nom" for identifier in set(seen) if seen.count(identifier) > 1
        )
        yield from (
            f"{name} : {identifier} n’a pas de cellule" for identifier in sorted((asked | reviewed) - set(seen))
        )
    yield from (f"{series.notebook} : notebook absent" for series in all_keys() if series.notebook not in notebooks)


def _cell_problems(place: str, known: bool, tag: dict[str, Any]) -> Iterator[str]:
    if not known:
        yield f"{place} : ni question ni relecture de ce nom"
    if not isinstance(tag.get("points"), int | float) or tag["points"] <= 0:
        yield f"{place} : points absents"


def _questions() -> Iterator[str]:
    known = {question.id for question in questions_of()}
    for question in questions_of():
        if len(question.hints) != 3 or not all(hint.strip() for hint in question.hints):
            yield f"{question.id} : trois indices attendus"
        if question.key and not question.key(reference_case(question.company)).wrong:
            yield f"{question.id} : aucune idée fausse"
        yield from (f"{question.id} : {need} n’existe pas" for need in question.needs if need not in known)


def used_misconceptions(question: Question) -> set[str]:
    """Return the catalogue ids that the key of a question names."""
    if question.key is None:
        return set()
    return {wrong.misconception for wrong in question.key(reference_case(question.company)).wrong}


def _deliverables() -> Iterator[str]:
    asked = {question.id: question for question in questions_of()}
    for slug, deliverable in deliverables().items():
        question = asked.get(deliverable.question)
        if question is None:
            yield f"{slug} : la question {deliverable.question} n’existe pas"
        elif question.company != deliverable.company:
            yield f"{slug} : l’entreprise de {question.id} est {question.company}"
        elif deliverable.assessment != (mine := ASSESSMENTS[question.notebook.split("/")[0]]):
            yield f"{slug} : l’évaluation de {question.id} est {mine}"
        elif question.notebook.split("/")[-1][:2] != f"{deliverable.order // 10:02d}":
            yield f"{slug} : l’ordre {deliverable.order} n’est pas celui du notebook {question.notebook}"


def _misconceptions() -> Iterator[str]:
    known = load_misconceptions()
    for question in questions_of():
        yield from (f"{question.id} : {name} inconnue" for name in sorted(used_misconceptions(question) - set(known)))


def _hygiene() -> Iterator[str]:
    for name, notebook in source_notebooks().items():
        for cell in notebook["cells"]:
            if cell.get("outputs") or cell.get("execution_count"):
                yield f"{name}, {cell['id']} : sortie enregistrée"
            tag = cell["metadata"].get("nbgrader", {})
            marked = "### DÉBUT SOLUTION" in "".join(cell["source"])
            if marked and not tag.get("solution"):
                yield f"{name}, {cell['id']} : corrigé hors d’une cellule de réponse"
            if tag.get("solution") and not marked and cell["cell_type"] == "code":
                yield f"{name}, {cell['id']} : cellule de réponse sans marques de corrigé"


def _lines_to_read() -> Iterator[str]:
    for name, notebook in source_notebooks().items():
        if (lines := lines_to_read(notebook)) > MOST_LINES:
            yield f"{name} : {lines} lignes"


def _time() -> Checked:
    """Say how long each notebook takes, and what is outside the limits."""
    found = {name: (time.workload(name, notebook), notebook) for name, notebook in source_notebooks().items()}
    notes = tuple(
        f"{name} : {load.minutes:.0f} minutes (annoncées : {load.announced or 'aucune'}), {load.words} mots, "
        f"{load.lines} lignes à écrire, {lines_to_read(notebook)} à lire, {load.questions} questions, "
        f"{len(load.deliverables)} livrable(s)"
        for name, (load, notebook) in found.items()
    )
    limits = f"en {time.LEAST_MINUTES} à {time.MOST_MINUTES} minutes, {time.MOST_WORDS} mots au plus"
    problems = tuple(f"{name} : {problem}" for name, (load, _) in found.items() for problem in load.problems())
    return Checked(f"Chaque notebook tient {limits}, comme son en-tête l’annonce.", problems, notes)


def lines_to_read(notebook: dict[str, Any]) -> int:
    """Return how many lines of code a notebook shows that its learner does not write.

    Folded cells, blank lines, solutions, lines left to fill (``x = None``) and the line of each check, under which
    its panel stands, do not count.
    """
    shown = 0
    for cell in notebook["cells"]:
        folded = cell["metadata"].get("jupyter", {}).get("source_hidden")
        if cell["cell_type"] == "code" and not folded:
            given = _SOLUTION.sub("", "".join(cell["source"])).splitlines()
            shown += sum(bool(line.strip()) and not _NOT_READ.match(line) for line in given)
    return shown


def _unwritten() -> Iterator[str]:
    for name, notebook in source_notebooks().items():
        cells = ("".join(cell["source"]) for cell in notebook["cells"])
        texts = [*cells, json.dumps(texts_of(name), ensure_ascii=False)]
        if left := sum(text.count(TO_WRITE) for text in texts):
            yield f"{name} : {left} passage(s) à écrire"


def _references() -> Iterator[str]:
    for company in sorted({question.company for question in questions_of()}):
        try:
            yield from objections(reference_case(company))
        except CasekitError as error:
            yield str(error)


def check_course(root: Path) -> Checked | None:
    """Return whether the course in ``root`` has the kit's configuration; None when ``root`` is no course."""
    from autograder.course.course import CONFIG_FILE, Course

    if not (root / CONFIG_FILE).is_file():
        return None
    statement = f"Le cours {root} utilise la configuration de casekit."
    try:
        _ = Course(root).config
    except CasekitError as error:
        return Checked(statement, (str(error),))
    return Checked(statement, ())
