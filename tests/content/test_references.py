"""The reference tables: complete, in our own words, valid, dated, and equal to the rules they come from.

``empreintes.txt`` holds the fingerprints of the 370 official texts (goals, targets, criteria), so that a label copied
from one of them is seen without the texts being here.
"""

import json
import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import holidays
import pytest
from french_texts import prose
from test_spelling import MISSING, plain, unknown
from test_typography import faults

from casestudies import references
from casestudies.market.calendar import black_friday, soldes
from casestudies.references import (
    Benchmark,
    Goal,
    LegalRule,
    ReferencesError,
    RgaaCriterion,
    RgesnCriterion,
    SpecialDay,
    Target,
    VatRate,
    load,
    load_rules,
    references_folder,
    stale,
)
from casestudies.references.loading import read
from casestudies.typography import french

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "datasets" / "references"
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
KINDS = (Goal, Target, RgaaCriterion, RgesnCriterion, VatRate, Benchmark, SpecialDay, LegalRule)
OFFICIAL = set(Path(__file__).with_name("empreintes.txt").read_text(encoding="utf-8").split())
TARGETS = (7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)
RGAA = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
RGESN = (10, 10, 7, 15, 8, 7, 4, 10, 7)
RULES = {
    "soldes", "prix_30_jours", "prospection_email", "demarchage_telephonique", "accessibilite_ecommerce",
    "amenagement_raisonnable", "revente_a_perte", "traceurs", "prix_personnalise",
}  # fmt: skip
WORDS = {"Bloctel", "Cyber", "Friday", "Monday", "délivrabilité", "reciblage", "septies"}
"""Words of the trade and of the law that the dictionary does not know."""
START, END = date(2024, 7, 1), date(2028, 12, 31)
YEARS = range(2024, 2029)


def fingerprint(text: str) -> str:
    """Return the fingerprint of a text, whatever its case, spaces and punctuation."""
    words = re.sub(r"[^\w]+", " ", unicodedata.normalize("NFC", text).lower()).split()
    return blake2b(" ".join(words).encode("utf-8"), digest_size=6).hexdigest()


def days(kind: str) -> list[date]:
    """Return the days of one kind, in order."""
    return [row.day for row in load(SpecialDay) if row.kind == kind]


def numbers(counts: tuple[int, ...]) -> list[str]:
    """Return « 1.1 », « 1.2 »… from the number of criteria of each theme."""
    return [f"{theme}.{rank}" for theme, count in enumerate(counts, start=1) for rank in range(1, count + 1)]


def own_texts() -> list[tuple[str, str]]:
    """Return every French text of the tables and of their description, with where it stands."""
    texts = [
        (f"{kind.TABLE}, {name}", value)
        for kind in KINDS
        for row in read(kind, FOLDER)
        for name, value in vars(row).items()
        if isinstance(value, str) and not value.startswith("https://") and " " in value
    ]
    for resource in PACKAGE["resources"]:
        described = [resource["title"], resource["description"]]
        described += [field["description"] for field in resource["schema"]["fields"]]
        texts += [(f"datapackage.json, {resource['name']}", text) for text in described]
    return texts


def test_the_loaders_read_the_tables_of_the_checkout() -> None:
    assert references_folder() == FOLDER


def test_there_are_17_goals_and_169_targets() -> None:
    goals, targets = load(Goal), load(Target)
    assert [goal.number for goal in goals] == list(range(1, 18))
    assert tuple(Counter(target.goal for target in targets)[number] for number in range(1, 18)) == TARGETS
    assert len({target.number for target in targets}) == sum(TARGETS) == 169
    for target in targets:
        assert re.fullmatch(rf"{target.goal}\.(?:[1-9]\d?|[a-d])", target.number)


def test_a_goal_numbers_its_targets_then_its_means_without_a_gap() -> None:
    for goal in range(1, 18):
        ranks = [target.number.split(".")[1] for target in load(Target) if target.goal == goal]
        figures = [int(rank) for rank in ranks if rank.isdigit()]
        letters = "".join(rank for rank in ranks if not rank.isdigit())
        assert figures == list(range(1, len(figures) + 1))
        assert letters == "abcd"[: len(letters)]


def test_the_two_typos_of_the_source_are_corrected() -> None:
    labels = [goal.label for goal in load(Goal)]
    assert labels[6] == "Énergie propre et d’un coût abordable"
    assert labels[7] == "Travail décent et croissance économique"


def test_the_rgaa_has_13_themes_and_106_criteria() -> None:
    criteria = load(RgaaCriterion)
    assert [one.number for one in criteria] == numbers(RGAA)
    assert len(criteria) == 106
    assert [int(one.number.split(".")[0]) for one in criteria] == [one.theme_number for one in criteria]
    assert len({(one.theme_number, one.theme) for one in criteria}) == len({one.theme for one in criteria}) == 13


