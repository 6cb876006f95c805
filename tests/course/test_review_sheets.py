"""Store, gradebook, sheets and feedback say the same of a class, whatever was done to it and in whatever order."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pytest
import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from reviewing import ASSIGNMENT, DECLARED, M1, M2, M3, NOTEBOOK, TOPS, Desk, fill, mark, settle
from servers import postgresql

from autograder.course.course import CONFIG_FILE, LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.grading.feedback.marks import gradings_of
from autograder.grading.records import Record, save_record
from autograder.referentiel import load_referentiel
from autograder.review import store as store_module
from autograder.review.desk.session import DeskSession
from autograder.review.desk.view import session_state
from autograder.review.model import ConflictError, Kind, Marker, Stage
from autograder.review.orals import Heard, Orals
from autograder.review.qualities import Qualities
from autograder.review.reread import changed_since_review
from autograder.review.rows import state_of
from autograder.review.store import ReviewStore, take_in
from autograder.sheets import build
from autograder.sheets.blocs import decide_bloc
from autograder.sheets.build import build_sheets
from autograder.sheets.centre import Centre
from autograder.sheets.exports import write_sheets
from autograder.sheets.json_out import as_json
from autograder.sheets.model import Sheet
from autograder.sheets.paper import on_paper
from casestudies.errors import CasekitError

LEARNERS = ("a01", "a02", "a03")


@pytest.fixture(scope="module", autouse=True)
def _plan() -> Iterator[None]:
    """Put the parts of these tests in the place of the kit's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "questions_of", lambda assignment: [])
        patch.setattr(build, "reviews_of", lambda assignment: list(DECLARED))
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("modele") / "cours"
    root.mkdir()
    write_config(root)
    source = root / "notebooks" / ASSIGNMENT
    source.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(), source / f"{NOTEBOOK}.ipynb")
    names = "".join(f"{learner};Apprenant;{learner.upper()}\n" for learner in LEARNERS)
    (root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{names}", encoding="utf-8")
    course = Course(root)
    fill(course.db_url, LEARNERS)
    for learner in LEARNERS:
        save_record(course.records, Record(ASSIGNMENT, NOTEBOOK, learner, "kerlavandre", 1, "9.9"))
    return root


@pytest.fixture
def course(model: Path, tmp_path: Path) -> Course:
    return Course(shutil.copytree(model, tmp_path / "cours"))


def opened(course: Course) -> ReviewStore:
    return ReviewStore.of(course, ASSIGNMENT, DECLARED)


def sheets_of(course: Course) -> dict[str, Sheet]:
    with opened(course) as store:
        store.sync()
    return {sheet.learner.id: sheet for sheet in build_sheets(course, ASSIGNMENT)}


def row(sheet: Sheet, code: str) -> Any:
    return next(one for one in sheet.criteria if one.code == code)


def evidence(sheet: Sheet, part: str) -> Any:
    return next(item for one in sheet.criteria for item in one.evidence if item.id == part)


def test_the_sheet_says_who_read_when_and_on_which_rubric(course: Course) -> None:
    before = datetime.now(UTC)
    with opened(course) as store:
        mark(store, M1, "a01", "r-constats", level=3, comment="{prenom}, la cause manque.", note="SECRET-NOTE")
    sheet = sheets_of(course)["a01"]
    found = evidence(sheet, "r-constats")
    assert (found.outcome, found.points, found.comment) == ("Niveau 3 (acquis)", 3.0, "Apprenant, la cause manque.")
    assert found.markers == ("m1",)
    assert before <= found.reviewed_at <= datetime.now(UTC)
    assert len(found.rubric) == 16
    assert row(sheet, "B1-C13").review_level == 3


def test_private_notes_reach_no_export(course: Course, tmp_path: Path) -> None:
    with opened(course) as store:
        store.ask_second(M2, [store.part("a01", "r-constats")])
        mark(store, M1, "a01", "r-constats", level=3, comment="Lisible.", note="SECRET-NOTE-1")
        mark(store, M2, "a01", "r-constats", level=2, note="SECRET-NOTE-2")
        settle(store, M3, "a01", "r-constats", level=2, note="SECRET-NOTE-3")
        assert "SECRET" not in repr(store.history()) + repr(store.readings()) + repr(store.pairs())
    written = write_sheets(list(sheets_of(course).values()), tmp_path / "fiches")
    assert {".json", ".csv", ".xlsx", ".pdf", ".docx", ".html"} <= {path.suffix for path in written}
    unpacked = tmp_path / "fichiers"
    for path in written:
        if path.suffix in (".xlsx", ".docx"):
            shutil.unpack_archive(path, unpacked / path.name, "zip")
    files = [path for path in (*unpacked.rglob("*"), *written) if path.is_file()]
    assert any("Lisible." in path.read_text(encoding="utf-8") for path in unpacked.rglob("*.xml"))
    assert not [path for path in files if b"SECRET" in path.read_bytes()]
    assert "SECRET" not in repr(gradings_of(course.db_url, ASSIGNMENT, "a01"))


def test_markers_who_differ_leave_the_part_to_review_until_they_settle(course: Course) -> None:
    with opened(course) as store:
        store.ask_second(M2, [store.part("a01", "r-constats")])
        mark(store, M1, "a01", "r-constats", level=4)
        mark(store, M2, "a01", "r-constats", level=2)
        one = row(sheets_of(course)["a01"], "B1-C13")
        assert (one.verdict.value, one.review_level, one.evidence[0].outcome) == ("à relire", None, "À concilier")
        assert one.reasons == ("« Constats » : m1 et m2 n’ont pas le même niveau, à concilier.",)
        settle(store, M3, "a01", "r-constats", level=3)
    one = row(sheets_of(course)["a01"], "B1-C13")
    assert (one.verdict.value, one.review_level, one.evidence[0].markers) == ("acquis", 3, ("m1", "m2", "m3"))
    said = json.loads(as_json([sheets_of(course)["a01"]]))[0]["criteria"]["B1-C13"]["reviews"][0]
    assert (said["part"], said["markers"]) == ("r-constats", ["m1", "m2", "m3"])


def test_what_happened_since_the_review_is_said(course: Course) -> None:
    with opened(course) as store:
        mark(store, M1, "a01", "r-constats", level=4)
        mark(store, M1, "a02", "r-constats", level=4)
    Desk(course.db_url).formgrader("a01", "r-constats", manual_score=1.0)
    engine = sqlalchemy.create_engine(course.db_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE casekit_review SET rubric = 'ancienne' WHERE learner = 'a02'"))
    engine.dispose()
    sheets = sheets_of(course)
    assert "« Constats » : niveau changé dans le formgrader après la relecture." in row(sheets["a01"], "B1-C13").reasons
    assert evidence(sheets["a01"], "r-constats").markers == ("formgrader",)
    assert "la grille a changé depuis la relecture" in " ".join(row(sheets["a02"], "B1-C13").reasons)
    with opened(course) as store:
        assert [line.marker for line in store.history()] == ["m1", "m1", "formgrader"]


def hand_in(course: Course, learner: str, work: str) -> None:
    """Leave what a grading leaves of a copy: a record that says which work was read."""
    record = Record(ASSIGNMENT, NOTEBOOK, learner, "kerlavandre", 1, "9.9", work={"r-constats": work})
    save_record(course.records, record)
    with Gradebook(course.db_url) as gradebook:  # nbgrader waits for a person after each grading
        gradebook.find_grade("r-constats", NOTEBOOK, ASSIGNMENT, learner).needs_manual_grade = True
        gradebook.db.commit()


def test_a_changed_work_is_to_be_read_again_and_an_unchanged_one_is_not(course: Course) -> None:
    for learner in ("a01", "a02"):
        hand_in(course, learner, "premier travail")
    with opened(course) as store:
        for learner in ("a01", "a02"):
            mark(store, M1, learner, "r-constats", level=1, comment="Trop court.")
    hand_in(course, "a01", "second travail")
    hand_in(course, "a02", "premier travail")
    for sheets in (
        {sheet.learner.id: sheet for sheet in build_sheets(course, ASSIGNMENT)},  # nothing is taken in yet
        sheets_of(course),
    ):
        again, same = row(sheets["a01"], "B1-C13"), row(sheets["a02"], "B1-C13")
        assert (again.verdict.value, again.review_level) == ("à relire", None)
        assert evidence(sheets["a01"], "r-constats").outcome == "À relire (travail modifié)"
        assert "modifié depuis la relecture, niveau d’alors 1 (il ne compte plus)" in " ".join(again.reasons)
        assert (same.verdict.value, same.review_level) == ("non acquis", 1)
        assert not any("vérifiez" in reason or "modifié" in reason for reason in same.reasons)
    referentiel = load_referentiel()
    decided = decide_bloc(referentiel.blocs["B1"], {again.code: again}, referentiel, Centre())
    assert "Travail modifié depuis la relecture : B1-C13." in decided.reasons, "the jury's record says it"
    [(who, said)] = changed_since_review(course, ASSIGNMENT, list(DECLARED))
    assert (who, "le travail a changé depuis la relecture (niveau d’alors : 1" in said) == ("a01", True)
    with DeskSession(course, ASSIGNMENT, M1, DECLARED) as session:
        waiting = [part.learner for part in session.queue.parts if part.id == "r-constats" and not session._done[part]]
        assert sorted(waiting) == ["a01", "a03"]
        session.show(session.store.part("a01", "r-constats"))
        reading = session_state(session)["reading"]
        assert reading["level"] is None
        assert "pour mémoire : 1" in " ".join(reading["notices"]).replace("\u00a0", " ")
        session.write(level=3)
    assert row(sheets_of(course)["a01"], "B1-C13").review_level == 3


def test_reading_a_sheet_writes_nothing_until_the_formgraders_changes_are_taken_in(course: Course) -> None:
    with opened(course) as store:
        mark(store, M1, "a01", "r-constats", level=4)
    Desk(course.db_url).formgrader("a01", "r-constats", manual_score=1.0, manual_comment="Revu.")
    with Gradebook(course.db_url, course.course_id):  # nbgrader writes the course’s name when it first opens the file
        database = course.root / "gradebook.db"
    before = database.read_bytes()
    sheet = build_sheets(course, ASSIGNMENT)[0]
    assert evidence(sheet, "r-constats").markers == ("m1",)
    with opened(course) as store:
        assert (len(store.retained()), store.pairs(), len(store.readings())) == (1, [], 1)
    assert database.read_bytes() == before
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_module, "reviews_of", lambda assignment: list(DECLARED))
        take_in(course, ASSIGNMENT)
    assert database.read_bytes() != before
    assert evidence(build_sheets(course, ASSIGNMENT)[0], "r-constats").markers == ("formgrader",)


def test_a_course_without_gradebook_has_nothing_to_take_in(course: Course) -> None:
    (course.root / "gradebook.db").unlink()
    take_in(course, *course.assignments())
    with pytest.raises(CasekitError, match="casekit release"):
        build_sheets(course, ASSIGNMENT)


def test_an_oral_is_on_the_sheet_too(course: Course) -> None:
    with opened(course) as store:
        mark(store, M1, "a01", "r-note", level=4)
        assert row(sheets_of(course)["a01"], "B1-C16").verdict.value == "à relire"
        mark(store, M1, "a01", "r-oral", level=2, comment="Voix posée.")
    found = row(sheets_of(course)["a01"], "B1-C16")
    assert (found.review_level, evidence(sheets_of(course)["a01"], "r-oral").comment) == (2, "Voix posée.")


def test_what_the_markers_of_an_oral_heard_is_on_the_sheet(course: Course) -> None:
    with opened(course) as store, Orals.of(course) as orals:
        part = store.part("a01", "r-oral")
        mark(store, M1, "a01", "r-oral", level=2, note="SECRET")
        orals.ask(part, M1, "Pourquoi ce canal ?")
        orals.time(part, M1, 583, 0)
        orals.hear(part, M2, Heard("1", "", "ne compte pas"))
    sheet = sheets_of(course)["a01"]
    kept = ("m1 – Temps : exposé 09:43, questions 00:00.", "m1 – Question posée : Pourquoi ce canal ?")
    assert evidence(sheet, "r-oral").heard == kept
    paper = " ".join(text for one in on_paper(sheet)["reviews"] for text in one["texts"])
    assert "Question posée\xa0: Pourquoi ce canal" in paper
    assert "SECRET" not in paper


def test_the_comment_on_qualities_is_on_the_sheet_and_in_no_total(course: Course, tmp_path: Path) -> None:
    with opened(course) as store:
        mark(store, M1, "a01", "r-constats", level=3)
    before = sheets_of(course)["a01"]
    with Qualities.of(course) as qualities:
        qualities.write(ASSIGNMENT, "a01", "Rigueur, curiosité.", M1, 0)
    sheet = sheets_of(course)["a01"]
    assert (before.qualities, sheet.qualities) == ("", "Rigueur, curiosité.")
    assert replace(sheet, qualities="") == before
    path = write_sheets([sheet], tmp_path / "fiches", ("pdf",))[0]
    assert "Rigueur, curiosité." in " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _mark(store: ReviewStore, course: Course, who: Marker, learner: str, part: str, wanted: dict[str, Any]) -> None:
    mark(store, who, learner, part, **wanted)


def _second(store: ReviewStore, course: Course, who: Marker, learner: str, part: str, _: Any) -> None:
    store.ask_second(who, [store.part(learner, part)])


def _settle(store: ReviewStore, course: Course, who: Marker, learner: str, part: str, wanted: dict[str, Any]) -> None:
    waiting = [pair for pair in store.pairs() if pair.waiting]
    if waiting:
        one = waiting[0].part
        settle(
            store,
            who,
            one.learner,
            one.id,
            **{"level": 2, **wanted, **({"level": 2} if not wanted.get("level") else {})},
        )


def _undo(store: ReviewStore, course: Course, who: Marker, *_: Any) -> None:
    store.undo(who)


def _formgrader(
    store: ReviewStore, course: Course, who: Marker, learner: str, part: str, wanted: dict[str, Any]
) -> None:
    if part in TOPS:
        given = {"manual_score": wanted.get("level"), "manual_comment": wanted.get("comment")}
        Desk(course.db_url).formgrader(learner, part, **given)


def _again(store: ReviewStore, course: Course, who: Marker, learner: str, *_: Any) -> None:
    Desk(course.db_url).hand_in_again(learner)


WANTED = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from((1, 2, 3, 4, None)),
        "comment": st.text(max_size=6),
        "note": st.text(max_size=3),
    },
)
ACTS = st.tuples(
    st.sampled_from((_mark, _mark, _mark, _mark, _second, _settle, _undo, _formgrader, _again)),
    st.sampled_from((M1, M2, M3)),
    st.sampled_from(LEARNERS[:2]),
    st.sampled_from([one.id for one in DECLARED]),
    WANTED,
)


