"""The jury's session from end to end: record, decisions, register, attestation, trace; documents that open."""

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from certifying import decide_so, make_course
from click.testing import CliRunner, Result
from docx.oxml.ns import qn
from PIL import Image

from autograder.certification.decisions import COLUMNS
from autograder.certification.members import read_members
from autograder.certification.record import JuryRecord, build_record, folder_name
from autograder.certification.register import Register
from autograder.certification.session_files import write_record
from autograder.certification.trace import check_trace
from autograder.cli import main
from autograder.course.course import Course
from autograder.referentiel import load_referentiel
from autograder.sheets.model import Verdict
from casestudies.errors import CasekitError

pytestmark = pytest.mark.slow

YES, NO, REVIEW, ABSENT = Verdict.ACQUIRED, Verdict.NOT_ACQUIRED, Verdict.TO_REVIEW, Verdict.ABSENT
DAY = date(2026, 6, 15)
LONG = "Maximilienne-Anne-Élisabeth de Saint-Barthélemy-d’Anjou Vandenbroucke-Castelnaudary"
PEOPLE = [
    ("lea", "Léa", "Nguyễn"), ("noe", "Noé", "O'Connor"), ("ines", "Inès", "#set text(red) *gras* $x$ @ref <a>"),
    ("=1", "=cmd|' /C calc'!A0", "@SOMME(A1)"), ("longue", LONG, "x" * 90), ("vae", "Zoé", "王小明"),
]  # fmt: skip
VERDICTS = {
    "lea": (YES, NO, REVIEW), "noe": (YES, YES, YES), "ines": (None, ABSENT, Verdict.WITHDRAWN), "=1": (NO, NO, NO),
    "longue": (YES, YES, NO), "vae": (None, None, None),
}  # fmt: skip
PATHWAYS = """identifiant;voie;blocs_vae;dossier_recu_le;entretien_le;entretien
lea;formation;;;;
vae;vae;;2026-05-01;;
=1;mixte;B3;;;
"""


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("jury") / "cours"
    make_course(root, PEOPLE, linked="noe, longue")
    (root / "parcours.csv").write_text(PATHWAYS, encoding="utf-8")
    (root / "centre.toml").write_text('nom = "Centre fictif de démonstration"\n', encoding="utf-8")
    return root


