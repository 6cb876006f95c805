"""The accrochage: a schema given by the centre decides; civil identities stand alone, and go with their person.

The schema here is the test's own, in a namespace of its own: the official one belongs to the Caisse des Dépôts.
"""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from certifying import make_course
from click.testing import CliRunner, Result
from lxml import etree

from autograder.certification.model import WHOLE, Decided, JurySession, Ruling
from autograder.certification.register import Register
from autograder.cli import main
from autograder.course.course import Course
from autograder.exports.accrochage import TARGET
from autograder.exports.civil_status import COLUMNS, FILE
from autograder.exports.xsd import SchemaFiles
from autograder.referentiel import load_referentiel
from casestudies.errors import CasekitError

pytestmark = pytest.mark.slow

JUNE = JurySession("Juin 2026", date(2026, 6, 15), ("Membre 1",))
AUTUMN = JurySession("Automne 2026", date(2026, 10, 2), ("Membre 1",))
PEOPLE = [("lea", "Léa", "Nguyễn"), ("noe", "Noé", "O'Connor"), ("ines", "Inès", "Fictive"), ("sans", "Sans", "Rien")]
XSD = """<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:e="urn:exemple:essai" targetNamespace="urn:exemple:essai"
  elementFormDefault="qualified">
  <xs:include schemaLocation="types.xsd"/>
  <xs:element name="envoi"><xs:complexType><xs:sequence>
    <xs:element name="numero" type="xs:string"/>
    <xs:element name="quand" type="xs:dateTime"/>
    <xs:element name="depositaire"><xs:complexType><xs:sequence>
      <xs:element name="compte" type="e:compte"/>
      <xs:element ref="e:personnes"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="personnes"><xs:complexType><xs:sequence>
    <xs:element name="personne" type="e:personne" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:e="urn:exemple:essai" targetNamespace="urn:exemple:essai"
  elementFormDefault="qualified">
  <xs:simpleType name="compte"><xs:restriction base="xs:string"><xs:length value="8"/></xs:restriction></xs:simpleType>
  <xs:complexType name="base"><xs:sequence>
    <xs:element name="reference" type="xs:string"/>
    <xs:element name="nom"><xs:annotation><xs:documentation>Le nom de naissance</xs:documentation></xs:annotation>
      <xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="60"/>
      </xs:restriction></xs:simpleType></xs:element>
  </xs:sequence></xs:complexType>
  <xs:group name="naissance"><xs:sequence>
    <xs:element name="jour" type="xs:date"/>
    <xs:choice><xs:element name="insee"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="[0-9AB]{5}"/></xs:restriction></xs:simpleType></xs:element>
      <xs:element name="pays" type="xs:string"/></xs:choice>
  </xs:sequence></xs:group>
  <xs:complexType name="personne"><xs:complexContent><xs:extension base="e:base"><xs:sequence>
    <xs:element name="usage" type="xs:string" nillable="true"/>
    <xs:element name="second" type="xs:string" minOccurs="0"/>
    <xs:group ref="e:naissance"/>
    <xs:element name="sexe"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="M"/>
      <xs:enumeration value="F"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="suite"><xs:complexType><xs:sequence>
      <xs:element name="mention" type="xs:string" nillable="true"/>
      <xs:element name="marque"><xs:complexType/></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="parent" type="e:personne" minOccurs="0"/>
  </xs:sequence><xs:attribute name="fiche" type="xs:string" use="required"/>
  </xs:extension></xs:complexContent></xs:complexType>
</xs:schema>
"""
ONE = "envoi/depositaire/personnes/personne"
MODEL = f"""passage = "{ONE}"
porte_sur = "certification"
[valeurs]
"envoi/numero" = "{{flux}}"
"envoi/quand" = "{{horodatage}}"
"envoi/depositaire/compte" = "ABCD1234"
"{ONE}/sexe" = "{{sexe}}"
"{ONE}/@fiche" = "{{rncp}}"
"{ONE}/reference" = "{{passage}}"
"{ONE}/nom" = "{{nom_naissance}}"
"{ONE}/usage" = "{{nom_usage}}"
"{ONE}/second" = "{{prenom_2}}"
"{ONE}/jour" = "{{date_naissance}}"
"{ONE}/insee" = "{{code_insee_naissance}}"
"{ONE}/pays" = "{{code_pays_naissance}}"
"""
CIVIL = """identifiant;nom_naissance;prenom_1;date_naissance;prenom_2;nom_usage;sexe;\
code_insee_naissance;code_pays_naissance
lea;Nguyễn & <Filles>;Léa;03/02/1990;;;F;01004;
noe;O'Connor;Noé;1988-12-31;Élie;Martin;m;;99136
ines;;;;;;;;
"""
CENTRE = '[certificateur]\nnom = "Certificateur fictif"\nrncp = "RNCP99999"\n'


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("accrochage") / "cours"
    made = make_course(root, PEOPLE)
    (root / "centre.toml").write_text(CENTRE, encoding="utf-8")
    blocs = load_referentiel().blocs
    with Register.of(made) as register:
        register.record(JUNE, [Decided("lea", code, Ruling.VALIDATED) for code in (*blocs, WHOLE)], "Secrétariat")
        register.record(AUTUMN, [Decided("noe", code, Ruling.VALIDATED) for code in (*blocs, WHOLE)], "Secrétariat")
        register.record(AUTUMN, [Decided("ines", "B1", Ruling.NOT_VALIDATED, reason="À revoir")], "Secrétariat")
    return root


