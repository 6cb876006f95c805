"""Conversations as data: one TOML file each, in ``casestudies/<company>/conversations/``, read strictly.

The reader refuses a fault that would pay (trust won, tension lowered, a fact learnt), a good answer that would cost, a
line that nobody reaches, a path that never ends, a conversation that is too short or too long.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from casestudies.company import company_folder
from casestudies.conversation import (
    END,
    KINDS,
    LEAST,
    LONGEST,
    MOST,
    SHORTEST,
    Conversation,
    Ending,
    Intention,
    TalkChoice,
    TalkLine,
    TalkStanding,
    lengths,
    reached,
)
from casestudies.errors import UnknownNameError
from casestudies.names import named
from casestudies.strict import ContentError, Table


def conversations(company: str) -> dict[str, Path]:
    """Return the files of the conversations of a company, by name."""
    return {path.stem: path for path in sorted((company_folder(company) / "conversations").glob("*.toml"))}


def conversation_of(company: str, name: str) -> Conversation:
    """Return the conversation ``name`` of a company.

    Raises
    ------
    UnknownNameError, ContentError
        When there is none of this name; when its file does not say what it must.
    """
    known = conversations(company)
    if name not in known:
        raise UnknownNameError.of("conversation", name, tuple(known))
    return read(known[name])


def read(path: Path) -> Conversation:
    """Return the conversation that a file holds.

    Raises
    ------
    ContentError
        When the file does not say what it must; the message is French and says where.
    """
    root = Table.read(path, ContentError, named)
    root.only("titre", "scene", "intention", "depart", "faits", "repliques", "fins")
    told = root.table("faits")
    facts = {code: told.text(code) for code in told.data}
    lines: dict[str, TalkLine] = {}
    for table in root.tables("repliques"):
        line = _line(table, facts)
        if line.code in lines or line.code == END:
            table.fail("code", f"« {line.code} » est déjà pris")
        lines[line.code] = line
    _whole(root, lines, facts)
    start = root.table("depart").only("confiance", "tension")
    return Conversation(
        root.text("titre"), root.text("scene"), _intention(root.table("intention")),
        TalkStanding(start.integer("confiance", LEAST, MOST), start.integer("tension", LEAST, MOST)),
        facts, lines, _endings(root, len(facts)),
    )  # fmt: skip


def _intention(table: Table) -> Intention:
    table.only("question", "reponses")
    answers = table.table("reponses")
    if len(answers.data) < 2:
        table.fail("reponses", "deux réponses au moins sont attendues")
    return Intention(table.text("question"), {one: answers.text(one) for one in answers.data})


def _line(table: Table, facts: Mapping[str, str]) -> TalkLine:
    table.only("code", "qui", "dit", "choix")
    speaker = table.text("qui")
    choices = tuple(
        _choice(replace(one, place=f"{table.place}, {one.place}"), speaker, facts)
        for one in table.tables("choix", "nature")
    )
    if {one.is_fault for one in choices} != {False, True}:
        table.fail("choix", "un bon choix et une faute, au moins, sont attendus")
    if len({one.words for one in choices}) < len(choices):
        table.fail("choix", "deux choix disent la même chose")
    return TalkLine(table.text("code"), speaker, table.text("dit"), choices)


def _choice(table: Table, speaker: str, facts: Mapping[str, str]) -> TalkChoice:
    table.only("dit", "nature", "reponse", "suite", "confiance", "tension", "pourquoi", optional=("apprend", "par"))
    learnt = table.texts("apprend") if "apprend" in table.data else ()
    for code in learnt:
        if code not in facts:
            table.fail("apprend", f"« {code} » n’est pas un fait de la table « faits »")
    choice = TalkChoice(
        table.text("dit"), table.one_of("nature", KINDS), table.text("reponse"), table.text("par", speaker),
        table.text("suite"), table.integer("confiance", -3, 3), table.integer("tension", -3, 3), learnt,
        table.text("pourquoi"),
    )  # fmt: skip
    if choice.is_fault and (choice.trust > 0 or choice.tension < 0 or choice.facts or choice.trust == choice.tension):
        table.fail("nature", "une faute ne gagne ni confiance, ni calme, ni fait : elle coûte quelque chose")
    if not choice.is_fault and (choice.trust < 0 or choice.tension > 0):
        table.fail("nature", "un bon choix ne coûte ni confiance, ni calme")
    return choice


def _whole(root: Table, lines: Mapping[str, TalkLine], facts: Mapping[str, str]) -> None:
    """Refuse lines that lead nowhere, that nobody reaches or that turn in circles; facts that nobody learns."""
    for line in lines.values():
        for one in line.choices:
            if one.leads_to not in lines and one.leads_to != END:
                root.fail("repliques", f"« {line.code} » mène à « {one.leads_to} », qui n’existe pas")
    first = next(iter(lines))
    if lost := sorted(set(lines) - reached(lines, first)):
        root.fail("repliques", f"« {lost[0]} » n’est jamais atteinte")
    try:
        found = lengths(lines, first)
    except RecursionError as cause:
        root.fail("repliques", f"un chemin repasse par « {cause} » : il ne finirait jamais")
    if min(found) < SHORTEST or max(found) > LONGEST:
        root.fail("repliques", f"de {min(found)} à {max(found)} échanges ; on attend de {SHORTEST} à {LONGEST}")
    taught = {code for line in lines.values() for one in line.choices for code in one.facts}
    if unknown := sorted(set(facts) - taught):
        root.fail("faits", f"« {unknown[0]} » ne s’apprend nulle part")


def _endings(root: Table, facts: int) -> tuple[Ending, ...]:
    bounds = {"confiance_min": MOST, "tension_max": MOST, "faits_min": facts, "fautes_max": LONGEST}
    found = []
    for table in root.tables("fins", "titre"):
        table.only("titre", "dit", "essayer", *bounds, optional=("bonne",))
        limits = [table.integer(key, 0, most) for key, most in bounds.items()]
        told = (table.text("titre"), table.text("dit"), table.text("essayer"), table.flag("bonne"))
        found.append(Ending(*told, *limits))
    last = found[-1]
    if last.good or (last.least_trust, last.most_tension, last.least_facts, last.most_faults) != (0, MOST, 0, LONGEST):
        root.fail("fins", "la dernière fin doit convenir à tout ce que les autres n’ont pas retenu, et n’est pas bonne")
    ranks = [one.good for one in found]
    if not ranks[0] or ranks != sorted(ranks, reverse=True):
        root.fail("fins", "les bonnes fins viennent d’abord, et il en faut une")
    return tuple(found)
