"""Septembrune: its tables are as documented, its people protected, its story told by its tables."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from casestudies.company import Company, company_class, company_folder, company_of
from casestudies.market.survey import smallest_group
from casestudies.packaging import write_package
from casestudies.seeds import REFERENCE
from casestudies.septembrune import story
from casestudies.septembrune.company import Septembrune
from casestudies.septembrune.roster import roster, work
from casestudies.typography import french

LEARNERS = [f"eleve-{k}" for k in range(24)]
DATASET = Path(__file__).parents[2] / "datasets" / "septembrune"
DOCUMENTS = ("charte-documentaire", "messages", "notes-export", "organisation", "situation-amenagement")
PAGES = ("brief.md", *(f"documents/{name}.md" for name in DOCUMENTS))
SIZES = {"equipe": 22, "competences": 22, "taches": 48, "temps": 22 * 147, "enquete_qvct": 22}
DTYPES: dict[str, Callable[[object], bool]] = {
    "date": pd.api.types.is_datetime64_any_dtype,
    "integer": pd.api.types.is_integer_dtype,
    "number": pd.api.types.is_float_dtype,
    "string": pd.api.types.is_string_dtype,
}
EMPTY = {("tickets", "premiere_cloture"), ("tickets", "cloture")}
MEDICAL = re.compile(
    r"maladie|diagnosti|syndrome|myop|glaucome|dyslex|autis|migraine|cancer|dépress|trouble|traitement médical", re.I
)


@pytest.fixture(scope="module")
def company() -> Company:
    return Septembrune()


@pytest.fixture(scope="module")
def variants() -> list[Septembrune]:
    return [Septembrune(learner) for learner in LEARNERS]


def _page(name: str) -> str:
    return (company_folder("septembrune") / name).read_text(encoding="utf-8")


def _digests(company: Company) -> dict[str, str]:
    return {
        name: hashlib.sha256(company.table(name).to_csv(index=False).encode()).hexdigest() for name in company.specs()
    }


@pytest.mark.parametrize("name", list(Septembrune.specs()))
def test_tables_are_as_documented(company, name):
    table, spec = company.table(name), company.specs()[name]
    assert list(table.columns) == [column.name for column in spec.columns]
    for column in spec.columns:
        assert DTYPES[column.type](table[column.name].dtype), column.name
        assert column.meaning.endswith((".", ").", "»")), column.name
        assert (name, column.name) in EMPTY or not table[column.name].isna().any(), column.name
    assert len(table) == SIZES.get(name, len(table))


def test_dictionary_is_typographic():
    text = _page("tables.toml")
    assert "'" not in text
    for sign in (" :", " ;", " ?", " !", " »", "« "):
        assert sign not in text


@pytest.mark.parametrize("name", PAGES)
def test_documents_are_french_complete_and_without_diagnosis(company, name):
    text = _page(name)
    assert text.startswith("# ")
    assert text == french(text)
    assert set(re.findall(r"\{(\w+)\}", text)) <= set(company.fields())
    assert not MEDICAL.search(text)
    assert "{" not in text.format_map(company.fields())


def test_every_document_is_there_and_every_table_explained():
    folder = company_folder("septembrune") / "documents"
    assert {path.stem for path in folder.glob("*.md")} == set(DOCUMENTS)
    for name in Septembrune.specs():
        assert f"`{name}`" in _page("documents/notes-export.md")


def test_brief_is_a_short_email():
    text = _page("brief.md")
    assert text.startswith("# Objet\u00a0: ")
    assert len(text.split()) <= 150


def test_contrasts_of_the_standard_are_true():
    def luminance(code: str) -> float:
        channel = np.array([int(code[k : k + 2], 16) / 255 for k in (0, 2, 4)])
        linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    rows = re.findall(
        r"`#(\w{6})` \| .* \| ([\d,]+)\s:\s1 \| ([\d,]+)\s:\s1 \|", _page("documents/charte-documentaire.md")
    )
    assert len(rows) == 6
    for code, *written in rows:
        for ground, ratio in zip(("F5F3EF", "FFFFFF"), written, strict=True):
            true = (luminance(ground) + 0.05) / (luminance(code) + 0.05)
            assert float(ratio.replace(",", ".")) == pytest.approx(true, abs=0.006)


def test_reference_edition_is_the_same_in_a_fresh_process(company):
    script = (
        "import hashlib, json\n"
        "from casestudies.septembrune.company import COMPANY\n"
        "c = COMPANY()\n"
        "names = list(reversed(list(c.specs())))\n"
        "print(json.dumps({n: hashlib.sha256(c.table(n).to_csv(index=False).encode()).hexdigest() for n in names}))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == _digests(company)


def test_every_learner_has_other_figures(variants):
    for name in ("taches", "disponibilites", "temps", "tickets", "enquete_qvct", "fichiers"):
        digests = {hashlib.sha256(one.table(name).to_csv().encode()).hexdigest() for one in variants}
        assert len(digests) == len(variants), name


def test_small_tables_do_not_build_the_large_ones():
    for name in ("equipe", "competences", "taches", "disponibilites", "hypotheses", "enquete_qvct"):
        fresh = Septembrune("lea")
        fresh.table(name)
        assert not {"places", "requests", "drive", "days"} & set(vars(fresh)), name


def test_nearly_every_first_draw_is_accepted(variants):
    refused = [one.learner for one in variants if not all(one.invariants().values())]
    assert len(refused) <= 0.15 * len(variants)


def test_defects_are_there_and_counted(variants):
    for one in variants:
        hours = one.table("temps")["heures"]
        assert 0.004 < (hours > 24).mean() < 0.022
        assert (hours[hours > 24] / 60).between(1, 13).all()
        tickets = one.table("tickets")
        assert 7 <= tickets.duplicated().sum() <= 14
        assert len(tickets.drop_duplicates()) == tickets["cle"].nunique() == 600
        assert 0.03 < tickets["type"].str[0].str.islower().mean() < 0.14
        open_ = tickets["cloture"].isna()
        assert open_.any()
        assert (open_ == tickets["etat"].isin(["ouvert", "rouvert"])).all()
        before = one.table("taches")["predecesseurs"]
        assert before.str.contains(";").any()
        assert before.str.contains(", ").any()


def test_tasks_name_known_tasks_people_and_skills(variants):
    for one in variants:
        tasks = one.table("taches")
        needs = tasks["predecesseurs"].str.split(r"[;,]\s*", regex=True)
        assert [";".join(need) for need in needs] == list(work().before)
        assert set(tasks["responsable"]) <= set(one.table("equipe")["membre"])
        assert set(tasks["competence"]) <= set(one.table("competences").columns)
    assert (np.triu(work().needs) == 0).all()


def test_the_critical_path_changes_from_a_variant_to_another(variants):
    paths = {tuple(one.truth()["chemin_critique"]) for one in variants}
    assert len(paths) >= 3
    assert {one.truth()["scenario"] for one in variants} == {"parcours", "design", "contenus"}
    for one in variants:
        durations = dict(zip(work().codes, one.estimates.expected, strict=True))
        chain = one.truth()["chemin_critique"]
        assert chain[0] == "T01"
        assert sum(durations[code] for code in chain) == pytest.approx(one.schedule.length)


def test_one_person_has_too_much_to_do_and_one_can_help(variants):
    for one in variants:
        if not all(one.invariants().values()):
            continue
        load, truth = story.loads(one)["charge"], one.truth()
        assert load.idxmax() == truth["membre_surcharge"]
        assert load.max() > 1.1
        assert (load.drop(load.idxmax()) <= 1).all()
        assert truth["membre_relais"] in set(story.relief(one)["membre"])


def test_availability_adds_up_over_the_project(variants):
    for one in variants:
        days = one.table("disponibilites")
        parts = days["jours_absence"] + days["jours_autres_clients"] + days["jours_projet"]
        assert (parts == days["jours_ouvres"]).all()
        total = days.groupby("membre")["jours_ouvres"].sum()
        assert (total == one.project_days).all()
        assert one.periods["projet"].fin == one.deadline


def test_most_hours_are_not_most_value(variants):
    for one in variants:
        people, truth = story.people_value(one), one.truth()
        assert people["heures"].idxmax() == truth["personne_plus_heures"]
        assert people["valeur_livree_ht"].idxmax() == truth["personne_plus_valeur"]
        assert truth["personne_plus_heures"] != truth["personne_plus_valeur"]


def test_the_common_day_at_home_shows(variants):
    for one in variants[:10]:
        noted = one.table("temps")
        present = noted[noted["lieu"].isin(["bureau", "domicile"])]
        share = (present["lieu"] == "domicile").groupby(present["date"].dt.day_of_week).mean()
        assert share.idxmax() == one.params.common_day


def test_people_are_protected(variants):
    for one in variants:
        survey, team = one.table("enquete_qvct"), one.table("equipe")
        assert smallest_group(survey, ("equipe", "mode")) >= 5
        groups = ["equipe", "mode"]
        assert survey.groupby(groups).size().equals(team.groupby(groups).size())
        assert not set(one.table("temps")["personne"]) & set(team["membre"])
    orders = {tuple(one.pseudonym) for one in variants}
    assert len(orders) == len(variants)
    assert len(set(roster().codes)) == 22


def test_files_of_one_print_have_one_weight(variants):
    for one in variants[:10]:
        files = one.table("fichiers")
        assert (files.groupby("empreinte")["taille_octets"].nunique() == 1).all()
        assert (files["derniere_ouverture"] >= files["creation"]).all()
        assert files.duplicated("nom").any()
        assert files["fichier_id"].is_unique


def test_both_kinds_of_leadership_are_written(variants):
    kinds = {one.fields()["management"] for one in variants}
    assert kinds == {"transverse", "hiérarchique"}


def test_the_truth_is_found_again_and_the_rates_are_believed(variants):
    distances = np.array([[found.distance for found in one.recoveries()] for one in variants])
    assert (distances < 4).mean() >= 0.99
    assert distances.mean() == pytest.approx(0.8, abs=0.15)
    assert sum(not rate.believable for one in variants for rate in one.headlines()) == 0


def _accepted() -> Company:
    draws = (company_of("septembrune", REFERENCE, draw) for draw in range(5))
    return next(one for one in draws if all(one.invariants().values()))


def test_company_is_found_by_its_name():
    assert company_class("septembrune") is Septembrune


def test_reference_edition_on_disk_is_fresh_and_light(tmp_path):
    written = write_package(_accepted(), tmp_path / "septembrune")
    assert {path.name for path in written} == {path.name for path in DATASET.iterdir()}
    for path in written:
        assert path.read_bytes() == (DATASET / path.name).read_bytes(), path.name
    assert sum(path.stat().st_size for path in written) <= 2_000_000


def test_reference_edition_on_disk_is_a_valid_data_package():
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(DATASET / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])[:5]
