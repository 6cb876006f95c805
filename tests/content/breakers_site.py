"""How to break the rules of a mended page, one fault put back at a time, and those of notebook 06’s tables."""

import re
from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, put_all

from autograder.keys.cases import Case
from autograder.keys.checks import pages
from autograder.keys.checks.reading import plain
from autograder.keys.questions.e3_plan_operationnel.site_services import decided
from autograder.keys.questions.e3_plan_operationnel.site_services_tables import (
    AGREED,
    ALIKE,
    CALL,
    CAPS,
    INFORMED,
    PRIVATE,
    PUBLIC_BASES,
    AuditedFault,
    CallWithConsent,
    MessageCap,
    ShopBasis,
    ThemesCovered,
    WithinAgreements,
    criterion_in,
    findings,
    reachable,
)

Table = pd.DataFrame


@breaks(pages.PageLanguage)
def take_the_language_away(rule: pages.PageLanguage, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace(' lang="fr"', ""), "Critères 8.3 et 8.4")


@breaks(pages.PageLanguage)
def say_another_language(rule: pages.PageLanguage, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace(' lang="fr"', ' lang="en"'), "Critères 8.3 et 8.4")


@breaks(pages.PageTitle)
def empty_the_title(rule: pages.PageTitle, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(re.sub("<title>.*?</title>", "<title></title>", page), "Critères 8.5 et 8.6")


@breaks(pages.InformativeImage)
def take_the_alternative_away(rule: pages.InformativeImage, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(re.sub(r'(src="bocal.jpg") alt="[^"]*"', r"\1", page), "ne dit rien à qui ne la voit pas")


@breaks(pages.InformativeImage)
def call_the_image_by_its_file(rule: pages.InformativeImage, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(re.sub(r'(src="bocal.jpg") alt="[^"]*"', r'\1 alt="image bocal.jpg"', page), "Critère 1.1")


@breaks(pages.DecorativeImage)
def read_the_ornament_aloud(rule: pages.DecorativeImage, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace('src="filet.png" alt=""', 'src="filet.png" alt="filet"'), "lue à voix haute")
    yield Broken(page.replace('src="filet.png" alt=""', 'src="filet.png"'), "lue à voix haute")


@breaks(pages.HeadingOrder)
def jump_a_level(rule: pages.HeadingOrder, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace("<h2>Prix</h2>", "<h4>Prix</h4>"), "Ne sautez pas de niveau")


@breaks(pages.HeadingOrder)
def open_with_no_main_title(rule: pages.HeadingOrder, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace("<h1>", "<h2>").replace("</h1>", "</h2>"), "ouvre la page")


@breaks(pages.HeadingOrder)
def turn_titles_into_paragraphs(rule: pages.HeadingOrder, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace("<h2>Prix</h2>", "<p>Prix</p>"), "Gardez-les tous")


@breaks(pages.LabelledFields)
def aim_the_label_elsewhere(rule: pages.LabelledFields, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace('for="mel"', 'for="courriel"'), "un champ n’a pas d’étiquette")


@breaks(pages.LabelledFields)
def take_the_field_away(rule: pages.LabelledFields, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(re.sub("<input[^>]*>", "", page), "ne demande plus l’adresse")


@breaks(pages.ExplicitLinks)
def say_click_here(rule: pages.ExplicitLinks, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(re.sub(r'(<a href="[^"]*">).*?</a>', r"\1En savoir plus…</a>", page), "ne dit pas où il mène")


@breaks(pages.ExplicitLinks)
def take_the_link_away(rule: pages.ExplicitLinks, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(re.sub(r"</?a\b[^>]*>", "", page), "n’a plus de lien")


@breaks(pages.TextContrast)
def pale_the_text(rule: pages.TextContrast, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace('<p style="color: #26302B">', '<p style="color: #999999">'), "trop faible")


@breaks(pages.TextContrast)
def write_a_colour_that_nobody_reads(rule: pages.TextContrast, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace('<p style="color: #26302B">', '<p style="color: anthracite">'), "ne sont pas lisibles")


@breaks(pages.TableHeaders)
def make_headers_plain_cells(rule: pages.TableHeaders, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace('<th scope="col">', "<td>").replace("</th>", "</td>"), "en-têtes de colonne")
    yield Broken(page.replace(' scope="col"', ""), "en-têtes de colonne")


@breaks(pages.TableHeaders)
def turn_the_table_into_lines(rule: pages.TableHeaders, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(re.sub("</?(?:table|tr|td|th)[^>]*>", " ", page), "tableau des créneaux")


@breaks(pages.RealButton)
def make_the_button_a_box(rule: pages.RealButton, page: str, case: Case) -> Iterator[Broken]:
    box = page.replace("<button>", '<div class="bouton">').replace("</button>", "</div>")
    yield Broken(box, "réserver au clavier")


@breaks(pages.KeptContent)
def change_what_the_page_says(rule: pages.KeptContent, page: str, case: Case) -> Iterator[Broken]:
    for word in rule.words(case):
        yield Broken(page.replace(word, "autre chose"), "Corriger n’est pas supprimer")


HOSTILE = (
    "<script>alert(1)</script>", '<p onclick="alert(1)">', '<a href="javascript:alert(1)">Aide aux bocaux</a>',
    '<img src="https://exemple.invalid/suivi.png" alt="">', '<meta http-equiv="refresh" content="0;url=//x.invalid">',
    '<p style="background: url(//exemple.invalid/a)">', '<iframe src="/"></iframe>',
    '<a href="data:text/html,x">Aide aux bocaux</a>',
)  # fmt: skip


@breaks(pages.HarmlessPage)
def add_what_runs_or_fetches(rule: pages.HarmlessPage, page: str, case: Case) -> Iterator[Broken]:
    for part in HOSTILE:
        yield Broken(page.replace("</body>", f"{part}</body>"), "Aucune correction ne le demande")


@breaks(pages.HarmlessPage)
def add_a_novel(rule: pages.HarmlessPage, page: str, case: Case) -> Iterator[Broken]:
    yield Broken(page.replace("</body>", f"<p>{'suite ' * 3000}</p></body>"), "trop longue")


@breaks(AuditedFault)
def cite_no_criterion(rule: AuditedFault, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in reversed(cells(table, "critère")):
        yield Broken(put_all(table, row, {"critère": "le contraste"}), "ne cite pas un critère")


@breaks(AuditedFault)
def cite_a_criterion_that_is_met(rule: AuditedFault, table: Table, case: Case) -> Iterator[Broken]:
    known = case.fact(findings)
    for row, page in cells(table, "page"):
        themes = {str(criterion_in(cell)).split(".")[0] for other, cell in cells(table, "critère") if other != row}
        for (name, number), state in known.items():
            if name == plain(page) and state != "NC" and (len(themes) >= 3 or number.split(".")[0] not in themes):
                yield Broken(put_all(table, row, {"critère": f"RGAA {number}"}), "ne relève pas de défaut")
                break


@breaks(ThemesCovered)
def stay_within_one_theme(rule: ThemesCovered, table: Table, case: Case) -> Iterator[Broken]:
    known = case.fact(findings)
    faults = [(name, number) for (name, number), state in known.items() if state == "NC" and number.startswith("3.")]
    names = {plain(name): name for name in case.table("audit_rgaa")["page"].unique()}
    changed = table
    for row, page in cells(table, "page"):
        name, number = faults[row % len(faults)] if plain(page) in names else ("", "3.2")
        changes = {"critère": f"RGAA {number}"} | ({"page": names[name]} if name else {})
        changed = put_all(changed, row, changes)
    yield Broken(changed, "viennent de 1 thème")


@breaks(ShopBasis)
def act_as_a_town_hall(rule: ShopBasis, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in reversed(cells(table, "base_légale")):
        for basis in PUBLIC_BASES:
            yield Broken(put_all(table, row, {"base_légale": basis}), "ne convient pas à une épicerie")


@breaks(MessageCap)
def write_too_often(rule: MessageCap, table: Table, case: Case) -> Iterator[Broken]:
    for row, public in reversed(cells(table, "public")):
        key = next(key for name, key in CAPS.items() if plain(name) == plain(public))
        yield Broken(put_all(table, row, {"messages_mois": case.fact(decided)[key] + 0.5}), "plus que le plafond")


@breaks(CallWithConsent)
def call_without_consent(rule: CallWithConsent, table: Table, case: Case) -> Iterator[Broken]:
    for row, public in cells(table, "public"):
        if plain(public) == plain(PRIVATE):
            yield Broken(put_all(table, row, {"canal": CALL, "accord": ALIKE}), "depuis le 11 août 2026")


@breaks(WithinAgreements)
def reach_those_who_did_not_agree(rule: WithinAgreements, table: Table, case: Case) -> Iterator[Broken]:
    bounds = case.fact(reachable)
    for row, agreement in cells(table, "accord"):
        if plain(agreement) == plain(AGREED):
            most = bounds[plain(AGREED), plain("e-mail")]
            yield Broken(
                put_all(table, row, {"canal": "e-mail", "personnes": most + 1}), "la dernière déclaration compte"
            )
            yield Broken(put_all(table, row, {"canal": CALL, "personnes": 1}), "la dernière déclaration compte")
        if plain(agreement) == plain(INFORMED):
            yield Broken(put_all(table, row, {"personnes": bounds[plain(INFORMED), ""] + 1}), "la dernière déclaration")
