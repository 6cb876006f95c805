"""What a marker sees never names the learner, and words that look like a name stay words."""

import pytest

from autograder.course.class_list import Learner
from autograder.review.shown.masking import Mask

ALIAS = "Copie K7QD-M2A"


def masked(text: str, *names: str) -> str:
    return Mask([Learner(*names)], ALIAS).text(text)


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (("a01", "Léa", "Le Goff"), "Léa Le Goff, pour la direction", "#, pour la direction"),
        (("a01", "Léa", "Le Goff"), "LEA LE GOFF puis Le\u00a0Goff Lea", "# puis #"),
        (("a01", "Léa", "Le Goff"), "lea.le-goff@exemple.fr, swot_Lea_Goff.xlsx", "#@exemple.fr, swot_#_#.xlsx"),
        (("a01", "Léa", "Le Goff"), "Le prix de la gamme A01 ou a012", "Le prix de la gamme # ou a012"),
        (("a01", "Lea\u0301", "D’Arc"), "Lea\u0301 D'Arc", "#"),
        (("a01", "Rose", "Petit"), "un rose, un petit pot, Petit panier", "un rose, un petit pot, # panier"),
        (("a01", "Rose", "Petit"), "un petit rose : petit-rose", "un # : #"),
        (("a01", "Anne-Marie", ""), "Anne, Marie, ANNE MARIE, mariée", "#, #, #, mariée"),
        (("a01", "Rose", ""), "Bien à vous,\nrose\n", "Bien à vous,\n#\n"),
        (("12", "", ""), "12 % des ventes", "12 % des ventes"),
        (("20231234", "", ""), "Étudiant 20231234", "Étudiant #"),
        (("a.b+c", "(", "["), "a.b+c et aXb+c", "# et aXb+c"),
        (("a01", "", ""), "Rien à masquer", "Rien à masquer"),
    ],
)
def test_names_are_masked(names: tuple[str, str, str], text: str, expected: str) -> None:
    assert masked(text, *names) == expected.replace("#", ALIAS)


def test_every_name_under_which_a_learner_is_known_is_masked() -> None:
    mask = Mask([Learner("a01", "Léa", "Riou"), Learner("a01", "Léa", "Le Goff")], ALIAS)
    assert mask.text("Léa Le Goff (Riou)") == f"{ALIAS} ({ALIAS})"


def test_html_keeps_its_shape() -> None:
    mask = Mask([Learner("img", "Léa", "D’Arc & Fils")], ALIAS)
    picture = '<img alt="Ventes, par Léa" src="data:image/png;base64,Lea/img=="/>'
    shown = mask.html(f'<p>Léa D&#x27;Arc &amp; Fils &lt;img&gt;</p>{picture}<a href="https://exemple.fr/Léa">ici</a>')
    assert "Léa" not in shown
    assert "Arc" not in shown
    assert f"&lt;{ALIAS}&gt;" in shown
    assert f'alt="Ventes, par {ALIAS}"' in shown
    assert "base64,Lea/img==" in shown
    assert f'href="https://exemple.fr/{ALIAS}"' in shown


def test_html_that_names_nobody_is_left_as_it_is() -> None:
    html = "<p>Une  vente&nbsp;: 3 €<br>"
    assert Mask([Learner("a01", "Léa", "")], ALIAS).html(html) is html
