"""What the mended page and the three tables of notebook 06 must hold before people read them."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks import pages
from autograder.keys.checks.amounts import WithinRange
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows, HasEach, OnePerQuadrant
from autograder.keys.checks.structure import AllowedFor
from autograder.keys.checks.tables import filled_rows, label, place, shown
from autograder.keys.checks.texts import CellFigures, TextLength
from autograder.keys.questions.e3_plan_operationnel import site_services as facts
from autograder.keys.questions.e3_plan_operationnel.site_services import KEYS
from casestudies.answers import Value
from casestudies.bocanterre import analysis
from casestudies.bocanterre.product_page import ORNAMENT, PICTURE, product_page
from casestudies.french import short_number

FIXES, SERVICES, ACTIONS = Form("corrections-accessibilite"), Form("services-personnalises"), Form("actions-relation")
ELSEWHERE = FIXES.choices("page")[-1]
"""What is not a page of the site, and is audited by no table."""
THEMES = 13
"""Themes of the RGAA."""
PUBLIC_BASES = SERVICES.choices("base_légale")[-2:]
PROFESSIONAL, PRIVATE = ACTIONS.choices("public")
AGREED, ALIKE, INFORMED, ASKED = ACTIONS.choices("accord")
CALL = "téléphone"
CAPS = {PROFESSIONAL: "plafond_btob", PRIVATE: "plafond_btoc"}
_NUMBER = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.])")


def kept_words(case: Case) -> tuple[str, ...]:
    """Return what the page says of the case, and must go on saying."""
    said = product_page(case.table).said
    return (said["produit"], f"{said['prix']} €", f"{said['consigne']} €", said["ville"], "16 h à 19 h", "9 h à 13 h")


def criterion_in(cell: object) -> str | None:
    """Return the number of a criterion that a cell cites; None when there is none, or several.

    >>> criterion_in("RGAA 3.2"), criterion_in("11.10"), criterion_in("le contraste"), criterion_in("RGAA 14.1")
    ('3.2', '11.10', None, None)
    """
    found = {f"{theme}.{rank}" for theme, rank in _NUMBER.findall(label(cell)) if 1 <= int(theme) <= THEMES}
    return found.pop() if len(found) == 1 else None


def findings(case: Case) -> dict[tuple[str, str], str]:
    """Return what the audit found, by page (written plainly) and criterion."""
    rows = case.fact(facts.audit)[["page", "critere", "statut"]].itertuples(index=False, name=None)
    return {(plain(page), str(number)): str(state) for page, number, state in rows}


@dataclass(frozen=True)
class AuditedFault:
    """Each row cites one criterion; on a page of the audit, it is one that fails there."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that cites none, or one that the audit does not find at fault."""
        known, remarks = case.fact(findings), []
        for row, (page, cell) in filled_rows(answer, "page", "critère"):
            number, where = criterion_in(cell), place(row, "critère")
            if number is None:
                remarks.append(f"{where} : {shown(cell)} ne cite pas un critère du RGAA. Écrivez « RGAA 3.2 ».")
            elif plain(page) in {name for name, _ in known} and known.get((plain(page), number)) != "NC":
                remarks.append(
                    f"{where} : l’audit ne relève pas de défaut à ce critère sur {shown(page)}. Relisez la "
                    "table « audit_rgaa », colonne « statut »."
                )
        return remarks


@dataclass(frozen=True)
class ThemesCovered:
    """The criteria cited are of at least ``least`` themes."""

    least: int = 3

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are fewer."""
        numbers = [criterion_in(cell) for _, (cell,) in filled_rows(answer, "critère")]
        themes = {number.split(".")[0] for number in numbers if number}
        if len(themes) >= self.least:
            return []
        return [
            f"Les critères cités viennent de {len(themes)} thème(s) ; on en attend {self.least} au moins. Un site ne "
            "se corrige pas par ses seules images : regardez formulaires, titres, navigation."
        ]


@dataclass(frozen=True)
class ShopBasis:
    """No row rests on a legal basis that a shop has not."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that does."""
        return [
            f"{place(row, 'base_légale')} : {shown(cell)} ne convient pas à une épicerie. Relisez « Personnaliser sans "
            "abuser »."
            for row, (cell,) in filled_rows(answer, "base_légale")
            if plain(cell) in map(plain, PUBLIC_BASES)
        ]


