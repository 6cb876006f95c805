"""Mini-cases on changes, windows, control groups, net gains, intervals and shares."""

from math import hypot

from autograder.keys.flash.making import Draw, MiniCase, mean, n


def _relative_change(d: Draw) -> MiniCase:
    before = d.whole(200, 800, 50)
    after = before + before * d.whole(20, 60, 10) // 100
    return MiniCase(
        f"Une boutique passe de {n(before)} à {n(after)} commandes. Quelle est l’évolution, en pour cent ?",
        100 * (after - before) / before,
        {
            "M50": 100 * (after - before) / after, "M51": 100 * after / before, "M52": after - before,
            "M127": -100 * (after - before) / before, "M131": after - before,
        },
        f"({n(after)} − {n(before)}) ÷ {n(before)}.", "%", 1,
    )  # fmt: skip


def _points(d: Draw) -> MiniCase:
    before = d.whole(20, 40, 5) / 10
    gain = d.whole(5, 15, 5) / 10
    after = before + gain
    return MiniCase(
        f"Un taux de conversion passe de {n(before, 1)} % à {n(after, 1)} %. De combien de points a-t-il changé ?",
        gain, {"M53": 100 * gain / before, "M54": gain / 100, "M214": after / before, "M127": -gain},
        f"{n(after, 1)} − {n(before, 1)}.", "points", 1,
    )  # fmt: skip


def _way_back(d: Draw) -> MiniCase:
    rise = d.one(20, 25, 50, 60)
    return MiniCase(
        f"Un prix augmente de {rise} %. De combien de pour cent doit-il ensuite baisser pour revenir à son point de "
        "départ ?",
        100 * rise / (100 + rise), {"M58": rise}, f"{rise} ÷ {100 + rise}.", "%", 1,
    )  # fmt: skip


def _per_day(d: Draw) -> MiniCase:
    days, before = d.whole(6, 10), d.whole(100, 200, 10)
    during = before + before * d.whole(20, 40, 10) // 100
    return MiniCase(
        f"Une action dure {days} jours et amène {n(during * days)} commandes. Les 28 jours d’avant en avaient amené "
        f"{n(before * 28)}. De combien de pour cent les commandes d’une journée ont-elles augmenté ?",
        100 * (during - before) / before,
        {
            "M61": 100 * (during * days - before * 28) / (before * 28), "M138": 100 * (during * days - before) / before,
            "M145": 100 * (during * days / (days - 1) - before) / before,
        },
        f"{during} par jour contre {before} par jour.", "%", 1,
    )  # fmt: skip


def _total_of_a_period(d: Draw) -> MiniCase:
    days, each = d.whole(6, 14), d.whole(40, 90, 10)
    return MiniCase(
        f"Une boutique vend {each} articles par jour, du 3 au {2 + days} mars compris. Combien en vend-elle sur la "
        "période ?",
        each * days, {"M139": each, "M145": each * (days - 1), "M126": each * 31}, f"{each} × {days} jours.",
    )  # fmt: skip


def _mean_of_a_day(d: Draw) -> MiniCase:
    days, each = d.whole(4, 9), d.whole(60, 120, 10)
    return MiniCase(
        f"Une table a une ligne par jour et par rayon : {days} jours, 3 rayons, {n(each * days)} ventes en tout. "
        "Combien de ventes par jour, en moyenne ?",
        each, {"M151": each / 3, "M138": each * days, "M161": each / 3}, f"{n(each * days)} ÷ {days} jours.",
    )  # fmt: skip


def _open_days(d: Draw) -> MiniCase:
    days, each = d.whole(20, 26), d.whole(50, 90, 10)
    return MiniCase(
        f"En 30 jours, dont {30 - days} de fermeture, une boutique vend {n(each * days)} articles. Combien en "
        "vend-elle par jour d’ouverture ?",
        each, {"M276": each * days / 30, "M138": each * days}, f"{n(each * days)} ÷ {days} jours d’ouverture.", "", 1,
    )  # fmt: skip


def _periods_with_closures(d: Draw) -> MiniCase:
    before, first, second = d.whole(50, 80, 10), d.whole(20, 22), d.whole(25, 28)
    after = before + d.whole(10, 20, 5)
    return MiniCase(
        f"En mars, {n(before * second)} ventes en {second} jours d’ouverture ; en avril, {n(after * first)} en "
        f"{first}. De combien de pour cent les ventes d’un jour d’ouverture ont-elles changé ?",
        100 * (after - before) / before, {"M275": 100 * (after * first - before * second) / (before * second)},
        f"{after} par jour contre {before}.", "%", 1,
    )  # fmt: skip


