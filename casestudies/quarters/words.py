"""What the game says in French: management's messages, the cause of each movement, where the learner stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casestudies.french import french_list, french_number
from casestudies.market.sampling import Floats
from casestudies.quarters.best import Best
from casestudies.quarters.causes import CAUSES
from casestudies.quarters.market import QUARTERS, YearPlan
from casestudies.quarters.scenario import Year, told


@dataclass(frozen=True)
class Mail:
    """A short message of management."""

    subject: str
    text: str


CAUSE_NAMES = {
    "season": "Saison",
    "split": "Dépense déplacée entre leviers",
    "memory": "Mémoire des trimestres d’avant",
    "saturation": "Essoufflement des leviers",
    "rival": "Concurrent",
    "offer": "Offre et prix",
}
"""The name of each cause."""
ALIKE = 0.03
"""Two amounts less far apart than that are said to be about the same."""
MUCH = 0.5
"""A lever that receives more than that is pointed at."""


def euros(amount: float) -> str:
    """Return an amount to the euro."""
    return french_number(amount, 0, "€")


def signed(amount: float) -> str:
    r"""Return an amount to the euro with its sign.

    >>> signed(1500), signed(-0.2), signed(-1500)
    ('+1\u202f500\xa0€', '0\xa0€', '−1\u202f500\xa0€')
    """
    return ("+" if round(amount) > 0 else "") + euros(amount)


def change(now: float, before: float) -> str:
    r"""Return a movement as a signed percentage.

    >>> change(103, 100), change(97.5, 100)
    ('+3,0\xa0%', '−2,5\xa0%')
    """
    rate = 100 * (now / before - 1)
    return ("+" if rate > 0 else "") + french_number(rate, 1, "%")


def opening(year: Year) -> Mail:
    """Return management's first message."""
    market = year.market
    return Mail(
        "votre budget de l’année",
        f"Bonjour, vous avez la main sur les six leviers pendant quatre trimestres : {euros(market.quarter_ht)} HT à "
        "répartir chaque fois, ni plus ni moins. Avant chaque trimestre, la veille vous dira ce que prépare notre "
        f"principal concurrent. L’an dernier, il restait {euros(last_margin(year))} de marge une fois les leviers "
        "payés : visez la marge de l’année la plus haute.",
    )


def last_margin(year: Year) -> float:
    """Return the margin of the year before, once the levers were paid."""
    return float(year.sold_ht.sum()) * year.market.margin_rate - QUARTERS * year.market.quarter_ht


def announcement(year: Year, quarter: int) -> Mail:
    """Return the message that opens a quarter: its season, and the rival's move."""
    share = 100 * year.sold_ht[quarter] / year.sold_ht.sum()
    return Mail(
        f"trimestre {quarter + 1}, {year.quarters[quarter]}",
        f"L’an dernier, il a fait {french_number(share, 0, '%')} des ventes de l’année "
        f"({euros(year.sold_ht[quarter])}). {year.moves[quarter].mail} {_reply('lasting') if quarter else ''}".strip(),
    )


def reply(year: Year, plan: YearPlan, quarter: int) -> Mail:
    """Return management's answer to a quarter that was played: its figures, then one remark."""
    sales, before = float(year.market.sales_ht(plan)[quarter].sum()), float(year.sold_ht[quarter])
    margin = float(year.market.margin_ht(plan)[quarter])
    key = "same" if abs(sales / before - 1) <= ALIKE else "better" if sales > before else "worse"
    first = told().table("replies").texts(key)[quarter]
    figures = _reply("figures").format(sales=euros(sales), change=change(sales, before), margin=euros(margin))
    return Mail(f"votre trimestre {quarter + 1}", f"{first} {figures} {_remark(year, plan, quarter)}")


def _remark(year: Year, plan: YearPlan, quarter: int) -> str:
    spends = plan.spends_ht[quarter]
    first = int(spends.argmax())
    if quarter == QUARTERS - 1:
        return _reply("last")
    if plan.offers[quarter]:
        return _reply("offer")
    if quarter and (spends == plan.spends_ht[quarter - 1]).all():
        return _reply("unmoved")
    if spends[first] > MUCH * spends.sum():
        part = french_number(100 * spends[first] / spends.sum(), 0, "%")
        return _reply("concentrated").format(part=part, lever=year.market.levers[first])
    return _reply("quiet")


def _reply(key: str) -> str:
    return told().table("replies").text(key)


def why(figure: str, before: float, now: float, shares: Floats, place: str) -> str:
    r"""Return one sentence: a movement and its two main causes.

    >>> why("Ventes", 100, 90, np.array([-30, 0, 0, 0, 20, 0]), "T1")
    'T1 : ventes de 100\xa0€ à 90\xa0€ (−10\xa0€), surtout : saison (−30\xa0€) et concurrent (+20\xa0€).'
    """
    order = sorted(range(len(CAUSES)), key=lambda rank: -abs(shares[rank]))
    main = [f"{CAUSE_NAMES[CAUSES[rank]].lower()} ({signed(float(shares[rank]))})" for rank in order[:2]]
    moved = signed(now - before)
    return f"{place} : {figure.lower()} de {euros(before)} à {euros(now)} ({moved}), surtout : {french_list(main)}."


def standing(year: Year, plan: YearPlan, best: Best, parts: Floats) -> tuple[str, ...]:
    """Return where the learner stands: beside last year's split, and the best; ``parts`` is what lacks, by decision."""
    market = year.market
    mine, usual = (float(market.margin_ht(one).sum()) for one in (plan, market.usual))
    lacks = [
        *(f"trimestre {rank + 1} : {signed(float(part))}" for rank, part in enumerate(parts[:QUARTERS])),
        f"offres : {signed(float(parts[-1]))}",
    ]
    return (
        f"Votre année laisse {euros(mine)} de marge, soit {signed(mine - usual)} par rapport à la répartition de l’an "
        f"dernier, reconduite face au même concurrent ({euros(usual)}).",
        f"Quand on connaît toute l’année d’avance, la meilleure conduite laisse {euros(best.margin_ht)} : il vous "
        f"manque {euros(best.margin_ht - mine)}. Ce qu’aurait ajouté la meilleure répartition, décision par décision : "
        f"{' ; '.join(lacks)}.",
    )


def outcome(year: Year, plan: YearPlan, best: Best, answers: Sequence[str]) -> tuple[str, ...]:
    """Return what became of the bet: the lever to strengthen, then the margin of the year."""
    market = year.market
    more = best.plan.spends_ht.sum(axis=0) - market.usual.spends_ht.sum(axis=0)
    lever = market.levers[int(np.argmax(more))]
    mine, last = float(market.margin_ht(plan).sum()), last_margin(year)
    return (
        f"Vous aviez parié sur « {answers[0]} » : dans la meilleure conduite, c’est « {lever} » qui gagne le plus de "
        f"budget ({signed(float(more.max()))} sur l’année).",
        f"Vous aviez parié sur une marge « {answers[1]} » : elle passe de {euros(last)} l’an dernier à {euros(mine)}, "
        f"soit « {trend(mine, last)} ».",
    )


TRENDS = ("plus basse", "à peu près égale", "plus haute")


def trend(now: float, before: float) -> str:
    """Return which of ``TRENDS`` a movement is.

    >>> trend(90, 100), trend(102, 100), trend(110, 100)
    ('plus basse', 'à peu près égale', 'plus haute')
    """
    return TRENDS[1] if abs(now / before - 1) <= ALIKE else TRENDS[2 if now > before else 0]
