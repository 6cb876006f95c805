"""The register of the certification: lines are added, never changed; a correction is a line that points to another.

A bloc once validated stays validated (référentiel, « capitalisation »): a later session has nothing to decide of it,
and only a correction, with its reason, can take it back. The whole certification stands on all the blocs: it is never
held without them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time
from typing import Any

from sqlalchemy import Connection, insert, select

from autograder.certification.model import WHOLE, Decided, Entry, JurySession, Ruling, Sitting, Votes
from autograder.certification.tables import RULINGS
from autograder.referentiel import load_referentiel
from autograder.referentiel.loader import referentiel_digest
from autograder.review.database import KeptInGradebook, now
from autograder.review.rows import aware, clean
from casestudies import __version__
from casestudies.errors import CasekitError
from casestudies.french import french_list

KEPT = ("id", "author", "learner", "bloc", "way", "proposal", "reason", "corrects", "kit_version", "referentiel")
"""The columns that an entry holds as they are."""
HOURS = ("opened", "closed")
Rule = Callable[[Decided, JurySession, Sequence[Entry]], int | None]
"""Says which line a decision puts right (0: none, it is a new one), or None when the register says the same already."""


class Register(KeptInGradebook):
    """The register of a course; use it as a context."""

    def entries(self, learner: str | None = None) -> list[Entry]:
        """Return every line, oldest first: of one learner or of all."""
        return self.database.read(lambda connection: _entries(connection, learner))

    def acquired(self) -> dict[str, dict[str, Entry]]:
        """Return the line that validated each bloc acquired, by learner then by the bloc's code."""
        return acquired(self.entries())

    def record(self, session: JurySession, decisions: Iterable[Decided], author: str) -> list[Entry]:
        """Record what a jury decided, all of it or nothing; return the lines added.

        What is already recorded just as it is given is left alone, so that recording twice is harmless.

        Raises
        ------
        CasekitError
            When a bloc is already acquired, was decided otherwise in this session, the session has another day, or the
            whole certification would be held without all its blocs.
        """
        return self._write(session, decisions, author, _new)

    def correct(self, session: JurySession, decisions: Iterable[Decided], author: str) -> list[Entry]:
        """Put lines of a session right, each with its reason; return the lines added.

        Raises
        ------
        CasekitError
            When a reason is missing, the session has no line to correct, or the whole certification would be held
            without all its blocs.
        """
        return self._write(session, decisions, author, _correction)

    def _write(self, session: JurySession, decisions: Iterable[Decided], author: str, rule: Rule) -> list[Entry]:
        wanted = tuple(decisions)

        def work(connection: Connection) -> list[Entry]:
            known = _entries(connection)
            _require_one_day(session, known)
            found = [(one, rule(one, session, known)) for one in wanted]
            added = [_add(connection, session, one, author, line) for one, line in found if line is not None]
            _require_all_blocs([*known, *added], {one.learner for one in added})
            return added

        return self.database.write(work)


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """Return the lines that no later one corrects, cancelled ones among them."""
    listed = list(entries)
    corrected = {entry.corrects for entry in listed}
    return [entry for entry in listed if entry.id not in corrected]


def acquired(entries: Iterable[Entry]) -> dict[str, dict[str, Entry]]:
    """Return, of these lines, the one that validated each bloc, by learner then by the bloc's code.

    ``WHOLE`` is among the codes when the certification as a whole was pronounced.
    """
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in standing(entries):
        if entry.ruling is Ruling.VALIDATED:
            found[entry.learner].setdefault(entry.bloc, entry)
    return dict(found)


def _of_session(one: Decided, session: JurySession, known: Sequence[Entry]) -> Entry | None:
    mine = [entry for entry in known if (entry.learner, entry.bloc) == (one.learner, one.bloc)]
    return next((entry for entry in standing(mine) if entry.session.name == session.name), None)


