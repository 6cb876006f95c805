"""The register of the juries' decisions, on SQLite and on a real PostgreSQL server: lines are only ever added."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy
from reviewing import fill, new_database
from servers import postgresql

from autograder.certification.model import Decided, JurySession, Rating, Ruling, TutorGrid
from autograder.certification.register import Register
from autograder.certification.tutor_store import grids_of, keep_grid
from autograder.referentiel.loader import referentiel_digest
from autograder.review.tables import VERSION_TABLE
from casestudies import __version__
from casestudies.errors import CasekitError

pytestmark = pytest.mark.slow

NUMBERS = count(1)
JUNE = JurySession("Juin 2026", date(2026, 6, 15), ("Membre 1", "Membre 2"))
AUTUMN = JurySession("Automne 2026", date(2026, 10, 2), ("Membre 3",))
YES, NO, CANCELLED = Ruling
GRID = TutorGrid(
    "lea", "Entreprise fictive", "Tuteur fictif", "Responsable", date(2026, 1, 5), date(2026, 4, 30), date(2026, 5, 2),
    (Rating("1.1.1", 3, "Vu « en vrai »."), Rating("1.2.1", None)), "a" * 64,
)  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as address:
        fill(new_database(address, "modele"), ())
        yield address


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("modele") / "gradebook.db"
    fill(f"sqlite:///{path}", ())
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return new_database(request.getfixturevalue("server"), f"registre{next(NUMBERS)}", "modele")
    shutil.copyfile(request.getfixturevalue("file"), tmp_path / "gradebook.db")
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    with Register(url) as opened:
        yield opened


def test_a_decision_is_kept_with_its_session_its_jury_and_what_was_in_force(register: Register) -> None:
    before = datetime.now(UTC)
    wanted = Decided("lea", "B1", YES, "formation", "non validé", "Le jury a entendu la candidate : 100 % « prouvé ».")
    (entry,) = register.record(JUNE, [wanted], "Secrétariat")
    kept = Decided(entry.learner, entry.bloc, entry.ruling, entry.way, entry.proposal, entry.reason)
    assert (kept, entry.session, entry.author, entry.corrects) == (wanted, JUNE, "Secrétariat", 0)
    assert before <= entry.at <= datetime.now(UTC)
    assert (entry.kit_version, entry.referentiel) == (__version__, referentiel_digest())
    assert register.entries() == register.entries("lea") == [entry]
    assert register.entries("noe") == []
    assert register.acquired() == {"lea": {"B1": entry}}


def test_recording_twice_adds_nothing_and_recording_otherwise_is_refused(register: Register) -> None:
    both = [Decided("lea", "B1", YES), Decided("lea", "B2", NO, reason="Sous le niveau.")]
    assert len(register.record(JUNE, both, "S")) == 2
    assert register.record(JUNE, both, "T") == []
    with pytest.raises(CasekitError, match=r"lea, B2 : « non validé » est déjà enregistré.*--correction"):
        register.record(JUNE, [Decided("noe", "B1", YES), Decided("lea", "B2", YES)], "S")
    assert [entry.learner for entry in register.entries()] == ["lea", "lea"], "nothing of a refused set is written"
    with pytest.raises(CasekitError, match=r"déjà enregistrée à la date du 15/06/2026"):
        register.record(replace(JUNE, day=date(2026, 6, 16)), [Decided("noe", "B1", YES)], "S")


def test_a_bloc_once_validated_stays_so(register: Register) -> None:
    register.record(JUNE, [Decided("lea", "B1", YES), Decided("lea", "B2", NO)], "S")
    for ruling in (YES, NO):
        with pytest.raises(CasekitError, match=r"lea, B1 : ce bloc est acquis depuis la session « Juin 2026 »"):
            register.record(AUTUMN, [Decided("lea", "B1", ruling)], "S")
    register.record(AUTUMN, [Decided("lea", "B2", YES)], "S")
    held = register.acquired()["lea"]
    assert {code: entry.session.name for code, entry in held.items()} == {"B1": "Juin 2026", "B2": "Automne 2026"}


def test_a_correction_is_one_more_line_with_who_when_and_why(register: Register) -> None:
    (first,) = register.record(JUNE, [Decided("lea", "B1", YES)], "S")
    with pytest.raises(CasekitError, match="demande un motif"):
        register.correct(JUNE, [Decided("lea", "B1", CANCELLED, reason=" ")], "T")
    with pytest.raises(CasekitError, match="rien à corriger"):
        register.correct(AUTUMN, [Decided("lea", "B1", NO, reason="x")], "T")
    (second,) = register.correct(JUNE, [Decided("lea", "B1", CANCELLED, reason="Erreur de personne.")], "T")
    assert (second.corrects, second.author, second.reason) == (first.id, "T", "Erreur de personne.")
    assert register.entries() == [first, second], "the first line is there as it was"
    assert register.acquired() == {}
    with pytest.raises(CasekitError, match="« annulé » est déjà enregistré"):
        register.record(JUNE, [Decided("lea", "B1", YES)], "S")
    (third,) = register.correct(JUNE, [Decided("lea", "B1", YES, reason="C’était la bonne.")], "T")
    assert third.corrects == second.id
    assert register.acquired() == {"lea": {"B1": third}}
    assert register.correct(JUNE, [Decided("lea", "B1", YES, reason="C’était la bonne.")], "T") == []
    register.record(AUTUMN, [Decided("lea", "B2", YES)], "S")


def test_people_who_record_at_once_write_each_line_once(url: str, register: Register) -> None:
    learners = [f"p{number}" for number in range(6)]
    added: list[int] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            with Register(url) as mine:
                for learner in learners:
                    added.extend(one.id for one in mine.record(JUNE, [Decided(learner, "B1", YES)], "S"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    assert errors == []
    assert sorted(added) == sorted(entry.id for entry in register.entries())
    assert sorted(entry.learner for entry in register.entries()) == learners


def test_a_gradebook_with_reviews_alone_gains_the_tables_and_keeps_its_own(url: str) -> None:
    from alembic import command
    from alembic.config import Config

    from autograder.review.database import MIGRATIONS

    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "r0001")
        connection.execute(
            sqlalchemy.text(
                "INSERT INTO casekit_review_comment (criterion, text, marker, at, place, removed) "
                "VALUES ('B1-C01', 'gardé', 'm1', '2026-01-01 00:00:00', 1, 0)"
            )
        )
    with Register(url) as register:
        register.record(JUNE, [Decided("lea", "B1", YES)], "S")
    with engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("SELECT text FROM casekit_review_comment")).scalar() == "gardé"
        assert connection.execute(sqlalchemy.text(f"SELECT count(*) FROM {VERSION_TABLE}")).scalar() == 1
    engine.dispose()


def test_the_last_grid_of_a_company_counts(register: Register) -> None:
    assert keep_grid(register.database, GRID)
    assert not keep_grid(register.database, GRID), "the same file"
    again = replace(GRID, company="ENTREPRISE FICTIVE", digest="b" * 64, ratings=(Rating("1.1.1", 4),))
    other = replace(GRID, company="Autre entreprise", digest="c" * 64)
    assert keep_grid(register.database, again)
    assert keep_grid(register.database, other)
    assert grids_of(register.database) == {"lea": [again, other]}
    with register.database.engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("SELECT count(*) FROM casekit_certification_tutor")).scalar() == 3
