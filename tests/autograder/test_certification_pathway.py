"""``parcours.csv`` and ``membres.csv``: strict, every problem with its line, and where each learner then stands."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from certifying import decide_so, decided, make_course
from click.testing import CliRunner

from autograder.certification.members import (
    PROFESSIONAL,
    JuryMember,
    all_reminders,
    read_members,
    remarks,
    reminders,
)  # fmt: skip
from autograder.certification.model import Entry, JurySession, Ruling, TutorGrid
from autograder.certification.pathway import COLUMNS, Oral, Pathway, read_pathways
from autograder.certification.progress import PathwayProgress, StepState, progress
from autograder.certification.proposals import Proposed
from autograder.cli import main
from autograder.course.class_list import Learner
from autograder.referentiel import load_referentiel
from autograder.sheets.model import Verdict
from casestudies.errors import CasekitError
from casestudies.valorisation.months import PracticePeriod

LEARNERS = {name: Learner(name) for name in ("lea", "noe", "ines", "=1")}
HEADER = ";".join(COLUMNS)
TODAY = date(2026, 11, 26)
YES, NO, REVIEW = Verdict.ACQUIRED, Verdict.NOT_ACQUIRED, Verdict.TO_REVIEW
GRID = TutorGrid(
    "lea", "Société A", "Tutrice", "", date(2026, 1, 1), date(2026, 4, 1), date(2026, 4, 2), (), ""
)  # fmt: skip


def read(tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> dict[str, Pathway]:
    path = tmp_path / "parcours.csv"
    path.write_bytes(text.encode(encoding))
    return read_pathways(path, LEARNERS)


def test_a_full_line_is_read(tmp_path: Path) -> None:
    text = f"{HEADER}\r\nlea;Formation;;2026-05-02;Société A ; 05/01/2026;30/04/2026;12/6/2026;Réussie;;\r\n\r\n;;;\r\n"
    found = read(tmp_path, text)["lea"]
    assert found == Pathway(
        "lea", "formation", (), date(2026, 5, 2), (PracticePeriod("Société A", date(2026, 1, 5), date(2026, 4, 30)),),
        Oral(date(2026, 6, 12), True),
    )  # fmt: skip
    assert found.trained


def test_several_companies_take_several_lines(tmp_path: Path) -> None:
    text = (
        f"{HEADER}\nlea;formation;;2026-05-02;A;2026-01-05;2026-02-15;;;;\n"
        "lea;;;;B;2026-03-02;;;;;\nlea;formation;;02/05/2026;C;2026-06-01;2026-06-30;;;;\n"
    )
    assert [one.company for one in read(tmp_path, text)["lea"].periods] == ["A", "B", "C"]
    with pytest.raises(CasekitError, match=r"ligne 3 : « lea » a une autre valeur plus haut \(colonne « voie »\)"):
        read(tmp_path, text.replace("lea;;;;B", "lea;vae;;;B"))
    with pytest.raises(CasekitError, match="ligne 3 : « lea » a déjà une ligne"):
        read(tmp_path, f"{HEADER}\nlea;formation\nlea;formation\n")


def test_the_mixed_way_names_its_blocs(tmp_path: Path) -> None:
    found = read(tmp_path, 'identifiant,voie,blocs_vae\nlea,mixte,b2\nnoe,vae,\n=1,mixte,"B1, B3"\n')
    assert found["lea"].vae_blocs == ("B2",)
    assert found["lea"].way_of("B1") == "formation"
    assert found["lea"].way_of("B2") == "vae"
    assert found["noe"].vae_blocs == ("B1", "B2", "B3")
    assert not found["noe"].trained
    assert found["=1"].vae_blocs == ("B1", "B3")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("inconnu;formation", "« inconnu » n’est pas dans eleves.csv"),
        ("lea;autre", r"« autre » ne convient pas \(colonne « voie »\) : « formation », « vae », « mixte »"),
        ("lea;mixte", "ni aucun ni tous"),
        ("lea;mixte;B1 B2 B3", "ni aucun ni tous"),
        ("lea;mixte;B9", r"bloc\(s\) inconnu\(s\) : B9"),
        ("lea;vae;B1", "la VAE porte sur tous les blocs"),
        ("lea;formation;B1", "ne sert que pour la voie « mixte »"),
        ("lea;formation;;31/02/2026", "« 31/02/2026 » n’est pas une date"),
        ("lea;formation;;12/06/26", "AAAA-MM-JJ ou JJ/MM/AAAA"),
        ("lea;formation;;;A", "demande « entreprise » et « pratique_du »"),
        ("lea;formation;;;;2026-01-01", "demande « entreprise » et « pratique_du »"),
        ("lea;formation;;;A;2026-02-01;2026-01-01", "finit .01/01/2026. avant de commencer .01/02/2026."),
        ("lea;formation;;;;;;;réussie", "remplissez « soutenance_le »"),
        ("lea;formation;;;;;;;oui", "« oui » ne convient pas"),
        ("lea;formation;;;;;;;;;;en trop", "12 cases pour 11 colonnes"),
        ("lea;formation;;;" + "x" * 3000, "dépasse 2000 caractères"),
    ],
)
def test_a_line_at_fault_is_told(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(CasekitError, match=rf"parcours\.csv, ligne 3 : .*{said}"):
        read(tmp_path, f"{HEADER}\nnoe;vae\n{line}\n")


def test_every_fault_is_told_at_once_and_no_more_than_needed(tmp_path: Path) -> None:
    with pytest.raises(CasekitError) as error:
        read(tmp_path, f"{HEADER}\n" + "x;y\n" * 40)
    told = str(error.value).splitlines()
    assert len(told) == 17
    assert told[15] == "… et 25 autre(s) problème(s)."
    assert told[-1].startswith("Le parcours n’a pas été lu")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "est vide"),
        ("identifiant;nom\n", r"absente\(s\) : « voie »"),
        ("identifiant;voie;note\n", r"inconnue\(s\) : « note »"),
        ("identifiant;voie;voie\n", "répétée"),
        ('identifiant;voie\n"lea;vae\n', "CSV illisible"),
    ],
)
def test_a_file_that_is_another_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CasekitError, match=said):
        read(tmp_path, text)


def test_what_an_older_spreadsheet_wrote_is_read(tmp_path: Path) -> None:
    assert [
        *read(tmp_path, "identifiant;voie;entreprise;pratique_du\nlea;formation;Société É;05/01/2026\n", "cp1252")
    ] == ["lea"]
    (tmp_path / "parcours.csv").write_bytes(b"identifiant;voie\n\0\1")
    with pytest.raises(CasekitError, match="UTF-8"):
        read_pathways(tmp_path / "parcours.csv", LEARNERS)


def stand(
    pathway: Pathway | None, verdicts: tuple[Verdict | None, ...], held: tuple[str, ...] = (), grids=()
) -> PathwayProgress:
    session = JurySession("Juin", date(2026, 6, 1))
    entries = {
        code: Entry(
            id=1,
            at=None,
            author="S",
            session=session,
            learner="lea",
            bloc=code,
            ruling=Ruling.VALIDATED,
            way="formation",
            corrects=0,
            kit_version="",
            referentiel="",
        )
        for code in held
    }
    decisions = {code: decided(code, one) for code, one in zip(("B1", "B2", "B3"), verdicts, strict=True)}
    return progress(LEARNERS["lea"], pathway, decisions, entries, list(grids), TODAY)


def test_formation_asks_for_blocs_dossier_practice_grid_and_defence() -> None:
    nothing = stand(Pathway("lea", "formation"), (YES, NO, REVIEW))
    assert [step.name for step in nothing.steps] == [
        "Bloc 1", "Bloc 2", "Bloc 3", "Dossier de valorisation", "Pratique en entreprise", "Grille tuteur",
        "Soutenance",
    ]  # fmt: skip
    assert [step.state for step in nothing.steps] == [StepState.WAITING, *[StepState.TO_DO] * 6]
    assert [bloc.proposed for bloc in nothing.blocs] == [Proposed.VALIDATE, Proposed.NOT_VALIDATE, Proposed.TO_REVIEW]
    assert len(nothing.next) == 7
    full = Pathway(
        "lea", "formation", (), TODAY, (PracticePeriod("Société A", date(2026, 1, 1), date(2026, 3, 31)),),
        Oral(date(2026, 11, 1), True),
    )  # fmt: skip
    done = stand(full, (NO, NO, NO), ("B1", "B2", "B3"), [GRID])
    assert done.complete
    assert done.next == ()
    assert [bloc.proposed for bloc in done.blocs] == [Proposed.ACQUIRED] * 3, "what is acquired stays so"
    assert "3 mois (Société A)" in done.steps[4].detail


def test_less_than_three_months_is_not_enough() -> None:
    short = Pathway("lea", "formation", (), TODAY, (PracticePeriod("A", date(2026, 7, 1), date(2026, 9, 28)),))
    step = stand(short, (YES, YES, YES)).steps[4]
    assert (step.state, step.next) == (
        StepState.TO_DO,
        "Atteindre 3 mois de pratique (à ce jour : 2 mois et 28 jours).",
    )


def test_vae_leaves_the_blocs_to_the_jury() -> None:
    found = stand(Pathway("lea", "vae", ("B1", "B2", "B3")), (REVIEW, None, NO))
    assert [step.name for step in found.steps[3:]] == ["Dossier de valorisation", "Entretien devant le jury"]
    assert {bloc.proposed for bloc in found.blocs} == {Proposed.JURY}
    assert found.blocs[0].gaps == ("Dossier de valorisation non reçu.", "Entretien non passé.")
    ready = stand(Pathway("lea", "vae", ("B1", "B2", "B3"), TODAY, interview=Oral(TODAY)), (REVIEW, None, NO))
    assert ready.blocs[0].gaps == ()


def test_the_mixed_way_asks_for_both() -> None:
    found = stand(Pathway("lea", "mixte", ("B3",)), (YES, YES, NO))
    assert [bloc.proposed for bloc in found.blocs] == [Proposed.VALIDATE, Proposed.VALIDATE, Proposed.JURY]
    assert [step.name for step in found.steps[3:]] == [
        "Dossier de valorisation", "Pratique en entreprise", "Grille tuteur", "Soutenance", "Entretien devant le jury",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("oral", "state", "detail"),
    [
        (Oral(date(2026, 12, 1)), StepState.WAITING, "Date prévue : le 01/12/2026."),
        (Oral(date(2026, 11, 1)), StepState.TO_JUDGE, "Date : le 01/11/2026, résultat non renseigné."),
        (Oral(date(2026, 11, 1), False), StepState.TO_DO, "Résultat défavorable, le 01/11/2026."),
    ],
)
def test_an_oral_that_is_not_passed_leaves_something_to_do(oral: Oral, state: StepState, detail: str) -> None:
    step = stand(Pathway("lea", "formation", defence=oral), (YES, YES, YES)).steps[-1]
    assert (step.state, step.detail) == (state, detail)
    assert step.next


def test_nobody_is_complete_without_a_way() -> None:
    found = stand(None, (YES, YES, YES), ("B1", "B2", "B3"))
    assert not found.complete
    assert found.next == ("Écrivez sa voie dans parcours.csv.",)


def test_every_way_of_the_referentiel_is_known() -> None:
    assert set(load_referentiel().ways) == {"formation", "vae", "mixte"}


def test_members_are_read_and_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "membres.csv"
    path.write_text("nom;qualite;presidence;candidats_lies\nMembre 1;Professionnel;oui;\nMembre 2;centre;;lea, noe\n")
    first, second = read_members(path)
    assert first == JuryMember("Membre 1", PROFESSIONAL, True)
    assert second == JuryMember("Membre 2", "centre", False, ("lea", "noe"))
    path.write_text("nom;qualite;presidence\nMembre 1;ami;oui\nmembre 1;centre;oui\n;centre;peut-être\n")
    with pytest.raises(CasekitError) as error:
        read_members(path)
    told = str(error.value)
    for said in ("ligne 2 : « ami »", "ligne 3 : « membre 1 » est déjà", "ligne 3 : une autre personne préside",
                 "ligne 4 : le nom est vide", "ligne 4 : « peut-être »"):  # fmt: skip
        assert said in told


def test_what_a_composition_lacks_is_told_for_the_ways_at_hand() -> None:
    alone = [JuryMember("Membre 1", "centre")]
    assert len(remarks(alone, {"formation"})) == 1
    told = remarks(alone, {"formation", "vae"})
    assert len(told) == 3
    assert any("2 au moins" in text for text in told)
    assert any("« professionnel »" in text for text in told)
    assert remarks([JuryMember("Membre 1", PROFESSIONAL, True), JuryMember("Membre 2", "centre")], {"mixte"}) == []
    assert "vide" in remarks([], {"vae"})[0]


def test_every_rule_has_its_source_and_day_or_is_for_the_centre_to_check() -> None:
    for one in all_reminders():
        if one.checked_on is None:
            assert str(one).endswith("(À vérifier par le centre.)")
        else:
            assert one.link.startswith("https://www.legifrance.gouv.fr/")
            assert one.checked_on <= date.today()
            assert re.search(r"vérifié le \d\d/\d\d/\d{4}\.\)$", str(one))
    assert any("D. 6412-6" in one.source for one in reminders({"vae"}))
    assert not any("VAE" in one.text for one in reminders({"formation"}))
    assert reminders(set()) == reminders({"formation"})


def test_the_command_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_course(tmp_path / "cours", [("lea", "Léa", "[b]Nguyễn"), ("noe", "", "")])
    decide_so(monkeypatch, {"lea": (YES, NO, REVIEW), "noe": (None, None, None)})
    at = ["--cours", str(course.root)]
    run = CliRunner().invoke
    made = run(main, ["parcours", "--modele", *at])
    assert made.exit_code == 0, made.output
    assert run(main, ["parcours", "--modele", *at]).exit_code == 2
    assert "formation" in (course.root / "parcours.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    shown = run(main, ["parcours", "lea", *at], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    assert "[b]Nguyễn" in shown.output
    assert "Faire remplir la grille tuteur" in shown.output
    whole = run(main, ["parcours", *at], env={"COLUMNS": "200"})
    assert "non évalué" in whole.output
    lea, noe = json.loads(run(main, ["parcours", "--json", *at]).stdout)
    assert (lea["learner"], lea["way"], lea["complete"], lea["practice"]) == ("lea", "formation", False, None)
    assert lea["blocs"]["B2"]["proposal"] == "non validé"
    assert noe["blocs"]["B1"] == {
        "acquired": False, "date": None, "session": None, "way": "formation", "proposal": "non évalué",
        "reasons": ["E4 n’a pas été évaluée dans ce cours (B3-C01 à B3-C09)."],
    }  # fmt: skip
    assert "Nguyễn" not in json.dumps(lea, ensure_ascii=False)
    unknown = run(main, ["parcours", "personne", *at])
    assert unknown.exit_code == 2
    assert "n’est pas dans eleves.csv" in unknown.output
