"""Mini-cases on customers, competitors, partners, funnels and schedules."""

from autograder.keys.flash.making import Draw, MiniCase, mean, n


def _share_who_say(d: Draw) -> MiniCase:
    reviews, cite, others = d.whole(200, 300, 20), d.whole(50, 90, 10), d.whole(100, 160, 20)
    mentions = reviews + d.whole(80, 140, 20)
    return MiniCase(
        f"Le segment A a laissé {reviews} avis, qui font {mentions} mentions de thèmes. {cite} de ces avis citent "
        f"la livraison ; dans les autres segments, {others} avis la citent, sur {reviews * 3}. Quelle part des "
        "clients du segment A cite la livraison ?",
        100 * cite / reviews,
        {
            "M210": 100 * cite / (cite + others), "M211": 100 * cite / mentions,
            "M219": 100 * (cite + others) / (reviews * 4),
        },
        f"{cite} avis ÷ {reviews} avis du segment.", "%", 1,
    )  # fmt: skip


def _affinity(d: Draw) -> MiniCase:
    mine, every = d.one(30, 36, 42), d.one(15, 20, 24)
    rest = every - 4
    return MiniCase(
        f"{mine} % du segment citent le goût, contre {every} % de tous les clients et {rest} % de ceux qui ne sont "
        "pas du segment. Quel est l’indice d’affinité du segment (100 = comme l’ensemble des clients) ?",
        100 * mine / every, {"M212": 100 * every / mine, "M213": 100 * mine / rest, "M214": mine - every},
        f"100 × {mine} ÷ {every}.", "", 0,
    )  # fmt: skip


def _survey(d: Draw) -> MiniCase:
    people, twice, skipped, none = d.whole(180, 240, 20), d.whole(20, 30, 5), d.whole(20, 30, 5), d.whole(30, 50, 10)
    cite, of_twice = people * 3 // 10, twice - d.whole(2, 4, 2)
    answered = people - skipped
    return MiniCase(
        f"Une enquête compte {people + twice} lignes, dont {twice} envoyées deux fois ({of_twice} d’entre elles "
        f"citent les frais). Sans ces doubles, {people} personnes : {cite} citent les frais, {none} répondent « "
        f"aucun », {skipped} ont passé la question. Quelle part des personnes qui ont répondu cite les frais ?",
        100 * cite / answered,
        {
            "M320": 100 * (cite + of_twice) / (answered + twice), "M321": 100 * cite / people,
            "M322": 100 * cite / (answered - none), "M323": 100 * (cite + of_twice) / (people + twice),
        },
        f"{cite} ÷ ({people} − {skipped}).", "%", 1,
    )  # fmt: skip


def _next_step(d: Draw) -> MiniCase:
    visits = d.whole(2000, 4000, 500)
    seen, added, orders = visits * 40 // 100, visits * d.whole(8, 12, 2) // 100, visits * 2 // 100
    desk_seen, desk_added = visits // 2, visits * 20 // 100
    return MiniCase(
        f"Sur mobile : {n(visits)} visites, {n(seen)} avec une fiche produit vue, {n(added)} avec un ajout au "
        f"panier, {n(orders)} commandes. Sur ordinateur, {n(desk_seen)} visites voient une fiche et {n(desk_added)} "
        "ajoutent au panier. Quel est, sur mobile, le taux de passage de la fiche au panier ?",
        100 * added / seen,
        {"M223": 100 * added / visits, "M224": 100 * desk_added / desk_seen, "M155": 100 * (seen - added) / seen},
        f"{n(added)} ÷ {n(seen)}.", "%", 1,
    )  # fmt: skip


def _missing_baskets(d: Draw) -> MiniCase:
    seen, low, high = d.whole(1000, 2000, 200), d.one(10, 15), d.one(25, 30)
    return MiniCase(
        f"Sur mobile, {n(seen)} visites voient une fiche et {low} % ajoutent au panier ; sur ordinateur, {high} %. "
        "Combien d’ajouts le mobile gagnerait-il au taux de l’ordinateur ?",
        seen * (high - low) / 100,
        {"M228": seen * high / 100, "M266": seen * high / 100, "M54": seen * (high - low) / 10000},
        f"{n(seen)} × ({high} − {low}) %.",
    )  # fmt: skip