@pytest.fixture
def course(class_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    decide_so(monkeypatch, VERDICTS)
    return Course(shutil.copytree(class_folder, tmp_path / "cours"))


def run(course: Course, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--cours", str(course.root)])


def plain(done: Result) -> str:
    """Return what a command said, its spaces made ordinary."""
    return " ".join(done.output.split())


def prepared(course: Course, session: str = "Juin 2026", day: date = DAY) -> Path:
    """Write the record of a session by the command; return its folder."""
    made = run(course, "jury", "--session", session, "--date", day.isoformat())
    assert made.exit_code == 0, made.output
    return course.root / "build" / "jury" / folder_name(session)


def record_of(course: Course) -> JuryRecord:
    return build_record(course, "Juin 2026", DAY, read_members(course.root / "membres.csv"))


def lines_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def filled(folder: Path, decided: dict[tuple[str, str], tuple[str, str]], name: str = "decisions.csv") -> Path:
    """Fill the decisions of a session as a person does; return the file."""
    lines = lines_of(folder / name)
    for line in lines:
        key = line["identifiant"].lstrip("'"), line["bloc"]
        if key in decided:
            line["decision"], line["motif"] = decided[key]
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(lines)
    return folder / name


def validated(course: Course, path: Path, *words: str) -> Result:
    return run(course, "jury", "--valider", str(path), "--par", "Secrétariat", *words)


def pdf_text(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def test_the_record_lists_what_cannot_be_decided_first(course: Course) -> None:
    record = record_of(course)
    assert {one.id: [each.bloc.code for each in one.undecided] for one in record.undecided} == {
        "lea": ["B3"], "ines": ["B1", "B2", "B3"],
    }  # fmt: skip
    proposals = {one.id: [line.proposal.proposed.value for line in one.lines] for one in record.candidates}
    assert proposals["noe"] == ["validé"] * 3
    assert proposals["=1"] == ["non validé", "non validé", "au jury de décider"]
    assert proposals["vae"] == ["au jury de décider"] * 3
    assert proposals["ines"] == ["non évalué", "absent", "retiré"]
    assert {one.id: one.linked for one in record.candidates if one.linked} == {
        "noe": ("Membre 2",), "longue": ("Membre 2",),
    }  # fmt: skip
    folder = prepared(course)
    text = pdf_text(folder / "proces-verbal.pdf")
    assert text.index("Cas non décidables") < text.index("Vue d’ensemble") < text.index("Signatures")
    assert "D. 6412-6" in text
    assert "À vérifier par le centre" in text


def test_a_bloc_that_nobody_was_assessed_on_is_said_once(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    decide_so(monkeypatch, {name: (first, second, None) for name, (first, second, _) in VERDICTS.items()})
    (course.root / "parcours.csv").unlink()
    assert list(record_of(course).not_given) == ["B3"]
    text = pdf_text(prepared(course) / "proces-verbal.pdf")
    listed = text[text.index("Cas non décidables") : text.index("Vue d’ensemble")]
    assert listed.count("E4 n’a pas été évaluée") == 1 + 3, "once for all, and for three other blocs"
    document: Any = docx.Document(str(course.root / "build" / "jury" / "Juin-2026" / "proces-verbal.docx"))
    assert any("C’est le cas de tous les candidats." in one.text for one in document.paragraphs)


def test_the_pdf_is_french_tagged_a4_and_reads_no_markup(course: Course) -> None:
    folder = prepared(course)
    reader = pypdf.PdfReader(folder / "proces-verbal.pdf")
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"].lower().startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert "Juin 2026" in str(reader.metadata.title)
    assert {tuple(round(float(size)) for size in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}
    text = pdf_text(folder / "proces-verbal.pdf")
    assert "#set text(red) *gras* $x$ @ref" in text
    assert f"Page 1 / {len(reader.pages)}" in text
    assert "Centre fictif de démonstration" in text
    assert "Zoé" in text
    assert "\u200b" not in text, "nothing that a search would stumble on"
    for name in ("Membre 1, professionnel, présidence du jury", "Membre 2, représentant du centre"):
        assert name in text


def test_the_docx_has_headings_repeated_headers_and_a_language(course: Course) -> None:
    document: Any = docx.Document(str(prepared(course) / "proces-verbal.docx"))
    assert document.core_properties.language == "fr-FR"
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert styles[0] == "Heading 1"
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 3") == len(PEOPLE)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert {cell.text for cell in table.rows[0].cells}
    foot = document.sections[0].footer._element
    assert [one.get(qn("w:instr")) for one in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    signing = document.tables[-1]
    assert [row.cells[0].text for row in signing.rows][1:] == [
        "Membre 1, professionnel, présidence du jury", "Membre 2, représentant du centre",
    ]  # fmt: skip


def test_the_json_names_nobody_but_the_jury(course: Course) -> None:
    text = (prepared(course) / "proces-verbal.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert "Nguyễn" not in text
    assert [one["name"] for one in content["members"]] == ["Membre 1", "Membre 2"]
    assert content["candidates"][0]["blocs"]["B1"]["decision"] is None
    assert content["candidates"][1]["excluded_members"] == ["Membre 2"]


def test_the_same_record_is_the_same_pdf(course: Course) -> None:
    first = (prepared(course) / "proces-verbal.pdf").read_bytes()
    assert (prepared(course) / "proces-verbal.pdf").read_bytes() == first


def test_twenty_candidates_and_more_take_several_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [(f"p{number}", "Prénom", f"Nom {number}") for number in range(24)]
    course = make_course(tmp_path / "cours", many)
    decide_so(monkeypatch, {name: (YES, NO, REVIEW) for name, _, _ in many})
    folder = prepared(course)
    reader = pypdf.PdfReader(folder / "proces-verbal.pdf")
    assert len(reader.pages) > 5
    assert len(lines_of(folder / "decisions.csv")) == 72
    for number, page in enumerate(reader.pages, start=1):
        assert f"Page {number} / {len(reader.pages)}" in " ".join(page.extract_text().split())


def test_the_jury_decides_and_the_register_holds_it(course: Course) -> None:
    folder = prepared(course)
    decided = {
        ("noe", "B1"): ("confirmé", ""),
        ("noe", "B2"): ("Validé", ""),
        ("=1", "B1"): ("validé", "Le jury a vu le travail corrigé."),
        ("lea", "B3"): ("non validé", "Relecture faite en séance."),
        ("vae", "B1"): ("validé", "Entretien tenu le jour même."),
        ("=1", "B3"): ("non validé", ""),
    }
    done = validated(course, filled(folder, decided))
    assert done.exit_code == 0, done.output
    assert "6 décision(s) enregistrée(s)" in done.output
    assert "12 bloc(s) restent sans décision" in done.output
    with Register.of(course) as register:
        entries = {(one.learner, one.bloc): one for one in register.entries()}
    assert {key: one.ruling.value for key, one in entries.items()} == {
        ("noe", "B1"): "validé", ("noe", "B2"): "validé", ("=1", "B1"): "validé", ("lea", "B3"): "non validé",
        ("vae", "B1"): "validé", ("=1", "B3"): "non validé",
    }  # fmt: skip
    one = entries["=1", "B1"]
    assert (one.session.name, one.session.day, one.session.jury) == ("Juin 2026", DAY, ("Membre 1", "Membre 2"))
    assert (one.proposal, one.reason) == ("non validé", "Le jury a vu le travail corrigé.")
    assert (one.way, entries["=1", "B3"].way, one.author) == ("formation", "vae", "Secrétariat")
    text = pdf_text(folder / "proces-verbal.pdf")
    assert "Motif : Le jury a vu le travail corrigé." in text
    assert "validé ; jury : validé" in text
    assert not check_trace(folder / "trace.jsonl").problems
    again = validated(course, folder / "decisions.csv")
    assert "0 décision(s) enregistrée(s)" in again.output


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        ({("noe", "B1"): ("non validé", "")}, r"ligne 6 : « non validé » s’écarte de la proposition \(« validé »\)"),
        ({("lea", "B3"): ("validé", "")}, r"ligne 4 : la proposition est « à relire » : pour décider, le jury écrit"),
        ({("ines", "B2"): ("non validé", "")}, "la proposition est « absent »"),
        ({("lea", "B3"): ("confirmé", "")}, "rien à confirmer"),
        ({("vae", "B1"): ("validé", "")}, "Entretien non passé"),
        ({("noe", "B1"): ("oui", "")}, "« oui » ne convient pas"),
        ({("noe", "B1"): ("annulé", "x")}, "ne sert qu’à corriger"),
    ],
)
def test_a_decision_that_needs_its_reason_is_refused_without_it(
    course: Course, decided: dict[tuple[str, str], tuple[str, str]], said: str
) -> None:
    path = filled(prepared(course), {("noe", "B2"): ("confirmé", ""), **decided})
    done = validated(course, path)
    assert done.exit_code == 2
    with pytest.raises(CasekitError, match=said):
        raise CasekitError(plain(done))
    assert "Rien n’a été enregistré" in done.output
    with Register.of(course) as register:
        assert register.entries() == []


def test_a_proposal_that_changed_since_is_not_decided_blindly(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(prepared(course), {("noe", "B1"): ("confirmé", "")})
    decide_so(monkeypatch, {**VERDICTS, "noe": (NO, YES, YES)})
    done = validated(course, path)
    assert done.exit_code == 2
    assert "la proposition a changé" in done.output


def test_a_file_of_another_shape_is_refused(course: Course) -> None:
    folder = prepared(course)
    whole = (folder / "decisions.csv").read_text(encoding="utf-8-sig")
    for text, said in (
        (whole.splitlines()[0], "ne contient aucune décision"),
        (whole.replace("Juin 2026;2026-06-15;noe", "Mai;2026-06-15;noe"), "un fichier, une session"),
        (whole.replace("noe;Noé O’Connor", "x;y").replace("noe;", "x;"), "ni candidat ni bloc"),
        (whole.replace(";date;", ";jour;"), "absente(s) : « date »"),
        (whole.replace("2026-06-15", "juin"), "« juin » n’est pas une date"),
    ):
        path = folder / "autre.csv"
        path.write_text(text, encoding="utf-8")
        done = validated(course, path)
        assert done.exit_code == 2, said
        assert said in plain(done)


def test_nobody_decides_without_a_jury_nor_without_a_name(course: Course) -> None:
    path = filled(prepared(course), {("noe", "B1"): ("confirmé", "")})
    assert "avec « --par »" in plain(run(course, "jury", "--valider", str(path)))
    (course.root / "membres.csv").unlink()
    assert "Le jury est vide" in validated(course, path).output
    with Register.of(course) as register:
        assert register.entries() == []


def test_a_correction_keeps_what_it_corrects(course: Course) -> None:
    folder = prepared(course)
    validated(course, filled(folder, {("noe", "B1"): ("confirmé", ""), ("noe", "B2"): ("confirmé", "")}))
    path = filled(folder, {("noe", "B1"): ("annulé", "")})
    assert "--correction" in validated(course, path).output
    assert "une correction demande un motif" in validated(course, path, "--correction").output
    done = validated(course, filled(folder, {("noe", "B1"): ("annulé", "Erreur de personne.")}), "--correction")
    assert done.exit_code == 0, done.output
    assert "1 décision(s) enregistrée(s)" in done.output
    with Register.of(course) as register:
        assert [one.ruling.value for one in register.entries("noe")] == ["validé", "validé", "annulé"]
        assert list(register.acquired()["noe"]) == ["B2"]


def test_what_is_acquired_is_kept_by_the_next_session(course: Course) -> None:
    folder = prepared(course)
    validated(course, filled(folder, {("noe", "B1"): ("confirmé", "")}))
    later = prepared(course, "Automne 2026", date(2026, 10, 2))
    line = next(one for one in lines_of(later / "decisions.csv") if (one["identifiant"], one["bloc"]) == ("noe", "B1"))
    assert line["proposition"] == "déjà acquis"
    done = validated(course, filled(later, {("noe", "B1"): ("non validé", "x")}))
    assert done.exit_code == 2
    assert "Acquis le 15/06/2026, session « Juin 2026 »" in plain(done)


def test_what_people_wrote_is_never_overwritten(course: Course) -> None:
    folder = prepared(course)
    path = filled(folder, {("noe", "B1"): ("confirmé", "")})
    document: Any = docx.Document(str(folder / "proces-verbal.docx"))
    document.add_paragraph("Ajout du jury.")
    document.save(str(folder / "proces-verbal.docx"))
    kept = path.read_bytes(), (folder / "proces-verbal.docx").read_bytes()
    again = run(course, "jury", "--session", "Juin 2026", "--date", "2026-06-15")
    assert again.output.count("il est gardé tel quel") == 2
    assert (path.read_bytes(), (folder / "proces-verbal.docx").read_bytes()) == kept


def test_a_member_linked_to_a_candidate_takes_no_part(course: Course) -> None:
    path = filled(prepared(course), {("noe", "B1"): ("confirmé", ""), ("=1", "B1"): ("confirmé", "")})
    assert validated(course, path).exit_code == 0
    with Register.of(course) as register:
        assert {one.learner: one.session.jury for one in register.entries()} == {
            "noe": ("Membre 1",), "=1": ("Membre 1", "Membre 2"),
        }  # fmt: skip
    everyone = "nom;qualite;presidence;candidats_lies\nMembre 1;centre;oui;vae\nMembre 2;professionnel;;lea vae\n"
    (course.root / "membres.csv").write_text(everyone, encoding="utf-8")
    remarks = record_of(course).remarks
    assert "Zoé 王小明 : aucun membre ne peut délibérer." in remarks
    assert not any(text.startswith("Léa") for text in remarks), "for the formation, the centre has its own rules"
    (course.root / "membres.csv").write_text(everyone.replace("lea vae", ""), encoding="utf-8")
    told = [text for text in record_of(course).remarks if text.startswith("Zoé")]
    assert len(told) == 2
    assert any("2 au moins sont demandés" in text for text in told)


def test_two_sessions_never_share_a_folder(course: Course) -> None:
    prepared(course, "Juin 2026")
    other = run(course, "jury", "--session", "Juin-2026", "--date", "2026-06-16")
    assert other.exit_code == 2
    assert "est celui de la session « Juin 2026 »" in plain(other)


def test_the_trace_says_whether_anything_changed(course: Course) -> None:
    folder = prepared(course)
    validated(course, filled(folder, {("noe", "B1"): ("confirmé", "")}))
    trace = folder / "trace.jsonl"
    lines = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["procès-verbal écrit", "décisions enregistrées"]
    assert lines[1]["previous"] == lines[0]["hash"]
    assert lines[1]["decisions"][0]["ruling"] == "validé"
    assert lines[0]["settings"]["name"] == "Centre fictif de démonstration"
    assert {one["name"] for one in lines[0]["files"]} == {
        "proces-verbal.json", "proces-verbal.pdf", "proces-verbal.docx", "decisions.csv",
    }  # fmt: skip
    fine = run(course, "jury", "--verifier", str(trace))
    assert fine.exit_code == 0
    assert lines[1]["hash"] in fine.output
    filled(folder, {("noe", "B2"): ("confirmé", "")})
    edited = run(course, "jury", "--verifier", str(trace))
    assert edited.exit_code == 0, "a file to fill may be filled"
    assert "Fichier à compléter, modifié depuis" in edited.output
    (folder / "proces-verbal.pdf").write_bytes(b"%PDF-")
    changed = run(course, "jury", "--verifier", str(trace))
    assert changed.exit_code == 1
    assert "« proces-verbal.pdf » n’est plus le fichier écrit par casekit" in plain(changed)


@pytest.mark.parametrize("way", ["changed", "taken out", "swapped", "added", "hash too"])
def test_a_line_tampered_with_is_seen(course: Course, way: str) -> None:
    folder = prepared(course)
    for _ in range(2):
        write_record(course, record_of(course))
    trace = folder / "trace.jsonl"
    lines = trace.read_text(encoding="utf-8").splitlines()
    if way == "changed":
        lines[1] = lines[1].replace("procès-verbal écrit", "autre chose")
    elif way == "taken out":
        del lines[1]
    elif way == "swapped":
        lines[0], lines[1] = lines[1], lines[0]
    elif way == "added":
        lines.insert(1, lines[0])
    else:
        from autograder.certification.trace import _hash

        one = {**json.loads(lines[1]), "event": "autre chose"}
        lines[1] = json.dumps({**one, "hash": _hash(one)})
    trace.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert check_trace(trace).problems
    assert run(course, "jury", "--verifier", str(trace)).exit_code == 1
    with pytest.raises(CasekitError, match="rien n’y est ajouté"):
        write_record(course, record_of(course))


@pytest.mark.parametrize("text", ["{", "[]", "12", '{"files": [1]}', "\x00", "[" * 5000])
def test_what_is_no_trace_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CasekitError, match="ligne 1 : illisible"):
        check_trace(path)


def test_a_trace_reads_no_file_outside_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_text('{"files": [{"name": "../x", "sha256": ""}]}\n', encoding="utf-8")
    assert any("sort du dossier" in text for text in check_trace(path).problems)


def test_the_attestation_says_what_is_acquired_and_no_grade(course: Course) -> None:
    refused = run(course, "attestation", "noe")
    assert refused.exit_code == 2
    assert "aucun bloc acquis" in refused.output
    assert run(course, "attestation", "personne").exit_code == 2
    validated(course, filled(prepared(course), {("noe", "B1"): ("confirmé", ""), ("noe", "B3"): ("confirmé", "")}))
    made = run(course, "attestation", "noe")
    assert made.exit_code == 0, made.output
    folder = course.root / "build" / "jury" / "attestations"
    reader = pypdf.PdfReader(folder / "attestation-noe.pdf")
    root: Any = reader.trailer["/Root"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    text = pdf_text(folder / "attestation-noe.pdf")
    referentiel = load_referentiel()
    for said in ("2 blocs sur 3", "15 juin 2026", "Juin 2026", "Noé O’Connor", referentiel.principles.title,
                 "Centre fictif de démonstration", "1.1.1", "3.3.1"):  # fmt: skip
        assert said in text
    assert "2.1.1" not in text
    assert "niveau" not in text.lower()
    document: Any = docx.Document(str(folder / "attestation-noe.docx"))
    assert next(paragraph.style.name for paragraph in document.paragraphs) == "Heading 1"
    assert document.tables[0].rows[1].cells[2].text == "15 juin 2026"
    assert not check_trace(folder / "trace.jsonl").problems


def test_the_attestation_bears_the_certificateur_the_codes_the_logo_and_who_signs(course: Course) -> None:
    Image.new("RGB", (300, 100), "navy").save(course.root / "logo.png")
    (course.root / "centre.toml").write_text(
        'nom = "Centre fictif de démonstration"\nlogo = "logo.png"\nsignataire = "S. Ignataire"\n'
        'qualite_signataire = "Direction"\n[certificateur]\nnom = "Certificateur d’essai"\nrncp = "RNCP00000"\n'
        'blocs = {B1 = "RNCP00000BC01"}\n',
        encoding="utf-8",
    )
    validated(course, filled(prepared(course), {("noe", "B1"): ("confirmé", "")}))
    made = run(course, "attestation", "noe")
    assert made.exit_code == 0, made.output
    folder = course.root / "build" / "jury" / "attestations"
    page = pypdf.PdfReader(folder / "attestation-noe.pdf").pages[0]
    assert len(page.images) == 1
    text = pdf_text(folder / "attestation-noe.pdf")
    for said in ("Certificateur d’essai", "(RNCP00000)", "(RNCP00000BC01)", "S. Ignataire, Direction"):
        assert said in text
    document: Any = docx.Document(str(folder / "attestation-noe.docx"))
    assert (
        document.inline_shapes[0]._inline.docPr.get("descr") == "Logo\N{NO-BREAK SPACE}: Centre fictif de démonstration"
    )
    assert not check_trace(folder / "trace.jsonl").problems


def test_options_that_do_not_go_together_are_told(course: Course) -> None:
    path = filled(prepared(course), {})
    assert run(course, "jury", "--par", "S").exit_code == 2
    assert run(course, "jury", "--valider", str(path), "--par", "S", "--session", "X").exit_code == 2
    assert run(course, "jury", "--session", "x" * 200).exit_code == 2
    assert run(course, "jury", "--date", "31/02/2026").exit_code == 2
    (course.root / "membres.csv").write_text("nom;qualite;candidats_lies\nMembre 1;centre;inconnu\n", encoding="utf-8")
    wrong = run(course, "jury", "--session", "Juin 2026")
    assert wrong.exit_code == 2
    assert "« inconnu »" in plain(wrong)


def test_a_course_as_it_stands_goes_before_a_jury(tmp_path: Path) -> None:
    course = make_course(tmp_path / "cours", [("lea", "Léa", "Petit")])
    folder = prepared(course)
    lines = lines_of(folder / "decisions.csv")
    assert [line["proposition"] for line in lines] == ["non évalué"] * 3
    (tmp_path / "vide").mkdir()
    assert run(Course(tmp_path / "vide"), "jury").exit_code == 2
