"""Mini-cases on VAT, margins, return on investment, break-even and budgets."""

from autograder.keys.flash.making import Draw, MiniCase, mean, n


def _without_vat(d: Draw) -> MiniCase:
    gross, rate = d.whole(120, 600, 60), 20
    right = gross / 1.2
    return MiniCase(
        f"Une vente de {n(gross)} € TTC, au taux de TVA de {rate} %. Quel est son montant hors taxes ?",
        right, {"M16": gross * 0.8, "M17": gross, "M18": gross * 1.2, "M170": gross / 21},
        f"{n(gross)} ÷ 1,20.", "€", 2,
    )  # fmt: skip


def _reduced_vat(d: Draw) -> MiniCase:
    gross = d.whole(211, 1055, 211)
    return MiniCase(
        f"Un épicier vend pour {n(gross)} € TTC de produits taxés à 5,5 %. Quel est le montant hors taxes ?",
        gross / 1.055, {"M20": gross / 1.2, "M17": gross, "M18": gross * 1.055, "M170": gross / 6.5},
        f"{n(gross)} ÷ 1,055.", "€", 2,
    )  # fmt: skip


def _vat_formula(d: Draw) -> MiniCase:
    gross = d.whole(120, 600, 60)
    return MiniCase(
        f"Pour retirer une TVA de 20 % d’une vente de {n(gross)} € TTC, on divise ce montant par « 1 + 20/100 ». "
        "Combien trouve-t-on ?",
        gross / 1.2, {"M180": gross + 0.2, "M16": gross * 0.8, "M18": gross * 1.2},
        f"{n(gross)} ÷ (1 + 0,20) = {n(gross)} ÷ 1,20.", "€", 2,
    )  # fmt: skip


def _return_on_investment(d: Draw) -> MiniCase:
    sales, rate, media = d.whole(6000, 9000, 500), d.one(40, 50), d.whole(1000, 1600, 200)
    other, planned = d.whole(300, 500, 100), d.whole(500, 600, 50)
    cost, margin = media + other, sales * rate / 100
    return MiniCase(
        f"Une action amène {n(sales)} € de ventes HT ({n(sales * 1.2)} € TTC), avec {rate} % de marge. Elle coûte "
        f"{n(media)} € de média et {n(other)} € de création, pour {n(media + planned)} € prévus en tout. Quel est "
        "son ROI ?",
        100 * (margin - cost) / cost,
        {
            "M21": 100 * sales / cost, "M22": 100 * (sales - cost) / cost, "M23": 100 * margin / cost,
            "M24": 100 * (margin - cost) / sales, "M25": 100 * (margin - cost) / margin,
            "M26": 100 * (margin * 1.2 - cost) / cost, "M30": 100 * (margin - media) / media,
            "M136": 100 * (margin - media - planned) / (media + planned),
        },
        f"({n(margin)} € de marge − {n(cost)} € de coût) ÷ {n(cost)} € de coût.", "%", 1,
    )  # fmt: skip


def _net_gain(d: Draw) -> MiniCase:
    price, cost, before, sold = d.whole(40, 60, 10), d.whole(10, 20, 5), d.whole(40, 70, 10), d.whole(180, 240, 20)
    fee, off = d.whole(300, 500, 100), 10
    reduced = price - off
    usual = before * (price - cost)
    right = sold * (reduced - cost) - usual - fee
    return MiniCase(
        f"Sans promotion, une boutique aurait vendu {before} articles à {n(price)} €. Avec une remise de {off} €, "
        f"elle en vend {sold}. Un article lui coûte {n(cost)} €, l’opération {n(fee)} €. Combien la promotion lui "
        "a-t-elle fait gagner, une fois tout payé ?",
        right,
        {
            "M27": sold * (reduced - cost) - fee, "M28": (sold - before) * (reduced - cost) - fee,
            "M29": (sold - before) * (price - cost) - fee, "M132": sold * (reduced - cost) - usual,
            "M22": (sold - before) * reduced - fee,
        },
        f"{sold} × ({n(reduced)} − {n(cost)}) − {before} × ({n(price)} − {n(cost)}) − {n(fee)}.", "€", 0,
    )  # fmt: skip


