"""The flash card of every misconception: a mini-case to work out, a colleague's mistake to name, or a case to judge."""

from collections.abc import Mapping
from functools import cache
from math import isclose
from pathlib import Path

from autograder.keys.flash import (
    assortment,
    circuits,
    comparison,
    money,
    pricing,
    project,
    selling,
    strategy,
    teamwork,
    traffic,
    web,
)
from autograder.keys.flash.making import Draw, Family, MiniCase
from autograder.keys.misconceptions import CATALOGUE, Misconception, load_misconceptions
from casestudies.french import french_number
from casestudies.revision.cards import TOLERANCE, Flashcard, Reply, same_number
from casestudies.seeds import seed_of, stream
from casestudies.strict import ContentError, Table

FAMILIES: tuple[Family, ...] = (
    *web.FAMILIES,
    *money.FAMILIES,
    *comparison.FAMILIES,
    *strategy.FAMILIES,
    *pricing.FAMILIES,
    *assortment.FAMILIES,
    *selling.FAMILIES,
    *circuits.FAMILIES,
    *traffic.FAMILIES,
    *project.FAMILIES,
    *teamwork.FAMILIES,
)
APART = 0.02
"""Least relative gap between the right value and where a misconception leads."""
_TRIES = 40
_OPTIONS = 4


class FlashError(ContentError):
    """The cases to judge are not consistent; the message names the file and the key."""


def flashcards(seed: str) -> list[Flashcard]:
    """Return one card for each misconception of the catalogue; the same seed gives the same figures and order."""
    return [_card(item, Draw(stream(seed_of("flash", seed, 0), item.id))) for item in load_misconceptions().values()]


def _card(item: Misconception, draw: Draw) -> Flashcard:
    families = _families().get(item.id, ())
    judged = _cases_to_judge().get(item.id, ())
    if families:
        case = _drawn(draw.one(*families), item.id, draw)
        return _to_work_out(item, case) if draw.one(True, False) else _to_diagnose(item, case, draw)
    if judged:
        return _to_judge(item, draw.one(*judged), draw)
    return _to_put_right(item, draw)


@cache
def _families() -> Mapping[str, tuple[Family, ...]]:
    """Return the families of mini-cases that know each misconception."""
    found: dict[str, tuple[Family, ...]] = {}
    for family in FAMILIES:
        for name in family(Draw(stream(seed_of("flash", "", 0), family.__name__))).wrong:
            found[name] = (*found.get(name, ()), family)
    return found


def _drawn(family: Family, name: str, draw: Draw) -> MiniCase:
    """Return a case whose right value is far enough from where the misconception leads."""
    case = family(draw)
    for _ in range(_TRIES):
        if _apart(case, case.wrong[name]):
            break
        case = family(draw)
    return case


def _apart(case: MiniCase, value: float) -> bool:
    gap = abs(value - case.right)
    return gap >= APART * abs(case.right) and not same_number(value, case.right, case.decimals)


def _to_work_out(item: Misconception, case: MiniCase) -> Flashcard:
    names = (item.id, *(name for name in case.wrong if name != item.id))
    wrong = tuple(_mistake(name, case.wrong[name]) for name in names if _apart(case, case.wrong[name]))
    right = Reply(case.right, "C’est juste.")
    return Flashcard(item.id, case.statement, right, wrong, case.worked, (), case.unit, case.decimals)


def _mistake(name: str, value: float | str) -> Reply:
    item = load_misconceptions()[name]
    return Reply(value, item.explanation, item.title, item.question)