@pytest.fixture(scope="module")
def shared(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """One course folder for many examples, each of which puts the model's gradebook back."""
    return Course(shutil.copytree(model, tmp_path_factory.mktemp("classe") / "cours"))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ACTS, min_size=1, max_size=14))
def test_store_gradebook_feedback_and_sheets_agree(model: Path, shared: Course, acts: list[Any]) -> None:
    course = shared
    shutil.copyfile(model / "gradebook.db", course.root / "gradebook.db")
    with opened(course) as store:
        for act, *details in acts:
            try:
                act(store, course, *details)
            except CasekitError:
                continue  # refused: nothing may have changed, which is what the rest looks at
        store.sync()
        counts, lines = store.retained(), store.history()
        for part, readings in store.readings().items():
            _check_history([line for line in lines if line.part == part], readings)
        assert store.sync() == []
    _check_everywhere(course, counts)
    with opened(course) as store:
        assert store.history() == lines, "reading the sheets changes nothing"


def test_they_agree_on_postgresql_too(model: Path, tmp_path: Path) -> None:
    with postgresql() as address:
        root = Path(shutil.copytree(model, tmp_path / "cours"))
        (root / "gradebook.db").unlink()
        with (root / CONFIG_FILE).open("a", encoding="utf-8") as file:
            file.write(f"get_config().CourseDirectory.db_url = {address!r}\n")
        course = Course(root)
        desk = fill(course.db_url, LEARNERS)
        with opened(course) as store:
            store.ask_second(M2, [store.part(learner, "r-note") for learner in LEARNERS])
            for learner, first, second in (("a01", 2, 4), ("a02", 3, 3), ("a03", 1, 2)):
                mark(store, M1, learner, "r-note", level=first, comment="{prenom}, oui.")
                mark(store, M2, learner, "r-note", level=second)
                mark(store, M1, learner, "r-oral", level=first)
            settle(store, M3, "a03", "r-note", level=2)
            desk.formgrader("a02", "r-constats", manual_score=2.5, manual_comment="Vu.")
            desk.hand_in_again("a03")
            store.sync()
            counts = store.retained()
            assert len(counts) == 7
        _check_everywhere(course, counts)
        assert not (root / "gradebook.db").exists()