@pytest.fixture
def course(class_folder: Path, tmp_path: Path) -> Course:
    made = Course(shutil.copytree(class_folder, tmp_path / "cours"))
    (made.root / "accrochage.toml").write_text(MODEL, encoding="utf-8")
    (made.root / FILE).write_text(CIVIL, encoding="utf-8")
    return made


@pytest.fixture
def xsd(tmp_path: Path) -> Path:
    (tmp_path / "types.xsd").write_text(TYPES, encoding="utf-8")
    (tmp_path / "essai.xsd").write_text(XSD, encoding="utf-8")
    return tmp_path / "essai.xsd"


def run(course: Course, *words: str) -> Result:
    done = CliRunner().invoke(main, ["export", "accrochage", *words, "--cours", str(course.root)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def plain(done: Result) -> str:
    return " ".join(done.output.split())


def written(course: Course) -> Any:
    return etree.parse(str(course.root / TARGET)).getroot()


def field(element: Any, name: str) -> str | None:
    found = element.find(f"{{urn:exemple:essai}}{name}")
    return None if found is None else found.text


def refused(course: Course, xsd: Path, *told: str) -> None:
    done = run(course, "--xsd", str(xsd))
    assert done.exit_code == 2, done.output
    for words in told:
        assert words in plain(done), (words, done.output)
    assert "Traceback" not in done.output
    assert not (course.root / TARGET).exists()


def test_the_document_follows_the_schema_and_the_register(course: Course, xsd: Path) -> None:
    done = run(course, "--xsd", str(xsd))
    assert done.exit_code == 0, done.output
    assert "2 passage(s), conforme à essai.xsd" in plain(done)
    root = written(course)
    etree.XMLSchema(etree.parse(str(xsd))).assertValid(root)
    lea, noe = root.iter("{urn:exemple:essai}personne")
    assert (field(lea, "nom"), field(lea, "jour"), field(lea, "insee")) == ("Nguyễn & <Filles>", "1990-02-03", "01004")
    assert (field(noe, "second"), field(noe, "sexe"), field(noe, "pays")) == ("Élie", "M", "99136")
    assert field(lea, "second") is None
    assert field(noe, "insee") is None
    nil = "{http://www.w3.org/2001/XMLSchema-instance}nil"
    assert lea.find("{urn:exemple:essai}usage").get(nil) == "true"
    assert field(noe, "usage") == "Martin"
    assert lea.get("fiche") == "RNCP99999"
    [mention] = lea.iter("{urn:exemple:essai}mention")
    assert mention.get(nil) == "true", "required, allowed to be empty, and nobody fills it"
    assert len(lea.find("{urn:exemple:essai}suite")) == 2
    before = field(lea, "reference")
    assert run(course, "--xsd", str(xsd), "--session", "Juin 2026").exit_code == 0
    [again] = written(course).iter("{urn:exemple:essai}personne")
    assert field(again, "reference") == before


def test_blocs_are_declared_when_the_centre_says_so(course: Course, xsd: Path) -> None:
    path = course.root / "accrochage.toml"
    path.write_text(MODEL.replace('"certification"', '"blocs"').replace("{passage}", "{bloc}"), encoding="utf-8")
    assert run(course, "--xsd", str(xsd)).exit_code == 0
    found = [field(one, "reference") for one in written(course).iter("{urn:exemple:essai}personne")]
    assert found == [*load_referentiel().blocs] * 2


def test_the_blank_files_are_made_from_the_schema(course: Course, xsd: Path) -> None:
    for name in ("accrochage.toml", FILE):
        (course.root / name).unlink()
    refused(course, xsd, "accrochage.toml n’existe pas", "--modele")
    assert "Écrit" in plain(run(course, "--xsd", str(xsd), "--modele"))
    model = (course.root / "accrochage.toml").read_text(encoding="utf-8")
    assert f'# passage = "{ONE}"' in model
    assert '"personnes/' not in model, "it is written in its place, within the root"
    assert f'# "{ONE}/nom" = ""  # Le nom de naissance' in model
    assert f'# "{ONE}/second" = ""  # facultatif' in model
    assert f'# "{ONE}/@fiche" = ""\n' in model
    assert (course.root / FILE).read_text(encoding="utf-8-sig").splitlines()[:2] == [
        ";".join(COLUMNS), f"lea{';' * (len(COLUMNS) - 1)}",
    ]  # fmt: skip
    refused(course, xsd, "« passage »")
    (course.root / "accrochage.toml").write_text(MODEL, encoding="utf-8")
    assert plain(run(course, "--xsd", str(xsd), "--modele")).count("laissé tel quel") == 2
    assert (course.root / "accrochage.toml").read_text(encoding="utf-8") == MODEL
    refused(course, xsd, "etat-civil.csv ne dit rien de « lea », « noe »")


def test_each_fault_names_the_person_and_the_field(course: Course, xsd: Path) -> None:
    bad = CIVIL.replace(";F;01004;", ";;;").replace("O'Connor", "x" * 61)
    (course.root / FILE).write_text(bad, encoding="utf-8")
    model = MODEL.replace("ABCD1234", "ABC").replace('"envoi/numero" = "{flux}"\n', "").replace("{horodatage}", "hier")
    (course.root / "accrochage.toml").write_text(model, encoding="utf-8")
    refused(
        course, xsd, "numero : obligatoire, absent de accrochage.toml.",
        "quand : « hier » n’est pas une valeur de ce type.",
        "compte : « ABC » n’a pas la longueur attendue.", "Noé O'Connor (noe), nom : « xxx", "est trop long.",
        "Léa Nguyễn (lea), sexe : rien à y écrire, {sexe} est vide.", "complétez etat-civil.csv",
        "Léa Nguyễn (lea), sexe : rien",
    )  # fmt: skip
    done = plain(run(course, "--xsd", str(xsd)))
    assert "Element" not in done
    assert done.count("Noé") == 1


def test_what_is_required_deep_down_is_told_where_it_stands(course: Course, xsd: Path) -> None:
    types = xsd.with_name("types.xsd")
    types.write_text(
        TYPES.replace(' nillable="true"/>\n      <xs:element name="marque', '/>\n      <xs:element name="marque')
    )
    refused(course, xsd, "Léa Nguyễn (lea), mention : obligatoire, absent de accrochage.toml.")


def test_a_choice_that_nothing_fills_is_told(course: Course, xsd: Path) -> None:
    (course.root / FILE).write_text(CIVIL.replace("01004", "").replace(";m;;", ";;;"), encoding="utf-8")
    refused(
        course, xsd, "Léa Nguyễn (lea), sexe : cet élément n’est pas attendu ici, ou d’abord : « insee » ou « pays ».",
        "Noé O'Connor (noe), sexe : rien à y écrire",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("/nom\"", "/nomm\"", "vouliez-vous"), ("{nom_naissance}", "{nom}", "champ inconnu, « {nom} »"),
        (f'passage = "{ONE}"', 'passage = "autre/chose"', "n’a pas d’élément « autre » pour commencer"),
        (f'passage = "{ONE}"', 'passage = "envoi"', "n’a pas cet élément"), ("porte_sur", "porte", "clé inconnue"),
        ("[valeurs]", "[valeurs", "TOML illisible"),
    ],
)  # fmt: skip
def test_a_model_that_does_not_fit_is_refused(course: Course, xsd: Path, before: str, after: str, told: str) -> None:
    (course.root / "accrochage.toml").write_text(MODEL.replace(before, after), encoding="utf-8")
    refused(course, xsd, told)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("03/02/1990", "31/02/1990", "ligne 2 : « 31/02/1990 » n’est pas une date"), (";F;", ";X;", "colonne « sexe »"),
        ("01004", "1004", "n’est pas un code INSEE"), ("noe;", "inconnu;", "n’est pas dans eleves.csv"),
        ("noe;", "lea;", "a déjà une ligne"), ("Noé;", ";", "la colonne « prenom_1 » est vide"),
        ("identifiant;", "identifiant;nir;", "colonne(s) inconnue(s) : « nir »"),
        ("Martin", "Mar\x07tin", "un signe que le XML n’admet pas"),
    ],
)  # fmt: skip
def test_civil_identities_are_read_strictly(course: Course, xsd: Path, before: str, after: str, told: str) -> None:
    (course.root / FILE).write_text(CIVIL.replace(before, after), encoding="utf-8")
    refused(course, xsd, told)


