"""Mini-cases on a stage that stops people, a useful contact, the weight that turns a choice, a circuit, a coverage."""

from autograder.keys.flash.making import Draw, MiniCase, mean, n


def _two_towns(d: Draw) -> MiniCase:
    small, large = d.whole(40, 80, 20), d.whole(200, 400, 100)
    high, low = d.one(60, 70, 80), d.one(20, 30)
    know = (small * high + large * low) // 100
    return MiniCase(
        f"Bourg : {small} personnes interrogées, {high} % connaissent une marque. Ville : {large} personnes, {low} % "
        "la connaissent. Quelle part des personnes interrogées la connaît ?",
        100 * know / (small + large),
        {"M782": mean(high, low)},
        f"{know} ÷ {small + large}.", "%", 1,
    )  # fmt: skip


def _useful(d: Draw) -> MiniCase:
    contacts, share, cost = d.whole(2000, 6000, 1000), d.one(10, 20, 25), d.whole(600, 1800, 300)
    useful = contacts * share // 100
    return MiniCase(
        f"Une annonce coûte {n(cost)} € et touche {n(contacts)} personnes, dont {share} % de la cible. Combien coûte "
        "un contact utile ?",
        cost / useful, {"M783": cost / contacts, "M04": useful / cost}, f"{n(cost)} ÷ {n(useful)}.", "€", 2,
    )  # fmt: skip


def _replaced(d: Draw) -> MiniCase:
    replaced, sold, dropped = d.whole(20, 40, 10), d.whole(60, 90, 10), d.whole(20, 50, 10)
    late, late_sold = d.whole(20, 30, 5), d.whole(5, 10, 5)
    return MiniCase(
        f"L’an dernier, tout est décidé : {replaced} prescriptions substituées, {sold} vendues, {dropped} abandonnées. "
        f"Cette année, beaucoup attendent encore : {late} substituées, {late_sold} vendues. Quel est le taux de "
        "substitution de la cohorte décidée ?",
        100 * replaced / (replaced + sold),
        {
            "M785": 100 * replaced / (replaced + sold + dropped),
            "M786": 100 * (replaced + late) / (replaced + late + sold + late_sold),
        },
        f"{replaced} ÷ ({replaced} + {sold}).", "%", 1,
    )  # fmt: skip


def _turning(d: Draw) -> MiniCase:
    first, second = d.one(2, 3), d.one(1, 2)
    lead, other, loss = d.one(2, 3), d.one(1, 2), d.one(4, 5)
    ahead = first * lead + second * other
    weight = ahead / loss
    return MiniCase(
        f"Un salon mène une radio de {lead} en affinité (poids {first}) et de {other} en image (poids {second}). "
        f"La radio a {loss} points de plus en coût. À quel poids du coût sont-ils à égalité ?",
        weight,
        {"M792": first * lead / loss, "M791": weight / (weight + first + second), "M04": loss / ahead},
        f"({first} × {lead} + {second} × {other}) ÷ {loss}.", "points", 2,
    )  # fmt: skip


def _two_links(d: Draw) -> MiniCase:
    price, dealer, wholesaler = d.whole(40, 100, 20), d.one(25, 30), d.one(10, 20)
    paid = price * (1 - dealer / 100) * (1 - wholesaler / 100)
    return MiniCase(
        f"Un article se vend {price} € HT. Le détaillant a un taux de marque de {dealer} %, le grossiste de "
        f"{wholesaler} %. Que reçoit le fabricant ?",
        paid,
        {
            "M787": price / (1 + dealer / 100) / (1 + wholesaler / 100),
            "M788": price * (1 - (dealer + wholesaler) / 100), "M789": price * (1 - dealer / 100),
        },
        f"{price} × {n(1 - dealer / 100, 2)} × {n(1 - wholesaler / 100, 2)}.", "€ HT", 2,
    )  # fmt: skip


def _one_link(d: Draw) -> MiniCase:
    price, rate = d.whole(40, 120, 20), d.one(20, 25, 40)
    return MiniCase(
        f"Un magasin vend {price} € HT avec un taux de marque de {rate} %. Combien a-t-il payé l’article ?",
        price * (1 - rate / 100),
        {"M787": price / (1 + rate / 100), "M796": price * rate / 100},
        f"{price} × {n(1 - rate / 100, 2)}.", "€ HT", 2,
    )  # fmt: skip


def _net(d: Draw) -> MiniCase:
    paid, making = d.whole(30, 50, 5), d.whole(12, 18, 2)
    carrying, selling = d.whole(2, 4), d.whole(3, 6)
    return MiniCase(
        f"Un fabricant reçoit {paid} € HT par meuble ; le produire coûte {making} €, le livrer {carrying} €, le vendre "
        f"{selling} €. Quelle marge nette laisse ce circuit ?",
        paid - making - carrying - selling, {"M794": paid - making},
        f"{paid} − {making} − {carrying} − {selling}.", "€ HT", 0,
    )  # fmt: skip


def _coverage(d: Draw) -> MiniCase:
    shops, listed = 10, d.one(2, 3, 4)
    big, small = d.one(30, 40), d.one(10, 20)
    total = listed * big + (shops - listed) * small
    return MiniCase(
        f"Dix magasins : les {listed} qui vendent la marque font chacun {big} k€ dans le rayon, les {shops - listed} "
        f"autres {small} k€. Quelle est sa distribution valeur ?",
        100 * listed * big / total, {"M790": 100 * listed / shops},
        f"{listed * big} ÷ {total}.", "%", 1,
    )  # fmt: skip


FAMILIES = (_two_towns, _useful, _replaced, _turning, _two_links, _one_link, _net, _coverage)
