"""The whole certification, by the commands of a centre: three ways, two sessions a year apart, records, attestations.

Léa goes by formation, Sami by VAE, Zoé by both. In June 2024 some blocs are validated, some are refused, some wait; in
June 2025 what was validated is not decided again, the rest is, and the certification is pronounced.
"""

import csv
import io
import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from whole_year import E1, E2, E3, E4, done, filled_grid, hand_in, hand_in_really, new_course, record_json, review, run

from autograder.certification.model import WHOLE, Entry, Votes
from autograder.certification.pathway import COLUMNS
from autograder.certification.record import bloc_name, folder_name
from autograder.certification.register import Register, acquired
from autograder.course.course import Course
from autograder.privacy.places import own_files
from autograder.referentiel import load_referentiel
from casestudies.french import french_date

LEA, SAMI, ZOE = "lea", "sami", "zoe"
PEOPLE = [(LEA, "Léa", "Nguyễn"), (SAMI, "Sami", "O’Connor"), (ZOE, "Zoé", "Œrsted")]
NAMES = {name: f"{first} {last}" for name, first, last in PEOPLE}
FIRST, FIRST_DAY = "Jury de juin 2024", date(2024, 6, 14)
SECOND, SECOND_DAY = "Jury de juin 2025", date(2025, 6, 13)
HEADER = ";".join(COLUMNS)
BEFORE = f"""{HEADER}
lea;formation;;2024-05-02;;;;2024-06-10;réussie;;
sami;vae;;2024-05-06;;;;;;2024-06-14;réussi
zoe;mixte;B2;;Société C;2024-01-08;2024-05-31;;;;
"""
AFTER = f"""{HEADER}
lea;formation;;2024-05-02;;;;2024-06-10;réussie;;
sami;vae;;2024-05-06;;;;;;2025-06-13;réussi
zoe;mixte;B2;2025-05-05;Société C;2024-01-08;2024-05-31;2025-06-06;réussie;2025-06-13;
"""
MEMBERS = """nom;qualite;presidence;candidats_lies;presence
Membre 1;professionnel;oui;;présent
Membre 2;centre;;;présente
Membre 3;professionnel;;zoe;{third}
"""
Decisions = Mapping[tuple[str, str], tuple[str, ...]]
IN_2024: Decisions = {
    (LEA, "B1"): ("confirmé", "", "3", "0", "0"),
    (LEA, "B2"): ("confirmé", "", "0", "3", "0"),
    (SAMI, "B1"): ("validé", "", "2", "1", "0"),
    (SAMI, "B2"): ("non validé", "Le dossier ne montre ni prix ni circuit.", "0", "2", "1"),
    (ZOE, "B1"): ("validé", "Le benchmark a été défendu en séance.", "2", "0"),
    (ZOE, "B3"): ("confirmé", "", "2", "0"),
}
"""What the jury writes: decision, reason, votes for, against, abstained. Zoé’s third member does not vote."""
IN_2025: Decisions = {
    (LEA, "B2"): ("confirmé", "", "2", "0"),
    (LEA, "B3"): ("confirmé", "", "2", "0"),
    (LEA, WHOLE): ("confirmé", "", "2", "0"),
    (SAMI, "B2"): ("validé", "", "2", "0"),
    (SAMI, "B3"): ("validé", "", "1", "0", "1"),
    (SAMI, WHOLE): ("validé", "", "2", "0"),
    (ZOE, "B2"): ("validé", "", "2", "0"),
    (ZOE, WHOLE): ("validé", "", "2", "0"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Hold the year: each step of a centre, its result looked at where it is made."""
    made = new_course(tmp_path_factory.mktemp("annee") / "cours", PEOPLE)
    hand_in_really(made, [LEA, ZOE])
    for assignment, learners in ((E1, [LEA, ZOE]), (E2, [LEA, ZOE]), (E3, [LEA])):
        hand_in(made, assignment, learners)
    for assignment in (E1, E2):
        review(made, assignment, LEA, 3)
        review(made, assignment, ZOE, 3, {"B1-C03": 2})
    review(made, E3, LEA, 3, {"B2-C05": 2, "B2-C13": 1})
    review(made, E4, ZOE, 4)
    (made.root / "parcours.csv").write_text(BEFORE, encoding="utf-8")
    (made.root / "membres.csv").write_text(MEMBERS.format(third="présent"), encoding="utf-8")
    (made.root / "centre.toml").write_text('nom = "Centre fictif"\n', encoding="utf-8")
    tutored(made, LEA, "Société A", date(2024, 1, 8), date(2024, 3, 20))
    tutored(made, ZOE, "Société C", date(2024, 1, 8), date(2024, 5, 31))
    first_session(made)
    second_session(made)
    return made


def first_session(course: Course) -> None:
    """Prepare, decide and record the session of 2024."""
    said = done(course, "parcours", LEA)
    assert "Atteindre 3 mois de pratique (à ce jour : 2 mois et 13 jours)" in said, "counted from the tutor's grid"
    folder = prepared(course, FIRST, FIRST_DAY, "--lieu", "Salle des actes", "--debut", "9 h")
    proposals = proposed(folder)
    assert proposals[LEA] == ("validé", "non validé", "à relire", "conditions non réunies")
    assert proposals[SAMI] == ("au jury de décider",) * 4
    assert proposals[ZOE] == ("non validé", "au jury de décider", "validé", "conditions non réunies")
    path = fill(folder, {**IN_2024, (LEA, WHOLE): ("validé", "Bons travaux.", "3", "0")}, fin="17:30")
    too_soon = run(course, "jury", "--valider", path, "--par", "Secrétariat")
    assert too_soon.exit_code == 2
    assert "lea : la certification entière demande tous les blocs, et il manque B2 et B3" in plain(too_soon.output)
    assert registered(course) == {}, "nothing of a refused file is recorded"
    decide(course, fill(folder, {**IN_2024, (LEA, WHOLE): ("", "")}), len(IN_2024))


def second_session(course: Course) -> None:
    """A year later: work is handed in again and reviewed, papers come, what is left is decided."""
    tutored(course, LEA, "Société B", date(2024, 9, 2), date(2024, 12, 20))
    (course.root / "parcours.csv").write_text(AFTER, encoding="utf-8")
    (course.root / "membres.csv").write_text(MEMBERS.format(third="excusé"), encoding="utf-8")
    review(course, E3, LEA, 3)
    review(course, E4, LEA, 3)
    folder = prepared(course, SECOND, SECOND_DAY, "--lieu", "Salle 2", "--debut", "14:00", "--fin", "16 h 45")
    proposals = proposed(folder)
    assert proposals[LEA] == ("déjà acquis", "validé", "validé", "validé")
    assert proposals[SAMI] == ("déjà acquis", "au jury de décider", "au jury de décider", "au jury de décider")
    assert proposals[ZOE] == ("déjà acquis", "au jury de décider", "déjà acquis", "au jury de décider")
    again = fill(folder, {**IN_2025, (LEA, "B1"): ("non validé", "On y revient.")})
    refused = run(course, "jury", "--valider", again, "--par", "Secrétariat")
    assert refused.exit_code == 2
    assert f"Acquis le 14/06/2024, session « {FIRST} » : il le reste. Laissez sa décision vide." in plain(
        refused.output
    )
    decide(course, fill(folder, {**IN_2025, (LEA, "B1"): ("", "")}), len(IN_2025))


def tutored(course: Course, learner: str, company: str, start: date, end: date) -> None:
    """Import the grid that a tutor filled the day the practice ended."""
    path = filled_grid(course, learner, company, start, end, end)
    assert "grille importée (18 compétence(s) observée(s))" in done(course, "tuteur", "--import", path)


def folder_of(course: Course, session: str) -> Path:
    return course.root / "build" / "jury" / folder_name(session)


def prepared(course: Course, session: str, day: date, *words: str) -> Path:
    done(course, "jury", "--session", session, "--date", day.isoformat(), *words)
    return folder_of(course, session)


def proposed(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return what is proposed for the blocs then for the whole, by learner."""
    found = record_json(folder)["candidates"]
    return {
        one["learner"]: (*(line["proposal"] for line in one["blocs"].values()), one["certification"]["proposal"])
        for one in found
    }


def fill(folder: Path, decisions: Decisions, **everywhere: str) -> Path:
    """Fill the decisions as a person does: some cells of a line, one cell for the whole session."""
    path = folder / "decisions.csv"
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    for line in lines:
        given = decisions.get((line["identifiant"], line["bloc"]))
        if given is not None:
            padded = (*given, "", "", "")
            line["decision"], line["motif"], line["pour"], line["contre"], line["abstention"] = padded[:5]
    lines[0].update(everywhere)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(lines)
    return path


def decide(course: Course, path: Path, count: int) -> None:
    said = done(course, "jury", "--valider", path, "--par", "Secrétariat")
    assert f"{count} décision(s) enregistrée(s)" in said
    again = done(course, "jury", "--valider", path, "--par", "Secrétariat")
    assert "0 décision(s) enregistrée(s)" in again


def registered(course: Course, session: str = "") -> dict[tuple[str, str], Entry]:
    """Return the lines of the register, of a session or of all."""
    with Register.of(course) as register:
        entries = register.entries()
    return {(one.learner, one.bloc): one for one in entries if session in ("", one.session.name)}


def plain(text: str) -> str:
    return " ".join(text.split())


def pdf_text(path: Path) -> str:
    return plain(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def docx_text(path: Path) -> str:
    """Return all that a Word document says, its tables among the rest."""
    document: Any = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return plain(" ".join((*(one.text for one in document.paragraphs), *cells)))


def test_each_session_recorded_what_its_jury_wrote(course: Course) -> None:
    for session, wanted in ((FIRST, IN_2024), (SECOND, IN_2025)):
        entries = registered(course, session)
        assert set(entries) == set(wanted)
        for key, (decision, reason, *votes) in wanted.items():
            one = entries[key]
            assert one.ruling.value == (one.proposal if decision == "confirmé" else decision)
            assert one.reason == reason
            assert one.votes == Votes(*map(int, votes))
    first, second = registered(course, FIRST)[LEA, "B1"].session, registered(course, SECOND)[LEA, "B2"].session
    assert (first.day, second.day) == (FIRST_DAY, SECOND_DAY)
    assert (first.sitting.place, f"{first.sitting.opened:%H:%M}", f"{first.sitting.closed:%H:%M}") == (
        "Salle des actes", "09:00", "17:30",
    )  # fmt: skip
    assert first.jury == ("Membre 1", "Membre 2", "Membre 3")
    assert second.jury == ("Membre 1", "Membre 2"), "who is excused did not decide"
    assert registered(course, FIRST)[ZOE, "B1"].session.jury == ("Membre 1", "Membre 2"), "nor who is linked"


def test_everybody_is_certified_by_their_own_way(course: Course) -> None:
    entries = registered(course)
    assert {name: entries[name, WHOLE].way for name in NAMES} == {LEA: "formation", SAMI: "vae", ZOE: "mixte"}
    assert {code: entries[ZOE, code].way for code in ("B1", "B2", "B3")} == {
        "B1": "formation", "B2": "vae", "B3": "formation",
    }  # fmt: skip
    with Register.of(course) as register:
        held = acquired(register.entries())
    sessions = {name: [one.session.name for _, one in sorted(held[name].items())] for name in NAMES}
    assert sessions == {
        LEA: [FIRST, SECOND, SECOND, SECOND],
        SAMI: [FIRST, SECOND, SECOND, SECOND],
        ZOE: [FIRST, SECOND, FIRST, SECOND],
    }  # fmt: skip


@pytest.mark.parametrize("session", [FIRST, SECOND])
def test_every_paper_says_what_the_register_holds(course: Course, session: str) -> None:
    folder, entries = folder_of(course, session), registered(course, session)
    record = record_json(folder)
    sitting = next(iter(entries.values())).session.sitting
    assert sitting.opened is not None
    assert sitting.closed is not None
    assert (record["place"], record["opened"], record["closed"]) == (
        sitting.place, sitting.opened.isoformat("minutes"), sitting.closed.isoformat("minutes"),
    )  # fmt: skip
    written: dict[tuple[str, str], Any] = {}
    for one in record["candidates"]:
        lines = {**one["blocs"], WHOLE: one["certification"]}
        written |= {(one["learner"], code): line for code, line in lines.items() if line["decision"]}
    assert set(written) == set(entries)
    for key, line in written.items():
        entry = entries[key]
        assert (line["register"], line["decision"], line["decision_reason"], line["proposal"], line["way"]) == (
            entry.id, entry.ruling.value, entry.reason, entry.proposal, entry.way,
        )  # fmt: skip
        assert entry.votes is not None
        assert Votes(*line["votes"].values()) == entry.votes
    for text in (pdf_text(folder / "proces-verbal.pdf"), docx_text(folder / "proces-verbal.docx")):
        assert sitting.place in text
        assert f"de {sitting.opened.hour} h {sitting.opened:%M} à {sitting.closed.hour} h {sitting.closed:%M}" in text
        for (name, _), entry in entries.items():
            assert NAMES[name] in text
            assert f"{entry.ruling.value.capitalize()} Voix : {entry.votes}" in text
            assert entry.reason in text
        counted = sum(text.count(f"Voix : {votes}") for votes in {str(one.votes) for one in entries.values()})
        assert counted == len(entries), "no decision but those of the register"


def test_the_record_says_what_each_way_asked_for(course: Course) -> None:
    before = pdf_text(folder_of(course, FIRST) / "proces-verbal.pdf")
    after = pdf_text(folder_of(course, SECOND) / "proces-verbal.pdf")
    for said in (
        "Pratique en entreprise : 2 mois et 13 jours (Société A)", "Dossier de valorisation : reçu le 02/05/2024.",
        "Soutenance : résultat favorable, le 10/06/2024.", "Dossier de valorisation non reçu. Entretien non passé.",
        "Ni acquis ni proposé : bloc 2 et bloc 3. Manque : pratique en entreprise.",
    ):  # fmt: skip
        assert said in before
    for said in (
        "Pratique en entreprise : 6 mois et 2 jours (Société A, Société B)",
        "le dossier de valorisation, reçu le 05/05/2025, et l’entretien du 13/06/2025",
        "Entretien devant le jury : date : le 13/06/2025, résultat non renseigné.",
        "Résultat à apprécier : entretien devant le jury.", "excusé", "Rien à décider.",
    ):  # fmt: skip
        assert said in after
    signed = after[after.index("Signatures") :]
    assert "Membre 2" in signed
    assert "Membre 3" not in signed, "who was not there does not sign"


def test_the_pathway_says_so_too(course: Course) -> None:
    for one in json.loads(run(course, "parcours", "--json").stdout):
        assert one["certification"]["acquired"]
        assert (one["certification"]["date"], one["certification"]["session"]) == ("2025-06-13", SECOND)
        assert "La certification entière est acquise" in done(course, "parcours", one["learner"])
    assert done(course, "parcours").count("│ acquise") == 3


def test_attestations_say_what_is_held_and_since_when(course: Course) -> None:
    referentiel, entries = load_referentiel(), registered(course)
    for name in NAMES:
        done(course, "attestation", name)
        for path in (course.root / "build" / "jury" / "attestations").glob(f"attestation-{name}.*"):
            text = pdf_text(path) if path.suffix == ".pdf" else docx_text(path)
            assert "Attestation de réussite à la certification" in text
            assert f"le jury a prononcé la certification entière, le {french_date(SECOND_DAY)}" in text
            for code in referentiel.blocs:
                entry = entries[name, code]
                day = french_date(entry.session.day)
                assert f"{bloc_name(code)} {referentiel.blocs[code].title} {day} {entry.session.name}" in text
            assert "ne remplace pas le document officiel" in text
    for code in referentiel.blocs:
        done(course, "attestation", ZOE, "--bloc", code.lower())
        text = pdf_text(course.root / "build" / "jury" / "attestations" / code / "attestation-zoe.pdf")
        assert f"a acquis le bloc {code[1:]} de cette certification" in text
        assert "prononcé la certification entière" not in text
        others = [one for other in referentiel.blocs if other != code for one in referentiel.competencies_of(other)]
        assert not any(f"{one.code} {one.statement[:30]}" in text for one in others)
    assert run(course, "attestation", ZOE, "--bloc", "B9").exit_code == 2
    own = {path.parent.name for path in own_files(course, ZOE, everything=True)}
    assert own >= {"attestations", *referentiel.blocs}, "whoever erases Zoé finds them all"


def test_the_traces_hold_and_one_altered_byte_is_found(course: Course, tmp_path: Path) -> None:
    for session in (FIRST, SECOND):
        folder = folder_of(course, session)
        assert "Rien n’a changé" in done(course, "jury", "--verifier", folder / "trace.jsonl")
        for name in ("proces-verbal.pdf", "proces-verbal.json", "trace.jsonl"):
            altered = Path(shutil.copytree(folder, tmp_path / f"{folder.name}-{name}"))
            content = bytearray((altered / name).read_bytes())
            place = content.index(b"Secr") if name == "trace.jsonl" else len(content) // 2
            content[place] ^= 1
            (altered / name).write_bytes(bytes(content))
            found = run(course, "jury", "--verifier", altered / "trace.jsonl")
            assert found.exit_code == 1, name


def test_a_bloc_cannot_be_taken_back_under_the_whole(course: Course) -> None:
    path = course.root / "reprise.csv"
    shutil.copyfile(folder_of(course, FIRST) / "decisions.csv", path)
    text = path.read_text(encoding="utf-8-sig")
    line = next(one for one in text.splitlines() if f";{LEA};" in one and ";B1;" in one)
    path.write_text(text.replace(line, line.replace(";confirmé;;3;0;0", ";annulé;Erreur de personne.;3;0;0")), "utf-8")
    made = run(course, "jury", "--valider", path, "--par", "Secrétariat", "--correction", "--membres", members(course))
    assert made.exit_code == 2, made.output
    assert "la certification entière demande tous les blocs, et il manque B1" in plain(made.output)
    assert registered(course)[LEA, "B1"].ruling.value == "validé"


def members(course: Course) -> Path:
    """Write the list of the members of 2024 again."""
    path = course.root / "membres-2024.csv"
    path.write_text(MEMBERS.format(third="présent"), encoding="utf-8")
    return path