def test_the_rgesn_has_9_themes_and_78_criteria() -> None:
    criteria = load(RgesnCriterion)
    assert [one.number for one in criteria] == numbers(RGESN)
    assert len(criteria) == 78
    assert len({(one.number.split(".")[0], one.theme) for one in criteria}) == len({one.theme for one in criteria}) == 9
    assert Counter(one.priority for one in criteria) == {"Prioritaire": 30, "Recommandé": 29, "Modéré": 19}


@pytest.mark.parametrize(
    ("rows", "longest"),
    [(load(Target), 12), (load(RgaaCriterion), 14), (load(RgesnCriterion), 14)],
    ids=["odd", "rgaa", "rgesn"],
)
def test_labels_are_short_distinct_and_our_own(rows: tuple[Any, ...], longest: int) -> None:
    labels = [row.label for row in rows]
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if len(label.split()) > longest] == []
    assert [label for label in labels if fingerprint(label) in OFFICIAL] == []
    assert [label for label in labels if label.endswith((".", "?")) or not label[0].isupper()] == []


def test_the_fingerprints_know_the_official_texts() -> None:
    assert len(OFFICIAL) == 17 + 169 + 106 + 78
    official = "Garantir aux petits pêcheurs l’accès aux ressources marines et aux marchés"
    assert fingerprint(official) in OFFICIAL
    assert fingerprint(official.upper() + " .") in OFFICIAL


def test_every_link_goes_to_the_official_text() -> None:
    assert {goal.link for goal in load(Goal)} == {f"https://sdgs.un.org/fr/goals/goal{n}" for n in range(1, 18)}
    for target in load(Target):
        assert target.link == f"https://sdgs.un.org/fr/goals/goal{target.goal}#targets_and_indicators"
    for accessible in load(RgaaCriterion):
        assert (
            accessible.link == f"https://accessibilite.numerique.gouv.fr/methode/criteres-et-tests/#{accessible.number}"
        )
    for frugal in load(RgesnCriterion):
        assert re.fullmatch(rf"https://ecoresponsable\.numerique\.gouv\.fr/\S+/critere/{frugal.number}/", frugal.link)
    for rule in load_rules():
        assert re.fullmatch(r"https://(www\.legifrance\.gouv\.fr|eur-lex\.europa\.eu)/\S+", rule.link)


def test_the_vat_rates_are_the_four_of_mainland_france() -> None:
    rates = {rate.id: rate for rate in load(VatRate)}
    assert len(rates) == len(load(VatRate))
    assert {rate.percent for rate in rates.values()} == {20, 10, 5.5, 2.1}
    assert rates["normal"].percent == 20
    assert rates["reduit_alimentation"].percent == 5.5
    assert "kerlavandre" in rates["normal"].companies
    assert "bocanterre" in rates["reduit_alimentation"].companies
    for rate in rates.values():
        assert rate.in_force_since < rate.checked_on
        assert "art." in rate.source


def test_every_benchmark_is_a_range_with_a_source_and_a_warning() -> None:
    benchmarks = load(Benchmark)
    assert len({one.id for one in benchmarks}) == len(benchmarks)
    for one in benchmarks:
        assert one.low <= one.high
        assert one.warning.startswith("repère pédagogique, pas une norme")
        assert ("hypothèse de travail, sans source" in one.warning) == (one.source == "hypothèse de travail du kit")
        assert one.year is None or 2007 <= one.year <= 2026
        assert one.unit != "%" or 0 <= one.low <= one.high <= 100


def test_the_rules_are_complete() -> None:
    rules = {rule.id: rule for rule in load_rules()}
    assert set(rules) == RULES
    assert len(rules) == len(load_rules())
    assert rules["demarchage_telephonique"].in_force_since == date(2026, 8, 11)
    assert rules["accessibilite_ecommerce"].in_force_since == date(2025, 6, 28)
    assert rules["prix_30_jours"].in_force_since == date(2022, 5, 28)
    for rule in rules.values():
        assert rule.in_force_since <= rule.checked_on
        assert "art." in rule.source


def test_a_rule_is_stale_past_twelve_months() -> None:
    first = min(law.checked_on for law in (*load_rules(), *load(VatRate)))
    anniversary = first.replace(year=first.year + 1)
    assert stale(anniversary) == ()
    assert {law.checked_on for law in stale(anniversary + timedelta(1))} == {first}


