"""Where and when a jury sat, who was there, its votes, the blocs not given, the certification as a whole."""

import csv
import io
import shutil
from datetime import date, time
from pathlib import Path

import pypdf
import pytest
import sqlalchemy
from certifying import decide_so, decided, make_course
from click.testing import CliRunner, Result

from autograder.certification.members import members_of
from autograder.certification.model import WHOLE, Decided, JurySession, Ruling, Sitting, TutorGrid, Votes
from autograder.certification.pathway import VAE, Oral, Pathway
from autograder.certification.progress import PathwayProgress, StepState, progress
from autograder.certification.proposals import Proposed
from autograder.certification.record import CHANGED, JuryRecord, build_record
from autograder.certification.record_page import page_data
from autograder.certification.register import Register
from autograder.cli import main
from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.course.lists import read_hour
from autograder.review.database import MIGRATIONS
from autograder.sheets.model import Verdict
from casestudies.errors import CasekitError
from casestudies.valorisation.months import PracticePeriod

pytestmark = pytest.mark.slow

YES, NO = Verdict.ACQUIRED, Verdict.NOT_ACQUIRED
DAY = date(2026, 6, 15)
VERDICTS = {"lea": (YES, NO, None), "noe": (YES, YES, None), "vae": (None, None, None)}
PATHWAYS = """identifiant;voie;dossier_recu_le;entretien_le
lea;formation;;
noe;formation;;
vae;vae;2026-05-01;2026-06-15
"""
MEMBERS = """nom;qualite;presidence;candidats_lies;presence
Membre 1;professionnel;oui;;présent
Membre 2;centre;;;
Membre 3;centre;;;absente
"""


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("jury") / "cours"
    make_course(root, [("lea", "Léa", "Nguyễn"), ("noe", "Noé", "Petit"), ("vae", "Zoé", "Roux")])
    (root / "parcours.csv").write_text(PATHWAYS, encoding="utf-8")
    (root / "membres.csv").write_text(MEMBERS, encoding="utf-8")
    return root


@pytest.fixture
def course(class_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    decide_so(monkeypatch, VERDICTS)
    return Course(shutil.copytree(class_folder, tmp_path / "cours"))


def run(course: Course, *words: object) -> Result:
    return CliRunner().invoke(main, [*map(str, words), "--cours", str(course.root)])


def plain(text: str) -> str:
    return " ".join(text.split())


def prepared(course: Course, *words: str) -> Path:
    made = run(course, "jury", "--session", "Juin 2026", "--date", DAY.isoformat(), *words)
    assert made.exit_code == 0, made.output
    return course.root / "build" / "jury" / "Juin-2026" / "decisions.csv"


def filled(path: Path, cells: dict[tuple[str, str], dict[str, str]], without: tuple[str, ...] = ()) -> Path:
    """Fill cells of the decisions, by learner and bloc; leave columns out as an earlier version did."""
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    for line in lines:
        line.update(cells.get((line["identifiant"], line["bloc"]), {}))
    names = [name for name in lines[0] if name not in without]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, delimiter=";", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(lines)
    return path


def validated(course: Course, path: Path) -> Result:
    return run(course, "jury", "--valider", path, "--par", "Secrétariat")


def record_of(course: Course) -> JuryRecord:
    return build_record(course, "Juin 2026", DAY, members_of(course))


def pdf_text(path: Path) -> str:
    return plain(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


OK = {"decision": "validé", "pour": "1", "contre": "0", "abstention": "1"}


def test_what_is_not_known_yet_is_left_to_write(course: Course) -> None:
    text = pdf_text(prepared(course).with_name("proces-verbal.pdf"))
    for said in ("Lieu ....", "de ........ à ........", "Membre 2 centre non □ présent □ absent", "Pour .... Contre"):
        assert said in text, said


def test_place_hours_presence_and_votes_are_recorded_and_shown(course: Course) -> None:
    path = prepared(course, "--lieu", "  Salle   2 ", "--debut", "9h")
    done = validated(course, filled(path, {("noe", "B1"): OK, ("noe", "B2"): {"decision": "validé", "fin": "12 h 05"}}))
    assert done.exit_code == 0, done.output
    with Register.of(course) as register:
        first, second = register.entries()
    assert first.session.sitting == second.session.sitting == Sitting("Salle 2", time(9), time(12, 5))
    assert first.session.jury == ("Membre 1", "Membre 2"), "the third was absent"
    assert (first.votes, second.votes) == (Votes(1, 0, 1), None)
    text = pdf_text(path.with_name("proces-verbal.pdf"))
    for said in (
        "Lieu Salle 2",
        "de 9 h 00 à 12 h 05",
        "Voix : 1 pour, 0 contre, 1 abstention",
        "Membre 3 centre non absent",
    ):
        assert said in text, said
    assert text.count("Voix :") == 1
    assert "Membre 3" not in text[text.index("Signatures") :]
    assert record_of(course).session.sitting == first.session.sitting, "what is recorded is known again"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({**OK, "pour": "2"}, r"ligne 6 : 3 voix \(2 pour, 0 contre, 1 abstention\) pour 2 membre\(s\) qui délibèrent"),
        ({**OK, "contre": "deux"}, "« deux » n’est pas un nombre entier .colonne « contre »."),
        ({**OK, "contre": "-1"}, "« -1 » n’est pas un nombre entier"),
        ({**OK, "contre": ""}, "la colonne « contre » est vide : écrivez 0"),
        ({**OK, "decision": ""}, "des voix sont comptées, et la décision manque"),
        ({**OK, "pour": "0", "contre": "2", "abstention": ""}, "« validé » avec moins de voix pour que contre"),
        ({**OK, "debut": "midi"}, "« midi » n’est pas une heure"),
        ({**OK, "debut": "14:00", "fin": "9:00"}, r"finirait \(09:00\) avant de commencer \(14:00\)"),
        ({**OK, "lieu": "x" * 300}, "Le lieu de la session dépasse 200 caractères"),
    ],
)
def test_votes_and_hours_that_cannot_be_are_refused(course: Course, cells: dict[str, str], said: str) -> None:
    done = validated(course, filled(prepared(course), {("noe", "B1"): cells}))
    assert done.exit_code == 2
    with pytest.raises(CasekitError, match=said):
        raise CasekitError(plain(done.output))
    with Register.of(course) as register:
        assert register.entries() == []