def _margin_before_cost(d: Draw) -> MiniCase:
    more, unit, fee, rent = d.whole(100, 200, 10), d.whole(12, 20, 2), d.whole(300, 600, 100), d.whole(200, 400, 50)
    return MiniCase(
        f"Une action ajoute {more} ventes à {n(unit)} € de marge chacune ; elle coûte {n(fee)} €, et sa logistique "
        f"{n(rent)} €, à retirer de la marge. Quelle marge l’action a-t-elle ajoutée, avant de payer son coût ?",
        more * unit - rent, {"M174": more * unit - rent - fee, "M166": more * unit},
        f"{more} × {n(unit)} − {n(rent)}.", "€", 0,
    )  # fmt: skip


def _two_levers(d: Draw) -> MiniCase:
    big, small = d.whole(3000, 5000, 500), d.whole(300, 500, 50)
    of_big, of_small = big * d.whole(2, 3), small * d.whole(7, 9)
    planned, declared = big + small + d.whole(400, 600, 100), int((of_big + of_small) * 1.4)
    margin = (of_big + of_small) * 0.4
    return MiniCase(
        f"Le levier A coûte {n(big)} € et amène {n(of_big)} € de ventes, le levier B {n(small)} € et {n(of_small)} "
        f"€. On avait prévu {n(planned)} € en tout. Les plateformes, elles, déclarent {n(declared)} € de ventes. "
        f"Ces ventes laissent {n(margin)} € de marge. Quel est le ROAS des deux leviers réunis ?",
        (of_big + of_small) / (big + small),
        {
            "M32": mean(of_big / big, of_small / small), "M163": (big + small) / (of_big + of_small),
            "M34": declared / (big + small), "M136": (of_big + of_small) / planned, "M160": of_big / big,
        },
        f"({n(of_big)} + {n(of_small)}) ÷ ({n(big)} + {n(small)}).", "", 2,
    )  # fmt: skip


def _marketing_efficiency(d: Draw) -> MiniCase:
    paid, rest = d.whole(20000, 30000, 2000), d.whole(30000, 50000, 5000)
    platforms, other = d.whole(5000, 7000, 500), d.whole(2000, 3000, 500)
    return MiniCase(
        f"Une entreprise vend pour {n(paid + rest)} €, dont {n(paid)} € attribués aux leviers payants. Elle dépense "
        f"{n(platforms)} € auprès des plateformes et {n(other)} € en agence et en création. Quel est son MER ?",
        (paid + rest) / (platforms + other),
        {
            "M33": paid / (platforms + other), "M164": paid / (platforms + other), "M165": (paid + rest) / platforms,
            "M163": (platforms + other) / (paid + rest),
        },
        f"{n(paid + rest)} ÷ ({n(platforms)} + {n(other)}).", "", 2,
    )  # fmt: skip


def _margin_per_euro(d: Draw) -> MiniCase:
    sales, spend, rate = d.whole(5000, 9000, 500), d.whole(1000, 1500, 100), d.one(30, 40)
    fees = sales * 0.08
    margin = sales * rate / 100
    return MiniCase(
        f"Une campagne de {n(spend)} € amène {n(sales)} € de ventes. La marge sur le produit est de {rate} %, dont "
        f"il faut encore retirer {n(fees)} € de préparation et de paiement. Quel est le POAS ?",
        (margin - fees) / spend,
        {"M167": sales / spend, "M166": margin / spend, "M163": spend / (margin - fees)},
        f"({n(margin)} − {n(fees)}) ÷ {n(spend)}.", "", 2,
    )  # fmt: skip


def _break_even_roas(d: Draw) -> MiniCase:
    rate = d.one(20, 25, 30, 40)
    return MiniCase(
        f"Un produit laisse {rate} % de marge sur ses ventes. À partir de quel ROAS une publicité rembourse-t-elle "
        "sa dépense ?",
        100 / rate, {"M31": 100 / (100 - rate), "M36": 100 / (100 - rate)}, f"1 ÷ {n(rate / 100, 2)}.", "", 2,
    )  # fmt: skip


