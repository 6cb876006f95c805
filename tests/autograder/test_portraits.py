"""Portraits, rates, classes and truths: what a trainer sees before a case is given."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder import parallel
from autograder.authoring.portraits import believable, classes, page
from autograder.authoring.portraits.believable import Rate, print_rates, rates
from autograder.authoring.portraits.classes import differing, draw_of, draws_of
from autograder.authoring.portraits.figures import believed, named, written
from autograder.authoring.portraits.plots import DAYS, MONTHS, main_series, plots
from autograder.authoring.portraits.truths import shown, truth_of
from autograder.cli import main
from autograder.referentiel import load_referentiel
from casestudies.company import COMPANIES, Company, Headline, company_class
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.typography import NBSP

pytestmark = pytest.mark.slow

SLUG = "kerlavandre"


class Page(HTMLParser):
    """Collects what matters to a reader who cannot see the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def html() -> str:
    return page.portrait(company_class(SLUG)())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def test_a_portrait_is_self_contained_and_accessible(html):
    read = Page(html)
    assert read.all("html")[0]["lang"] == "fr"
    assert len(read.all("h1")) == len(read.all("main")) == len(read.all("title")) == 1
    images = read.all("img")
    assert len(images) == 2
    for image in images:
        assert image["src"].startswith("data:image/png;base64,iVBOR")
        assert len(image["alt"].split()) > 10
    assert len(read.all("table")) == len(read.all("caption")) == 3
    assert all(cell.get("scope") for cell in read.all("th"))
    assert not read.all("script")
    assert not read.all("link")


def test_a_portrait_tells_the_story_the_tables_the_criteria_and_the_rates(html):
    company = company_class(SLUG)
    assert "Semaine sans flacon, on recommence" in html
    for name, spec in company.specs().items():
        assert f"<code>{name}</code>" in html
        assert spec.grain.split()[0] in html
    for code in page.criteria_of(SLUG):
        assert code in html
    assert "Taux de conversion" in html
    assert "Abandon de panier" in html
    assert "{" not in html.split("</style>")[1]


def test_announced_criteria_exist_and_every_company_serves_some():
    known = load_referentiel().criteria
    for slug in COMPANIES:
        served = page.criteria_of(slug)
        assert served
        assert set(served) <= set(known)


@pytest.mark.parametrize("slug", COMPANIES)
def test_every_company_shows_its_season_and_a_shape(slug):
    company = company_class(slug)()
    series = main_series(company)
    assert series.total.index.is_monotonic_increasing
    assert series.total.index.is_unique
    assert (series.total.index[-1] - series.total.index[0]).days > 200
    season, shape = plots(company)
    assert season.title == f"{series.title}, semaine après semaine"
    assert f"{series.unit} par semaine" in season.alternative.replace(NBSP, " ")
    names = DAYS if series.daily else MONTHS
    assert [name for name in names if name not in shape.alternative] == []
    assert ("semaine" if series.daily else "année") in shape.title


def test_a_series_is_the_total_of_its_table():
    company = company_class(SLUG)()
    total = main_series(company).total
    assert total.sum() == pytest.approx(company.table("ventes_jour")["ca_ttc"].sum())
    leads = company_class("treziflow")()
    assert main_series(leads).total.sum() == leads.table("leads")["lead_id"].nunique()


@pytest.mark.parametrize(
    ("slug", "quiet", "busy"),
    [
        ("bocanterre", "dimanche", "samedi"),
        ("isolombre", "dimanche", "mardi"),
        ("septembrune", "samedi", "lundi"),
        ("treziflow", "dimanche", "mardi"),
    ],
)
def test_the_shape_of_the_week_is_that_of_the_trade(slug, quiet, busy):
    total = main_series(company_class(slug)()).total.asfreq("D", fill_value=0)
    mean = total.groupby(total.index.day_of_week).mean() / total.mean()
    assert mean[DAYS.index(quiet)] < 0.3
    assert mean[DAYS.index(busy)] > 1.15


def test_a_company_without_a_series_has_no_plot(monkeypatch):
    company = company_class(SLUG)()
    monkeypatch.setattr(type(company), "slug", "autre")
    assert main_series(company) is None
    assert plots(company) == []


def test_a_range_says_its_unit_once_without_needless_decimals():
    share = Headline("Taux", 0.0214, 0.011, 0.03, "proportion", "")
    assert (believed(share), named(share)) == ("de 1,1 à 3 %", "Taux (%)")
    ratio = Headline("LTV/CAC", 3.0, 2, 5, "sans unité", "")
    assert (believed(ratio), named(ratio), written(ratio.value, ratio.unit)) == ("de 2 à 5", "LTV/CAC", "3")
    money = Headline("CA", 7.1e6, 6.6e6, 7.9e6, "€ TTC", "")
    assert believed(money).replace("\u202f", " ") == "de 6 600 000 à 7 900 000 € TTC"


@pytest.mark.parametrize("slug", ["hetrabelle", "treziflow"])
def test_the_story_is_rendered_and_begins_with_a_capital(slug):
    html = page.portrait(company_class(slug)())
    assert "**" not in html
    assert "<ol>" in html
    subject = html.split("<strong>")[1]
    assert subject[0].isupper()


