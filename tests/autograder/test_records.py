"""Records on the disk are believed only when they are whole: anything else is one error, that says what to do."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_triage import json_values

from autograder.grading.records import DamagedRecordError, Incident, Record, load_record, read_records, record_path

NAMES = ("e2-performance", "lea", "01-indicateurs")
FIELDS = [*Record.__dataclass_fields__, "finding", "outcome", "misconceptions", "remarks", "points"]
fuzzed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def written(folder: Path, content: bytes) -> Path:
    path = record_path(folder, NAMES[0], NAMES[1], NAMES[2])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def is_read_or_said_to_be_damaged(path: Path, folder: Path) -> None:
    with suppress(DamagedRecordError):
        load_record(path)
    for record in read_records(folder, NAMES[0]):
        assert all(isinstance(incident, Incident) for incident in record.incidents)


@pytest.mark.parametrize("around", [b"%s", b'{"answers": %s}', b'{"results": {"q": {"finding": %s}}}'])
def test_a_record_nested_without_end_is_damaged(tmp_path: Path, around: bytes) -> None:
    path = written(tmp_path, around % (b"[" * 200_000 + b"]" * 200_000))
    with pytest.raises(DamagedRecordError):
        load_record(path)
    assert [incident.code for record in read_records(tmp_path, NAMES[0]) for incident in record.incidents] == ["echec"]


@given(data=st.binary(max_size=200))
@fuzzed
def test_any_bytes_are_a_record_or_damage(tmp_path: Path, data: bytes) -> None:
    is_read_or_said_to_be_damaged(written(tmp_path, data), tmp_path)


@given(given_fields=st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=6))
@fuzzed
def test_any_fields_are_a_record_or_damage(tmp_path: Path, given_fields: dict) -> None:
    whole = {
        "assignment": NAMES[0], "notebook": NAMES[2], "learner": NAMES[1], "company": "kerlavandre", "draw": 0,
        "kit_version": "0.1.0", "results": {}, "incidents": [],
    }  # fmt: skip
    is_read_or_said_to_be_damaged(written(tmp_path, json.dumps(whole | given_fields).encode()), tmp_path)
