"""Mini-cases on visits, orders, advertising and e-mail."""

from autograder.keys.flash.making import Draw, MiniCase, mean, n


def _conversion(d: Draw) -> MiniCase:
    sessions, orders = d.whole(2000, 5000, 500), d.whole(50, 110, 10)
    users, clients, pages = int(sessions * 0.7), orders - d.whole(10, 20, 5), sessions * d.whole(3, 5)
    return MiniCase(
        f"En une semaine, une boutique reçoit {n(sessions)} visites, faites par {n(users)} personnes qui ouvrent "
        f"{n(pages)} pages. {n(clients)} clients y passent {n(orders)} commandes. Quel est le taux de conversion "
        "par visite ?",
        100 * orders / sessions,
        {
            "M01": 100 * orders / users, "M221": 100 * orders / users, "M125": 100 * orders / users,
            "M02": 100 * clients / sessions, "M220": 100 * orders / pages, "M04": sessions / orders,
            "M05": orders / sessions,
        },
        f"{n(orders)} commandes ÷ {n(sessions)} visites.", "%", 2,
    )  # fmt: skip


def _rows_to_add(d: Draw) -> MiniCase:
    days, channels, visits = d.whole(7, 28, 7), d.whole(3, 6), d.whole(40, 120, 20)
    return MiniCase(
        f"Une table a une ligne par jour et par canal : {days} jours, {channels} canaux. Sa colonne « sessions » vaut "
        f"{n(visits)} à chaque ligne. Combien de visites le site a-t-il reçues ?",
        days * channels * visits, {"M181": days * channels},
        f"{days} × {channels} lignes de {n(visits)} visites.", "visites", 0,
    )  # fmt: skip


def _conversion_two_channels(d: Draw) -> MiniCase:
    big, small = d.whole(4000, 8000, 1000), d.whole(500, 1000, 100)
    of_big, of_small = big * d.whole(1, 2) // 100, small * d.whole(5, 8) // 100
    return MiniCase(
        f"Le canal A apporte {n(big)} visites et {n(of_big)} commandes, le canal B {n(small)} visites et "
        f"{n(of_small)} commandes. Quel est le taux de conversion de l’ensemble ?",
        100 * (of_big + of_small) / (big + small),
        {
            "M03": 100 * mean(of_big / big, of_small / small), "M04": (big + small) / (of_big + of_small),
            "M05": (of_big + of_small) / (big + small), "M175": of_big + of_small,
        },
        f"({n(of_big)} + {n(of_small)}) commandes ÷ ({n(big)} + {n(small)}) visites.", "%", 2,
    )  # fmt: skip


def _click_rate(d: Draw) -> MiniCase:
    shown, small = d.whole(20000, 40000, 5000), d.whole(1000, 3000, 500)
    link, of_small = shown * d.whole(1, 2) // 100, small * d.whole(5, 8) // 100
    reach, clicks = (shown + small) // 2, int((link + of_small) * 1.5)
    return MiniCase(
        f"La campagne A est affichée {n(shown)} fois et obtient {n(link)} clics sur le lien, la campagne B "
        f"{n(small)} fois et {n(of_small)} clics sur le lien. Ensemble, elles touchent {n(reach)} personnes et "
        f"reçoivent {n(clicks)} clics de toute nature. Quel est leur taux de clic sur le lien ?",
        100 * (link + of_small) / (shown + small),
        {
            "M06": 100 * mean(link / shown, of_small / small), "M07": 100 * (link + of_small) / reach,
            "M10": 100 * clicks / (shown + small), "M04": (shown + small) / (link + of_small),
        },
        f"({n(link)} + {n(of_small)}) clics ÷ ({n(shown)} + {n(small)}) affichages.", "%", 2,
    )  # fmt: skip


def _cost_per_click(d: Draw) -> MiniCase:
    first, second = d.whole(400, 800, 100), d.whole(100, 200, 50)
    cheap, dear = first * d.whole(20, 40, 10) / 100, second * d.whole(120, 200, 20) / 100
    shown, clicks = (first + second) * 50, int((first + second) * 1.6)
    spend = cheap + dear
    return MiniCase(
        f"Deux campagnes coûtent {n(cheap)} € pour {n(first)} clics sur le lien et {n(dear)} € pour {n(second)} "
        f"clics sur le lien. Elles ont en tout {n(shown)} affichages et {n(clicks)} clics de toute nature. Quel est "
        "le coût par clic sur le lien, les deux réunies ?",
        spend / (first + second),
        {
            "M08": mean(cheap / first, dear / second), "M09": 1000 * spend / shown, "M10": spend / clicks,
            "M163": (first + second) / spend,
        },
        f"({n(cheap)} + {n(dear)}) € ÷ ({n(first)} + {n(second)}) clics.", "€", 2,
    )  # fmt: skip


