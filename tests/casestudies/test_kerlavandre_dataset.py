"""The reference edition of Kerlavandre on disk: fresh, light, valid, and written all or nothing."""

from pathlib import Path

import pandas as pd
import pytest

from casestudies.kerlavandre.company import Kerlavandre
from casestudies.packaging import write_package

DATASET = Path(__file__).parents[2] / "datasets" / "kerlavandre"


def test_reference_edition_on_disk_is_fresh_and_light(tmp_path):
    written = write_package(Kerlavandre(), tmp_path / "kerlavandre")
    assert {path.name for path in written} == {path.name for path in DATASET.iterdir()}
    for path in written:
        assert path.read_bytes() == (DATASET / path.name).read_bytes(), (
            f"lancer « casekit data kerlavandre » ({path.name})"
        )
    assert sum(path.stat().st_size for path in written) <= 2_000_000


def test_reference_edition_on_disk_reads_back_as_the_tables():
    company = Kerlavandre()
    for name, spec in company.specs().items():
        dates = [column.name for column in spec.columns if column.type == "date"]
        text = {column.name: str for column in spec.columns if column.type == "string"}
        read = pd.read_csv(DATASET / f"{name}.csv", parse_dates=dates, dtype=text, keep_default_na=False)
        pd.testing.assert_frame_equal(read, company.table(name), check_dtype=False, rtol=0, atol=1e-9)


def test_reference_edition_is_a_valid_data_package():
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(DATASET / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])[:5]


def test_a_failed_write_leaves_the_old_package(tmp_path, monkeypatch):
    folder = tmp_path / "kerlavandre"
    company = Kerlavandre()
    write_package(company, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(Kerlavandre, "table_hypotheses", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_package(Kerlavandre("lea"), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["kerlavandre"]
