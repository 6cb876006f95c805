"""Mini-cases on the floor of a price, the market, what buyers accept and prices by person."""

from statistics import median

from autograder.keys.flash.making import Draw, MiniCase, n

_VAT = 0.2


def _floor(d: Draw) -> MiniCase:
    making, other, units = d.whole(40, 80, 10), d.whole(5, 20, 5), d.whole(100, 400, 100)
    share = d.whole(5, 25, 5)
    cost = making + other + share
    return MiniCase(
        f"Un objet coûte {making} € HT à fabriquer et {other} € HT à livrer. Le lancement, {n(share * units)} € HT, se "
        f"répartit sur {units} ventes ; TVA de 20 %. Quel est le plus bas prix TTC qui couvre tout ?",
        cost * (1 + _VAT),
        {
            "M700": cost, "M701": (making + other) * (1 + _VAT), "M702": (making + share) * (1 + _VAT),
            "M703": cost / (1 - _VAT),
        },
        f"({making} + {other} + {n(share * units)} ÷ {units}) × 1,2.", "€ TTC", 2,
    )  # fmt: skip


def _rival(d: Draw) -> MiniCase:
    low = d.whole(100, 200, 10)
    ht, middle, high, promo = low - 10, low + 20, low + 80, low - 40
    seen = sorted([ht * (1 + _VAT), middle, high])
    return MiniCase(
        f"Quatre relevés d’un concurrent : {middle} € TTC, {high} € TTC, {ht} € HT, et {promo} € TTC en promotion. "
        "TVA de 20 %. Quel est son prix habituel, la médiane TTC hors promotion ?",
        median(seen),
        {"M704": median([ht, middle, high]), "M705": median([*seen, promo])},
        f"Médiane de {n(seen[0])}, {n(seen[1])} et {n(seen[2])} €.", "€ TTC", 2,
    )  # fmt: skip


def _best_asked(d: Draw) -> MiniCase:
    """Ask for the highest margin: the most buyers, the highest revenue and the highest price are three other prices."""
    cost, buyers = d.whole(50, 70, 10), [d.one(65, 70), d.one(58, 60), 40, 10]
    prices = [cost + gain for gain in (10, 30, 60, 90)]
    margins = [(price - cost) * people for price, people in zip(prices, buyers, strict=True)]
    incomes = [price * people for price, people in zip(prices, buyers, strict=True)]
    best = margins.index(max(margins))
    asked = " ; ".join(f"{price} € : {people} oui" for price, people in zip(prices, buyers, strict=True))
    return MiniCase(
        f"Cent personnes, prix HT par prix HT : {asked}. L’objet coûte {cost} € HT. Quel prix donne la plus forte "
        "marge ?",
        prices[best],
        {"M713": prices[incomes.index(max(incomes))], "M714": prices[0], "M715": prices[-1]},
        f"{prices[best]} € : {buyers[best]} × ({prices[best]} − {cost}) = {n(margins[best])} €.", "€ HT", 0,
    )  # fmt: skip


def _elasticity(d: Draw) -> MiniCase:
    price, sales = d.one(2, 4, 5), d.one(6, 8, 12)
    return MiniCase(
        f"Le prix d’un article monte de {price} % et ses ventes par visite baissent de {sales} %. Que vaut son "
        "élasticité ?",
        -sales / price, {"M717": -price / sales, "M127": sales / price}, f"−{sales} ÷ {price}.", "", 2,
    )  # fmt: skip


def _best_price(d: Draw) -> MiniCase:
    other, making, share, e = d.whole(5, 15, 5), d.whole(40, 80, 10), d.whole(10, 20, 5), d.one(-2.0, -3.0)
    cost = making + other
    right = cost * e / (e + 1)
    return MiniCase(
        f"Un objet coûte {making} € HT à fabriquer, {other} € HT à livrer, et {share} € de charges fixes par unité. "
        f"Élasticité constante de {n(e)}. Quel prix HT rapporte le plus ?",
        right,
        {
            "M702": making * e / (e + 1), "M720": cost * e / (e - 1), "M721": (cost + share) * e / (e + 1),
        },
        f"({making} + {other}) × {n(e)} ÷ ({n(e)} + 1).", "€ HT", 2,
    )  # fmt: skip


def _reserved_price(d: Draw) -> MiniCase:
    cost, before, after = d.whole(40, 60, 10), d.whole(20, 30, 5), d.whole(45, 60, 5)
    full, low = cost * 2, cost * 2 - 20
    gain = after * (low - cost) - before * (full - cost)
    return MiniCase(
        f"Sur cent étudiants, {before} achètent à {full} € HT, {after} si on leur réserve {low} € HT. L’objet coûte "
        f"{cost} € HT. De combien la marge change-t-elle avec ce tarif ?",
        gain,
        {
            "M729": (after - before) * (low - cost), "M731": after * low - before * full,
            "M730": after * (low * (1 + _VAT) - cost) - before * (full * (1 + _VAT) - cost),
        },
        f"{after} × {low - cost} − {before} × {full - cost}.", "€ HT", 0,
    )  # fmt: skip


FAMILIES = (_floor, _rival, _best_asked, _elasticity, _best_price, _reserved_price)