def _to_diagnose(item: Misconception, case: MiniCase, draw: Draw) -> Flashcard:
    """Ask which mistake explains a colleague's value, among those that would give another one."""
    value = case.wrong[item.id]
    others = {
        name: other for name, other in case.wrong.items()
        if not same_number(value, other, case.decimals) and not same_number(other, value, case.decimals)
    }  # fmt: skip
    wrong = [
        Reply(load_misconceptions()[name].title, f"Avec cette erreur, il aurait trouvé {_written(case, other)}.")
        for name, other in others.items()
    ]
    if len(wrong) < _OPTIONS - 1:
        wrong.append(Reply("Aucune : son résultat est juste", f"Le résultat juste est {_written(case, case.right)}."))
    said = f"Un collègue répond {_written(case, value)}. Quelle erreur a-t-il faite ?"
    return _shuffled(
        item.id, f"{case.statement} {said}", Reply(item.title, item.explanation), wrong,
        f"Le bon calcul : {case.worked} Résultat : {_written(case, case.right)}.", draw,
    )  # fmt: skip


def _written(case: MiniCase, value: float) -> str:
    decimals = case.decimals
    while decimals < 5 and not isclose(round(value, decimals), value, rel_tol=TOLERANCE):
        decimals += 1
    return french_number(value, decimals, case.unit)


def _to_put_right(item: Misconception, draw: Draw) -> Flashcard:
    """Ask which question puts a colleague back on track, among those of neighbouring mistakes."""
    near = [other for other in _neighbours(item.id) if other.question != item.question]
    wrong = [Reply(other.question, f"Cette question répond à une autre erreur : {other.title}.") for other in near]
    statement = f"Un formateur écrit à un collègue : « {item.explanation} » Quelle question le remettrait sur la voie ?"
    return _shuffled(item.id, statement, Reply(item.question, f"L’erreur en un mot : {item.title}."), wrong, "", draw)


@cache
def _neighbours(name: str) -> tuple[Misconception, ...]:
    """Return the misconceptions that stand beside one in its file of the catalogue."""
    for path in sorted(CATALOGUE.glob("*.toml")):
        items = list(load_misconceptions(path).values())
        places = [index for index, item in enumerate(items) if item.id == name]
        if places:
            start = min(max(places[0] - 4, 0), max(len(items) - 9, 0))
            return tuple(item for item in items[start : start + 9] if item.id != name)
    raise KeyError(name)


def _to_judge(item: Misconception, case: "_ToJudge", draw: Draw) -> Flashcard:
    names = (item.id, *(name for name in case.wrong if name != item.id))
    wrong = [_mistake(name, case.wrong[name]) for name in names]
    return _shuffled(item.id, case.statement, Reply(case.right, "C’est juste."), wrong, case.why, draw)


def _shuffled(name: str, statement: str, right: Reply, wrong: list[Reply], worked: str, draw: Draw) -> Flashcard:
    """Return a card with up to four options, in an order of its own."""
    drawn = draw.some(wrong, _OPTIONS - 1)
    options = tuple(str(reply.value) for reply in draw.some([right, *drawn], _OPTIONS))
    return Flashcard(name, statement, right, tuple(drawn), worked, options)


class _ToJudge:
    """A case without calculation: what is right, and the misconception behind each wrong choice."""

    def __init__(self, table: Table) -> None:
        self.statement, self.right, self.why = table.text("enonce"), table.text("juste"), table.text("raison")
        self.wrong = {name: table.text(name) for name in table.data if name.startswith("M")}


@cache
def _cases_to_judge() -> Mapping[str, tuple[_ToJudge, ...]]:
    """Return the cases to judge of ``cas.toml`` by misconception.

    Raises
    ------
    FlashError
        When the file does not say what it must.
    """
    root = Table.read(Path(__file__).with_name("cas.toml"), FlashError).only("cas")
    known = tuple(load_misconceptions())
    found: dict[str, tuple[_ToJudge, ...]] = {}
    for table in root.tables("cas", "enonce"):
        case = _ToJudge(table.only("enonce", "juste", "raison", optional=known))
        if not case.wrong:
            table.fail("enonce", "au moins une idée fausse est attendue")
        for name in case.wrong:
            found[name] = (*found.get(name, ()), case)
    return found
