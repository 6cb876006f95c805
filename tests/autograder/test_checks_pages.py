"""The rules about a page of HTML: each of the ten faults is said by one rule, a hostile page does nothing."""

import html
import os
import re
import time
from html.parser import HTMLParser

import pytest

from autograder.grading.feedback.sanitise import safe_html
from autograder.keys.cases import Case, case_of
from autograder.keys.checks import pages
from autograder.keys.checks.structure import Structure
from autograder.keys.questions import question_of
from autograder.review.shown.rendering import answer_html
from casestudies.answers import encode
from casestudies.bocanterre.product_page import product_page
from casestudies.markup import MAX_DEPTH, MAX_ELEMENTS, MAX_PAGE, colour_in, colours_of, page_of
from casestudies.studio.apercu import PageSource, apercu, heard, seen_html

TEN = (
    pages.PageLanguage, pages.PageTitle, pages.InformativeImage, pages.DecorativeImage, pages.HeadingOrder,
    pages.LabelledFields, pages.ExplicitLinks, pages.TextContrast, pages.TableHeaders, pages.RealButton,
)  # fmt: skip
CHANGES = {
    pages.PageLanguage: (("<html>", '<html lang="fr">'),),
    pages.PageTitle: (("<title></title>", "<title>Notre plat en bocal</title>"),),
    pages.InformativeImage: (('"bocal.jpg"', '"bocal.jpg" alt="Un bocal de soupe ouvert"'),),
    pages.DecorativeImage: (('alt="filet décoratif"', 'alt=""'),),
    pages.HeadingOrder: (("<h4>Prix</h4>", "<h2>Prix</h2>"),),
    pages.LabelledFields: (("Votre adresse e-mail", '<label for="mel">Votre adresse e-mail</label>'),),
    pages.ExplicitLinks: (("cliquez ici", "nos bocaux, allergènes et conservation"),),
    pages.TextContrast: (('<p style="color: #', '<p style="color: #26302B" title="#'),),
    pages.TableHeaders: (("<td>Jour</td><td>Créneau</td>", '<th scope="col">Jour</th><th scope="col">Créneau</th>'),),
    pages.RealButton: (
        ('<div class="bouton">Réserver un créneau</div>', "<button>Réserver un créneau</button>"),
    ),
}  # fmt: skip
SCRIPTED = (
    "<script>alert(1)</script>", "<SCRIPT SRC=//x.invalid/a.js></SCRIPT>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", '<a href="jAvA\tscript:alert(1)">Aide aux bocaux</a>',
    '<a href="&#106;avascript:x">Aide aux bocaux</a>',
    '<iframe srcdoc="<script>alert(1)</script>">', '<meta http-equiv="refresh" content="0;url=//x.invalid">',
    '<p style="background:url(//x.invalid)">', '<form action="https://x.invalid"><button>Oui oui</button></form>',
    '<img src="//x.invalid/a.png">', '<object data="x">', '<base href="//x.invalid">', "<body onload=alert(1)>",
    '<link rel="stylesheet" href="//x.invalid">', '<button formaction="javascript:x">Oui oui</button>',
)  # fmt: skip


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("bocanterre", "lea", 0)


@pytest.fixture(scope="module")
def start(case: Case) -> str:
    return product_page(case.table).source


@pytest.fixture(scope="module")
def check() -> Structure:
    found = question_of("p6-page").check
    assert isinstance(found, Structure)
    return found


def changed(page: str, kinds: tuple[type, ...]) -> str:
    for kind in kinds:
        for before, after in CHANGES[kind]:
            assert before in page
            page = page.replace(before, after)
    return page


def speaking(check: Structure, case: Case, page: str) -> set[type]:
    return {type(rule) for rule, said in zip(check.rules, check.remarks_by_rule(page, case), strict=True) if said}


def test_the_start_has_ten_faults_and_ten_rules_say_them(check: Structure, case: Case, start: str) -> None:
    assert speaking(check, case, start) == set(TEN)
    finding = check(question_of("p6-page"), case, start)
    assert len(finding.remarks) == 10
    assert len({re.match(r"Critères? [\d. et]+", one)[0] for one in finding.remarks}) == 10  # type: ignore[index]


