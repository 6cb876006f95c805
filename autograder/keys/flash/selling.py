"""Mini-cases on the feasibility of a plan: volumes, hours, capacity, bottleneck, people, clients to follow."""

from math import ceil

from autograder.keys.flash.making import Draw, MiniCase, n


def _volume(d: Draw) -> MiniCase:
    aim, first, second, last = d.whole(10, 30, 5), d.one(0.4, 0.5), d.one(0.4, 0.5), d.one(0.2, 0.25)
    return MiniCase(
        f"Sur 100 leads, {n(100 * first)} deviennent MQL ; sur 100 MQL, {n(100 * second)} deviennent opportunités ; "
        f"sur 100 opportunités, {n(100 * last)} signent. Combien de MQL faut-il pour {aim} clients ?",
        aim / (second * last),
        {"M740": aim / last, "M741": aim / (second + last), "M742": aim / (first * second * last)},
        f"{aim} ÷ ({n(second, 2)} × {n(last, 2)}).", "MQL",
    )  # fmt: skip


def _hours(d: Draw) -> MiniCase:
    calls, short, offers, long = d.whole(60, 120, 20), d.one(30, 45), d.whole(20, 40, 10), d.one(90, 120)
    whole = calls * short + offers * long
    return MiniCase(
        f"Une équipe reçoit {calls} demandes, {short} minutes chacune, et en conclut {offers}, {long} minutes de plus "
        "chacune. Combien d’heures ?",
        whole / 60,
        {"M743": whole, "M744": calls * short / 60},
        f"({calls} × {short} + {offers} × {long}) ÷ 60.", "heures", 1,
    )  # fmt: skip


def _capacity(d: Draw) -> MiniCase:
    useful, away, half = d.one(16, 20, 24), d.whole(4, 8, 2), d.one(8, 10, 12)
    weeks, year, paid = 44, 52, 35
    return MiniCase(
        f"Une vendeuse passe {useful} heures par semaine avec des contacts, sur {paid} payées, et sera absente {away} "
        f"semaines. Une autre, à mi-temps, y passe {half} heures. On travaille {weeks} semaines sur {year}. Combien "
        "d’heures dans l’année, à deux ?",
        useful * (weeks - away) + half * weeks,
        {
            "M745": useful * (year - away) + half * year, "M746": paid * (weeks - away) + paid / 2 * weeks,
            "M747": (useful + half) * weeks, "M748": useful * (weeks - away) + half / 2 * weeks,
        },
        f"{useful} × ({weeks} − {away}) + {half} × {weeks}.", "heures",
    )  # fmt: skip


def _chain(d: Draw) -> MiniCase:
    narrow = d.whole(40, 60, 10)
    middle, wide = narrow + d.whole(10, 20, 10), narrow + d.whole(40, 60, 10)
    return MiniCase(
        f"Dans l’année, la demande suffit pour {wide} clients, la prospection pour {narrow}, la vente pour {middle}. "
        "Combien signeront ?",
        narrow, {"M749": middle, "M750": (narrow + middle + wide) / 3}, f"Le plus petit des trois : {narrow}.",
        "clients",
    )  # fmt: skip


def _people(d: Draw) -> MiniCase:
    each, whole, part = d.whole(600, 900, 100), d.whole(2, 4), d.one(0.2, 0.4)
    load = round(each * (whole + part))
    return MiniCase(
        f"Un travail demande {n(load)} heures par an ; une personne en donne {each}. Combien de personnes recruter ?",
        ceil(load / each), {"M751": whole}, f"{n(load)} ÷ {each}, arrondi au supérieur.", "personnes",
    )  # fmt: skip


def _client_cost(d: Draw) -> MiniCase:
    won, rate, cost = d.whole(10, 20, 5), d.one(10, 20), d.whole(1000, 2000, 500)
    return MiniCase(
        f"Un levier a coûté {n(won * cost)} €, trouvé {won * rate} leads et signé {won} clients. Que coûte un client ?",
        cost, {"M752": cost / rate}, f"{n(won * cost)} ÷ {won}.", "€",
    )  # fmt: skip


def _followed(d: Draw) -> MiniCase:
    there, gone = d.whole(40, 90, 10), d.whole(4, 8)
    return MiniCase(
        f"La table d’un an a une ligne par client et par mois : {n(12 * there)} lignes, dont {there} en juin. En juin, "
        f"{gone} clients résilient. Combien de clients suivre en juillet ?",
        there - gone, {"M757": there, "M758": 12 * there}, f"{there} − {gone}.", "clients",
    )  # fmt: skip


def _by_type(d: Draw) -> MiniCase:
    small, big = d.whole(60, 90, 10), d.whole(10, 30, 10)
    short, long = d.one(1, 2), d.one(8, 10)
    return MiniCase(
        f"{small} petits clients demandent {short} heure{'s' if short > 1 else ''} par an chacun, {big} grands en "
        f"demandent {long}. Combien d’heures en tout ?",
        small * short + big * long, {"M759": (small + big) * (short + long) / 2},
        f"{small} × {short} + {big} × {long}.", "heures",
    )  # fmt: skip


FAMILIES = (_volume, _hours, _capacity, _chain, _people, _client_cost, _followed, _by_type)