def test_the_run_ends_with_the_stale_rules(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    class Report:
        def __init__(self) -> None:
            self.lines: list[str] = []

        def section(self, title: str) -> None:
            self.lines.append(title)

        def write_line(self, line: str) -> None:
            self.lines.append(line)

    plugin = request.config.pluginmanager.get_plugin(str(ROOT / "tests" / "conftest.py"))
    monkeypatch.setattr(references, "stale", lambda today: ())
    fresh = Report()
    plugin.pytest_terminal_summary(fresh)
    assert [line for line in fresh.lines if "soldes" in line or "droit" in line] == []
    assert "référence de cette machine" in fresh.lines[1]
    monkeypatch.setattr(references, "stale", lambda today: load_rules()[:1])
    late = Report()
    plugin.pytest_terminal_summary(late)
    assert "soldes" in late.lines[-1]
    assert load_rules()[0].checked_on.isoformat() in late.lines[-1]


def test_the_calendar_is_sorted_without_repetition_and_within_its_bounds() -> None:
    rows = [(row.day, row.kind) for row in load(SpecialDay)]
    assert rows == sorted(set(rows))
    assert rows[0][0] >= START
    assert rows[-1][0] <= END


@pytest.mark.parametrize(
    ("winter", "summer"),
    [
        (("2026-01-07", "2026-02-03"), ("2026-06-24", "2026-07-21")),
        (("2027-01-06", "2027-02-02"), ("2027-06-23", "2027-07-20")),
        (("2028-01-12", "2028-02-08"), ("2028-06-28", "2028-07-25")),
    ],
)
def test_the_sales_of_the_calendar_are_those_of_the_rule(winter: tuple[str, str], summer: tuple[str, str]) -> None:
    year = int(winter[0][:4])
    for kind, known, rule in zip(("soldes d’hiver", "soldes d’été"), (winter, summer), soldes(year), strict=True):
        found = [day for day in days(kind) if day.year == year]
        assert (found[0].isoformat(), found[-1].isoformat()) == known
        assert (found[0], found[-1]) == rule
        assert len(found) == 28


def test_the_days_of_the_calendar_are_those_of_their_rules() -> None:
    public = sorted(day for day in holidays.country_holidays("FR", years=YEARS) if START <= day <= END)
    assert days("férié") == public
    assert days("Black Friday") == [black_friday(year) for year in YEARS]
    mothers = ["2025-05-25", "2026-05-31", "2027-05-30", "2028-05-28"]
    assert [day.isoformat() for day in days("fête des mères")] == mothers
    fathers = ["2025-06-15", "2026-06-21", "2027-06-20", "2028-06-18"]
    assert [day.isoformat() for day in days("fête des pères")] == fathers


def test_the_zones_share_all_their_holidays_but_winter_and_spring() -> None:
    shared: dict[str, set[date]] = {}
    for zone in "ABC":
        rows = [row for row in load(SpecialDay) if row.kind == f"vacances zone {zone}"]
        shared[zone] = {row.day for row in rows if "hiver" not in row.label and "printemps" not in row.label}
        winters = Counter(row.day.year for row in rows if row.label == "Vacances d’hiver")
        assert winters == {2025: 16, 2026: 16, 2027: 16, 2028: 16}
        assert date(2026, 12, 19) in shared[zone]
        assert date(2026, 12, 18) not in shared[zone]
    assert shared["A"] == shared["B"] == shared["C"]


def test_the_tables_are_a_valid_data_package() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])[:5]


def test_the_package_describes_every_table_and_says_where_it_comes_from() -> None:
    resources = {resource["name"]: resource for resource in PACKAGE["resources"]}
    assert set(resources) == {kind.TABLE for kind in KINDS}
    assert {path.name for path in FOLDER.iterdir()} == {
        "datapackage.json", "NOTICE.md", *(f"{name}.csv" for name in resources),
    }  # fmt: skip
    for kind in KINDS:
        resource = resources[kind.TABLE]
        assert tuple(field["name"] for field in resource["schema"]["fields"]) == kind.COLUMNS
        assert all(field["description"].endswith(".") for field in resource["schema"]["fields"])
        date.fromisoformat(resource["verifie_le"])
        assert resource["sources"]
    notice = (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    for commit in ("0cda585", "c27e511", "6a64404"):
        assert commit in notice
        assert any(source.get("version") == commit for one in resources.values() for source in one["sources"])


def test_the_texts_are_stored_in_french_typography() -> None:
    texts = own_texts()
    assert [text for _, text in texts if french(text) != text] == []
    found = [f"{where} → {fault}" for where, text in texts for fault in faults(prose(text))]
    assert not found, "\n" + "\n".join(found)


def test_every_word_is_known() -> None:
    try:
        found = unknown([plain(prose(text)) for where, text in own_texts() if where != "reperes, source"])
    except FileNotFoundError:
        pytest.skip(MISSING)
    assert found == WORDS


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("numero,libelle,lien\n", "colonnes attendues"),
        ("", "colonnes attendues"),
        ("numero,libelle_court,lien\n1,Pas de pauvreté\n", "ligne 2"),
        ("numero,libelle_court,lien\nun,Pas de pauvreté,https://exemple.fr\n", "« numero »"),
        ("numero,libelle_court,lien\n1,,https://exemple.fr\n", "« libelle_court »"),
    ],
)
def test_a_wrong_table_is_refused_by_its_name(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "odd_objectifs.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ReferencesError, match=message) as refused:
        read(Goal, tmp_path)
    assert str(refused.value).startswith("odd_objectifs.csv")


def test_a_missing_or_unreadable_table_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match=r"odd_objectifs\.csv : fichier introuvable"):
        read(Goal, tmp_path)
    (tmp_path / "odd_objectifs.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(ReferencesError, match="illisible"):
        read(Goal, tmp_path)
