"""How long a notebook takes, by one stated rule: what is read, what is written, what is chosen, what is handed in.

================  =====================================================================================
words             200 a minute: texts, options of choices, message and documents that the notebook opens
lines of code     two minutes each: statements of the model solutions, blanks of the worked example
choices, labels   one minute each
deliverables      ten minutes a note (150 words, written then read again), twelve a table, eight a chart
conversations     six minutes each: nine exchanges, 900 words on a path, ten seconds to choose an answer
================  =====================================================================================

Hints are read by those who ask for them, and do not count; nor does a conversation that is said « facultatif ».
The header announces the result within 10 %.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.course.configuration import BEGIN_SOLUTION, END_SOLUTION
from autograder.keys.checks.choices import Choice, Letter
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Question
from autograder.keys.questions import questions_of
from casestudies.choices import authored_options
from casestudies.company import company_folder

WORDS_A_MINUTE = 200
MINUTES_A_LINE, MINUTES_A_CHOICE = 2, 1
MINUTES_A_DELIVERABLE = {"text": 10, "table": 12, "chart": 8}
MINUTES_A_CONVERSATION = 6
LEAST_MINUTES, MOST_MINUTES = 60, 75
MOST_WORDS = 2500
CLOSE = 0.10
"""How far, as a share of what is computed, the minutes of the header may be."""

_WORD = re.compile(r"\w[\w’'-]*")
_OPENED = re.compile(r"dossier\.(message|document)\(([^)]*)\)")
_TALK, _OPTIONAL = "dossier.conversation(", "facultati"
_BLANK = re.compile(r"\s*\w+ = None(\s*#|$)")
_ANNOUNCED = re.compile(r"\|\s*Durée\s*\|\s*(\d+)\sminutes")
_SOLUTION = re.compile(rf"{BEGIN_SOLUTION}\n(.*?){END_SOLUTION}", re.DOTALL)
_SHOWN_LETTER = "dossier.lettre("


@dataclass(frozen=True)
class Workload:
    """What a learner reads and does in one notebook.

    Attributes
    ----------
    words, lines, choices : how many there are.
    deliverables : the kind of each, « text », « table » or « chart ».
    announced : minutes that the header says, None when it says none.
    questions : questions of every kind.
    conversations : those that are not optional.

    """

    words: int
    lines: int
    choices: int
    deliverables: tuple[str, ...] = ()
    announced: int | None = None
    questions: int = 0
    conversations: int = 0

    @property
    def minutes(self) -> float:
        """Minutes by the rule at the head of this module.

        >>> Workload(words=2000, lines=15, choices=6, deliverables=("table", "text")).minutes
        68.0
        """
        written = self.lines * MINUTES_A_LINE + self.choices * MINUTES_A_CHOICE
        talked = self.conversations * MINUTES_A_CONVERSATION
        handed_in = sum(MINUTES_A_DELIVERABLE[one] for one in self.deliverables)
        return self.words / WORDS_A_MINUTE + written + talked + handed_in

    def problems(self) -> Iterator[str]:
        """Yield what is outside the limits, in French."""
        minutes = round(self.minutes)
        if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
            yield f"{minutes} minutes, hors de {LEAST_MINUTES} à {MOST_MINUTES}"
        if self.words > MOST_WORDS:
            yield f"{self.words} mots à lire, plus de {MOST_WORDS}"
        if self.announced is None:
            yield "l’en-tête n’annonce pas de minutes (« | Durée | 70 minutes »)"
        elif abs(self.announced - self.minutes) > CLOSE * self.minutes:
            yield f"l’en-tête annonce {self.announced} minutes, le calcul en donne {minutes}"


def workload(name: str, notebook: dict[str, Any]) -> Workload:
    """Return the workload of the notebook « assignment/notebook », read as JSON."""
    asked = {question.id: question for question in questions_of(notebook=name)}
    text, lines = "", 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            text += source + "\n"
        else:
            text += opened_texts(asked, source)
            lines += _lines(asked, cell, source)
    text += "\n".join(option for question in asked for option in authored_options().get(question, ()))
    announced = _ANNOUNCED.search(text)
    return Workload(
        words=words(text),
        lines=lines,
        choices=sum(isinstance(question.check, Choice | Letter) for question in asked.values()),
        deliverables=tuple(one.check.kind for one in asked.values() if isinstance(one.check, Structure)),
        announced=int(announced[1]) if announced else None,
        questions=len(asked),
        conversations=sum(
            cell["cell_type"] == "code" and _TALK in source and _OPTIONAL not in source.lower()
            for cell, source in ((cell, "".join(cell["source"])) for cell in notebook["cells"])
        ),
    )


def words(text: str) -> int:
    """Return how many words a text has; marks, rules of tables and addresses are none.

    >>> words("**Le CA** de l’année — voir [ici](https://exemple.fr) : 12 %.")
    7
    """
    return len(_WORD.findall(re.sub(r"\]\([^)]*\)", "]", text)))


def opened_texts(asked: dict[str, Question], source: str) -> str:
    """Return the message and the documents that a cell opens, or the parts of them that it names."""
    company = next((question.company for question in asked.values()), "")
    found = ""
    for kind, arguments in _OPENED.findall(source) if company else ():
        names = re.findall(r'"([^"]*)"', arguments)
        folder = company_folder(company)
        if kind == "message":
            found += (folder / "brief.md").read_text(encoding="utf-8")
        elif names and (path := folder / "documents" / f"{names[0]}.md").is_file():
            document = path.read_text(encoding="utf-8")
            parts = re.split(r"^(?=## )", document, flags=re.MULTILINE)
            titles = [f"## {name}\n" for name in names[1:]]
            found += document if not titles else "".join(one for one in parts if one.startswith(tuple(titles)))
    return found


def _lines(asked: dict[str, Question], cell: dict[str, Any], source: str) -> int:
    """Return the lines that a learner writes in a code cell: none in a choice's, a deliverable's or a folded one."""
    identifier = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
    question = asked.get(identifier.removeprefix("a"))
    solutions = _SOLUTION.findall(source)
    if cell["metadata"].get("jupyter", {}).get("source_hidden"):
        return 0
    if not solutions:
        return sum(bool(_BLANK.match(line)) for line in source.splitlines())
    if question is None or isinstance(question.check, Choice | Letter | Structure):
        return 0
    kept = "\n".join(line for text in solutions for line in text.splitlines() if _SHOWN_LETTER not in line)
    return sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(kept)))