def _leads_needed(d: Draw) -> MiniCase:
    clients, quarter, meeting = d.whole(10, 40, 5), d.one(20, 25), d.one(40, 50)
    return MiniCase(
        f"{meeting} % des leads acceptent un rendez-vous, et {quarter} % des rendez-vous deviennent des clients. "
        f"Combien de leads faut-il pour {clients} clients ?",
        clients / (quarter / 100) / (meeting / 100),
        {"M261": clients * quarter * meeting / 10000, "M268": clients / (quarter / 100)},
        f"{clients} ÷ {n(quarter / 100, 2)} ÷ {n(meeting / 100, 2)}.",
    )  # fmt: skip


def _value_of_a_lead(d: Draw) -> MiniCase:
    leads, clients, each = d.whole(200, 400, 50), d.whole(20, 40, 5), d.whole(400, 900, 100)
    recent = d.whole(40, 80, 20)
    return MiniCase(
        f"Un segment a envoyé {leads} leads au bout de leur parcours, et {recent} autres ce mois-ci, dont l’issue "
        f"n’est pas connue. Les premiers ont donné {clients} clients, à {each} € chacun. Que rapporte, en moyenne, "
        "un lead dont le parcours est fini ?",
        clients * each / leads,
        {"M259": clients * each / (leads + recent), "M260": clients / leads, "M262": each},
        f"{clients} × {each} € ÷ {leads} leads.", "€", 2,
    )  # fmt: skip


def _next_thousand(d: Draw) -> MiniCase:
    now, spend, more = d.whole(60, 120, 10), d.whole(3, 6), d.whole(8, 12)
    return MiniCase(
        f"Avec {spend} 000 €, un levier amène {now} clients ; avec 1 000 € de plus, {now + more}. Combien de "
        "clients les 1 000 € ajoutés amènent-ils ?",
        more, {"M253": now / spend, "M266": now + more, "M269": now / spend}, f"{now + more} − {now}.", "clients", 1,
    )  # fmt: skip


def _weighted_score(d: Draw) -> MiniCase:
    weights, notes = d.one((5, 3, 2), (6, 3, 1), (5, 4, 1)), d.one((4, 2, 1), (5, 3, 1), (2, 4, 5))
    total = sum(weight * note for weight, note in zip(weights, notes, strict=True))
    return MiniCase(
        f"Trois critères de poids {weights[0]}, {weights[1]} et {weights[2]} ; une entreprise y est notée "
        f"{notes[0]}, {notes[1]} et {notes[2]} sur 5. Quel est son score pondéré sur 5 ?",
        total / sum(weights),
        {"M110": mean(*notes), "M230": total, "M231": total / 3},
        f"({weights[0]} × {notes[0]} + {weights[1]} × {notes[1]} + {weights[2]} × {notes[2]}) ÷ {sum(weights)}.", "", 2,
    )  # fmt: skip


def _stale_criterion(d: Draw) -> MiniCase:
    first, second, stale = d.one((3, 2), (4, 2), (4, 1)), d.one((4, 2), (5, 2), (5, 3)), d.whole(1, 2)
    other = d.one((2, 4), (1, 4))
    kept = first[0] * second[0] + first[1] * second[1]
    weight = sum(first)
    return MiniCase(
        f"Pour le segment A, les critères pèsent {first[0]}, {first[1]} et 4 ; pour le segment B, {other[0]}, "
        f"{other[1]} et 4. Une entreprise est notée {second[0]}, {second[1]} et {stale}. La troisième note date de "
        "trois ans : on l’écarte. Quel est son score pour le segment A, sur 5 ?",
        kept / weight,
        {
            "M233": (kept + 4 * stale) / (weight + 4), "M234": kept / (weight + 4),
            "M248": (other[0] * second[0] + other[1] * second[1]) / sum(other),
        },
        f"({first[0]} × {second[0]} + {first[1]} × {second[1]}) ÷ {weight}.", "", 2,
    )  # fmt: skip


