"""Going back to where one was: which cells of a notebook to run, in order, and the question to go on with.

The page runs the cells one by one and passes over those that stop: here is only said which, from what this kernel ran
(``session``) and what is kept of the learner's progress. What the page asks and what it is answered are plain data.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casestudies.freshness import Cell, SessionTokens
from casestudies.home.standing import NotebookStanding, next_question, standings
from casestudies.home.summary import NotebookSummary, summary_of
from casestudies.identity import identify, normalise
from casestudies.kept_progress import KeptProgress
from casestudies.seeds import REFERENCE
from casestudies.session import running_shell, session_of
from casestudies.study import HOME, home_of
from casestudies.typography import french

MIME = "application/vnd.casekit.resume+json"
ALL_DONE = "Toutes les questions de ce notebook sont réussies."
NO_QUESTION = "Ce notebook n’a pas de question à vérifier : toutes ses cellules ont été exécutées."
_ASKED = re.compile(r"\.verifier\(\s*[\"']([^\"'\n]+)[\"']")
_OPENED = re.compile(r"^[^#\n]*\bouvrir_dossier\(\s*[\"'](\w+)[\"']", re.MULTILINE)
_IDENTIFIER = "identifiant"


@dataclass(frozen=True)
class Resumption:
    """What to do to go on: the ids of the cells to ``run`` in order, the cell to ``go`` to, what is then ``said``."""

    run: tuple[str, ...]
    go: str
    said: str


def resumption(cells: Sequence[Cell], session: SessionTokens, folder: Path) -> Resumption:
    """Return how to go on in a notebook of ``folder`` whose code cells, as they are written now, are ``cells``.

    What is run goes from the first cell that this kernel has not run as it stands to the check of the next question.
    """
    asked = dict(_questions(cells))
    order = list(asked)
    target = _target(cells, order, folder)
    last = asked[target] if target else len(cells) - 1
    reach = cells[: last + 1]
    first = next((rank for rank, (cell, source) in enumerate(reach) if _is_late(session, cell, source)), len(reach))
    run = tuple(cell for cell, source in reach[first:] if source.strip())
    if not target:
        return Resumption(run, "", ALL_DONE if asked else NO_QUESTION)
    said = f"Vous êtes à la question {order.index(target) + 1} sur {len(order)}."
    return Resumption(run, _answer_cell(cells, asked, target), said)


def neighbours(found: Sequence[NotebookStanding], here: NotebookSummary | None) -> NotebookSummary | None:
    """Return the notebook that follows ``here`` in a study folder, None after the last one."""
    names = [one.notebook for one in found]
    after = names.index(here) + 1 if here in names else len(names)
    return names[after] if after < len(names) else None


def tell(request: str) -> None:
    """Answer, as a display of type ``MIME``, what the page asks of the notebook at hand."""
    from IPython.display import display

    display({MIME: answer(json.loads(request), Path.cwd())}, raw=True)


def answer(asked: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return what answers the page: who works here and what follows, or how to go on."""
    if asked.get("do") == "resume":
        cells = [(str(cell), str(source)) for cell, source in asked.get("cells", ())]
        session = session_of(running_shell())
        found = resumption(cells, session.tokens if session else SessionTokens(), folder)
        return {"run": list(found.run), "go": found.go, "said": french(found.said)}
    return _around(folder, str(asked.get("notebook", "")))


def _around(folder: Path, notebook: str) -> dict[str, Any]:
    root, learner = home_of(folder), identify("", folder).learner
    following = neighbours(standings(root, learner), summary_of(f"{folder.name}/{notebook}"))
    up = "../" if root != folder else ""
    on = {"path": f"{up}{following.file}", "title": french(f"Suivant : {following.heading} →")} if following else {}
    return {
        "learner": "" if learner == REFERENCE else learner,
        "home": f"{up}{HOME}" if (root / HOME).is_file() else "",
        "next": on,
    }


def _questions(cells: Sequence[Cell]) -> Iterator[tuple[str, int]]:
    """Yield the questions that cells check, and the rank of the cell."""
    for rank, (_, source) in enumerate(cells):
        for question in _ASKED.findall(source):
            yield question, rank


def _target(cells: Sequence[Cell], order: Sequence[str], folder: Path) -> str:
    company = next((found[1] for _, source in cells if (found := _OPENED.search(source))), "")
    kept = KeptProgress(folder, company, _learner(cells, folder)).standings()
    done = {name for name, standing in kept.items() if standing.done}
    return next_question(order, done, next((name for name in reversed(kept) if name in order), ""))


def _learner(cells: Sequence[Cell], folder: Path) -> str:
    """Return the identifier that the notebook gives, else the one that is kept."""
    for _, source in cells:
        if source.lstrip().startswith(_IDENTIFIER):
            given = _given(source)
            if given:
                return normalise(given)
    return identify("", folder).learner


def _given(source: str) -> str:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for one in body:
        if isinstance(one, ast.Assign) and [ast.unparse(target) for target in one.targets] == [_IDENTIFIER]:
            return str(one.value.value) if isinstance(one.value, ast.Constant) else ""
    return ""


def _is_late(session: SessionTokens, cell: str, source: str) -> bool:
    return bool(source.strip()) and not session.is_current(cell, source)


def _answer_cell(cells: Sequence[Cell], asked: Mapping[str, int], question: str) -> str:
    """Return the id of the cell where a question is answered: its own, else the one above its check."""
    ids, check = [cell for cell, _ in cells], asked[question]
    if f"a{question}" in ids:
        return f"a{question}"
    above = [rank for rank in range(check) if rank not in asked.values()]
    return ids[above[-1] if above else check]
