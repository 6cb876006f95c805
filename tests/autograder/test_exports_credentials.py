"""Badges and European credentials: what the register says and no more, in the shape that each standard asks for."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from certifying import make_course
from click.testing import CliRunner, Result
from jsonschema import Draft201909Validator

from autograder.certification.model import WHOLE, Decided, JurySession, Ruling
from autograder.certification.register import Register
from autograder.cli import main
from autograder.course.course import Course
from autograder.exports.credentials import ELM_CONTEXT, OB_CONTEXT
from autograder.referentiel import load_referentiel
from autograder.sheets.centre import CentreError, centre_of

pytestmark = pytest.mark.slow

REFERENTIEL = load_referentiel()
JUNE = JurySession("Juin 2026", date(2026, 6, 15), ("Membre 1", "Membre 2"))
LONG = "Maximilienne-Anne-Élisabeth de Saint-Barthélemy-d’Anjou Vandenbroucke-Castelnaudary"
PEOPLE = [("lea", "Léa", "Nguyễn"), ("noe", "Noé", "O'Connor"), ("longue", LONG, "x" * 90), ("=1", "@a<b>", "{c}")]
CENTRE = """nom = "Centre fictif"
[certificateur]
nom = "Certificateur fictif d’essai"
site = "https://certificateur.example"
siret = "732 829 320 00074"
rncp = "RNCP99999"
"""

TYPED = {"type": "array", "minItems": 1, "items": {"type": "string"}}
PROFILE = {"type": "object", "required": ["id", "type"], "properties": {"id": {"pattern": "^https://"}, "type": TYPED}}
BADGE: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject"],
    "properties": {
        "@context": {"prefixItems": [{"const": one} for one in OB_CONTEXT], "minItems": 2},
        "id": {"pattern": "^urn:uuid:"},
        "type": {"allOf": [{"contains": {"const": one}} for one in ("VerifiableCredential", "OpenBadgeCredential")]},
        "issuer": PROFILE,
        "validFrom": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "proof": False,
        "evidence": {"items": {"required": ["type"]}},
        "credentialSubject": {
            "required": ["type", "achievement", "identifier"],
            "properties": {
                "result": False,
                "identifier": {
                    "minItems": 1,
                    "items": {
                        "required": ["type", "hashed", "identityHash", "identityType"],
                        "properties": {"type": {"const": "IdentityObject"}, "salt": {}, "hashed": {"type": "boolean"},
                                       "identityHash": {}, "identityType": {"enum": ["name", "emailAddress"]}},
                        "additionalProperties": False,
                    },
                },
                "achievement": {
                    "required": ["id", "type", "criteria", "description", "name"],
                    "properties": {
                        "achievementType": {"enum": ["Certificate", "Certification"]},
                        "criteria": {"properties": {"narrative": {"type": "string"}}},
                        "creator": PROFILE,
                        "alignment": {"items": {
                            "required": ["type", "targetName", "targetUrl"],
                            "properties": {"targetType": {"const": "CFItem"}},
                        }},
                        "otherIdentifier": {"items": {
                            "required": ["type", "identifier", "identifierType"],
                            "properties": {"type": {"const": "IdentifierEntry"}, "identifier": {},
                                           "identifierType": {"const": "identifier"}},
                            "additionalProperties": False,
                        }},
                    },
                },
            },
        },
    },
}  # fmt: skip
"""The fields that Open Badges 3.0 requires of what the kit writes, read in the specification's own JSON schema (27
November 2026), whose licence lets nobody hand it on: said here anew, for these parts alone."""

AT_LEAST_ONE = {
    "EuropeanDigitalCredential": (
        "credentialProfiles", "displayParameter", "issuer", "issued", "validFrom", "credentialSchema",
        "credentialSubject",
    ),
    "DisplayParameter": ("title", "primaryLanguage", "language"),
    "Person": ("hasClaim",),
    "LearningAchievement": ("title", "awardedBy"),
    "AwardingProcess": ("awardingBody",),
    "Qualification": ("title",),
    "Organisation": ("legalName", "location"),
    "Address": ("countryCode",),
    "LegalIdentifier": ("notation", "spatial"),
    "Identifier": ("notation",),
    "LearningOutcome": ("title",),
}  # fmt: skip
"""The properties of « sh:minCount 1 » in EDC-generic-no-cv.ttl 1.1.0, European Commission, CC BY 4.0, read on 27
November 2026, for the classes that the kit writes; the two that wait for the seal are left out."""


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("badges") / "cours"
    made = make_course(root, PEOPLE)
    text = (root / "eleves.csv").read_text(encoding="utf-8").replace("prenom;nom", "prenom;nom;courriel")
    (root / "eleves.csv").write_text(text.replace("Nguyễn", "Nguyễn;lea@exemple.fr"), encoding="utf-8")
    (root / "centre.toml").write_text(CENTRE, encoding="utf-8")
    decided = [Decided("lea", code, Ruling.VALIDATED) for code in (*REFERENTIEL.blocs, WHOLE)]
    decided += [Decided("noe", "B1", Ruling.VALIDATED), Decided("noe", "B2", Ruling.NOT_VALIDATED, reason="À revoir")]
    decided += [Decided(name, "B3", Ruling.VALIDATED) for name in ("longue", "=1")]
    with Register.of(made) as register:
        register.record(JUNE, decided, "Secrétariat")
    return root


@pytest.fixture
def course(class_folder: Path, tmp_path: Path) -> Course:
    return Course(shutil.copytree(class_folder, tmp_path / "cours"))


def run(course: Course, *words: str) -> Result:
    return CliRunner().invoke(main, ["export", *words, "--cours", str(course.root)])


def plain(done: Result) -> str:
    return " ".join(done.output.split())


def badges_of(course: Course, learner: str) -> dict[str, dict[str, Any]]:
    paths = sorted((course.root / "build" / "exports" / "badges").glob(f"*/badge-{learner}.json"))
    return {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, (dict, list)):
        for one in node.values() if isinstance(node, dict) else node:
            yield from texts(one)


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    if isinstance(node, (dict, list)):
        for one in node.values() if isinstance(node, dict) else node:
            yield from nodes(one)


@pytest.mark.parametrize("learner", [name for name, *_ in PEOPLE])
def test_a_badge_is_one_of_each_bloc_acquired(course: Course, learner: str) -> None:
    done = run(course, "badge", learner)
    assert done.exit_code == 0, done.output
    assert "ne prouve rien" in plain(done)
    assert "schéma de 1EdTech" in plain(done)
    expected = {"lea": {"B1", "B2", "B3", WHOLE}, "noe": {"B1"}, "longue": {"B3"}, "=1": {"B3"}}
    found = badges_of(course, learner)
    assert set(found) == expected[learner]
    for code, one in found.items():
        assert [str(fault) for fault in Draft201909Validator(BADGE).iter_errors(one)] == []
        achievement = one["credentialSubject"]["achievement"]
        known = REFERENTIEL.competencies_of(code) if code != WHOLE else tuple(REFERENTIEL.competencies.values())
        assert {line["targetCode"] for line in achievement["alignment"]} == {line.code for line in known}
        assert all(line.code in achievement["criteria"]["narrative"] for line in known)
        assert (achievement["achievementType"] == "Certification") == (code == WHOLE)
        assert one["validFrom"].startswith("2026-06-15")
        assert not any(word in text for text in texts(one) for word in ("Membre 1", "niveau 3", "À revoir"))
    assert len({one["id"] for one in found.values()}) == len(found)


def test_a_badge_tells_its_holder_and_hides_their_address(course: Course) -> None:
    run(course, "badge", "lea", "--bloc", "b2")
    [(code, one)] = badges_of(course, "lea").items()
    name, address = one["credentialSubject"]["identifier"]
    assert (code, name["identityHash"]) == ("B2", "Léa Nguyễn")
    expected = hashlib.sha256(f"lea@exemple.fr{address['salt']}".encode()).hexdigest()
    assert address["identityHash"] == f"sha256${expected}"
    assert not any("lea@" in text for text in texts(one))
    before = json.dumps(one)
    run(course, "badge", "lea", "--bloc", "B2")
    assert json.dumps(badges_of(course, "lea")["B2"]) == before


def test_a_badge_is_checked_with_the_schema_that_is_given(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps({"required": ["id"]}), encoding="utf-8")
    assert "Non vérifié" not in plain(run(course, "badge", "noe", "--schema", str(schema)))
    schema.write_text(json.dumps({"properties": {"issuer": {"required": ["phone"]}}}), encoding="utf-8")
    (course.root / "build" / "exports" / "badges" / "B1" / "badge-noe.json").unlink()
    done = run(course, "badge", "noe", "--schema", str(schema))
    assert done.exit_code == 2
    assert "$.issuer : règle « required »" in plain(done)
    assert not badges_of(course, "noe")
    for text in ("{", "[]", '{"type": 3}', "é" * 3, '{"$ref": "https://ailleurs.example/a"}', '{"$ref": "#/rien"}'):
        schema.write_text(text, encoding="utf-8")
        monkeypatch.setattr("urllib.request.urlopen", lambda *_, **__: pytest.fail("the network was asked"))
        done = run(course, "badge", "noe", "--schema", str(schema))
        assert done.exit_code == 2, done.output
        assert "schema.json" in plain(done)
        assert isinstance(done.exception, SystemExit)
        assert "Traceback" not in done.output


@pytest.mark.parametrize(("learner", "titles"), [("lea", 4), ("noe", 1), ("longue", 1), ("=1", 1)])
def test_a_european_credential_has_what_the_shapes_require(course: Course, learner: str, titles: int) -> None:
    done = run(course, "elm", learner)
    assert done.exit_code == 0
    assert "Non scellé" in plain(done)
    assert "eIDAS" in plain(done)
    [path] = (course.root / "build" / "exports" / "badges").glob(f"elm-{learner}.jsonld")
    made = json.loads(path.read_text(encoding="utf-8"))
    assert made["@context"] == list(ELM_CONTEXT)
    assert "proof" not in made
    seen = set()
    for node in nodes(made):
        kinds = node.get("type", [])
        for kind in [kinds] if isinstance(kinds, str) else kinds:
            seen.add(kind)
            assert all(node.get(name) for name in AT_LEAST_ONE.get(kind, ())), (kind, node)
            assert "id" in node
    assert seen >= set(AT_LEAST_ONE)
    claims = [node for node in nodes(made) if node.get("type") == "LearningAchievement"]
    assert len(claims) == titles
    assert made["issuer"]["registration"]["notation"] == "73282932000074"
    if learner == "lea":
        [whole] = made["credentialSubject"]["hasClaim"]
        assert len(whole["hasPart"]) == 3
        assert whole["specifiedBy"]["isPartialQualification"] is False
        assert whole["specifiedBy"]["identifier"]["notation"] == "RNCP99999"
    outcomes = {node["title"]["fr"] for node in nodes(made) if node.get("type") == "LearningOutcome"}
    assert len(outcomes) == (len(REFERENTIEL.competencies) if learner == "lea" else len(outcomes))


def test_an_issuer_is_never_made_up(course: Course) -> None:
    for text, words, missing in (
        ("", ("badge", "noe"), "« nom », « site »"),
        ('[certificateur]\nnom = "A"\n', ("badge", "noe"), "« site »"),
        ('[certificateur]\nnom = "A"\nsite = "https://a.example"\n', ("elm", "noe"), "« siret »"),
    ):
        (course.root / "centre.toml").write_text(text, encoding="utf-8")
        done = run(course, *words)
        assert done.exit_code == 2, done.output
        assert f"écrivez {missing} dans sa table [certificateur]" in plain(done)
    assert not (course.root / "build" / "exports").exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('site = "ailleurs"', "https://"), ('siret = "12345678901234"', "SIRET"), ('siret = "123"', "SIRET"),
        ('rncp = "99999"', "RNCP"), ('logo = "a.png"', "clé inconnue"), ('site = "https://[a"', "https://"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_certifier_is_refused(course: Course, line: str, told: str) -> None:
    (course.root / "centre.toml").write_text(f'[certificateur]\nnom = "A"\n{line}\n', encoding="utf-8")
    with pytest.raises(CentreError, match=told):
        centre_of(course)


def test_who_acquired_nothing_has_no_badge(course: Course) -> None:
    for words, told in (
        (("badge", "inconnu"), "n’est pas dans eleves.csv"), (("elm", "noe", "--bloc", "B9"), "n’est le code d’aucun"),
        (("elm", "noe", "--bloc", "B2"), "pas acquis B2"), (("badge", "../noe"), "n’est pas dans eleves.csv"),
    ):  # fmt: skip
        done = run(course, *words)
        assert done.exit_code == 2, done.output
        assert told in plain(done)
    assert not (course.root / "build" / "exports").exists()