def test_without_a_schema_it_says_where_to_ask(course: Course) -> None:
    done = run(course)
    assert done.exit_code == 2
    assert "certificateurs.moncompteformation.gouv.fr" in plain(done)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pas du xml", "pas du XML bien formé"), ("<a/>", "pas un schéma XSD"),
        (XSD.replace("types.xsd", "absent.xsd"), "« absent.xsd », qui n’est pas à côté"),
        (XSD.replace("types.xsd", "https://ailleurs.example/a.xsd"), "rien chercher sur le réseau"),
        (XSD.replace('"e:compte"', '"e:inconnu"'), "n’est pas utilisable"),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_is_told(course: Course, xsd: Path, text: str, told: str) -> None:
    xsd.write_text(text, encoding="utf-8")
    refused(course, xsd, told)


def test_nothing_to_declare_is_told(course: Course, xsd: Path) -> None:
    done = run(course, "--xsd", str(xsd), "--session", "Hiver")
    assert done.exit_code == 2
    assert "il n’y a rien à déclarer" in plain(done)


def test_a_schema_within_itself_or_with_an_entity_ends(tmp_path: Path, xsd: Path) -> None:
    assert sum(one.path.endswith("parent") for one in SchemaFiles(xsd).tree("envoi").every()) == 1
    bomb = tmp_path / "bombe.xsd"
    bomb.write_text(f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>{XSD.split("?>", 1)[1]}', encoding="utf-8")
    assert SchemaFiles(bomb).roots == ["envoi", "personnes"]
    with pytest.raises(CasekitError, match="ne peut pas être lu"):
        SchemaFiles(tmp_path / "absent.xsd")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("head", ["identifiant", "Identifiant"])
def test_forgetting_takes_the_civil_identity_out(course: Course, xsd: Path, encoding: str, head: str) -> None:
    assert run(course, "--xsd", str(xsd)).exit_code == 0
    path = course.root / FILE
    path.write_bytes(CIVIL.replace("Nguyễn", "Durand").replace("identifiant", head).encode(encoding))
    CliRunner().invoke(main, ["export", "badge", "lea", "--cours", str(course.root)])
    done = CliRunner().invoke(main, ["forget", "lea", "--oui", "--cours", str(course.root)])
    assert done.exit_code == 0, done.output
    kept = path.read_text(encoding="utf-8-sig")
    assert "Durand" not in kept
    assert "Élie" in kept
    assert kept.startswith(head)
    assert not (course.root / TARGET).exists()


def test_who_was_erased_does_not_stop_the_others(course: Course, xsd: Path) -> None:
    CliRunner().invoke(main, ["forget", "lea", "--oui", "--cours", str(course.root)])
    done = run(course, "--xsd", str(xsd))
    assert done.exit_code == 0, done.output
    assert "lea : dans le registre, mais plus dans eleves.csv" in plain(done)
    [noe] = written(course).iter("{urn:exemple:essai}personne")
    assert field(noe, "nom") == "O'Connor"
    (course.root / FILE).write_text(CIVIL, encoding="utf-8")
    (course.root / TARGET).unlink()
    refused(course, xsd, "ligne 2 : « lea » n’est pas dans eleves.csv")
