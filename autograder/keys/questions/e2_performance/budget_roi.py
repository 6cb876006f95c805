"""Notebook 03: expenses and revenues by lever (B1-C14), return on investment (B1-C15), variances (B1-C16)."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.choices import Choice
from autograder.keys.checks.numbers import PROPORTION, CloseTo, SameValues
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Key, Series, wrongs
from autograder.keys.questions.e2_performance import budget_ecarts as ecarts
from autograder.keys.questions.e2_performance import budget_facts as budget
from autograder.keys.questions.e2_performance import budget_promotion as gain
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance.budget_hints import HINTS
from autograder.keys.questions.e2_performance.budget_tables import NOTE_RULES, POSTES_RULES, RECOMMENDATION_RULES

SERIES = Series("e2-performance/03-budget-roi", company="kerlavandre")
LETTERS = ("A", "B", "C", "D")


@SERIES.ask(
    "q3-entree-gain", "Entrée : ce que rapporte une campagne", "B1-C15", Choice(LETTERS), HINTS["q3-entree-gain"]
)
def entry_gain(_: Case) -> Key:
    """100 € spent, 300 € sold, 40 % of margin: B is 20 €."""
    return Key("B", wrongs({"M132": "A", "M22": ("C", "D")}))


@SERIES.ask("q3-entree-ecart", "Entrée : lire un écart", "B1-C16", Choice(LETTERS), HINTS["q3-entree-ecart"])
def entry_variance(_: Case) -> Key:
    """1 000 € planned, 1 200 € spent: C is +20 %, unfavourable."""
    return Key("C", wrongs({"M103": "A", "M101": "B", "M102": "D"}))


@SERIES.ask(
    "q3-depense-google",
    "Dépense Google Ads pendant la promotion",
    "B1-C14",
    CloseTo("€ HT"),
    HINTS["q3-depense-google"],
)
def google_spend(case: Case) -> Key:
    """Cost of the platform's campaigns over the promotion, in euros."""
    table = case.fact(budget.campaigns)
    google = table[table["plateforme"] == budget.GOOGLE]
    during = case.period("pendant").filtrer(google)
    total = float(during["cout_ht"].sum())
    return Key(
        total,
        wrongs({
            "M11": (total * budget.MICROS, total * 1000),
            "M126": float(case.period("avant").filtrer(google)["cout_ht"].sum()),
            "M130": float(google["cout_ht"].sum()),
            "M139": float(during.groupby("date")["cout_ht"].sum().mean()),
            "M160": float(during.loc[during["levier"] == "SEA", "cout_ht"].sum()),
            "M179": float(case.period("pendant").filtrer(table)["cout_ht"].sum()),
        }),
    )  # fmt: skip


@SERIES.ask(
    "q3-depenses-levier", "Dépense réelle de chaque levier", "B1-C14", SameValues("levier", "€ HT"),
    HINTS["q3-depenses-levier"],
)  # fmt: skip
def lever_spend(case: Case) -> Key:
    """Actual expenses of the year by lever."""
    spent = case.fact(budget.expenses)
    means = case.table("budget").groupby("levier")["reel_ht"].mean()
    right = {lever: budget.of_lever(spent, lever, "reel_ht") for lever in budget.LEVERS}
    planned = {lever: budget.of_lever(spent, lever, "prevu_ht") for lever in budget.LEVERS}
    rows = {lever: float(means[lever]) for lever in budget.LEVERS}
    return Key(right, wrongs({"M136": planned, "M161": rows}))


@SERIES.ask("q3-part-levier", "Part du SEA dans la dépense", "B1-C14", CloseTo(PROPORTION), HINTS["q3-part-levier"])
def lever_share(case: Case) -> Key:
    """Actual expenses of SEA over those of the six levers."""
    spent, ads = case.fact(budget.expenses), case.fact(budget.campaigns)
    sea = budget.of_lever(spent, "SEA", "reel_ht")
    media = float(ads.loc[ads["levier"] == "SEA", "cout_ht"].sum())
    paid, every = budget.of_levers(spent, budget.PAID_LEVERS, "reel_ht"), float(spent["reel_ht"].sum())
    return Key(
        metrics.ratio(sea, every),
        wrongs({
            "M134": (sea / paid, sea / float(ads["cout_ht"].sum()), sea / (every - sea)),
            "M136": budget.of_lever(spent, "SEA", "prevu_ht") / float(spent["prevu_ht"].sum()),
            "M165": media / float(ads["cout_ht"].sum()),
            "M175": sea,
        }),
    )  # fmt: skip


SERIES.structure(
    "q3-postes", "Tableau des postes par levier", "B1-C14", Structure("table", POSTES_RULES), HINTS["q3-postes"]
)
SERIES.review("r3-postes", "Postes de dépense et de recette de chaque levier", "B1-C14")


