"""The référentiel for other software: CASE and Moodle, read as they read it; tables that no spreadsheet computes."""

import csv
import io
import json
import re
import uuid
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker
from test_typography import faults

from autograder.cli import main
from autograder.exports.case import as_case
from autograder.exports.moodle import FRAMEWORK_COLUMNS, SCALE, framework
from autograder.exports.tables import SEPARATORS, ExportTable
from autograder.referentiel import load_referentiel, load_rubrics

REFERENTIEL, RUBRICS = load_referentiel(), load_rubrics()


def _object(required: str, optional: str = "", **properties: Any) -> dict[str, Any]:
    """Return a closed object whose fields are texts unless said otherwise; CASE lets no other field in."""
    names = {name: {"type": "string"} for name in (*required.split(), *optional.split())}
    identity = {
        "identifier": {"type": "string", "format": "uuid"},
        "uri": {"type": "string", "pattern": r"^[a-z]+:\S+$"},
        "lastChangeDateTime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
    }
    known = {**{name: kind for name, kind in identity.items() if name in names}, **properties}
    return {
        "type": "object", "required": required.split(), "properties": {**names, **known}, "additionalProperties": False,
    }  # fmt: skip


IDENTITY = "identifier uri lastChangeDateTime"
LINK = _object("title identifier uri")
END = _object("title identifier uri", "targetType")
LEVEL = _object(
    IDENTITY, "description quality feedback rubricCriterionId", score={"type": "number"}, position={"type": "integer"}
)
CRITERION = _object(
    IDENTITY, "category description rubricId", CFItemURI=LINK, weight={"type": "number"}, position={"type": "integer"},
    CFRubricCriterionLevels={"type": "array", "items": LEVEL},
)  # fmt: skip
ASSOCIATIONS = [
    "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
    "hasSkillLevel", "isTranslationOf",
]  # fmt: skip
PACKAGE = _object(
    "CFDocument",
    CFDocument=_object(
        f"{IDENTITY} creator title",
        "caseVersion description language version adoptionStatus statusStartDate notes publisher officialSourceURL",
        caseVersion={"enum": ["1.1"]}, statusStartDate={"type": "string", "format": "date"},
    ),
    CFItems={"type": "array", "items": _object(
        f"{IDENTITY} fullStatement",
        "humanCodingScheme CFItemType language notes abbreviatedStatement alternativeLabel", CFItemTypeURI=LINK,
    )},
    CFAssociations={"type": "array", "items": _object(
        f"{IDENTITY} associationType originNodeURI destinationNodeURI", "notes",
        associationType={"enum": ASSOCIATIONS}, originNodeURI=END, destinationNodeURI=END,
        sequenceNumber={"type": "integer"},
    )},
    CFDefinitions=_object("", CFItemTypes={"type": "array", "items": _object(
        f"{IDENTITY} title description hierarchyCode", "typeCode"
    )}),
    CFRubrics={"type": "array", "items": _object(
        IDENTITY, "title description", CFRubricCriteria={"type": "array", "items": CRITERION},
        extensions={"type": "object"},
    )},
)  # fmt: skip
"""What a CASE 1.1 package may hold of what is written here: written from the information model's tables (1EdTech)."""


@pytest.fixture(scope="module")
def package() -> dict[str, Any]:
    return json.loads(as_case(REFERENTIEL, RUBRICS))


def problems(package: dict[str, Any]) -> list[str]:
    return [
        error.message for error in Draft202012Validator(PACKAGE, format_checker=FormatChecker()).iter_errors(package)
    ]