def test_two_places_in_a_file_are_refused(course: Course) -> None:
    path = filled(prepared(course), {("noe", "B1"): {"lieu": "Salle 1"}, ("noe", "B2"): {"lieu": "Salle 2"}})
    assert "une autre valeur est plus haut (colonne « lieu »)" in plain(validated(course, path).output)


@pytest.mark.parametrize("words", [("--debut", "25:00"), ("--fin", "tard"), ("--debut", "10:00", "--fin", "9:00")])
def test_hours_given_to_the_command_are_checked(course: Course, words: tuple[str, ...]) -> None:
    made = run(course, "jury", "--session", "Juin 2026", "--date", "2026-06-15", *words)
    assert made.exit_code == 2
    assert "heure" in made.output


def test_nobody_present_decides_nothing(course: Course) -> None:
    path = filled(prepared(course), {("noe", "B1"): {"decision": "validé"}})
    (course.root / "membres.csv").write_text(
        MEMBERS.replace(";présent", ";absent").replace(";;\n", ";;excusé\n"), "utf-8"
    )
    assert "Aucun membre du jury n’est présent" in plain(validated(course, path).output)
    assert any("Aucun membre n’est présent" in text for text in record_of(course).remarks)


def test_a_file_of_an_earlier_version_is_read(course: Course) -> None:
    old = ("pour", "contre", "abstention", "lieu", "debut", "fin")
    done = validated(course, filled(prepared(course), {("noe", "B1"): {"decision": "confirmé"}}, without=old))
    assert done.exit_code == 0, done.output
    with Register.of(course) as register:
        (entry,) = register.entries()
    assert (entry.votes, entry.session.sitting) == (None, Sitting())


def test_what_was_decided_before_is_kept_by_the_migration(course: Course) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = sqlalchemy.create_engine(course.db_url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "r0005")
        row = {
            "at": "2025-01-01 00:00:00", "author": "S", "learner": "noe", "bloc": "B1", "session": "Mai",
            "day": "2025-05-01", "jury": '["M"]', "ruling": "validé", "way": "", "proposal": "", "reason": "",
            "corrects": 0, "kit_version": "", "referentiel": "",
        }  # fmt: skip
        table = sqlalchemy.table("casekit_certification_ruling", *map(sqlalchemy.column, row))
        connection.execute(table.insert().values(row))
    engine.dispose()
    with Register.of(course) as register:
        (entry,) = register.entries()
    assert (entry.bloc, entry.session.jury, entry.votes, entry.session.sitting) == ("B1", ("M",), None, Sitting())


def test_blocs_not_given_are_said_once_and_left_out(course: Course) -> None:
    record = record_of(course)
    assert list(record.not_given) == ["B3"]
    page = page_data(record)
    assert page["undecided"]["notes"][0].endswith("C’est le cas de 2 candidats sur 3. Il n’est pas repris plus bas.")
    rows = {one["name"]: [row["bloc"][:6] for row in one["rows"]] for one in page["decisions"]["candidates"]}
    assert rows["Léa Nguyễn"] == ["Bloc 1", "Bloc 2", "Certif"]
    assert rows["Zoé Roux"] == ["Bloc 1", "Bloc 2", "Bloc 3", "Certif"], "a jury decides of it by VAE"
    blocs = [line["bloc"] for line in csv.DictReader(prepared(course).open(encoding="utf-8-sig"), delimiter=";")]
    assert blocs == ["B1", "B2", "B3", WHOLE] * 3, "a jury may still decide of it"