def _two_differences(d: Draw) -> MiniCase:
    base, other = d.whole(400, 600, 50), d.whole(800, 1200, 100)
    rise, drift = d.whole(14, 22, 2), d.whole(4, 8, 2)
    after, other_after = base + base * rise // 100, other + other * drift // 100
    return MiniCase(
        f"Les magasins exposés passent de {n(base)} à {n(after)} ventes, les magasins témoins de {n(other)} à "
        f"{n(other_after)} aux mêmes dates. De combien de points l’action a-t-elle augmenté l’évolution ?",
        100 * (after / base - other_after / other),
        {
            "M65": 100 * (after / base - 1), "M66": 100 * (after / other_after - 1),
            "M67": 100 * (other_after / other - after / base), "M68": (after - base) - (other_after - other),
        },
        f"{n(100 * (after / base - 1))} % − {n(100 * (other_after / other - 1))} %.", "points", 1,
    )  # fmt: skip


def _base_from_last_year(d: Draw) -> MiniCase:
    last, trend, before = d.whole(400, 600, 50), d.one(10, 20), d.whole(250, 350, 50)
    during = int(last * 1.5)
    return MiniCase(
        f"L’an dernier, aux dates de l’action, une boutique vendait {n(last)} articles. Depuis, son activité est en "
        f"hausse de {trend} %. Elle en vend {n(during)} pendant l’action, contre {n(before)} juste avant. Combien "
        "en aurait-elle vendu sans l’action ?",
        last * (1 + trend / 100),
        {"M72": before, "M63": before, "M140": last, "M150": last * trend / 100, "M152": during},
        f"{n(last)} × {n(1 + trend / 100, 1)}.",
    )  # fmt: skip


def _gain_after_losses(d: Draw) -> MiniCase:
    gross, dip, taken = d.whole(200, 400, 20), d.whole(40, 70, 10), d.whole(20, 35, 5)
    return MiniCase(
        f"Une promotion ajoute {gross} ventes. Les semaines d’après, on vend {dip} articles de moins que "
        f"d’habitude, et les autres produits en perdent {taken}. Quel est le gain net, en ventes ?",
        gross - dip - taken,
        {
            "M70": gross - taken, "M71": gross - dip, "M154": gross + dip + taken, "M173": gross,
        },
        f"{gross} − {dip} − {taken}.",
    )  # fmt: skip


def _dip_after(d: Draw) -> MiniCase:
    usual, during, after = d.whole(100, 140, 10), d.whole(200, 260, 20), d.whole(60, 85, 5)
    return MiniCase(
        f"D’habitude, une boutique vend {usual} articles par semaine. Elle en vend {during} pendant la promotion et "
        f"{after} la semaine d’après. Combien de ventes le creux représente-t-il ?",
        usual - after, {"M153": during - after}, f"{usual} − {after}.",
    )  # fmt: skip


def _share_of_gain(d: Draw) -> MiniCase:
    gross, lost = d.whole(200, 400, 50), d.whole(50, 90, 10)
    return MiniCase(
        f"Sur {gross} ventes gagnées pendant une promotion, {lost} sont reprises par le creux d’après. Quelle part "
        "de la hausse reste acquise ?",
        100 * (gross - lost) / gross, {"M155": 100 * lost / gross, "M175": gross - lost, "M173": 100},
        f"({gross} − {lost}) ÷ {gross}.", "%", 1,
    )  # fmt: skip


def _range_on_offer(d: Draw) -> MiniCase:
    mine, rest, units = d.whole(4000, 6000, 500), d.whole(9000, 15000, 1000), d.whole(150, 250, 10)
    return MiniCase(
        f"La gamme en promotion vend {units} articles pour {n(mine)} €, le reste de la boutique en vend pour "
        f"{n(rest)} €. Quel chiffre d’affaires la gamme en promotion a-t-elle fait ?",
        mine, {"M135": mine + rest, "M156": units, "M179": mine + rest}, "Seule la gamme de l’énoncé compte.", "€", 0,
    )  # fmt: skip