@SERIES.ask("q3-cpc", "Coût par clic de Meta Ads", "B1-C15", CloseTo("€ HT par clic"), HINTS["q3-cpc"])
def cost_per_click(case: Case) -> Key:
    """Cost over link clicks, the platform's campaigns together, over the year."""
    table = case.fact(budget.by_campaign)
    each = table.loc[budget.META]
    cost, clicks = float(each["cout_ht"].sum()), float(each["clics_lien"].sum())
    cpc = metrics.ratio(cost, clicks)
    return Key(
        cpc,
        wrongs({
            "M08": float((each["cout_ht"] / each["clics_lien"]).mean()),
            "M09": 1000 * cost / float(each["impressions"].sum()),
            "M10": cost / float(each["clics"].sum()),
            "M11": (cpc * budget.MICROS, cpc * 1000),
            "M179": float(table["cout_ht"].sum()) / float(table["clics_lien"].sum()),
        }),
    )  # fmt: skip


@SERIES.ask(
    "q3-cac",
    "Coût d’acquisition complet d’un nouveau client",
    "B1-C15",
    CloseTo("€ HT par nouveau client"),
    HINTS["q3-cac"],
)
def acquisition_cost(case: Case) -> Key:
    """Media of every campaign and cost of the team during the promotion, over its new customers."""
    known, story = case.fact(facts.hypotheses), case.fact(facts.promotion)
    year = case.fact(budget.campaigns)
    media = float(case.period("pendant").filtrer(year)["cout_ht"].sum())
    costs = [media, *(known[name] for name in facts.TEAM_ITEMS)]
    lines = case.period("pendant").filtrer(case.fact(facts.export_lines))
    orders = case.fact(budget.contribution).orders
    return Key(
        metrics.full_acquisition_cost_ht(costs, story.new_customers),
        wrongs({
            "M11": sum(costs[1:], media * budget.MICROS) / story.new_customers,
            "M13": (media / story.new_customers, story.media_cost_ht / story.new_customers),
            "M14": (sum(costs) / story.customers, sum(costs) / orders),
            "M95": sum(costs) / facts.new_customers(lines),
            "M123": sum(costs) / len(facts.first_orders(case.period("pendant").filtrer(case.fact(facts.clean_orders)))),
            "M130": (float(year["cout_ht"].sum()) + sum(costs[1:])) / story.new_customers,
            "M176": tuple(
                (sum(costs) + more) / story.new_customers for more in (story.media_cost_ht, story.campaign_cost_ht)
            ),
        }),
    )  # fmt: skip


@SERIES.ask("q3-roas", "ROAS des leviers payants", "B1-C15", CloseTo("€ de ventes par € dépensé"), HINTS["q3-roas"])
def roas(case: Case) -> Key:
    """Revenue counted once over actual expenses, the four paid levers together."""
    spent, sold, ads = case.fact(budget.expenses), case.fact(budget.receipts), case.fact(budget.campaigns)
    cost = budget.of_levers(spent, budget.PAID_LEVERS, "reel_ht")
    revenue = budget.of_levers(sold, budget.PAID_LEVERS, "ca_reel_ht")
    each = [
        budget.of_lever(sold, name, "ca_reel_ht") / budget.of_lever(spent, name, "reel_ht")
        for name in budget.PAID_LEVERS
    ]
    declared = float(ads["valeur_declaree_ttc"].sum())
    return Key(
        metrics.ratio(revenue, cost),
        wrongs({
            "M32": sum(each) / len(each),
            "M34": (declared / cost, metrics.excluding_vat(declared, 0.20) / cost),
            "M136": revenue / budget.of_levers(spent, budget.PAID_LEVERS, "prevu_ht"),
            "M163": cost / revenue,
            "M165": revenue / float(ads["cout_ht"].sum()),
            "M179": float(sold["ca_reel_ht"].sum()) / float(spent["reel_ht"].sum()),
        }),
    )  # fmt: skip


@SERIES.ask("q3-mer", "MER de l’exercice", "B1-C15", CloseTo("€ de chiffre d’affaires par € dépensé"), HINTS["q3-mer"])
def marketing_efficiency(case: Case) -> Key:
    """Revenue of the whole company over all its marketing expenses."""
    spent, sold = case.fact(budget.expenses), case.fact(budget.receipts)
    revenue, cost = case.fact(facts.hypotheses)["ca_annuel_ht"], float(spent["reel_ht"].sum())
    return Key(
        metrics.ratio(revenue, cost),
        wrongs({
            "M33": budget.of_levers(sold, budget.PAID_LEVERS, "ca_reel_ht") / cost,
            "M136": revenue / float(spent["prevu_ht"].sum()),
            "M163": cost / revenue,
            "M164": float(sold["ca_reel_ht"].sum()) / cost,
            "M165": revenue / float(case.fact(budget.campaigns)["cout_ht"].sum()),
        }),
    )  # fmt: skip