def test_the_whole_is_pronounced_for_a_reason_only_when_its_conditions_are_not_met(course: Course) -> None:
    everything = {("noe", code): {"decision": "validé", "motif": "Équivalence."} for code in ("B1", "B2", "B3")}
    path = filled(prepared(course), {**everything, ("noe", WHOLE): {"decision": "validé"}})
    refused = plain(validated(course, path).output)
    assert "la proposition est « conditions non réunies » : pour décider, le jury écrit son motif" in refused
    done = validated(course, filled(path, {("noe", WHOLE): {"motif": "Dossier vu en séance."}}))
    assert done.exit_code == 0, done.output
    with Register.of(course) as register:
        assert set(register.acquired()["noe"]) == {"B1", "B2", "B3", WHOLE}
        with pytest.raises(CasekitError, match="la certification entière est acquise depuis la session « Juin 2026 »"):
            register.record(JurySession("Automne", date(2026, 10, 1)), [Decided("noe", WHOLE, Ruling.VALIDATED)], "S")


def test_reasons_of_a_proposal_that_changed_are_not_made_up(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    path = prepared(course)
    validated(course, filled(path, {("lea", "B2"): {"decision": "confirmé"}}))
    decide_so(monkeypatch, {**VERDICTS, "lea": (YES, YES, None)})
    line = record_of(course).candidates[0].lines[1]
    assert (line.proposed, line.reasons) == ("non validé", (CHANGED,))
    assert validated(course, path).exit_code == 0, "what was confirmed then is recorded already"


def stand(pathway: Pathway | None, grids: list[TutorGrid] | None = None, day: date = DAY) -> PathwayProgress:
    decisions = {code: decided(code, YES) for code in ("B1", "B2", "B3")}
    return progress(Learner("lea"), pathway, decisions, {}, grids or [], day)


def grid(company: str, start: date, end: date) -> TutorGrid:
    return TutorGrid("lea", company, "Tutrice", "", start, end, end, (), company)


def test_the_months_that_a_tutor_wrote_count() -> None:
    told = Pathway("lea", "formation", periods=(PracticePeriod("A", date(2026, 1, 1), date(2026, 2, 15)),))
    other = grid("B", date(2026, 3, 1), date(2026, 4, 30))
    assert str(stand(told, [other]).practised) == "3 mois et 15 jours"
    assert str(stand(None, [other]).practised) == "2 mois"
    late = grid("C", date(2026, 5, 1), date(2026, 6, 30))
    assert stand(told, [other, late]).grids == (other,), "a grid filled after the jury is not there yet"
    same = grid("a", date(2026, 1, 1), date(2026, 5, 31))
    found = stand(told, [same])
    assert str(found.practised) == "1 mois et 15 jours", "the centre’s own dates come first"
    assert "La grille de a dit du 01/01/2026 au 31/05/2026 : à vérifier." in found.steps[4].detail


def test_what_comes_after_the_jury_is_not_there_yet() -> None:
    later = date(2026, 9, 1)
    found = stand(Pathway("lea", VAE, ("B1", "B2", "B3"), later, interview=Oral(later, True)))
    assert [(one.state, one.detail) for one in found.beyond] == [
        (StepState.WAITING, "Attendu le 01/09/2026."), (StepState.WAITING, "Date prévue : le 01/09/2026."),
    ]  # fmt: skip
    assert found.blocs[0].gaps == ("Dossier de valorisation non reçu.", "Entretien non passé.")
    assert found.whole.reasons == ("Manque : dossier de valorisation et entretien devant le jury.",)
    after = stand(Pathway("lea", VAE, ("B1", "B2", "B3"), later, interview=Oral(later, True)), day=later)
    assert (after.whole.proposed, after.blocs[0].gaps) == (Proposed.JURY, ())
    failed = stand(Pathway("lea", VAE, ("B1", "B2", "B3"), later, interview=Oral(later, False)), day=later).blocs[0]
    assert failed.gaps == ("Résultat de l’entretien défavorable.",)
    assert failed.needs_reason(Ruling.VALIDATED), "a jury that validates all the same says why"
    assert "reçu le 01/09/2026, et l’entretien du 01/09/2026, favorable." in after.blocs[0].reasons[0]


def test_the_whole_follows_the_blocs_and_the_conditions() -> None:
    periods = (PracticePeriod("A", date(2026, 1, 1), date(2026, 4, 30)),)
    full = Pathway("lea", "formation", (), DAY, periods, Oral(DAY, True))
    known = [grid("A", date(2026, 1, 1), date(2026, 4, 30))]
    assert stand(full, known).whole.proposed is Proposed.VALIDATE
    assert stand(full).whole.reasons == ("Manque : grille tuteur.",)
    heard = Pathway("lea", "formation", (), DAY, periods, Oral(DAY))
    assert stand(heard, known).whole.proposed is Proposed.JURY
    assert stand(heard, known).whole.reasons == ("Résultat à apprécier : soutenance.",)
    failed = Pathway("lea", "formation", (), DAY, periods, Oral(DAY, False))
    assert stand(failed, known).whole.reasons == ("Manque : soutenance.",)
    assert stand(None).whole.reasons == ("La voie de cette personne n’est pas renseignée dans parcours.csv.",)


@pytest.mark.parametrize("text", ["", "9", "24:00", "09:60", "9h5", "9:30:00", "-1:00", "９:00", "neuf heures"])
def test_what_is_no_hour_is_none(text: str) -> None:
    assert read_hour(text) is None
