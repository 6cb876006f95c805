"""An answer whose cell failed, or was edited since, is not judged: what is said of it instead, and what to run."""

import ast
from collections.abc import Mapping, Sequence

from casestudies.findings import Finding, Outcome
from casestudies.freshness import Cell, Doubt, Outside, SessionTokens, doubt_of, would_be_made
from casestudies.started_programs import program_line

NAMED = 2
"""How many cells are named at most in the sentence."""
_SHOWN = 60

FAILED = "Cette cellule s’est arrêtée sur une erreur : la valeur qui reste est celle d’avant, elle n’est pas jugée."
CHANGED = "Le notebook a changé depuis que cette valeur a été calculée : elle n’est pas jugée."
GONE = "La cellule qui a donné cette valeur n’est plus au-dessus dans le notebook : la valeur n’est pas jugée."
REPEATED = (
    "Une cellule qui modifie son propre résultat a été exécutée plusieurs fois : un calcul repris du début donnerait "
    "peut-être autre chose. Menu « Noyau », « Redémarrer le noyau et exécuter jusqu’à la cellule sélectionnée »."
)
PROGRAM = (
    "Une cellule qui prépare cette réponse lance un autre programme : à la correction, elle s’arrêterait là. "
    "La réponse n’est pas jugée."
)

EARLIER = (
    "Le notebook a changé depuis que cette réponse a été contrôlée, avant le redémarrage : elle n’est pas jugée. "
    "Relancez ses cellules, puis celle-ci."
)


def handed_in_name(source: str, question: str) -> str:
    """Return what a check cell hands in to ``question``, as it is written; empty when it does not check it.

    >>> handed_in_name('dossier.verifier("q1-a", taux)', "q1-a")
    'taux'
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "verifier":
            asked = [part.value for part in call.args[:1] if isinstance(part, ast.Constant)]
            if asked == [question] and len(call.args) > 1:
                return ast.unparse(call.args[1])
    return ""


def gives_only(source: str, name: str, value: str) -> bool:
    r"""Say whether a cell does nothing but give simple values to names, and ``value`` to ``name`` last.

    >>> gives_only('choix = "B"  # votre lettre', "choix", "B"), gives_only('f()\nchoix = "B"', "choix", "B")
    (True, False)
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    given: dict[str, object] = {}
    for one in body:
        if not (isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)):
            return False
        given |= {target.id: one.value.value for target in one.targets if isinstance(target, ast.Name)}
    return given.get(name) == value


def stale_among(
    questions: Sequence[str], cells: Sequence[Cell], session: SessionTokens, outside: Outside
) -> Mapping[str, Finding | None]:
    """Return, for each question that a cell of the notebook checks, what is said instead of a verdict; None when fresh.

    ``cells`` are all the code cells of the notebook as they are written now, from the top.
    """
    found: dict[str, Finding | None] = {}
    for rank, (_, source) in enumerate(cells):
        if ".verifier(" not in source:
            continue
        for question in questions:
            name = handed_in_name(source, question)
            if name:
                doubt = doubt_of(name, cells[:rank], session, outside)
                found[question] = finding_of(doubt, dict(cells)) if doubt else None
    return found


def outlived(shown: Sequence[tuple[str, str]], cells: Sequence[Cell], outside: Outside) -> tuple[str, ...]:
    """Return the questions whose answer, shown since before this session, is no longer what the cells would make.

    ``shown`` are questions, each with the token that its answer was made of.
    """
    found = []
    for rank, (_, source) in enumerate(cells):
        for question, made in shown if ".verifier(" in source else ():
            name = handed_in_name(source, question)
            if name and would_be_made(name, cells[:rank], outside) != made:
                found.append(question)
    return tuple(found)


def failed_answer(question: str, session: SessionTokens) -> Finding | None:
    """Return what is said when the cell of an answer stopped at its last run; None otherwise."""
    cell = f"a{question}"
    run = session.runs.get(cell)
    return None if run is None or run.succeeded else finding_of(Doubt((cell,), failed=True), {cell: run.source})


def finding_of(doubt: Doubt, written: Mapping[str, str]) -> Finding:
    """Return the finding of an answer that may not be what grading will see."""
    if doubt.program:
        lines = [found.text for cell in doubt.cells if (found := program_line(written.get(cell, "")))]
        quoted = " et ".join(f"`{_cut(line)}`" for line in lines[:NAMED])
        return Finding(Outcome.STALE, 0.0, PROGRAM, f"Enlevez {quoted}, relancez la cellule, puis celle-ci.")
    if doubt.settle:
        return Finding(Outcome.STALE, 0.0, REPEATED if doubt.cells else GONE)
    named = [f"`{line}`" for cell in doubt.cells if (line := first_line(written.get(cell, "")))]
    more = f" et {len(named) - NAMED} autre(s)" if len(named) > NAMED else ""
    several = "les cellules qui commencent" if len(named) > 1 else "la cellule qui commence"
    what = f"Exécutez {several} par {', '.join(named[:NAMED])}{more}, puis celle-ci." if named else ""
    return Finding(Outcome.STALE, 0.0, FAILED if doubt.failed else CHANGED, what)


def first_line(source: str) -> str:
    """Return how a cell begins, to name it in a sentence between backquotes."""
    return _cut(next((text.strip() for text in source.splitlines() if text.strip()), ""))


def _cut(text: str) -> str:
    line = text.replace("`", "'")
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def pairs_of(given: object) -> list[tuple[str, str]]:
    """Return the pairs of texts that a page sends, cells among them; what is anything else is left out."""
    pairs = given if isinstance(given, list) else []
    return [
        (pair[0], pair[1]) for pair in pairs if isinstance(pair, list) and [type(part) for part in pair] == [str, str]
    ]
