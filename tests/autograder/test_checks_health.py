"""What is never written of somebody's health: forty sentences that say it or go round it, forty that do not."""

import pandas as pd
import pytest

from autograder.keys.cases import case_of
from autograder.keys.checks.health import ASKED, NAMED, TOLD, NothingMedical, medical_slip
from casestudies.company import company_folder

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


SLY = {
    "Vu ses problèmes de dos, un siège adapté": NAMED,
    "Son AVC l’oblige à des pauses": NAMED,
    "Pendant sa chimio, télétravail complet": NAMED,
    "Depuis son opération, elle fatigue : alléger l’après-midi": NAMED,
    "Sa santé fragile impose un rythme allégé": NAMED,
    "Elle ne voit presque plus le soir": NAMED,
    "Un trouble de la vision à ménager": NAMED,
    "À cause de l’âge, sa vue baisse": NAMED,
    "C’est dans sa tête, mais on l’aide": NAMED,
    "Elle a eu un problème à l’œil il y a deux ans": NAMED,
    "Confier le dossier client à une personne valide": NAMED,
    "Elle nous dira ce dont elle souffre pour adapter": ASKED,
    "La personne doit expliquer ce qu’elle a": ASKED,
    "Demander un justificatif médical": ASKED,
    "Elle est sous traitement, donc horaires souples": ASKED,
    "Sans parler de sa maladie, on aménage pour sa maladie": ASKED,
    "On n’oubliera pas de lui demander son diagnostic": ASKED,
    "Elle devra justifier son handicap auprès du manager": ASKED,
    "Écrire à tous les collègues la raison de son aménagement": TOLD,
    "Annoncer en réunion que l’une d’entre nous a la RQTH": TOLD,
}
"""What a sly or a clumsy learner writes: no name of a condition, or a denial that asks all the same."""
PLAIN = (
    "Mes yeux fatiguent en fin de journée, dit la personne",
    "Le secret médical est respecté : seul le besoin est écrit",
    "Sensibiliser l’équipe au handicap avec la référente, sans parler de quelqu’un",
    "Expliquer à l’équipe les règles de réunion de la charte handicap et accessibilité",
    "La référente handicap présente à l’équipe la règle commune",
    "Horaires décalés ouverts à tous, sans justificatif médical",
    "Pas de question sur la santé, une question sur le travail",
    "Diagnostic du poste par l’ergonome du service de santé au travail",
    "Le médecin du travail garde les informations médicales",
    "Rappeler que chacun peut consulter le médecin du travail",
    "Réduire le traitement des e-mails l’après-midi",
    "Garder une vue d’ensemble du projet sur une page imprimable",
    "Elle perd moins de temps à déchiffrer les tableaux",
    "Prévoir la reprise en douceur du projet après les congés",
    "À quiconque demande pourquoi : la règle est la même pour tous",
    "L’équipe apprend la règle, jamais la raison",
    "Nous ne donnons aucune explication personnelle, seulement la règle",
    "Problèmes de lisibilité signalés dans un fil commun",
    "Bilan de l’aménagement le 2 novembre avec elle",
    "Au fond de la salle, on voit mal les tableaux projetés",
)


@pytest.mark.parametrize(("sentence", "why"), [*STOPPED.items(), *SLY.items()])
def test_what_says_or_goes_round_a_health_matter_is_stopped_and_why(sentence: str, why: str) -> None:
    found = medical_slip(sentence)
    assert found is not None
    assert found.why == why
    assert found.words


@pytest.mark.parametrize("sentence", [*ALLOWED, *PLAIN])
def test_needs_people_and_refusals_are_let_through(sentence: str) -> None:
    assert medical_slip(sentence) is None


def test_there_are_twice_forty() -> None:
    assert len(STOPPED) == len(ALLOWED) == len(SLY) == len(PLAIN) == 20


def test_what_the_documents_say_of_the_need_can_be_quoted() -> None:
    document = (company_folder("septembrune") / "documents" / "situation-amenagement.md").read_text(encoding="utf-8")
    need = document.split("## Le besoin exprimé")[1].split("##")[0]
    assert medical_slip(need) is None


def test_the_remark_says_where_which_words_and_why() -> None:
    table = pd.DataFrame({"besoin": ["Fatigue visuelle", "Sa myopie"], "suivi": ["le 9 novembre", "tous les mois"]})
    remarks = NothingMedical(("besoin", "suivi"))(table, case_of("septembrune", "", 0))
    assert len(remarks) == 1
    assert "igne 2" in remarks[0]
    assert "« myopie »" in remarks[0]
    assert "besoin que la personne a dit" in remarks[0]