def _micros(d: Draw) -> MiniCase:
    clicks, cents = d.whole(200, 600, 100), d.whole(30, 90, 10)
    euros = clicks * cents / 100
    return MiniCase(
        f"Un export publicitaire donne « cost_micros » = {n(euros * 1_000_000)} pour {n(clicks)} clics. Combien la "
        "campagne a-t-elle coûté, en euros ?",
        euros, {"M11": euros * 1000}, f"{n(euros * 1_000_000)} millionièmes ÷ 1 000 000.", "€", 0,
    )  # fmt: skip


def _cost_per_order(d: Draw) -> MiniCase:
    clicks, orders, cents = d.whole(400, 900, 100), d.whole(20, 45, 5), d.whole(40, 80, 10)
    spend, baskets = clicks * cents / 100, orders * 3
    return MiniCase(
        f"Une campagne coûte {n(spend)} € : {n(clicks)} clics, {n(baskets)} paiements commencés, {n(orders)} "
        "commandes. Quel est le coût par acquisition, c’est-à-dire par commande ?",
        spend / orders, {"M12": spend / clicks, "M171": spend / baskets, "M163": orders / spend},
        f"{n(spend)} € ÷ {n(orders)} commandes.", "€", 2,
    )  # fmt: skip


def _full_acquisition_cost(d: Draw) -> MiniCase:
    media, wages, new = d.whole(2000, 4000, 500), d.whole(1000, 1800, 200), d.whole(60, 120, 20)
    buyers, planned = new * 3, media + 600
    return MiniCase(
        f"Pour conquérir des clients, une entreprise a prévu {n(planned)} € de publicité, en a dépensé {n(media)}, "
        f"et a payé {n(wages)} € de salaires et d’outils. Sur {n(buyers)} acheteurs, {n(new)} achètent pour la "
        "première fois. Quel est le coût complet d’acquisition d’un client ?",
        (media + wages) / new,
        {
            "M13": media / new, "M30": media / new, "M165": media / new, "M14": (media + wages) / buyers,
            "M96": (media + wages) / buyers, "M136": (planned + wages) / new, "M163": new / (media + wages),
        },
        f"({n(media)} + {n(wages)}) € ÷ {n(new)} nouveaux clients.", "€", 2,
    )  # fmt: skip


def _opening_rate(d: Draw) -> MiniCase:
    arrived, lost = d.whole(800, 1500, 100), d.whole(150, 250, 50)
    opened, clicked = arrived * d.whole(25, 35, 5) // 100, arrived * d.whole(6, 9) // 100
    apple, openings, clicks = opened // 2, int(opened * 1.6), int(clicked * 1.5)
    return MiniCase(
        f"Sur {n(arrived + lost)} e-mails envoyés, {n(arrived)} arrivent. {n(opened)} personnes les ouvrent, dont "
        f"{n(apple)} sur un appareil Apple ; on compte {n(openings)} ouvertures, {n(clicked)} cliqueurs et "
        f"{n(clicks)} clics. Quel est le taux d’ouverture : personnes qui ont ouvert, rapportées aux e-mails "
        "arrivés ?",
        100 * opened / arrived,
        {"M90": 100 * openings / arrived, "M149": 100 * (opened - apple) / arrived, "M05": opened / arrived},
        f"{n(opened)} personnes ÷ {n(arrived)} e-mails arrivés.", "%", 1,
    )  # fmt: skip


def _mail_click_rate(d: Draw) -> MiniCase:
    arrived = d.whole(800, 1500, 100)
    opened, clicked = arrived * d.whole(25, 35, 5) // 100, arrived * d.whole(6, 9) // 100
    clicks = clicked + d.whole(40, 60, 10)
    return MiniCase(
        f"{n(arrived)} e-mails arrivent, {n(opened)} personnes ouvrent, {n(clicked)} personnes cliquent, "
        f"{n(clicks)} fois en tout. Quelle part des e-mails arrivés a amené quelqu’un à cliquer ?",
        100 * clicked / arrived, {"M91": 100 * clicked / opened, "M92": 100 * clicks / arrived},
        f"{n(clicked)} cliqueurs ÷ {n(arrived)} e-mails arrivés.", "%", 1,
    )  # fmt: skip


def _abandoned_baskets(d: Draw) -> MiniCase:
    baskets, orders = d.whole(300, 600, 50), d.whole(80, 120, 10)
    started = orders + d.whole(40, 70, 10)
    return MiniCase(
        f"{n(baskets)} paniers créés, {n(started)} paiements commencés, {n(orders)} commandes. Quelle part des "
        "paniers créés n’aboutit pas à une commande ?",
        100 * (baskets - orders) / baskets,
        {
            "M93": 100 * orders / baskets, "M171": 100 * (baskets - started) / baskets,
            "M155": 100 * orders / baskets, "M223": 100 * (started - orders) / started,
        },
        f"({n(baskets)} − {n(orders)}) ÷ {n(baskets)}.", "%", 1,
    )  # fmt: skip