@pytest.mark.parametrize("kind", TEN, ids=lambda one: one.__name__)
def test_each_fault_is_found_by_its_rule_alone(check: Structure, case: Case, start: str, kind: type) -> None:
    others = tuple(one for one in TEN if one is not kind)
    assert speaking(check, case, changed(start, others)) == {kind}
    assert speaking(check, case, changed(start, (kind,))) == set(TEN) - {kind}


def test_a_right_page_passes_for_every_learner(check: Structure) -> None:
    for learner in ("", "lea", "karim", "b07", "zoé"):
        other = case_of("bocanterre", learner, 0)
        page = changed(product_page(other.table).source, TEN)
        assert speaking(check, other, page) == set()
        assert check(question_of("p6-page"), other, page).fraction == 1


def test_the_page_of_a_neighbour_does_not_pass(check: Structure, case: Case, start: str) -> None:
    neighbour = next(
        page for name in "abcdefgh" if (page := product_page(case_of("bocanterre", name, 0).table).source) != start
    )
    assert pages.KeptContent in speaking(check, case, changed(neighbour, TEN))


@pytest.mark.parametrize(
    "page",
    [
        "bonjour", "", "<", "<!--", "<![CDATA[", "&#0;&#xD800;&#99999999;", "\x00" * 50, "<p" * 3000, "<a href='" * 500,
        "<div>" * 20_000, "</div>" * 5_000, "<!" * 6_000, "&" * 12_000, "<p style='" + "color:" * 2_000 + "'>x",
        "<label id=a for=a aria-labelledby=a>" * 300, "<?" * 5000, "<!doctype" * 1000, "<textarea>" * 300,
        "<b " + "x=1 " * 2500 + ">", "é" * 100_000, "<script>" * 1000, "<a>" * 900 + "x", "<table><tr><td>" * 700,
    ],
)  # fmt: skip
def test_a_huge_nested_or_broken_page_is_read_in_no_time_and_earns_little(
    check: Structure, case: Case, page: str
) -> None:
    begun = time.process_time()
    remarks = check.remarks_by_rule(page, case)
    shown = apercu(page)._repr_mimebundle_()["text/html"]  # type: ignore[attr-defined]
    assert time.process_time() - begun < 3
    assert sum(not one for one in remarks) <= 2
    assert len(shown) < 40 * MAX_PAGE


def test_what_is_read_is_bounded() -> None:
    deep = page_of("<div>" * 1000 + "fin")
    assert not deep.complete
    assert len(deep.elements) == MAX_ELEMENTS
    assert max(sum(1 for _ in one.above()) for one in deep.elements) <= MAX_DEPTH + 2
    assert not page_of("x" * (MAX_PAGE + 1)).complete


@pytest.mark.parametrize("part", SCRIPTED)
def test_what_runs_or_fetches_is_refused(check: Structure, case: Case, start: str, part: str) -> None:
    good = changed(start, TEN)
    bad = good.replace("</body>", f"{part}</body>") if "<body" not in part else good.replace("<body", part[:-1], 1)
    finding = check(question_of("p6-page"), case, bad)
    assert pages.HarmlessPage in speaking(check, case, bad)
    assert finding.fraction < 1


