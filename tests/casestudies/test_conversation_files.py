"""The files of conversations: what is missing, endless or would reward a fault is refused, and where is said."""

from pathlib import Path

import pytest

from casestudies.conversation_files import conversation_of, conversations, read
from casestudies.errors import UnknownNameError
from casestudies.strict import ContentError

CHOICES = """
[[repliques.choix]]
nature = "écoute"
dit = "Je t’écoute."
reponse = "Merci."
suite = "{suite}"
confiance = 1
tension = -1
apprend = ["un"]
pourquoi = "Parce que."

[[repliques.choix]]
nature = "jugement"
dit = "Tu as tort."
reponse = "Ah."
suite = "{suite}"
confiance = -1
tension = 1
pourquoi = "Parce que."
"""
HEAD = """
titre = "Essai"
scene = "Une scène."

[intention]
question = "Que voulez-vous ?"
[intention.reponses]
"Écouter" = "Bien."
"Parler" = "Bien aussi."

[depart]
confiance = 3
tension = 5

[faits]
un = "Un fait."
"""
ENDS = """
[[fins]]
titre = "Bonne"
bonne = true
dit = "Bien."
essayer = "Encore."
confiance_min = 8
tension_max = 2
faits_min = 1
fautes_max = 1

[[fins]]
titre = "Autre"
dit = "Moins bien."
essayer = "Autre chose."
confiance_min = 0
tension_max = 10
faits_min = 0
fautes_max = 12
"""


def line(number: int, leads_to: str) -> str:
    said = f'\n[[repliques]]\ncode = "l{number}"\nqui = "Une collègue"\ndit = "Oui ?"\n'
    return said + CHOICES.format(suite=leads_to)


GOOD = HEAD + "".join(line(number, f"l{number + 1}" if number < 8 else "fin") for number in range(1, 9)) + ENDS


def refused(folder: Path, given: str, written: str, text: str = GOOD) -> str:
    """Return what is said of a file where ``given`` was replaced, once, by ``written``."""
    assert given in text, given
    path = folder / "essai.toml"
    path.write_text(text.replace(given, written, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read(path)
    return str(caught.value)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "essai.toml"
    path.write_text(GOOD, encoding="utf-8")
    story = read(path)
    assert list(story.lines) == [f"l{number}" for number in range(1, 9)]
    assert [one.speaker for one in story.lines["l1"].choices] == ["Une collègue", "Une collègue"]
    assert story.endings[0].good


@pytest.mark.parametrize(
    ("given", "written", "said"),
    [
        ('titre = "Essai"\n', "", "clé « titre » : clé absente"),
        ('titre = "Essai"', 'titre = "Essai"\nauteur = "x"', "clé « auteur » : clé inconnue"),
        ('titre = "Essai"', "titre = 3", "un texte non vide"),
        ("confiance = 3", "confiance = 11", "de 0 à 10"),
        ("confiance = 3", "confiance = true", "un nombre entier"),
        ('"Écouter" = "Bien."\n', "", "deux réponses au moins"),
        ('nature = "écoute"', 'nature = "gentillesse"', "« gentillesse » n’est pas l’une des valeurs permises"),
        ('nature = "écoute"', 'nature = "solution plaquée"', "une faute ne gagne ni confiance"),
        ("confiance = -1\ntension = 1\n", "confiance = 0\ntension = 0\n", "une faute ne gagne ni confiance"),
        ("confiance = -1\ntension = 1\n", "confiance = -1\ntension = -1\n", "une faute ne gagne ni confiance"),
        ("confiance = 1\ntension = -1\n", "confiance = -1\ntension = -1\n", "un bon choix ne coûte"),
        ("confiance = 1\ntension = -1\n", "confiance = 9\ntension = -1\n", "de -3 à 3"),
        ('apprend = ["un"]', 'apprend = ["deux"]', "« deux » n’est pas un fait"),
        ('un = "Un fait."', 'un = "Un fait."\ndeux = "Un autre."', "« deux » ne s’apprend nulle part"),
        ('suite = "l2"', 'suite = "l9"', "« l1 » mène à « l9 », qui n’existe pas"),
        ('suite = "l5"', 'suite = "l1"', "repasse par « l1 » : il ne finirait jamais"),
        ('suite = "l2"', 'suite = "l3"', "de 7 à 8 échanges ; on attend de 8 à 12"),
        ('code = "l2"', 'code = "l1"', "« l1 » est déjà pris"),
        ('code = "l1"', 'code = "fin"', "« fin » est déjà pris"),
        ('dit = "Tu as tort."', 'dit = "Je t’écoute."', "deux choix disent la même chose"),
        ('nature = "jugement"', 'nature = "cadre"', "un bon choix ne coûte"),
        ("confiance_min = 0", "confiance_min = 1", "la dernière fin doit convenir à tout"),
        ("bonne = true\n", "", "les bonnes fins viennent d’abord"),
        ("bonne = true", 'bonne = "oui"', "« true » ou « false »"),
        ("faits_min = 1", "faits_min = 2", "de 0 à 1"),
        ("[depart]", "[depart", "TOML illisible"),
    ],
)
def test_what_is_wrong_is_refused_and_said(tmp_path: Path, given: str, written: str, said: str) -> None:
    found = refused(tmp_path, given, written)
    assert found.startswith("essai.toml")
    assert said in found


def test_an_error_says_which_line_and_which_choice(tmp_path: Path) -> None:
    found = refused(tmp_path, 'pourquoi = "Parce que."', 'pourquoi = ""')
    assert found.startswith("essai.toml, « repliques » n° 1 (l1), « choix » n° 1 (écoute) : clé « pourquoi »")


def test_a_line_that_nobody_reaches_and_a_line_without_a_fault_are_refused(tmp_path: Path) -> None:
    lost = line(9, "fin")
    assert "« l9 » n’est jamais atteinte" in refused(tmp_path, ENDS, lost + ENDS)
    fault = CHOICES.format(suite="l2").split("\n\n")[1]
    assert "un bon choix et une faute, au moins" in refused(tmp_path, fault, "")


def test_a_conversation_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match=r"alternante-isolee.*equipe-tendue"):
        conversation_of("septembrune", "alternante")
    assert conversations("hetrabelle") == {}
