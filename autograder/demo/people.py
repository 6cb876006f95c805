"""The simulated class: who does what, and how that is written into a notebook."""

import json
import os
import random
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from autograder.demo.writing import DemoCopy, fill, override
from autograder.grading.execute import kernel_environment
from autograder.keys.checks.dates import SortedBy
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.checks.rows import OrderedStages
from autograder.keys.variants import accepted_draw
from casestudies.french import french_number

ASSIGNMENT = "e2-performance"
"""Where accidents happen."""
BLOC_1 = ("e1-strategie", ASSIGNMENT)
"""The assessments that are demonstrated, in order."""
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

    def act_in(self, assignment: str) -> Act | None:
        """Return what they do in an assignment: whoever has an accident in one does the other rightly."""
        return model if self.act and self.accident and assignment != ASSIGNMENT else self.act


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


def mistaken(*misconceptions: str) -> Act:
    """Return the act of someone who holds these misconceptions wherever they can appear, and is right elsewhere."""

    def act(copies: list[DemoCopy]) -> None:
        model(copies)
        for copy in copies:
            for question in copy.asked:
                key = question.key(copy.case) if question.key else None
                found = [wrong.value for wrong in key.wrong if wrong.misconception in misconceptions] if key else []
                if found:
                    override(copy, question.id, _written(found[0]))

    return act


def _written(value: object) -> str:
    """Return the code of a value; one by label is what later cells go on with: a Series."""
    return f"pd.Series({value!r})" if isinstance(value, dict) else repr(value)


def percentages(copies: list[DemoCopy]) -> None:
    """Write every proportion as a percentage without its sign."""
    model(copies)
    for copy in copies:
        for question in copy.asked:
            if isinstance(question.check, CloseTo) and question.check.unit == PROPORTION:
                override(copy, question.id, f"100 * {copy.variable(question.id)}")


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


def written_in_french(copies: list[DemoCopy]) -> None:
    """Hand in as text every number that no later cell computes with: « 1 234,50 € », « 12,5 % »."""
    model(copies)
    for copy in copies:
        for question in copy.asked:
            if isinstance(question.check, CloseTo) and question.key and not copy.used_later(question.id):
                right = float(question.key(copy.case).right)  # type: ignore[arg-type]
                override(copy, question.id, repr(_in_words(right, question.check)))


def _in_words(value: float, check: CloseTo) -> str:
    if check.unit == PROPORTION:
        return french_number(100 * value, 4, "%")
    return french_number(value, 4, "€" if "€" in check.unit else "")


def shuffled(copies: list[DemoCopy]) -> None:
    """Hand in every table with its columns in another order, and its rows too where their order says nothing."""
    model(copies)
    for copy in copies:
        for question in copy.asked:
            rules = getattr(question.check, "rules", ())
            if getattr(question.check, "kind", "") == "table" and not any(isinstance(one, ORDERED) for one in rules):
                name = copy.variable(question.id)
                override(copy, question.id, f"pd.DataFrame({name}).sample(frac=1, random_state=3).sort_index(axis=1)")


def brief_writer(copies: list[DemoCopy]) -> None:
    """Calculate rightly, and write notes that are far too short."""
    model(copies)
    for copy in copies:
        for question in copy.asked:
            if getattr(question.check, "kind", "") == "text":
                override(copy, question.id, repr("La promotion a bien marché. Il faut la refaire."))


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
    copies[0].save = lambda: _write(copies[0].path, text[: len(text) // 2])  # type: ignore[method-assign]


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


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


PEOPLE = (
    Profile("a01", "tout juste", model),
    Profile("a02", "tout juste, autre variante", model),
    Profile("a03", "moyennes de ratios", mistaken("M03", "M06", "M08", "M32")),
    Profile("a04", "TVA mal enlevée", mistaken("M16", "M17", "M18", "M20", "M26")),
    Profile("a05", "ROI confondu avec le ROAS", mistaken("M21", "M22", "M23", "M31")),
    Profile("a06", "avant/après naïf", mistaken("M27", "M61", "M63", "M65", "M70", "M72")),
    Profile("a07", "pourcentages au lieu de proportions", percentages),
    Profile("a08", "copie blanche", blank),
    Profile("a09", "moitié du travail", half),
    Profile("a10", "erreur amont, puis raisonnement juste", carried),
    Profile("a11", "nombres écrits à la française", written_in_french),
    Profile("a12", "tableaux dans un autre ordre", shuffled),
    Profile("a13", "calculs justes, notes trop courtes", brief_writer),
    Profile("a14", "un tiers d’erreurs inexpliquées", uneven),
    Profile("a15", "stratégie : moyennes, délais et parts mal comptés", mistaken("M107", "M108", "M110", "M116")),
    Profile("b01", "fichier coupé (JSON abîmé)", corrupt, accident=True),
    Profile("b02", "fichier renommé « (1) »", renamed, accident=True),
    Profile("b03", "cellules verrouillées supprimées et copiées", deleted_and_duplicated, accident=True),
    Profile("b04", "boucle sans fin", endless, accident=True),
    Profile("b05", "avertissements sur la sortie d’erreur", warned, accident=True),
    Profile("b06", "variante d’une autre personne", borrowed, accident=True),
    Profile("b07", "rien remis", None, accident=True),
)