def _break_even(d: Draw) -> MiniCase:
    fixed, rate = d.whole(9000, 18000, 1000), d.one(25, 30, 40)
    share = rate / 100
    return MiniCase(
        f"Des charges fixes de {n(fixed)} € et, sur chaque euro vendu hors taxes, {rate} centimes de marge. Quel "
        "chiffre d’affaires hors taxes couvre tout juste les charges ?",
        fixed / share,
        {
            "M35": fixed * share, "M36": fixed / (1 - share), "M37": fixed / (share / (1 - share)),
            "M38": fixed * (1 + share), "M177": fixed,
        },
        f"{n(fixed)} ÷ {n(share, 2)}.", "€", 0,
    )  # fmt: skip


def _break_even_units(d: Draw) -> MiniCase:
    price, cost = d.whole(40, 70, 10), d.whole(15, 25, 5)
    units = d.whole(200, 400, 20)
    fixed = units * (price - cost)
    return MiniCase(
        f"Un article est vendu {n(price)} € et coûte {n(cost)} €. Les charges fixes sont de {n(fixed)} €. Combien "
        "d’articles faut-il vendre pour les couvrir ?",
        units, {"M39": fixed / price}, f"{n(fixed)} ÷ ({n(price)} − {n(cost)}).",
    )  # fmt: skip


def _break_even_day(d: Draw) -> MiniCase:
    daily, days = d.whole(400, 800, 100), d.whole(90, 150, 10)
    fixed = int(daily * days * 0.4)
    return MiniCase(
        f"Une boutique vend {n(daily)} € par jour. Ses charges fixes de l’année, {n(fixed)} €, sont couvertes à "
        f"partir de {n(daily * days)} € de ventes. Au bout de combien de jours atteint-elle son point mort ?",
        days, {"M177": fixed / daily, "M40": days / 30}, f"{n(daily * days)} ÷ {n(daily)}.", "jours", 0,
    )  # fmt: skip


def _discount_margin(d: Draw) -> MiniCase:
    rate, off = d.one(40, 50, 60), d.one(10, 15, 20)
    return MiniCase(
        f"Un article laisse une marge égale à {rate} % de son prix. On le remise de {off} %. De combien, en pour "
        "cent, les quantités doivent-elles augmenter pour garder la même marge en euros ?",
        100 * off / (rate - off), {"M41": 100 * off / rate, "M42": 100 * off / (100 - off)},
        f"{off} ÷ ({rate} − {off}).", "%", 1,
    )  # fmt: skip


def _reduced_margin(d: Draw) -> MiniCase:
    price, cost, off = 100, d.one(40, 50, 60), d.one(10, 20)
    return MiniCase(
        f"Un article vendu {price} € HT coûte {cost} €. Pendant une promotion, il est vendu {price - off} € HT. "
        "Quelle part de ce prix remisé reste-t-il une fois le coût payé ?",
        100 * (price - off - cost) / (price - off),
        {"M178": price - cost, "M29": price - cost, "M46": 100 * (price - off - cost) / cost},
        f"({price - off} − {cost}) ÷ {price - off}.", "%", 1,
    )  # fmt: skip


def _margin_on_price(d: Draw) -> MiniCase:
    cost = d.whole(20, 60, 10)
    price = cost + d.whole(10, 30, 5)
    return MiniCase(
        f"Acheté {cost} € HT, revendu {price} € HT. Quel est le taux de marque ?",
        100 * (price - cost) / price, {"M46": 100 * (price - cost) / cost, "M37": 100 * (price - cost) / cost},
        f"({price} − {cost}) ÷ {price}.", "%", 1,
    )  # fmt: skip


def _margin_on_cost(d: Draw) -> MiniCase:
    cost = d.whole(20, 60, 10)
    price = cost + d.whole(10, 30, 5)
    return MiniCase(
        f"Acheté {cost} € HT, revendu {price} € HT. Quel est le taux de marge commerciale ?",
        100 * (price - cost) / cost, {"M47": 100 * (price - cost) / price},
        f"({price} − {cost}) ÷ {cost}.", "%", 1,
    )  # fmt: skip


