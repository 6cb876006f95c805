"""The reference edition of every company on disk: fresh, light, valid, whole; and what another draw changes."""

from pathlib import Path

import pandas as pd
import pytest

from autograder.keys.variants import reference_case
from casestudies.company import COMPANIES, Company, company_class
from casestudies.kerlavandre.company import Kerlavandre
from casestudies.packaging import write_package

DATASETS = Path(__file__).parents[2] / "datasets"
HEAVIEST = 2_000_000
"""Bytes of one edition, at most: six of them stay under twelve million."""
EMPTY = {
    "isolombre": {("prescriptions", "date_decision"), ("devis", "date_decision")},
    "septembrune": {("tickets", "premiere_cloture"), ("tickets", "cloture")},
    "treziflow": {
        ("leads", name) for name in ("date_mql", "date_sql", "date_opp", "date_client", "date_perte", "arpa")
    },
}
"""What may have no value: it has not happened."""
SAME = {"bocanterre": {"calendrier"}}
"""Tables that no variant changes: public calendars."""


def edition(slug: str) -> Company:
    """Return the company that the edition shows."""
    return reference_case(slug).company


@pytest.mark.parametrize("slug", COMPANIES)
def test_the_edition_on_disk_is_fresh_and_light(slug: str, tmp_path: Path) -> None:
    written = write_package(edition(slug), tmp_path / slug)
    assert {path.name for path in written} == {path.name for path in (DATASETS / slug).iterdir()}
    for path in written:
        assert path.read_bytes() == (DATASETS / slug / path.name).read_bytes(), f"« casekit data {slug} » ({path.name})"
    assert sum(path.stat().st_size for path in written) <= HEAVIEST


@pytest.mark.parametrize("slug", COMPANIES)
def test_the_edition_on_disk_reads_back_as_the_tables(slug: str) -> None:
    company = edition(slug)
    for name, spec in company.specs().items():
        kinds = {column.name: column.type for column in spec.columns}
        dates = [column for column, kind in kinds.items() if kind == "date"]
        text = {column: str for column, kind in kinds.items() if kind == "string"}
        empty = {column: [""] for column in kinds if column not in text}
        path = DATASETS / slug / f"{name}.csv"
        read = pd.read_csv(path, parse_dates=dates, dtype=text, keep_default_na=False, na_values=empty)
        read[dates] = read[dates].astype("datetime64[s]")
        pd.testing.assert_frame_equal(read, company.table(name), check_dtype=False, rtol=0, atol=1e-9)


@pytest.mark.parametrize("slug", COMPANIES)
def test_the_edition_on_disk_is_a_valid_data_package(slug: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(DATASETS / slug / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])[:5]


@pytest.mark.parametrize("slug", COMPANIES)
def test_only_what_has_not_happened_is_empty(slug: str) -> None:
    company = edition(slug)
    found = {
        (name, column)
        for name in company.specs()
        for column, missing in company.table(name).isna().any().items()
        if missing
    }
    assert found == EMPTY.get(slug, set())


@pytest.mark.parametrize("slug", COMPANIES)
def test_another_learner_or_draw_gets_other_tables(slug: str) -> None:
    kind = company_class(slug)
    company = kind()
    for other in (kind("lea"), kind(draw=1)):
        same = {name for name in company.specs() if company.table(name).equals(other.table(name))}
        assert same == SAME.get(slug, set())


@pytest.mark.parametrize("slug", COMPANIES)
def test_a_table_that_is_changed_by_its_reader_stays_whole(slug: str) -> None:
    company = company_class(slug)()
    name = next(iter(company.specs()))
    table = company.table(name)
    column = table.columns[0]
    table[column] = None
    assert not company.table(name)[column].isna().any()


def test_a_failed_write_leaves_the_old_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kerlavandre"
    company = Kerlavandre()
    write_package(company, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(Kerlavandre, "table_hypotheses", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_package(Kerlavandre("lea"), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["kerlavandre"]