class Tags(HTMLParser):
    """Every tag and attribute that a browser would find."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


ACTS = {"script", "iframe", "object", "embed", "link", "base", "svg", "img", "form", "meta"}


def acting(text: str, allowed: frozenset[str] = frozenset()) -> list[object]:
    """Return what a browser would run or fetch in a text."""
    found: list[object] = []
    for tag, attributes in Tags(text).found:
        if tag in ACTS - allowed:
            found.append(tag)
        for name, value in attributes.items():
            if name.startswith("on") or (name in ("src", "href", "action", "data", "formaction") and value):
                found.append((tag, name, value))
            if name == "style" and re.search(r"url|expression|import", value or ""):
                found.append((tag, name, value))
    return found


@pytest.mark.parametrize("part", SCRIPTED)
def test_nothing_runs_in_the_preview_nor_its_frame(start: str, part: str) -> None:
    page = start.replace("</body>", f"{part}<p>{part}</p></body>").replace("<title></title>", f"<title>{part}</title>")
    shown = apercu(page)._repr_mimebundle_()["text/html"]  # type: ignore[attr-defined]
    assert acting(shown, frozenset(("iframe",))) == []
    frames = [attributes for tag, attributes in Tags(shown).found if tag == "iframe"]
    assert [one["sandbox"] for one in frames] == [""], "a frame that may do nothing"
    inside = str(frames[0]["srcdoc"])
    assert inside == seen_html(page_of(page))
    assert acting(inside, frozenset(("meta", "form"))) == []
    policy = [attributes for tag, attributes in Tags(inside).found if tag == "meta" and "http-equiv" in attributes]
    assert [one["http-equiv"] for one in policy] == ["Content-Security-Policy"]
    assert str(policy[0]["content"]).startswith("default-src 'none'")


@pytest.mark.parametrize("part", SCRIPTED)
def test_nothing_runs_in_the_feedback_nor_on_the_desk(check: Structure, case: Case, start: str, part: str) -> None:
    page = start.replace("</body>", f"{part}</body>").replace("cliquez ici", part).replace("Prix", part)
    desk = answer_html(None, "La page réparée", encode(page))
    assert acting(desk) == []
    assert html.escape(part) in desk, "the marker reads the code as it was written"
    finding = check(question_of("p6-page"), case, page)
    shown = apercu(page)._repr_mimebundle_()["text/html"]  # type: ignore[attr-defined]
    assert acting(safe_html(shown, "Aperçu")) == []
    assert "<iframe" not in safe_html(shown, "Aperçu")
    for remark in finding.remarks:
        assert len(remark) < 400


def test_reading_a_page_touches_nothing(check: Structure, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a page must not lead to this")

    case.fact(next(rule.words for rule in check.rules if isinstance(rule, pages.KeptContent)))
    monkeypatch.setattr("socket.socket", forbidden)
    monkeypatch.setattr("subprocess.Popen", forbidden)
    monkeypatch.setattr("builtins.open", forbidden)
    monkeypatch.setattr("builtins.eval", forbidden)
    monkeypatch.setattr(os, "system", forbidden)
    for part in SCRIPTED:
        check.remarks_by_rule(part, case)
        apercu(part)


def test_colours_come_from_what_holds_a_text() -> None:
    page = page_of(
        '<body style="color:#111;background:#EEE"><p>a</p><p style="color:rgb(255,0,0)">b <b>c</b></p></body>'
    )
    assert [colours_of(one) for one in page.find("p", "b")] == [
        ("#111111", "#eeeeee"), ("#ff0000", "#eeeeee"), ("#ff0000", "#eeeeee")
    ]  # fmt: skip
    assert colours_of(page_of("<p>x").find("p")[0]) == ("#000000", "#ffffff")
    assert colour_in("rgb(300,0,0)") is None


def test_what_is_heard_tells_the_start_from_the_mended_page(case: Case, start: str) -> None:
    before, after = heard(page_of(start)), heard(page_of(changed(start, TEN)))
    assert before[:2] == ["Langue annoncée : aucune", "Onglet : (sans titre)"]
    assert "Image : filet décoratif" in before
    assert "Champ : (on ne sait pas quoi écrire)" in before
    assert "Réserver un créneau" not in before[-1]
    assert after[:2] == ["Langue annoncée : fr", "Onglet : Notre plat en bocal"]
    assert not any("filet" in line for line in after)
    assert "Champ : Votre adresse e-mail" in after
    assert "Réserver un créneau" in after[-1]


def test_the_code_to_copy_is_shown_quoted(case: Case, start: str) -> None:
    shown = PageSource(product_page(case.table))._repr_mimebundle_()
    assert shown["text/plain"] == start
    assert html.escape(start) in shown["text/html"]
    assert acting(shown["text/html"]) == []


def test_other_ways_to_name_a_field_or_a_link_are_right(case: Case) -> None:
    for field in (
        "<label>Ville <input></label>",
        '<input aria-label="Ville">',
        '<span id="v">Ville</span><input aria-labelledby="v">',
        '<input title="Ville">',
        '<label for="a">Ville</label><select id="a"></select>',
    ):
        assert pages.LabelledFields()(field, case) == [], field
    for field in (
        '<input placeholder="Ville">',
        "<label>Ville</label><input>",
        '<label for="a"></label><input id="a">',
    ):
        assert pages.LabelledFields()(field, case), field
    assert pages.ExplicitLinks()('<a href="/x" aria-label="Aide aux bocaux">ici</a>', case) == []
    assert pages.ExplicitLinks()('<a href="/x"><img src="a" alt="Aide aux bocaux"></a>', case) == []
    assert pages.ExplicitLinks()('<a href="/x"><img src="a"></a>', case)
