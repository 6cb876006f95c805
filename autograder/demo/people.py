"""The simulated class: who does what, and how that is written into a notebook."""

import json
import os
import random
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

import nbformat
from nbclient import NotebookClient

from autograder.demo.writing import DemoCopy, fill, override
from autograder.grading.execute import kernel_environment
from autograder.keys.checks.dates import SortedBy
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.checks.rows import OrderedStages
from autograder.keys.questions import Question
from autograder.keys.variants import accepted_draw
from casestudies.french import french_number

ASSIGNMENT = "e2-performance"
"""The assessment that the whole class works: where accidents happen."""
STRATEGY, PLAN, TEAM = "e1-strategie", "e3-plan-operationnel", "e4-equipe"
"""Those that a part of the class works too."""
BLOC_1 = (STRATEGY, ASSIGNMENT)
ASSIGNMENTS = (*BLOC_1, PLAN, TEAM)
"""All of them, in the order of the blocs."""
ORDERED = (OrderedStages, SortedBy)
"""The rules for which the order of the rows matters."""
Act = Callable[[list[DemoCopy]], None]


@dataclass(frozen=True)
class Profile:
    """One simulated learner: an identifier, what they do (French), and the act itself; None hands in nothing."""

    id: str
    story: str
    act: Act | None
    accident: bool = False
    beside: tuple[str, ...] = ()
    """The other assessments that they work."""


def model(copies: list[DemoCopy]) -> None:
    """Answer everything right."""
    for copy in copies:
        fill(copy)


def blank(copies: list[DemoCopy]) -> None:
    """Hand in the notebooks as they were given."""