def _check_history(lines: list[Any], readings: dict[Stage, Any]) -> None:
    for stage, review in readings.items():
        mine = [line for line in lines if line.stage is stage]
        assert mine[-1].after == state_of(review)
        if stage is not Stage.FORMGRADER:
            assert [line.before for line in mine[1:]] == [line.after for line in mine[:-1]]
    assert {line.stage for line in lines} == set(readings)
    undone = [line.undoes for line in lines if line.kind is Kind.UNDO]
    assert len(undone) == len(set(undone))


def _check_everywhere(course: Course, counts: dict[Any, Any]) -> None:
    desk, sheets = Desk(course.db_url), sheets_of(course)
    gradings = {learner: gradings_of(course.db_url, ASSIGNMENT, learner).notebooks[NOTEBOOK] for learner in LEARNERS}
    for part, retained in counts.items():
        found = evidence(sheets[part.learner], part.id)
        top = TOPS.get(part.id, 4)
        points = None if retained.level is None else retained.level * top / 4
        assert (found.points, found.comment, found.markers) == (points, retained.comment, retained.markers)
        assert (found.outcome == "À concilier") == retained.unreconciled
        if part.notebook:
            score, comment, _ = desk.held(part.learner, part.id)
            assert (score, comment or "") == (points, retained.comment)
            marks = gradings[part.learner]
            assert marks.marks[part.id].score == points
            assert marks.comments.get(part.id, "") == retained.comment.strip()
        else:
            assert retained.level in (None, 1, 2, 3, 4)
    for sheet in sheets.values():
        for code, parts in (("B1-C13", ["r-constats"]), ("B1-C16", ["r-note", "r-oral"])):
            levels = [
                next((c.level for p, c in counts.items() if (p.learner, p.id) == (sheet.learner.id, one)), None)
                for one in parts
            ]
            assert (row(sheet, code).review_level is None) == (None in levels)


def test_conflicts_are_casekit_errors() -> None:
    assert issubclass(ConflictError, CasekitError)