def _units_of_a_range(d: Draw) -> MiniCase:
    units, price = d.whole(150, 250, 10), d.whole(20, 40, 5)
    return MiniCase(
        f"Un rayon affiche {n(units * price)} € de ventes, soit {units} articles. Combien d’articles faudrait-il "
        "pour +10 % en quantité ?",
        units * 1.1, {"M172": units * price * 1.1}, f"{units} × 1,10.",
    )  # fmt: skip


def _margin_of_error(d: Draw) -> MiniCase:
    spread, days = d.whole(20, 60, 10), d.one(16, 25, 36)
    error = spread / days**0.5
    return MiniCase(
        f"{days} jours de ventes ont un écart-type de {spread} articles. À 95 %, la marge d’erreur sur la moyenne "
        "est de deux erreurs-types. Combien vaut-elle ?",
        2 * error, {"M73": 2 * spread, "M137": 4 * error}, f"2 × {spread} ÷ √{days}.", "articles", 1,
    )  # fmt: skip


def _error_of_a_difference(d: Draw) -> MiniCase:
    first, second = d.one((3, 4), (6, 8), (5, 12), (8, 15))
    return MiniCase(
        f"Deux moyennes indépendantes ont pour erreurs-types {first} et {second}. Quelle est l’erreur-type de leur "
        "différence ?",
        hypot(first, second), {"M74": first + second}, f"√({first}² + {second}²).", "", 1,
    )  # fmt: skip


def _share_of_a_total(d: Draw) -> MiniCase:
    sea, mail, other = d.whole(200, 300, 20), d.whole(100, 180, 20), d.whole(300, 500, 50)
    return MiniCase(
        f"Les ventes : {sea} par la recherche payée, {mail} par e-mail, {other} sans publicité. Quelle part de "
        "toutes les ventes l’e-mail représente-t-il ?",
        100 * mail / (sea + mail + other),
        {"M134": 100 * mail / (sea + mail), "M164": 100 * mail / (sea + mail)},
        f"{mail} ÷ ({sea} + {mail} + {other}).", "%", 1,
    )  # fmt: skip


def _decimal_comma(d: Draw) -> MiniCase:
    euros, cents, quantity = d.whole(12, 38), d.whole(25, 75, 25), d.one(2, 4)
    price = euros + cents / 100
    return MiniCase(
        f"Un export écrit le prix « {n(price, 2)} ». Que coûtent {quantity} articles ?",
        quantity * price, {"M142": quantity * price * 100}, f"{quantity} × {n(price, 2)} €.", "€", 2,
    )  # fmt: skip


def _platform(d: Draw) -> MiniCase:
    search, shopping, social = d.whole(1000, 2000, 100), d.whole(500, 900, 100), d.whole(700, 1500, 100)
    return MiniCase(
        f"La plateforme P diffuse la recherche ({n(search)} €) et les annonces de produits ({n(shopping)} €) ; la "
        f"plateforme Q diffuse les réseaux sociaux ({n(social)} €). Combien a-t-on dépensé chez P ?",
        search + shopping, {"M160": search, "M179": search + shopping + social},
        f"{n(search)} + {n(shopping)}.", "€", 0,
    )  # fmt: skip


def _spend_of_the_year(d: Draw) -> MiniCase:
    months = [d.whole(400, 900, 100) for _ in range(4)]
    listed = ", ".join(n(one) for one in months[:-1])
    return MiniCase(
        f"Les dépenses de quatre mois : {listed} et {n(months[-1])} €. Combien a-t-on dépensé en tout ?",
        sum(months), {"M161": mean(*months)}, "La somme des quatre mois.", "€", 0,
    )  # fmt: skip


def _last_year(d: Draw) -> MiniCase:
    before, now = d.whole(8000, 12000, 1000), d.whole(13000, 18000, 1000)
    return MiniCase(
        f"Ventes de mars 2025 : {n(before)} €. Ventes de mars 2026 : {n(now)} €. L’énoncé porte sur l’exercice "
        "2026. Quel montant retenir ?",
        now, {"M130": before, "M126": before}, "L’année de l’énoncé est 2026.", "€", 0,
    )  # fmt: skip


FAMILIES = (
    _relative_change, _points, _way_back, _per_day,
    _total_of_a_period, _mean_of_a_day, _open_days, _periods_with_closures,
    _two_differences, _base_from_last_year, _gain_after_losses,
    _dip_after, _share_of_gain, _range_on_offer, _units_of_a_range,
    _margin_of_error, _error_of_a_difference, _share_of_a_total,
    _decimal_comma, _platform, _spend_of_the_year, _last_year,
)  # fmt: skip
