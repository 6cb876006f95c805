"""What is never written of somebody's health: twenty sentences that say it or go round it, twenty that do not."""

import pandas as pd
import pytest

from autograder.keys.cases import case_of
from autograder.keys.checks.health import ASKED, NAMED, TOLD, NothingMedical, medical_slip

STOPPED = {
    "Un écran plus grand, adapté à sa myopie.": NAMED,
    "Des pauses à cause de ses migraines": NAMED,
    "Logiciel de lecture pour une personne malvoyante": NAMED,
    "Elle est sans doute fragile des yeux, on réduit les réunions": NAMED,
    "Ce n’est pas un glaucome, mais on adapte l’éclairage": NAMED,
    "Aménager le poste pour son handicap visuel": NAMED,
    "Prévoir un poste calme, vu ses troubles de l’attention": NAMED,
    "Police adaptée aux DYSLEXIQUES comme elle": NAMED,
    "Elle a une d.y.s.l.e.x.i.e, on agrandit les textes": NAMED,
    "Horaires décalés pour sa dys-praxie": NAMED,
    "Lumière douce : c’est un d3press1f": NAMED,
    "Sa vue qui baisse demande un second écran": NAMED,
    "On demande à la personne le motif médical de la demande": ASKED,
    "Fournir un certificat médical détaillé au responsable": ASKED,
    "Il faut savoir d’où vient sa fatigue avant d’acheter l’écran": ASKED,
    "Elle souffre d’une gêne qui l’empêche de suivre": ASKED,
    "Adapter les horaires à son traitement": ASKED,
    "Savoir pourquoi elle a une RQTH pour calibrer l’aide": ASKED,
    "Expliquer à l’équipe que l’une d’entre nous est reconnue travailleur handicapé": TOLD,
    "Annoncer aux collègues, en réunion, la RQTH de la personne": TOLD,
}
ALLOWED = (
    "Fatigue visuelle en fin de journée, dite par la personne",
    "Le motif médical n’est ni demandé ni évoqué.",
    "Nous ne cherchons pas à connaître la maladie.",
    "Les préconisations du médecin du travail sont attendues avant tout achat d’écran",
    "Deux réunions de suite au plus, puis dix minutes sans écran",
    "Documents en noir sur blanc, corps 11 au moins, pour tous",
    "La personne choisit ce qu’elle dit, et à qui",
    "Commencer à huit heures et finir à seize heures, comme chacun peut le demander",
    "Caméra libre pour toute l’équipe, sans avoir à se justifier",
    "Place loin des néons de l’espace ouvert les jours de présence",
    "Aucun diagnostic dans le dossier : seulement le besoin et la date",
    "Faire le diagnostic d’accessibilité du tableau partagé",
    "Traitement des demandes urgentes par une permanence tournante",
    "Point d’étape le 9 novembre avec la référente handicap",
    "Demander une aide de l’Agefiph pour le bras d’écran",
    "Sans révéler la reconnaissance, rappeler la règle des pauses à l’équipe",
    "Elle garde ses missions et présente la maquette au client",
    "Mettre le son en sourdine pendant les ateliers",
    "Visite au service de prévention et de santé au travail, à sa demande",
    "Un compte rendu de dix lignes, lisible à 200 %, le jour même",
)


@pytest.mark.parametrize(("sentence", "why"), STOPPED.items())
def test_what_says_or_goes_round_a_health_matter_is_stopped_and_why(sentence: str, why: str) -> None:
    found = medical_slip(sentence)
    assert found is not None
    assert found.why == why
    assert found.words


@pytest.mark.parametrize("sentence", ALLOWED)
def test_needs_people_and_refusals_are_let_through(sentence: str) -> None:
    assert medical_slip(sentence) is None


def test_there_are_forty() -> None:
    assert len(STOPPED) == len(ALLOWED) == 20


def test_the_remark_says_where_which_words_and_why() -> None:
    table = pd.DataFrame({"besoin": ["Fatigue visuelle", "Sa myopie"], "suivi": ["le 9 novembre", "tous les mois"]})
    remarks = NothingMedical(("besoin", "suivi"))(table, case_of("septembrune", "", 0))
    assert len(remarks) == 1
    assert "igne 2" in remarks[0]
    assert "« myopie »" in remarks[0]
    assert "besoin que la personne a dit" in remarks[0]
