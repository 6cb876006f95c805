"""Mini-cases on a team's work: what a task takes, who is overloaded, the end, a transfer, an absence, a drift."""

from statistics import NormalDist

from autograder.keys.flash.making import Draw, MiniCase, n


def _load(d: Draw) -> MiniCase:
    days, share = d.whole(8, 20, 4), d.one(25, 50, 75)
    return MiniCase(
        f"Une tâche dure {days} jours ; son responsable lui donne {share} % de son temps. Combien de jours-homme ?",
        days * share / 100,
        {"M860": days, "M951": 100 * days / share},
        f"{days} × {share} ÷ 100.", "jours-homme", 1,
    )  # fmt: skip


def _overloaded(d: Draw) -> MiniCase:
    asked, free, taken, calm = d.whole(12, 18, 2), d.whole(8, 10), d.whole(20, 40, 5), d.whole(24, 30, 2)
    return MiniCase(
        f"Ana doit {asked} jours au projet. Elle est là {free + taken} jours, dont {taken} pris par d’autres clients. "
        f"Bruno doit aussi {asked} jours, et en a {calm}. Quelle part de ses jours le projet demande-t-il à Ana ?",
        100 * asked / free,
        {"M861": 100 * asked / (free + taken), "M862": 100 * 2 * asked / (free + calm)},
        f"{asked} ÷ {free}.", "%", 0,
    )  # fmt: skip


def _late(d: Draw) -> MiniCase:
    weeks, pace, missing = d.whole(8, 12), d.one(2, 2.5), d.one(5, 10)
    return MiniCase(
        f"Un projet dure {weeks} semaines. Une personne lui donne {n(pace)} jours par semaine et, à l’échéance, il lui "
        f"manquera {missing} jours de travail. Combien de semaines lui faudra-t-il encore ?",
        missing / pace,
        {"M863": missing / 5, "M864": missing},
        f"{missing} ÷ {n(pace)}.", "semaines", 1,
    )  # fmt: skip


def _transfer(d: Draw) -> MiniCase:
    part = d.one(1, 2, 3)
    free = 10 * part
    return MiniCase(
        f"Chacun a {free} jours. Iris en doit {12 * part}, Noé {8 * part}, Sam {3 * part}. Iris peut donner une tâche "
        f"de {2 * part} jours ou une de {4 * part} ; Noé en a le niveau, pas Sam. Au mieux, quelle sera la plus haute "
        "des charges, celle d’Iris ou celle de qui reçoit ?",
        100,
        {"M871": 80, "M872": 80, "M878": 120},
        f"tâche de {2 * part} jours à Noé : {10 * part} jours chacun, sur {free}.", "%", 0,
    )  # fmt: skip


def _absent(d: Draw) -> MiniCase:
    asked, left, lost = d.whole(6, 12, 2), d.whole(10, 16, 2), d.whole(4, 8, 2)
    return MiniCase(
        f"Omar doit {asked} jours et devait en avoir {left + lost} ; il sera absent {lost} d’entre eux. Quelle part de "
        "ses jours le projet demande-t-il ?",
        100 * asked / left,
        {"M876": 100 * asked / (left + lost)},
        f"{asked} ÷ {left}.", "%", 0,
    )  # fmt: skip


def _drifting(d: Draw) -> MiniCase:
    first, second, then, now = d.whole(3, 5), d.one(1, 2), d.whole(5, 7), d.one(1, 2)
    planned = first + second + now - 1
    return MiniCase(
        f"Une tâche de {planned} jours en a consommé {first} la première semaine, {second} la deuxième. On estimait "
        f"qu’il en restait {then}, puis {now}. Combien prendra-t-elle, pour cent jours prévus ?",
        100 * (first + second + now) / planned,
        {
            "M869": 100 * (second + now) / planned,
            "M870": 100 * (first + second + then + now) / planned,
            "M877": 100 * (first + second) / planned,
        },
        f"({first} + {second} + {now}) ÷ {planned}.", "jours", 0,
    )  # fmt: skip


def _forecast(d: Draw) -> MiniCase:
    begun, whole, rate = d.whole(20, 40, 10), d.whole(80, 120, 20), d.one(1.1, 1.2, 1.25)
    return MiniCase(
        f"Un projet de {whole} jours-homme a commencé pour {begun} jours-homme de tâches, qui en prendront "
        f"{n(begun * rate)}. Combien prendra-t-il en tout, si la suite dérive comme le début ?",
        whole * rate,
        {"M868": whole + begun * (rate - 1), "M879": whole / rate},
        f"{whole} × {n(begun * rate)} ÷ {begun}.", "jours-homme", 0,
    )  # fmt: skip


def _share(d: Draw) -> MiniCase:
    asked, free = d.whole(6, 12, 2), d.whole(15, 25, 5)
    return MiniCase(
        f"Le projet demande {asked} jours à Lou, qui en a {free}. Quelle part de ses jours lui demande-t-il ?",
        100 * asked / free, {"M950": 100 * free / asked}, f"{asked} ÷ {free}.", "%", 0,
    )  # fmt: skip


def _begun(d: Draw) -> MiniCase:
    whole, begun, rate = d.whole(80, 120, 20), d.whole(20, 40, 10), d.one(1.1, 1.2, 1.3)
    return MiniCase(
        f"Un projet prévoit {whole} jours-homme, dont {begun} pour les tâches commencées ; elles en prendront "
        f"{n(begun * rate)}. Combien prennent-elles, pour cent jours prévus ?",
        100 * rate, {"M952": 100 * begun * rate / whole}, f"{n(begun * rate)} ÷ {begun}.", "jours", 0,
    )  # fmt: skip


def _in_time(d: Draw) -> MiniCase:
    expected, spread, ahead = d.whole(40, 80, 10), d.whole(4, 6), d.one(3, 7, 8)
    right = 100 * NormalDist(0, spread).cdf(ahead)
    return MiniCase(
        f"La plus longue chaîne d’un projet dure {expected} jours en moyenne, avec un écart-type de {spread}. Quelle "
        f"chance a-t-elle, en pour cent, de tenir en {expected + ahead} jours, par la loi normale ?",
        right, {"M953": 100 - right}, f"{ahead} jours d’avance, pour un écart-type de {spread}.", "%", 1,
    )  # fmt: skip


FAMILIES = (_load, _overloaded, _late, _transfer, _absent, _drifting, _forecast, _share, _begun, _in_time)