def _budget_gap(d: Draw) -> MiniCase:
    planned = d.whole(2000, 6000, 500)
    real = planned + planned * d.whole(15, 40, 5) // 100
    return MiniCase(
        f"Un poste prévu à {n(planned)} € a coûté {n(real)} €. Quel est l’écart, en pour cent du prévu ?",
        100 * (real - planned) / planned,
        {
            "M101": 100 * (planned - real) / planned, "M102": 100 * (real - planned) / real, "M131": real - planned,
            "M51": 100 * real / planned,
        },
        f"({n(real)} − {n(planned)}) ÷ {n(planned)}.", "%", 1,
    )  # fmt: skip


def _volume_effect(d: Draw) -> MiniCase:
    price, planned, more = d.whole(20, 40, 5), d.whole(100, 200, 20), d.whole(30, 60, 10)
    new = price + d.whole(3, 6)
    total = new * (planned + more) - price * planned
    return MiniCase(
        f"On prévoyait {planned} ventes à {price} €. On en fait {planned + more} à {new} €. Quelle part de l’écart "
        "de chiffre d’affaires vient du seul volume ?",
        more * price, {"M104": more * new, "M162": total}, f"({planned + more} − {planned}) × {price}.", "€", 0,
    )  # fmt: skip


def _price_effect(d: Draw) -> MiniCase:
    price, planned, more = d.whole(20, 40, 5), d.whole(100, 200, 20), d.whole(30, 60, 10)
    rise = d.whole(3, 6)
    total = (price + rise) * (planned + more) - price * planned
    return MiniCase(
        f"On prévoyait {planned} ventes à {price} €. On en fait {planned + more} à {price + rise} €. Quelle part de "
        "l’écart de chiffre d’affaires vient du seul prix ?",
        rise * (planned + more), {"M105": rise * planned, "M162": total},
        f"({price + rise} − {price}) × {planned + more}.", "€", 0,
    )  # fmt: skip


def _value_of_new_clients(d: Draw) -> MiniCase:
    every, usual, value = d.whole(150, 250, 10), d.whole(40, 80, 10), d.whole(20, 40, 5)
    return MiniCase(
        f"Pendant une action, {every} nouveaux clients arrivent, contre {usual} aux mêmes jours sans action. Un "
        f"nouveau client laisse {value} € de marge en douze mois. Quelle marge attendre de ceux que l’action a "
        "amenés ?",
        (every - usual) * value, {"M133": every * value, "M168": every * value, "M260": every - usual},
        f"({every} − {usual}) × {value}.", "€", 0,
    )  # fmt: skip


def _campaign_cost(d: Draw) -> MiniCase:
    media, operation, orders = d.whole(900, 1500, 100), d.whole(400, 700, 100), d.whole(30, 60, 5)
    return MiniCase(
        f"Une campagne coûte {n(media)} € de média et amène {orders} clients. La même semaine, l’opération en "
        f"magasin coûte {n(operation)} €. La règle de l’entreprise ne compte que le média. Quel est le coût d’un "
        "client de la campagne ?",
        media / orders, {"M176": (media + operation) / orders, "M163": orders / media},
        f"{n(media)} ÷ {orders}.", "€", 2,
    )  # fmt: skip


def _promotion_and_after(d: Draw) -> MiniCase:
    during, later = d.whole(800, 1500, 100), d.whole(300, 600, 100)
    return MiniCase(
        f"Une action laisse {n(during)} € de marge pendant la promotion, puis {n(later)} € grâce aux clients "
        "revenus ensuite. Quelle marge l’action a-t-elle laissée en tout ?",
        during + later, {"M169": later}, f"{n(during)} + {n(later)}.", "€", 0,
    )  # fmt: skip


FAMILIES = (
    _without_vat, _reduced_vat, _vat_formula, _return_on_investment,
    _net_gain, _margin_before_cost, _two_levers, _marketing_efficiency,
    _margin_per_euro, _break_even_roas, _break_even,
    _break_even_units, _break_even_day, _discount_margin, _reduced_margin,
    _margin_on_price, _margin_on_cost, _budget_gap,
    _volume_effect, _price_effect, _value_of_new_clients, _campaign_cost,
    _promotion_and_after,
)  # fmt: skip