def test_case_writes_where_it_says(here):
    result = invoke("case", SLUG)
    assert result.exit_code == 0, result.output
    assert (here / "build" / "cas" / "kerlavandre.html").is_file()
    assert "kerlavandre.html" in result.output
    result = invoke("case", SLUG, "--sortie", "ici.html")
    assert result.exit_code == 0
    assert [path.name for path in here.iterdir() if path.is_file()] == ["ici.html"]


def test_a_portrait_that_cannot_be_written_is_a_sentence(here):
    (here / "plein").write_text("", encoding="utf-8")
    with pytest.raises(CasekitError, match="ne peut pas être écrit"):
        page.write_portrait(SLUG, here / "plein" / "cas.html")
    assert [path.name for path in here.iterdir()] == ["plein"]


@pytest.mark.parametrize("arguments", [["case", "inconnue"], ["case", "inconnue", "--check"], ["truth", "inconnue"]])
def test_an_unknown_company_is_a_sentence(arguments, here):
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_check_prints_the_rates(here):
    result = invoke("case", SLUG, "--check", "--variantes", "6")
    assert result.exit_code == 0, result.output
    assert "Abandon" in result.output
    assert "100" in result.output


def test_check_fails_when_a_rate_is_often_doubtful(here, monkeypatch, capsys):
    odd = (Headline("Taux impossible", 3.0, 0.0, 1.0, "proportion", "hypothèse"),)
    monkeypatch.setattr(company_class(SLUG), "headlines", lambda self: odd)
    assert invoke("case", SLUG, "--check", "--variants", "3").exit_code == 1
    found = rates(SLUG, 3)
    assert [(one.share, one.low, one.high) for one in found] == [(0.0, 3.0, 3.0)]
    assert not print_rates(SLUG, [])
    fine = Rate(Headline("Taux", 0.5, 0.0, 1.0, "proportion", ""), 0.1, 0.5, 0.9, believable.ENOUGH)
    assert print_rates(SLUG, [fine])


def test_a_class_says_who_got_which_draw(here):
    rows = "".join(f"el{number};;\n" for number in range(1, 5))
    (here / "eleves.csv").write_text("identifiant;prenom;nom\n" + rows, encoding="utf-8")
    result = invoke("variants", SLUG, "--apprenants", "eleves.csv")
    assert result.exit_code == 0, result.output
    assert "el4" in result.output
    assert "4 variantes distinctes" in result.output.replace("\u00a0", " ")
    assert "refusé(s) pour 4 apprenant(s)" in result.output.replace("\n", " ")


def test_a_missing_or_odd_class_is_a_sentence(here):
    for file in ("absent.csv", "."):
        result = invoke("variants", SLUG, "--learners", file)
        assert result.exit_code == 2
        assert "Traceback" not in result.output
    (here / "mal.csv").write_text("identifiant\n../x\n", encoding="utf-8")
    assert invoke("variants", SLUG, "--learners", "mal.csv").exit_code == 2


def test_refused_draws_come_with_their_reason(monkeypatch):
    drawn = (draw_of(SLUG, f"el{number}") for number in range(60))
    refused = next(one for one in drawn if one.refused)
    assert refused.draw == len(refused.refused)
    assert all(reasons for reasons in refused.refused)
    monkeypatch.setattr(classes, "MAX_DRAWS", 2)
    monkeypatch.setattr(classes, "objections", lambda case: iter(["récit : rien ne tient"]))
    none = draw_of(SLUG, "lea")
    assert none.draw is None
    assert not classes.print_draws(SLUG, [none])


def test_the_pool_and_one_process_agree(monkeypatch):
    monkeypatch.setattr(parallel, "FEW_STARTED", 4)
    names = [f"el{number}" for number in range(8)]
    assert draws_of(SLUG, names, workers=2) == [draw_of(SLUG, name) for name in names]


def test_only_what_differs_is_named():
    drawn = draws_of(SLUG, ["lea", "tom", "zoe"])
    names = differing(drawn)
    assert "lift" in names
    assert all(len({str(one.truth[name]) for one in drawn}) > 1 for name in names)


@pytest.mark.parametrize("slug", COMPANIES)
def test_the_truth_is_plain_data(slug):
    found = truth_of(slug, "lea", 0)
    assert found
    assert json.loads(json.dumps(found)) == found
    assert all(isinstance(shown(value), str) for value in found.values())


def test_truth_is_shown_as_a_table_and_as_json(here):
    table = invoke("truth", SLUG, "--apprenant", "lea")
    assert table.exit_code == 0
    assert "Réservé au formateur" in table.output
    assert "creux durée jours" in table.output
    assert "_" not in table.output
    assert "2026-" not in table.output
    content = json.loads(invoke("truth", SLUG, "--learner", "lea", "--format", "json").output)
    assert content["apprenant"] == "lea"
    assert content["verite"]["lift"] == pytest.approx(_lift(content["tirage"]))
    assert invoke("truth", SLUG, "--learner", "x" * 300).exit_code == 2


def _lift(draw: int) -> float:
    company: Company = company_class(SLUG)("lea", draw)
    return float(company.truth()["lift"])


def test_an_unknown_company_has_no_rates():
    with pytest.raises(UnknownNameError):
        rates("inconnue", 1)