def test_the_package_has_the_shape_of_case(package: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(PACKAGE)
    assert problems(package) == []
    broken = json.loads(json.dumps(package))
    del broken["CFItems"][0]["fullStatement"]
    broken["CFAssociations"][0]["associationType"] = "isUnder"
    broken["CFRubrics"][0]["identifier"] = "B1-C05"
    broken["CFDocument"]["author"] = "x"
    assert len(problems(broken)) == 4, "the schema sees what is wrong"


def test_the_package_holds_the_whole_referentiel(package: dict[str, Any]) -> None:
    kinds = [item["CFItemType"] for item in package["CFItems"]]
    whole = (
        REFERENTIEL.blocs,
        REFERENTIEL.activities,
        REFERENTIEL.competencies,
        REFERENTIEL.assessments,
        REFERENTIEL.criteria,
    )
    assert sorted(kinds.count(kind) for kind in set(kinds)) == sorted(map(len, whole))
    levels = [
        (rubric["title"], level["score"], level["quality"])
        for rubric in package["CFRubrics"]
        for criterion in rubric["CFRubricCriteria"]
        for level in criterion["CFRubricCriterionLevels"]
    ]
    assert len(levels) == 4 * len(RUBRICS)
    assert {quality for _, _, quality in levels} == {"insuffisant", "fragile", "acquis", "maîtrisé"}


def test_identifiers_are_stable_unique_and_all_links_lead_somewhere(package: dict[str, Any]) -> None:
    assert as_case(REFERENTIEL, RUBRICS) == as_case(REFERENTIEL, RUBRICS)
    parts = [
        package["CFDocument"],
        *package["CFItems"],
        *package["CFDefinitions"]["CFItemTypes"],
        *package["CFRubrics"],
    ]
    here = [part["identifier"] for part in (*parts, *package["CFAssociations"])]
    assert len(set(here)) == len(here)
    assert all(uuid.UUID(one).version == 5 for one in here)
    links = [
        association[end] for association in package["CFAssociations"] for end in ("originNodeURI", "destinationNodeURI")
    ]
    links += [item["CFItemTypeURI"] for item in package["CFItems"]]
    links += [criterion["CFItemURI"] for rubric in package["CFRubrics"] for criterion in rubric["CFRubricCriteria"]]
    assert {link["identifier"] for link in links} <= set(here)
    assert all(part["uri"] == f"urn:uuid:{part['identifier']}" for part in parts)
    known = next(item for item in package["CFItems"] if item["humanCodingScheme"] == "B1-C05")
    assert known["identifier"] == "8f13cd5a-06e8-5863-8d9e-dee2c9e05aef", "an identifier once given stays"


def test_every_item_has_one_parent_and_the_document_is_the_root(package: dict[str, Any]) -> None:
    parents: dict[str, list[str]] = {}
    for association in package["CFAssociations"]:
        if association["associationType"] == "isChildOf":
            child = association["originNodeURI"]["identifier"]
            parents.setdefault(child, []).append(association["destinationNodeURI"]["identifier"])
    assert {item["identifier"] for item in package["CFItems"]} == parents.keys()
    for child in parents:
        seen = [child]
        while seen[-1] in parents:
            (parent,) = parents[seen[-1]]
            assert parent not in seen
            seen.append(parent)
        assert seen[-1] == package["CFDocument"]["identifier"]


def read_as_moodle(content: bytes) -> list[list[str]]:
    """Return a CSV as Moodle's ``csv_import_reader`` takes it: mark dropped, ends of line mended, equal lines."""
    text = re.sub(r"\r\n?", "\n", content.decode("utf-8").removeprefix("\ufeff")).strip()
    lines = list(csv.reader(io.StringIO(text)))
    assert len(lines) > 1
    assert {len(line) for line in lines} == {len(lines[0])}, "« csvweirdcolumns »"
    return lines


def framework_as_moodle(content: bytes) -> dict[str, Any]:
    """Return the tree that ``tool_lpimportcsv\\framework_importer`` makes: by place, parents by code, root first."""
    fields = (
        "parentidnumber", "idnumber", "shortname", "description", "descriptionformat", "scalevalues",
        "scaleconfiguration", "ruletype", "ruleoutcome", "ruleconfig", "relatedidnumbers", "exportid", "isframework",
        "taxonomies",
    )  # fmt: skip
    head, *lines = read_as_moodle(content)
    assert len(head) == len(fields)
    rows = [dict(zip(fields, line, strict=True)) for line in lines]
    (root,) = (row for row in rows if row["isframework"])
    flat = {row["idnumber"]: row for row in rows if not row["isframework"]}
    assert len(flat) == len(rows) - 1, "codes are unique"

    def children(code: str) -> dict[str, Any]:
        return {name: children(name) for name, row in flat.items() if row["parentidnumber"] == code}

    return {"root": root, "flat": flat, "tree": children("")}


def test_moodle_reads_the_competency_framework() -> None:
    read = framework_as_moodle(framework(REFERENTIEL).as_csv(SEPARATORS["en"]))
    flat, root = read["flat"], read["root"]
    assert list(read["tree"]) == list(REFERENTIEL.blocs)
    criteria = [c for bloc in read["tree"].values() for a in bloc.values() for k in a.values() for c in k]
    assert sorted(criteria) == sorted(REFERENTIEL.criteria)
    assert all(0 < len(row["shortname"]) <= 100 and len(row["idnumber"]) <= 100 for row in (root, *flat.values()))
    assert all(set(filter(None, row["relatedidnumbers"].split(","))) <= flat.keys() for row in flat.values())
    assert {row["descriptionformat"] for row in flat.values()} == {"1"}
    assert not any(re.fullmatch(r"[\d.]+", code) for code in flat), "PHP takes « 1.1 » and « 1.10 » for the same"
    levels = {"behaviour", "competency", "concept", "domain", "indicator", "level", "outcome", "practice",
              "proficiency", "skill", "value"}  # fmt: skip
    assert len(root["taxonomies"].split(",")) == 4
    assert set(root["taxonomies"].split(",")) <= levels


def test_moodle_accepts_the_scale() -> None:
    """``competency_framework::validate_scaleconfiguration``: the scale first, then a default and a proficient item."""
    root = framework_as_moodle(framework(REFERENTIEL).as_csv(SEPARATORS["en"]))["root"]
    assert root["scalevalues"].split(",") == ["non acquis", "partiellement acquis", "acquis"] == list(SCALE)
    first, *items = json.loads(root["scaleconfiguration"])
    assert "scaleid" in first
    assert any(item["scaledefault"] for item in items)
    assert [root["scalevalues"].split(",")[item["id"] - 1] for item in items if item["proficient"]] == ["acquis"]


def test_columns_are_moodles_own() -> None:
    assert FRAMEWORK_COLUMNS == (
        "Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values",
        "Scale configuration", "Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)",
        "Cross-referenced competency ID numbers", "Exported ID (optional)", "Is framework", "Taxonomy",
    )  # fmt: skip


def test_texts_of_the_referentiel_are_well_typed(package: dict[str, Any]) -> None:
    texts = [item["fullStatement"] for item in package["CFItems"]]
    texts += [level["description"] for rubric in package["CFRubrics"] for criterion in rubric["CFRubricCriteria"]
              for level in criterion["CFRubricCriterionLevels"]]  # fmt: skip
    texts += [str(value) for value in package["CFDocument"].values() if " " in str(value)]
    texts += [str(cell) for row in framework(REFERENTIEL).rows for cell in row[2:4]]
    assert [fault for text in texts for fault in faults(text)] == []


@pytest.mark.parametrize(
    ("cell", "french", "english"),
    [
        ("=1+1", "'=1+1", "'=1+1"),
        ("+33 6", "'+33 6", "'+33 6"),
        ("@SOMME(A1)", "'@SOMME(A1)", "'@SOMME(A1)"),
        ("-2+3", "'-2+3", "'-2+3"),
        ("\t=1", "'\t=1", "'\t=1"),
        ("-", "-", "-"),
        (-1.5, "-1,5", "-1.5"),
        (0, "0", "0"),
        (None, "", ""),
        ("Oui : « là »", "Oui\u00a0: «\u00a0là\u00a0»", "Oui\u00a0: «\u00a0là\u00a0»"),
        ("a;b,c\nd\x00", "a;b,c\nd", "a;b,c\nd"),
    ],
)
def test_a_cell_is_shown_as_it_is(cell: Any, french: str, english: str) -> None:
    table = ExportTable("t", ("colonne",), ((cell,),))
    for separators, wanted in ((SEPARATORS["fr"], french), (SEPARATORS["en"], english)):
        content = table.as_csv(separators)
        assert content.startswith(b"\xef\xbb\xbf"), "a spreadsheet needs the mark to read accents"
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separators.field))
        assert lines == [["colonne"], [wanted]]


def test_case_is_shown_or_written(tmp_path: Any) -> None:
    shown = CliRunner().invoke(main, ["export", "case"])
    assert shown.exit_code == 0
    file = tmp_path / "la" / "referentiel.json"
    assert CliRunner().invoke(main, ["export", "case", "--sortie", str(file)]).exit_code == 0
    assert file.read_bytes() == shown.stdout_bytes
    assert not file.read_bytes().startswith(b"\xef\xbb\xbf"), "JSON has no mark"


@pytest.mark.parametrize("command", ["moodle", "case", "csv"])
def test_every_export_explains_itself_in_french(command: str) -> None:
    result = CliRunner().invoke(main, ["export", command, "--help"])
    assert result.exit_code == 0
    assert "Utilisation" in result.output
    assert all(one.help for one in main.commands["export"].commands[command].params if one.param_type_name == "option")
