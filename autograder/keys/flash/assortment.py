"""Mini-cases on a range of products: what one brings, what dropping, mending or launching one changes."""

from autograder.keys.assortment import class_size, gain_of_dropping, gain_of_launching
from autograder.keys.flash.making import Draw, MiniCase, n

_VAT = 0.2
_SHARE = 0.8


def _margin(d: Draw) -> MiniCase:
    list_price, purchases = d.whole(120, 180, 12), d.whole(20, 30, 5)
    net, other = list_price * 2 // 3, d.whole(10, 20, 5)
    cost = purchases + other
    return MiniCase(
        f"Un meuble est affiché {list_price} € TTC (TVA de 20 %). Tous circuits réunis, l’entreprise en reçoit {net} € "
        f"HT. Son coût variable est de {cost} €, dont {purchases} € d’achats. Quelle est sa marge unitaire ?",
        net - cost,
        {
            "M760": list_price - cost, "M761": net - cost - purchases, "M762": net - purchases,
            "M767": list_price / (1 + _VAT) - cost,
        },
        f"{net} − {cost}.", "€ HT", 2,
    )  # fmt: skip


def _class_a(d: Draw) -> MiniCase:
    first = d.whole(40, 60, 5)
    margins = [first, 20, 14, 8, 5, 3, 2, 1, 1, 1]
    sales = [100, 90, 85, 80, 75, 60, 30, 20, 10, 10]
    right = class_size(margins, _SHARE)
    listed = ", ".join(map(str, margins))
    return MiniCase(
        f"Dix produits, marges en k€, de la plus forte à la plus faible : {listed} (total {sum(margins)}). Leurs "
        f"ventes, dans le même ordre : {', '.join(map(str, sales))}. Combien de produits en classe A (80 % de la "
        "marge) ?",
        right,
        {"M768": class_size(sales, _SHARE), "M769": round(_SHARE * len(margins)), "M770": right - 1},
        f"80 % de {sum(margins)} font {n(_SHARE * sum(margins), 1)} ; {' + '.join(map(str, margins[:right]))} = "
        f"{sum(margins[:right])}.", "produits", 0,
    )  # fmt: skip


def _attached(d: Draw) -> MiniCase:
    own, other, price, units = d.whole(2, 6, 2), d.whole(30, 50, 10), d.whole(110, 150, 10), d.whole(40, 90, 10)
    return MiniCase(
        f"Un marchepied laisse {own} € de marge. Avec lui, on a acheté {units} lampes vendues {price} € HT, qui "
        f"laissent chacune {other} €. Quelle marge ces ventes associées apportent-elles ?",
        units * other, {"M771": units * price, "M772": units * own}, f"{units} × {other}.", "€ HT", 0,
    )  # fmt: skip


def _dropping(d: Draw) -> MiniCase:
    fixed, margin, beside = d.whole(6000, 9000, 1000), d.whole(2000, 3000, 500), d.whole(4000, 8000, 1000)
    carried, share = d.whole(500, 900, 100), d.one(0.4, 0.5)
    gain = gain_of_dropping(fixed, margin, beside, share, carried)
    return MiniCase(
        f"Un produit laisse {n(margin)} € de marge et coûte {n(fixed)} € de charges fixes propres. La marge de ce "
        f"qu’on achète avec lui est de {n(beside)} €, dont {n(100 * share)} % se perdraient. Les acheteurs reportés "
        f"rapporteraient {n(carried)} €. Que gagne-t-on à le supprimer ?",
        gain,
        {
            "M764": gain - fixed, "M773": gain + share * beside, "M774": gain - carried,
            "M775": gain - (1 - share) * beside,
        },
        f"{n(fixed)} − {n(margin)} − {n(100 * share)} % × {n(beside)} + {n(carried)}.", "€ HT", 0,
    )  # fmt: skip


def _launching(d: Draw) -> MiniCase:
    units, margin, other, price = (
        d.whole(100, 300, 100),
        d.whole(80, 120, 20),
        d.whole(50, 70, 10),
        d.whole(150, 190, 20),
    )
    share, fixed = d.one(0.2, 0.3), d.whole(2000, 4000, 1000)
    gain = gain_of_launching(units, margin, share * other, fixed)
    return MiniCase(
        f"On lance un bureau : {units} ventes à {margin} € de marge, {n(fixed)} € de charges fixes. "
        f"{n(100 * share)} % de ses acheteurs auraient pris notre table, vendue {price} € HT, qui laisse {other} €. "
        "Que rapporte ce lancement ?",
        gain,
        {"M764": gain + fixed, "M771": gain - units * share * (price - other), "M778": gain + units * share * other},
        f"{units} × ({margin} − {n(100 * share)} % × {other}) − {n(fixed)}.", "€ HT", 0,
    )  # fmt: skip


def _taken(d: Draw) -> MiniCase:
    ours, rivals = d.whole(30, 50, 5), d.whole(25, 45, 10)
    nothing = 200 - ours - rivals
    right = 100 * ours / 200
    return MiniCase(
        f"Deux cents acheteurs probables d’un nouveau vélo. Sans lui, {ours} auraient pris un autre de nos vélos, "
        f"{rivals} celui d’un concurrent, {nothing} rien. Quel est le taux de cannibalisation ?",
        right,
        {"M322": 100 * ours / (ours + rivals), "M779": 100 * (ours + rivals) / 200, "M155": 100 - right},
        f"{ours} ÷ 200.", "%", 1,
    )  # fmt: skip


FAMILIES = (_margin, _class_a, _attached, _dropping, _launching, _taken)