@SERIES.ask(
    "q3-poas", "POAS des leviers payants", "B1-C15", CloseTo("€ de marge par € dépensé"), HINTS["q3-poas"],
    needs=("q3-roas",),
)  # fmt: skip
def poas(case: Case) -> Key:
    """Margin on variable costs by euro spent on the paid levers."""
    sold_per_euro = case.value("q3-roas")
    yearly = sold_per_euro * case.fact(facts.hypotheses)["taux_mcv"]
    return Key(yearly, wrongs({"M126": sold_per_euro * case.fact(budget.contribution).rate(), "M167": sold_per_euro}))


@SERIES.ask(
    "q3-taux-mcv", "Taux de marge sur coûts variables pendant la promotion", "B1-C15", CloseTo(PROPORTION),
    HINTS["q3-taux-mcv"],
)  # fmt: skip
def margin_rate(case: Case) -> Key:
    """Margin on variable costs of all the sales of the promotion, over these sales."""
    sales = case.fact(budget.contribution)
    return Key(
        sales.rate(),
        wrongs({
            "M26": sales.rate(revenue=sales.revenue_ttc),
            "M37": sales.margin() / sales.purchases_ht,
            "M126": case.fact(facts.hypotheses)["taux_mcv"],
            "M129": sales.rate(revenue=sales.full_price_ht),
            "M166": (
                sales.rate(preparation=False, payment=False), sales.rate(preparation=False), sales.rate(payment=False),
            ),
            "M175": sales.margin(),
        }),
    )  # fmt: skip


@SERIES.ask(
    "q3-roas-equilibre", "ROAS d’équilibre pendant la promotion", "B1-C15", CloseTo("€ de ventes par € dépensé"),
    HINTS["q3-roas-equilibre"], needs=("q3-taux-mcv",),
)  # fmt: skip
def break_even_roas(case: Case) -> Key:
    """Revenue that pays back one euro, given the margin rate."""
    rate = case.value("q3-taux-mcv")
    yearly = metrics.break_even_roas(case.fact(facts.hypotheses)["taux_mcv"])
    return Key(metrics.break_even_roas(rate), wrongs({"M31": (rate, 1 + rate, 1 / (1 - rate)), "M126": yearly}))


SERIES.ask(
    "q3-hausse-volume",
    "Hausse de volume qui compense la remise",
    "B1-C15",
    CloseTo(PROPORTION),
    HINTS["q3-hausse-volume"],
)(gain.volume_rise)

SERIES.ask(
    "q3-marge-incrementale", "Marge ajoutée par la promotion", "B1-C15", CloseTo("€ HT"), HINTS["q3-marge-incrementale"]
)(gain.incremental_margin)

SERIES.ask(
    "q3-roi", "ROI incrémental de la promotion", "B1-C15", CloseTo(PROPORTION), HINTS["q3-roi"],
    needs=("q3-marge-incrementale",),
)(gain.return_on_promotion)  # fmt: skip

SERIES.ask(
    "q3-roi-12-mois", "ROI de la promotion à douze mois", "B1-C15", CloseTo(PROPORTION), HINTS["q3-roi-12-mois"],
    needs=("q3-marge-incrementale",),
)(gain.return_in_twelve_months)  # fmt: skip

SERIES.ask("q3-seuil-ca", "Seuil de rentabilité de l’exercice", "B1-C15", CloseTo("€ HT"), HINTS["q3-seuil-ca"])(
    ecarts.break_even_revenue
)

SERIES.ask(
    "q3-point-mort",
    "Point mort de l’exercice",
    "B1-C15",
    CloseTo("jours"),
    HINTS["q3-point-mort"],
    needs=("q3-seuil-ca",),
)(ecarts.break_even_day)

SERIES.ask("q3-ecart-sea", "Écart de la dépense SEA", "B1-C16", CloseTo(PROPORTION), HINTS["q3-ecart-sea"])(
    ecarts.spend_variance
)

SERIES.ask("q3-sens", "Favorable ou défavorable ?", "B1-C16", Choice(LETTERS), HINTS["q3-sens"])(ecarts.meaning)

SERIES.ask("q3-ecart-volume", "Écart de volume des ventes SEA", "B1-C16", CloseTo("€ HT"), HINTS["q3-ecart-volume"])(
    ecarts.volume_variance
)

SERIES.ask("q3-ecart-prix", "Écart de prix des ventes SEA", "B1-C16", CloseTo("€ HT"), HINTS["q3-ecart-prix"])(
    ecarts.price_variance
)

SERIES.structure(
    "q3-preconisations", "Tableau des préconisations", "B1-C16", Structure("table", RECOMMENDATION_RULES),
    HINTS["q3-preconisations"],
)  # fmt: skip
SERIES.review("r3-preconisations", "Préconisations et note à la direction", "B1-C16")
SERIES.structure("q3-note", "Note à la direction", "B1-C16", Structure("text", NOTE_RULES), HINTS["q3-note"])

SERIES.ask("q3-roi-sea", "ROI du levier SEA sur l’exercice", "B1-C15", CloseTo(PROPORTION), HINTS["q3-roi-sea"])(
    ecarts.return_on_search
)