@dataclass(frozen=True)
class MessageCap:
    """The messages that one person may receive in a month, all actions together, stay under the cap of their public."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per public that receives more."""
        known, total = case.fact(facts.decided), dict.fromkeys(CAPS, 0.0)
        for _, (public, cell) in filled_rows(answer, "public", "messages_mois"):
            name = next((one for one in CAPS if plain(one) == plain(public)), None)
            if name:
                total[name] += number_in(cell) or 0.0
        return [
            f"{public} : une même personne peut recevoir {short_number(sent)} messages par mois, plus que le plafond "
            "de la direction. Espacez une action, ou changez-la de canal."
            for public, sent in total.items()
            if sent > known[CAPS[public]] + 1e-9
        ]


@dataclass(frozen=True)
class CallWithConsent:
    """No private client is called to be sold something without having agreed."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that does so."""
        return [
            f"{place(row, 'accord')} : depuis le 11 août 2026, appeler un particulier pour vendre demande son "
            "consentement. Changez l’accord, ou le canal."
            for row, (public, channel, agreement) in filled_rows(answer, "public", "canal", "accord")
            if (plain(public), plain(channel), plain(agreement)) == (plain(PRIVATE), plain(CALL), plain(ALIKE))
        ]


def reachable(case: Case) -> dict[tuple[str, str], int]:
    """Return how many people an action may reach, by agreement and channel; the channel is blank where any will do."""
    agreements, accounts = case.table("consentements"), case.table("comptes_pro")
    open_to_offers = int((accounts["refus_prospection"] == "non").sum())
    found = {(plain(AGREED), plain(one)): len(analysis.reachable(agreements, one)) for one in ("e-mail", "SMS", CALL)}
    return {**found, (plain(INFORMED), ""): open_to_offers}


@dataclass(frozen=True)
class WithinAgreements:
    """No action reaches more people than those who agreed to it, or who did not refuse it."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that does."""
        most, remarks = case.fact(reachable), []
        for row, (agreement, channel, cell) in filled_rows(answer, "accord", "canal", "personnes"):
            number = number_in(cell)
            bound = most.get((plain(agreement), plain(channel)), most.get((plain(agreement), "")))
            if number is not None and bound is not None and number > bound:
                remarks.append(
                    f"{place(row, 'personnes')} : {shown(cell)} dépasse ceux qui ont donné cet accord, ou ne l’ont pas "
                    "refusé. Comptez-les dans vos tables : la dernière déclaration compte."
                )
        return remarks


KEYS.text(
    "p6-page",
    pages.PageLanguage(),
    pages.PageTitle(),
    pages.InformativeImage(PICTURE),
    pages.DecorativeImage(ORNAMENT),
    pages.HeadingOrder(),
    pages.LabelledFields(),
    pages.ExplicitLinks(),
    pages.TextContrast(),
    pages.TableHeaders(),
    pages.RealButton(),
    pages.KeptContent(kept_words),
    pages.HarmlessPage(),
)

KEYS.table(
    "p6-corrections",
    *FIXES.rules,
    AuditedFault(),
    ThemesCovered(),
    HasEach("page", "page", ELSEWHERE),
    AtLeastDistinct("priorité", 2),
    TextLength(5, 35, "obstacle"),
    TextLength(5, 35, "correction"),
)

KEYS.table(
    "p6-services",
    *SERVICES.rules,
    AtLeastDistinct("segment", 3),
    HasEach("segment", "segment", SERVICES.choices("segment")[0]),
    CellFigures("preuve", "le numéro d’un propos (V12), ou un chiffre de vos tables"),
    DistinctRows("service"),
    TextLength(5, 35, "service"),
    ShopBasis(),
)

KEYS.table(
    "p6-relation",
    ACTIONS.columns,
    ACTIONS.filled,
    *map(ACTIONS.allowed, ("public", "moment", "canal")),
    OnePerQuadrant("public", ACTIONS.choices("public"), 2),
    AtLeastDistinct("moment", 3),
    DistinctRows("action"),
    TextLength(6, 40, "action"),
    AllowedFor("public", "accord", {PROFESSIONAL: (INFORMED, ASKED), PRIVATE: (AGREED, ALIKE, ASKED)}),
    CallWithConsent(),
    WithinRange("personnes", 1, 20_000),
    WithinRange("messages_mois", 0, 31),
    WithinRange("coût_ht", 0, 20_000),
    MessageCap(),
    WithinAgreements(),
)