def _new(one: Decided, session: JurySession, known: Sequence[Entry]) -> int | None:
    """Refuse what would contradict the register."""
    former = _of_session(one, session, known)
    if former is not None and _same(former, one):
        return None
    if former is not None:
        raise CasekitError(
            f"{one.learner}, {one.bloc} : « {former.ruling} » est déjà enregistré pour la session « {session.name} ». "
            "Pour le changer, relancez avec « --correction » et son motif. Rien n’a été écrit."
        )
    holds = acquired(known).get(one.learner, {}).get(one.bloc)
    if holds is not None:
        what = "la certification entière est acquise" if one.bloc == WHOLE else "ce bloc est acquis"
        raise CasekitError(
            f"{one.learner}, {one.bloc} : {what} depuis la session « {holds.session.name} » du "
            f"{holds.session.day:%d/%m/%Y}, et le reste. Laissez sa décision vide. Rien n’a été écrit."
        )
    return 0


def _correction(one: Decided, session: JurySession, known: Sequence[Entry]) -> int | None:
    former = _of_session(one, session, known)
    if former is None:
        raise CasekitError(
            f"{one.learner}, {one.bloc} : rien n’est enregistré pour la session « {session.name} », il n’y a donc rien "
            "à corriger. Rien n’a été écrit."
        )
    if not one.reason.strip():
        raise CasekitError(f"{one.learner}, {one.bloc} : une correction demande un motif. Rien n’a été écrit.")
    return None if _same(former, one) else former.id


def _same(former: Entry, one: Decided) -> bool:
    return (former.ruling, former.reason, former.votes) == (one.ruling, clean(one.reason), one.votes)


def _require_all_blocs(entries: Sequence[Entry], learners: Iterable[str]) -> None:
    """Refuse a certification held as a whole while a bloc is not: the transaction is then given up."""
    held = acquired(entries)
    for learner in sorted(learners):
        mine = held.get(learner, {})
        missing = [code for code in load_referentiel().blocs if code not in mine]
        if WHOLE in mine and missing:
            raise CasekitError(
                f"{learner} : la certification entière demande tous les blocs, et il manque {french_list(missing)}. "
                "Validez ces blocs dans le même fichier, ou n’y prononcez pas la certification (si elle est déjà "
                "enregistrée, annulez-la d’abord, avec « --correction »). Rien n’a été écrit."
            )


def _require_one_day(session: JurySession, entries: Iterable[Entry]) -> None:
    other = next((one.session for one in entries if one.session.name == session.name), session)
    if other.day != session.day:
        raise CasekitError(
            f"La session « {session.name} » est déjà enregistrée à la date du {other.day:%d/%m/%Y}, et non du "
            f"{session.day:%d/%m/%Y} : corrigez la date, ou donnez un autre nom à la session. Rien n’a été écrit."
        )


def _add(connection: Connection, session: JurySession, one: Decided, author: str, corrects: int) -> Entry:
    jury = [name for name in session.jury if name not in one.excluded]
    row: dict[str, Any] = {
        "at": now(), "author": author, "learner": one.learner, "bloc": one.bloc, "session": session.name,
        "day": session.day, "jury": json.dumps(jury, ensure_ascii=False), "ruling": one.ruling.value,
        "way": one.way, "proposal": one.proposal, "reason": clean(one.reason), "corrects": corrects,
        "kit_version": __version__, "referentiel": referentiel_digest(), "place": clean(session.sitting.place),
        "votes": _votes(one.votes), **dict(zip(HOURS, session.sitting.hours, strict=True)),
    }  # fmt: skip
    made = connection.execute(insert(RULINGS).values(**row)).inserted_primary_key
    assert made is not None
    return _entry({**row, "id": made[0]})


def _entries(connection: Connection, learner: str | None = None) -> list[Entry]:
    query = select(RULINGS).order_by(RULINGS.c.id)
    if learner is not None:
        query = query.where(RULINGS.c.learner == learner)
    return [_entry(row) for row in connection.execute(query).mappings()]


def _entry(row: Mapping[Any, Any]) -> Entry:
    kept = {name: row[name] for name in KEPT}
    sitting = Sitting(row["place"], *(time.fromisoformat(row[name]) if row[name] else None for name in HOURS))
    session = JurySession(row["session"], row["day"], tuple(json.loads(row["jury"])), sitting)
    votes = Votes(*map(int, row["votes"].split("/"))) if row["votes"] else None
    return Entry(**kept, at=aware(row["at"]), session=session, ruling=Ruling(row["ruling"]), votes=votes)


def _votes(votes: Votes | None) -> str:
    return f"{votes.in_favour}/{votes.against}/{votes.abstained}" if votes else ""
