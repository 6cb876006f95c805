"""Mini-cases on a funnel and tests of two pages: cohorts, rates, points, cost by SQL, size of a test, false wins."""

from autograder.keys.flash.making import Draw, MiniCase, mean, n


def _cohort(d: Draw) -> MiniCase:
    leads, signed, of_the_month = d.whole(200, 400, 100), d.whole(8, 12, 2), d.whole(16, 24, 4)
    return MiniCase(
        f"{leads} leads arrivent en mars. En mars aussi, {of_the_month} contrats sont signés par des leads d’hiver. "
        f"Des leads de mars, {signed} signeront. Quelle part des leads signe ?",
        100 * signed / leads, {"M805": 100 * of_the_month / leads}, f"{signed} ÷ {leads}.", "%", 1,
    )  # fmt: skip


def _stage(d: Draw) -> MiniCase:
    visits, leads, sql = d.whole(4000, 8000, 1000), d.whole(200, 300, 50), d.whole(40, 60, 10)
    return MiniCase(
        f"{n(visits)} visites, {leads} leads, {sql} SQL. Quelle part des leads devient SQL ?",
        100 * sql / leads, {"M806": 100 * sql / visits}, f"{sql} ÷ {leads}.", "%", 1,
    )  # fmt: skip


def _whole(d: Draw) -> MiniCase:
    first, second = d.one(2, 4), d.one(10, 20, 30)
    return MiniCase(
        f"{first} % des visites deviennent des leads, {second} % des leads signent. Quelle part des visites signe ?",
        first * second / 100, {"M807": mean(first, second), "M741": first + second},
        f"{n(first / 100, 2)} × {n(second / 100, 2)}.", "%", 2,
    )  # fmt: skip


def _useful_cost(d: Draw) -> MiniCase:
    leads, rate, cost = d.whole(100, 300, 100), d.one(20, 25, 40), d.whole(6000, 12000, 2000)
    sql = leads * rate // 100
    return MiniCase(
        f"Un salon a coûté {n(cost)} €, rapporté {leads} leads, dont {sql} sont devenus SQL. Que coûte un SQL ?",
        cost / sql, {"M809": cost / leads}, f"{n(cost)} ÷ {sql}.", "€", 2,
    )  # fmt: skip


def _gap(d: Draw) -> MiniCase:
    first, more = d.whole(20, 40, 10), d.one(10, 15)
    wrong_seen = 1250
    return MiniCase(
        f"Page A : {first} formulaires pour 1 000 visites. Page B : {first + more} pour 1 000. Le compteur de B en a "
        f"inscrit {n(wrong_seen)}, par erreur. De combien de points B dépasse-t-elle A ?",
        more / 10,
        {"M811": 100 * more / first, "M810": 100 * ((first + more) / wrong_seen - first / 1000)},
        f"{n((first + more) / 10, 1)} − {n(first / 10, 1)}.", "point", 2,
    )  # fmt: skip


def _size(d: Draw) -> MiniCase:
    rate, rise = d.one(5, 10), d.one(20, 40)
    p = rate / 100
    q = p * (1 + rise / 100)

    def size(factor: float, aimed: float) -> float:
        return factor * (p * (1 - p) + aimed * (1 - aimed)) / (aimed - p) ** 2

    return MiniCase(
        f"Un taux de {rate} %, une hausse de {rise} % à voir. Visites par page = 7,84 × (p(1 − p) + q(1 − q)) ÷ "
        "(q − p)². Combien, pour chaque page ?",
        size(7.84, q), {"M812": size(1.96**2, q), "M813": size(7.84, p + rise / 100), "M814": 2 * size(7.84, q)},
        f"p = {n(p, 2)}, q = {n(q, 3)} : {n(size(7.84, q))}.", "visites",
    )  # fmt: skip


def _point(d: Draw) -> MiniCase:
    leads, rate, closing = d.whole(200, 400, 100), d.one(20, 40), d.one(10, 25)
    clients = leads * rate / 100 * closing / 100
    return MiniCase(
        f"Sur {leads} leads, {rate} % deviennent SQL ; {closing} % des SQL signent. Combien de clients de plus avec un "
        "point de plus de leads devenus SQL ?",
        leads * 0.01 * closing / 100, {"M816": leads * 0.01, "M813": 0.01 * clients},
        f"{leads} × 0,01 × {n(closing / 100, 2)}.", "clients", 2,
    )  # fmt: skip


def _looks(d: Draw) -> MiniCase:
    tests, ever, last = 100, d.whole(28, 36, 2), d.whole(4, 6)
    days = d.one(40, 60)
    return MiniCase(
        f"Cent essais de {days} jours, deux pages identiques à chaque fois. {ever} affichent « 95 % » un jour ou "
        f"l’autre, {last} le dernier jour. À qui s’arrête au premier « 95 % », quelle part de fausses victoires ?",
        100 * ever / tests, {"M815": 100 * last / tests, "M818": 100 * (1 - 0.95**days)}, f"{ever} ÷ {tests}.", "%", 0,
    )  # fmt: skip


FAMILIES = (_cohort, _stage, _whole, _useful_cost, _gap, _size, _point, _looks)