def half(copies: list[DemoCopy]) -> None:
    """Do the first notebook, and half of the second."""
    fill(copies[0])
    asked = copies[1].questions()
    fill(copies[1], skipped=set(asked[len(asked) // 2 :]))


def but(expression: Callable[[DemoCopy, Question], str | None]) -> Act:
    """Return the act of someone who is right but where ``expression`` gives another answer to a question."""

    def act(copies: list[DemoCopy]) -> None:
        model(copies)
        for copy in copies:
            for question in copy.asked:
                answer = expression(copy, question)
                if answer is not None:
                    override(copy, question.id, answer)

    return act


def mistaken(*misconceptions: str) -> Act:
    """Return the act of someone who holds these misconceptions wherever they can appear, and is right elsewhere."""

    def expression(copy: DemoCopy, question: Question) -> str | None:
        wrong = question.key(copy.case).wrong if question.key else ()
        return next((_written(one.value) for one in wrong if one.misconception in misconceptions), None)

    return but(expression)


def _written(value: object) -> str:
    """Return the code of a value; one by label is what later cells go on with: a Series."""
    return f"pd.Series({value!r})" if isinstance(value, dict) else repr(value)


@but
def percentages(copy: DemoCopy, question: Question) -> str | None:
    """Write every proportion as a percentage without its sign."""
    proportion = isinstance(question.check, CloseTo) and question.check.unit == PROPORTION
    return f"100 * {copy.variable(question.id)}" if proportion else None


def carried(copies: list[DemoCopy]) -> None:
    """Make one mistake early, then go on rightly from it."""
    model(copies)
    for copy in copies:
        questions = copy.asked
        needed = {need for question in questions for need in question.needs}
        first = next((q for q in questions if q.id in needed and q.key and q.key(copy.case).wrong), None)
        if first is None or first.key is None:
            continue
        wrong = first.key(copy.case).wrong[0].value
        override(copy, first.id, repr(wrong))
        for question in questions:
            if question.key and question.needs == (first.id,):
                override(copy, question.id, repr(question.key(copy.case.given({first.id: wrong})).right))


@but
def written_in_french(copy: DemoCopy, question: Question) -> str | None:
    """Hand in as text every number that no later cell computes with: « 1 234,50 € », « 12,5 % »."""
    if not isinstance(question.check, CloseTo) or question.key is None or copy.used_later(question.id):
        return None
    right, unit = float(question.key(copy.case).right), question.check.unit  # type: ignore[arg-type]
    if unit == PROPORTION:
        return repr(french_number(100 * right, 4, "%"))
    return repr(french_number(right, 4, "€" if "€" in unit else ""))


@but
def shuffled(copy: DemoCopy, question: Question) -> str | None:
    """Hand in every table with its columns in another order, and its rows too where their order says nothing."""
    rules = getattr(question.check, "rules", ())
    if getattr(question.check, "kind", "") != "table" or any(isinstance(one, ORDERED) for one in rules):
        return None
    return f"pd.DataFrame({copy.variable(question.id)}).sample(frac=1, random_state=3).sort_index(axis=1)"


@but
def brief_writer(_copy: DemoCopy, question: Question) -> str | None:
    """Calculate rightly, and write notes that are far too short."""
    short = repr("La promotion a bien marché. Il faut la refaire.")
    return short if getattr(question.check, "kind", "") == "text" else None


def uneven(copies: list[DemoCopy]) -> None:
    """Be right two times out of three, and otherwise give a number that nothing explains."""
    model(copies)
    chance = random.Random(7)  # noqa: S311  (a simulation, not a secret)
    for copy in copies:
        for question in copy.asked:
            if isinstance(question.check, CloseTo) and question.key and chance.random() < 1 / 3:
                override(copy, question.id, repr(float(question.key(copy.case).right) * 1.137))  # type: ignore[arg-type]


def corrupt(copies: list[DemoCopy]) -> None:
    """Hand in a first file cut in the middle."""
    model(copies)
    text = json.dumps(copies[0].content)
    cut = text[: len(text) // 2]
    copies[0].save = lambda: copies[0].path.write_text(cut, encoding="utf-8")  # type: ignore[assignment,method-assign]


def renamed(copies: list[DemoCopy]) -> None:
    """Hand in a first file that the browser renamed on download."""
    model(copies)
    copies[0].path = copies[0].path.with_name(f"{copies[0].path.stem} (1).ipynb")


def deleted_and_duplicated(copies: list[DemoCopy]) -> None:
    """Delete two locked cells of the first notebook and copy one of the second."""
    model(copies)
    for question in copies[0].questions()[:2]:
        copies[0].cells.remove(copies[0].cell(question))
    cell = copies[1].cell(copies[1].questions()[0])
    copies[1].cells.append({**cell, "id": "copie"})


def endless(copies: list[DemoCopy]) -> None:
    """Leave a loop without end in the third notebook."""
    model(copies)
    cell = copies[2].answer_cell(copies[2].questions()[-1])
    cell["source"] = "while True:\n    pass"


def warned(copies: list[DemoCopy]) -> None:
    """Be right, with a warning on the error stream in the middle of every check."""
    model(copies)
    lines = (
        "import sys\n"
        "_verifier = type(dossier).verifier\n"
        "def _bavard(self, *answers):\n"
        "    print('UserWarning: calcul lent', file=sys.stderr)\n"
        "    return _verifier(self, *answers)\n"
        "type(dossier).verifier = _bavard"
    )
    for copy in copies:
        position = next(i for i, cell in enumerate(copy.cells) if "ouvrir_dossier(" in "".join(cell["source"]))
        copy.insert_code(position + 1, "bavard", lines)


def borrowed(copies: list[DemoCopy]) -> None:
    """Hand in the first notebook as somebody else ran it, on that person's figures."""
    model(copies)
    other = PEOPLE[0].id
    node = nbformat.reads(json.dumps(copies[0].content), as_version=4)
    draw = accepted_draw(copies[0].case.company.slug, other)
    environment = {**kernel_environment(other, draw), "NBGRADER_EXECUTION": ""}
    client = NotebookClient(
        node, timeout=120, allow_errors=True, resources={"metadata": {"path": str(copies[0].path.parent)}}
    )
    client.execute(env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    copies[0].content = json.loads(nbformat.writes(node))


PEOPLE = (
    Profile("a01", "tout juste", model, beside=(STRATEGY, PLAN, TEAM)),
    Profile("a02", "tout juste, autre variante", model),
    Profile("a03", "moyennes de ratios", mistaken("M03", "M06", "M08", "M32")),
    Profile("a04", "TVA mal enlevée", mistaken("M16", "M17", "M18", "M20", "M26")),
    Profile("a05", "ROI confondu avec le ROAS", mistaken("M21", "M22", "M23", "M31")),
    Profile("a06", "avant/après naïf", mistaken("M27", "M61", "M63", "M65", "M70", "M72")),
    Profile("a07", "pourcentages au lieu de proportions", percentages),
    Profile("a08", "copie blanche", blank, beside=(STRATEGY,)),
    Profile("a09", "moitié du travail", half),
    Profile("a10", "erreur amont, puis raisonnement juste", carried),
    Profile("a11", "nombres écrits à la française", written_in_french),
    Profile("a12", "tableaux dans un autre ordre", shuffled),
    Profile("a13", "calculs justes, notes trop courtes", brief_writer),
    Profile("a14", "un tiers d’erreurs inexpliquées", uneven),
    Profile(
        "a15",
        "stratégie, plan, équipe : moyennes, délais, minutes, TVA, absences mal comptés",
        mistaken("M107", "M108", "M110", "M116", "M700", "M743", "M774", "M860", "M890", "M900"),
        beside=(STRATEGY, PLAN, TEAM),
    ),
    Profile("b01", "boucle sans fin", endless, accident=True),
    Profile("b02", "fichier renommé « (1) »", renamed, accident=True),
    Profile("b03", "cellules verrouillées supprimées et copiées", deleted_and_duplicated, accident=True),
    Profile("b04", "fichier coupé (JSON abîmé)", corrupt, accident=True),
    Profile("b05", "avertissements sur la sortie d’erreur", warned, accident=True),
    Profile("b06", "variante d’une autre personne", borrowed, accident=True),
    Profile("b07", "rien remis", None, accident=True, beside=(STRATEGY,)),
)


def taking(assignment: str) -> list[Profile]:
    """Return those of the class who work an assignment, whether they hand it in or not."""
    return [one for one in PEOPLE if assignment in (ASSIGNMENT, *one.beside)]