def _average_basket(d: Draw) -> MiniCase:
    orders, price = d.whole(80, 150, 10), d.whole(30, 60, 5)
    kept = orders * price
    lines, clients, cancelled, ports = orders * 2, orders - 20, d.whole(10, 20, 5), orders * 5
    return MiniCase(
        f"{n(orders)} commandes conservées, soit {n(lines)} lignes de produits, ont été passées par {n(clients)} "
        f"clients pour {n(kept)} € de produits, plus {n(ports)} € de frais de port. {n(cancelled)} autres "
        f"commandes, de {n(cancelled * 2 * price)} € en tout, ont été annulées. Quel est le panier moyen, hors "
        "frais de port ?",
        price,
        {
            "M94": kept / clients, "M123": kept / lines, "M128": (kept + ports) / orders, "M02": kept / clients,
            "M95": (kept + cancelled * 2 * price) / (orders + cancelled),
        },
        f"{n(kept)} € ÷ {n(orders)} commandes.", "€", 2,
    )  # fmt: skip


def _duplicates(d: Draw) -> MiniCase:
    orders, twice, second = d.whole(100, 200, 10), d.whole(10, 25, 5), d.whole(30, 60, 10)
    rows = orders + second + twice
    return MiniCase(
        f"Un export contient {n(rows)} lignes. {n(twice)} d’entre elles répètent mot pour mot une autre ligne. "
        f"Parmi les lignes différentes, {n(second)} ajoutent un second produit à une commande déjà présente. "
        "Combien de commandes le fichier contient-il ?",
        orders,
        {"M123": orders + second, "M124": orders + twice, "M144": orders - twice},
        f"{n(rows)} lignes − {n(twice)} copies − {n(second)} seconds produits.",
    )  # fmt: skip


def _clean_rows(d: Draw) -> MiniCase:
    different, twice, second = d.whole(200, 300, 20), d.whole(10, 25, 5), d.whole(40, 80, 10)
    return MiniCase(
        f"Un export contient {n(different + twice)} lignes, dont {n(twice)} copies exactes d’une autre ; "
        f"{n(second)} lignes ont le même numéro de commande qu’une autre, mais un autre produit. Combien de lignes "
        "garde-t-on ?",
        different,
        {"M143": different - second, "M144": different - twice, "M124": different + twice},
        f"{n(different + twice)} lignes − {n(twice)} copies exactes : un autre produit est une autre vente.",
    )  # fmt: skip


def _order_amount(d: Draw) -> MiniCase:
    price, quantity, off = d.whole(20, 40, 5), d.whole(3, 6), d.whole(6, 12, 2)
    right = price * quantity - off
    return MiniCase(
        f"Une ligne de commande : {quantity} articles à {n(price)} €, remise de {n(off)} € pour la ligne. Quel "
        "montant le client paie-t-il ?",
        right,
        {
            "M129": price * quantity, "M146": price - off, "M147": (price - off) * quantity,
        },
        f"{quantity} × {n(price)} − {n(off)}.", "€", 2,
    )  # fmt: skip


def _monthly_visitors(d: Draw) -> MiniCase:
    first, second, both = d.whole(400, 600, 50), d.whole(500, 700, 50), d.whole(100, 200, 50)
    return MiniCase(
        f"{n(first)} personnes viennent en mars, {n(second)} en avril ; {n(both)} d’entre elles viennent les deux "
        "mois. Combien de personnes différentes sont venues ?",
        first + second - both,
        {"M98": first + second, "M116": first + second},
        f"{n(first)} + {n(second)} − {n(both)}.",
    )  # fmt: skip


def _attrition(d: Draw) -> MiniCase:
    start, new = d.whole(400, 800, 100), d.whole(100, 200, 50)
    left = start * d.whole(5, 8) // 100
    return MiniCase(
        f"{n(start)} abonnés au 1er mars, {n(new)} arrivées en mars, et {n(left)} départs parmi les abonnés du 1er "
        "mars. Quel est le taux d’attrition de mars ?",
        100 * left / start, {"M83": 100 * left / (start + new), "M175": left, "M155": 100 * (start - left) / start},
        f"{n(left)} départs ÷ {n(start)} abonnés du début.", "%", 1,
    )  # fmt: skip


FAMILIES = (
    _conversion, _rows_to_add, _conversion_two_channels, _click_rate,
    _cost_per_click, _micros, _cost_per_order, _full_acquisition_cost,
    _opening_rate, _mail_click_rate, _abandoned_baskets, _average_basket, _duplicates, _clean_rows, _order_amount,
    _monthly_visitors, _attrition,
)  # fmt: skip