def _mean_of_rivals(d: Draw) -> MiniCase:
    rivals, mine = d.one((2, 3, 4), (3, 3, 4), (2, 2, 3)), 5
    return MiniCase(
        f"Notre note est {mine} ; celles des trois concurrents, {rivals[0]}, {rivals[1]} et {rivals[2]}. Quelle est "
        "la note moyenne des concurrents ?",
        mean(*rivals), {"M232": mean(mine, *rivals)}, f"({rivals[0]} + {rivals[1]} + {rivals[2]}) ÷ 3.", "", 2,
    )  # fmt: skip


def _common_clients(d: Draw) -> MiniCase:
    ours, theirs, common, twice = (
        d.whole(600, 900, 100),
        d.whole(300, 450, 50),
        d.whole(80, 140, 20),
        d.whole(20, 40, 10),
    )
    both = ours + theirs - common
    return MiniCase(
        f"Nous avons {ours} clients, le partenaire {theirs}. {common} personnes sont dans les deux fichiers ; comme "
        f"certaines y figurent plusieurs fois, cela fait {common + twice} lignes. Quel est le taux de recouvrement "
        "de notre clientèle ?",
        100 * common / ours,
        {"M290": 100 * (common + twice) / ours, "M291": 0, "M292": 100 * common / theirs, "M293": 100 * common / both},
        f"{common} ÷ {ours}.", "%", 1,
    )  # fmt: skip


def _jaccard(d: Draw) -> MiniCase:
    ours, theirs, common = d.whole(600, 900, 100), d.whole(300, 450, 50), d.whole(80, 140, 20)
    return MiniCase(
        f"Nous avons {ours} clients, le partenaire {theirs}, et {common} sont communs. Quel est l’indice de Jaccard "
        "?",
        100 * common / (ours + theirs - common),
        {"M294": 100 * common / ours, "M116": 100 * common / (ours + theirs)},
        f"{common} ÷ ({ours} + {theirs} − {common}).", "%", 1,
    )  # fmt: skip


def _reach_of_two_partners(d: Draw) -> MiniCase:
    ours, first, second, both = 1000, d.whole(150, 250, 20), d.whole(100, 180, 20), d.whole(40, 80, 10)
    return MiniCase(
        f"Sur nos 1 000 clients, le partenaire A en connaît {first}, le partenaire B {second}, et {both} sont "
        "connus des deux. Quelle part de nos clients une alliance avec A et B toucherait-elle ?",
        100 * (first + second - both) / ours,
        {"M299": 100 * both / ours, "M309": 100 * (first + second) / ours},
        f"({first} + {second} − {both}) ÷ 1 000.", "%", 1,
    )  # fmt: skip


def _image_note(d: Draw) -> MiniCase:
    many, few, note, other = d.whole(60, 90, 10), d.whole(10, 20, 5), d.one(3, 4), d.one(8, 9)
    return MiniCase(
        f"Un partenaire est noté {note} sur 10 par {many} particuliers et {other} sur 10 par {few} architectes. "
        "Quelle est sa note d’image, toutes réponses réunies ?",
        (many * note + few * other) / (many + few), {"M304": mean(note, other), "M305": other},
        f"({many} × {note} + {few} × {other}) ÷ {many + few}.", "", 2,
    )  # fmt: skip


def _partners_kept(d: Draw) -> MiniCase:
    above, exactly, rivals = d.whole(6, 12), d.whole(3, 5), d.whole(2, 4)
    return MiniCase(
        f"Le seuil de la grille est de 12 points, compris. {above} structures ont plus de 12 points, {exactly} en "
        f"ont 12 tout juste ; parmi celles qui ont plus de 12 points, {rivals} sont des concurrents, que l’on "
        "écarte. Combien en garde-t-on ?",
        above + exactly - rivals, {"M301": above + exactly, "M302": above - rivals}, f"{above} + {exactly} − {rivals}.",
    )  # fmt: skip


def _project_length(d: Draw) -> MiniCase:
    first, short, last = d.whole(3, 6), d.whole(2, 4), d.whole(3, 5)
    long = short + d.whole(4, 6)
    return MiniCase(
        f"A dure {first} jours. Ensuite, B ({short} jours) et C ({long} jours) se font en même temps. D ({last} "
        "jours) attend B et C. Combien de jours le projet dure-t-il ?",
        first + long + last,
        {"M108": first + short + long + last, "M273": first + short + last, "M274": long},
        f"{first} + {long} + {last}.", "jours", 0,
    )  # fmt: skip


