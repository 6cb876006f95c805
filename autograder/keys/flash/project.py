"""Mini-cases on a project: what a budget leaves, who is overloaded, the chain that sets the date, what it will cost."""

from math import sqrt
from statistics import NormalDist

from autograder.keys.flash.making import Draw, MiniCase, n


def _left(d: Draw) -> MiniCase:
    net, base, left = d.whole(300, 900, 100), d.whole(500, 1000, 100), d.whole(100, 300, 50)
    gross, envelope = net * 12 // 10, net + base + left
    return MiniCase(
        f"Une enveloppe de {n(envelope)} € HT doit payer un devis de {n(base)} € HT et un autre de {n(gross)} € TTC "
        "(TVA : 20 %). Que reste-t-il, en euros hors taxes ?",
        left,
        {"M17": envelope - base - gross, "M840": envelope - (base + gross) / 1.2, "M841": net + base},
        f"{n(envelope)} − {n(base)} − {n(gross)} ÷ 1,2.", "€ HT", 0,
    )  # fmt: skip


def _load(d: Draw) -> MiniCase:
    own, help_given, free = d.whole(10, 16, 2), d.whole(4, 8, 2), d.whole(14, 20, 2)
    there = free + d.whole(6, 10, 2)
    return MiniCase(
        f"Une graphiste doit {own} jours à ses tâches et {help_given} à celles des autres. Elle est là {there} jours, "
        f"dont {there - free} pris par un autre projet. Quelle part de ses jours disponibles le projet demande-t-il ?",
        100 * (own + help_given) / free,
        {"M843": 100 * own / free, "M844": 100 * (own + help_given) / there},
        f"({own} + {help_given}) ÷ {free}.", "%", 0,
    )  # fmt: skip


def _uncertain(d: Draw) -> MiniCase:
    (one, other), apart = d.one((3, 4), (6, 8), (5, 12)), d.one(7, 9)
    spread = sqrt(one**2 + other**2)
    return MiniCase(
        f"Les deux tâches de la plus longue chaîne ont des écarts-types de {one} et {other} jours ; une tâche menée à "
        f"côté, de {apart} jours. Quel est l’écart-type de la chaîne ?",
        spread, {"M845": one + other, "M846": sqrt(one**2 + other**2 + apart**2)},
        f"√({one}² + {other}²).", "jours", 1,
    )  # fmt: skip


def _chance(d: Draw) -> MiniCase:
    expected, late = d.whole(30, 60, 5), d.one(5, 6, 8)
    right, added = NormalDist(0, 5).cdf(late), NormalDist(0, 7).cdf(late)
    return MiniCase(
        f"Une chaîne de deux tâches dure {expected} jours en moyenne ; leurs écarts-types sont 3 et 4 jours. Quelle "
        f"chance, en pour cent, de tenir {expected + late} jours, par la loi normale ?",
        100 * right, {"M845": 100 * added}, f"écart-type √(9 + 16) = 5, puis {late} jours d’avance.", "%", 1,
    )  # fmt: skip


def _slack(d: Draw) -> MiniCase:
    short, longer, whole = d.whole(10, 14, 2), d.whole(18, 22, 2), d.whole(28, 36, 2)
    alone = d.whole(3, 5)
    return MiniCase(
        f"Un projet dure {whole} jours. Une tâche de {alone} jours est sur deux chaînes, de {short} et {longer} jours. "
        "De combien peut-elle tarder sans retarder le projet ?",
        whole - longer, {"M847": whole - short, "M848": whole - alone}, f"{whole} − {longer}.", "jours", 0,
    )  # fmt: skip


def _shorter(d: Draw) -> MiniCase:
    whole, gap, won = d.whole(30, 50, 5), d.whole(2, 4), d.whole(6, 9)
    return MiniCase(
        f"La plus longue chaîne d’un projet dure {whole} jours, la suivante {whole - gap}, sans tâche commune. On "
        f"raccourcit de {won} jours une tâche de la première. Combien dure le projet ?",
        whole - gap, {"M858": whole - won}, f"l’autre chaîne, {whole - gap} jours, devient la plus longue.", "jours", 0,
    )  # fmt: skip


def _index(d: Draw) -> MiniCase:
    budget = d.whole(4000, 8000, 1000)
    planned, done, rate = d.one(60, 70, 80), d.one(40, 50), d.one(75, 80, 90)
    earned = budget * done // 100
    spent = round(earned * 100 / rate / 10) * 10
    return MiniCase(
        f"Budget : {n(budget)} €. {planned} % du travail devaient être faits, {done} % le sont, pour {n(spent)} € "
        "dépensés. Combien d’euros de travail fait par euro dépensé ?",
        earned / spent,
        {"M854": budget * planned / 100 / spent, "M855": done / planned},
        f"{n(earned)} ÷ {n(spent)}.", "€", 2,
    )  # fmt: skip


def _forecast(d: Draw) -> MiniCase:
    budget, index = d.whole(4000, 9000, 1000), d.one(0.75, 0.8, 0.9)
    done = budget // 2
    spent = round(done / index)
    return MiniCase(
        f"Budget : {n(budget)} €. La moitié du travail est faite, pour {n(spent)} €. Que coûtera le tout, si la suite "
        "coûte comme le début ?",
        2 * spent,
        {"M856": budget + spent - done, "M857": budget * done / spent},
        f"{n(budget)} ÷ ({n(done)} ÷ {n(spent)}).", "€", 0,
    )  # fmt: skip


FAMILIES = (_left, _load, _uncertain, _chance, _slack, _shorter, _index, _forecast)