def _last_predecessor(d: Draw) -> MiniCase:
    start, short, long = d.whole(9, 12), d.whole(4, 5), d.whole(7, 8)
    return MiniCase(
        f"La tâche C attend A et B. A commence le jour 1 et dure {long} jours ; B commence le jour {start} et dure "
        f"{short} jours, premier jour compris. Quel jour, au plus tôt, C commence-t-elle ?",
        start + short, {"M287": long + 1, "M272": start + short + 1},
        f"B finit le jour {start + short - 1}, après A.", "jour", 0,
    )  # fmt: skip


def _working_days(d: Draw) -> MiniCase:
    weeks, holidays = d.whole(3, 5), d.whole(1, 2)
    plural = "s" if holidays > 1 else ""
    return MiniCase(
        f"Une période va d’un lundi au dimanche de la semaine n° {weeks}, avec {holidays} jour{plural} "
        f"férié{plural} en semaine. Combien de jours ouvrés (du lundi au vendredi) compte-t-elle ?",
        weeks * 5 - holidays, {"M107": weeks * 7}, f"{weeks} × 5 − {holidays}.", "jours", 0,
    )  # fmt: skip


def _lateness(d: Draw) -> MiniCase:
    target, late, shown = d.whole(8, 14), d.whole(4, 8), d.whole(1, 2)
    return MiniCase(
        f"La direction veut le projet fini le {target} juin. Le planning affiche une fin le {target + shown} juin ; "
        f"il finit le {target + late} juin. Combien de jours de retard a-t-il ?",
        late, {"M283": late + 1, "M284": late - shown}, f"{target + late} − {target}.", "jours", 0,
    )  # fmt: skip


def _start_of_a_lever(d: Draw) -> MiniCase:
    weeks = d.whole(4, 9)
    wanted = 20
    return MiniCase(
        f"Un levier demande {weeks} semaines de mise en œuvre. On veut ses premiers effets au début de la semaine "
        f"{wanted}. Au début de quelle semaine faut-il commencer ?",
        wanted - weeks, {"M256": wanted, "M257": wanted + weeks}, f"{wanted} − {weeks}.", "", 0,
    )  # fmt: skip


def _days_of_weeks(d: Draw) -> MiniCase:
    weeks = d.one(8, 12, 16)
    return MiniCase(
        f"Une mise en œuvre prend {weeks} semaines. Combien de jours cela fait-il sur le calendrier ?",
        7 * weeks, {"M258": weeks // 4 * 30.5}, f"{weeks} × 7.", "jours", 0,
    )  # fmt: skip


def _prior_price(d: Draw) -> MiniCase:
    listed = d.whole(60, 90, 10)
    low, older = listed - d.whole(10, 15, 5), listed - 25
    eve = listed - 5
    return MiniCase(
        f"Prix au catalogue : {listed} €. Pratiqué il y a deux mois : {older} €. Il y a dix jours : {low} €. La "
        f"veille de l’annonce : {eve} €. À partir de quel prix annoncer la réduction ?",
        low, {"M121": listed, "M278": older, "M279": mean(listed, low, eve)},
        "Le plus bas des trente jours qui précèdent l’annonce.", "€", 2,
    )  # fmt: skip


def _season_index(d: Draw) -> MiniCase:
    usual, saturday = d.whole(80, 120, 10), d.whole(150, 210, 10)
    return MiniCase(
        f"Une boutique vend {usual} articles par jour en moyenne, et {saturday} le samedi. Quel est l’indice du "
        "samedi (100 = un jour moyen) ?",
        100 * saturday / usual, {"M277": 100 * saturday / (7 * usual)}, f"100 × {saturday} ÷ {usual}.", "", 0,
    )  # fmt: skip


FAMILIES = (
    _share_who_say, _affinity, _survey, _next_step, _missing_baskets, _leads_needed, _value_of_a_lead, _next_thousand,
    _weighted_score, _stale_criterion, _mean_of_rivals, _common_clients, _jaccard, _reach_of_two_partners, _image_note,
    _partners_kept, _project_length, _last_predecessor, _working_days,
    _lateness, _start_of_a_lever, _days_of_weeks, _prior_price,
    _season_index,
)  # fmt: skip
