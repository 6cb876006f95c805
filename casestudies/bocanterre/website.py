"""The website of Bocanterre as an auditor finds it: pages, criteria, colours, weights."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from casestudies.market import web_audit
from casestudies.market.sampling import Ints, jitter

PAGES = (
    ("Accueil", "/"),
    ("Rayon", "/rayons/plats-en-bocal"),
    ("Fiche produit", "/produits/dahl-de-lentilles-corail"),
    ("Panier", "/panier"),
    ("Choix du retrait", "/commande/retrait"),
    ("Compte client", "/compte"),
    ("Carte des magasins", "/magasins"),
    ("Recette", "/recettes/soupe-de-potimarron"),
)
FORMS, VIDEO, FRAME, TABLE = (0, 3, 4, 5), (0, 7), (6,), (3, 5)
"""Ranks of the pages with a form, a video, a frame, a data table; criteria on these do not apply elsewhere."""

CRITERIA: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    ("1.1", "Images", "Image porteuse d’information sans alternative", (0, 1, 2, 6, 7)),
    ("1.2", "Images", "Image de décoration lue à voix haute", (0, 1, 2, 5, 7)),
    ("1.3", "Images", "Alternative d’image peu pertinente", (0, 1, 2, 6, 7)),
    ("2.1", "Cadres", "Cadre sans titre", FRAME),
    ("3.1", "Couleurs", "Information donnée par la couleur seule", (1, 2, 3, 4, 6)),
    ("3.2", "Couleurs", "Contraste du texte trop faible", ()),
    ("3.3", "Couleurs", "Contraste des boutons et des champs trop faible", ()),
    ("4.1", "Multimédia", "Vidéo sans transcription", VIDEO),
    ("4.3", "Multimédia", "Vidéo sans sous-titres", VIDEO),
    ("5.7", "Tableaux", "En-têtes non reliés aux cellules", TABLE),
    ("6.1", "Liens", "Lien « cliquez ici » hors contexte", ()),
    ("6.2", "Liens", "Lien sans intitulé", ()),
    ("7.1", "Scripts", "Composant muet pour un lecteur d’écran", (0, 1, 2, 3, 4, 6)),
    ("7.3", "Scripts", "Composant inutilisable au clavier", (0, 1, 2, 3, 4, 6)),
    ("7.5", "Scripts", "Message de statut non annoncé", (2, 3, 4, 5)),
    ("8.3", "Éléments obligatoires", "Langue par défaut absente", ()),
    ("8.5", "Éléments obligatoires", "Titre de page absent", ()),
    ("8.6", "Éléments obligatoires", "Titre de page identique d’une page à l’autre", ()),
    ("9.1", "Structuration de l’information", "Titres absents ou dans le désordre", ()),
    ("9.3", "Structuration de l’information", "Liste faite de tirets", (0, 1, 2, 4, 7)),
    ("10.4", "Présentation de l’information", "Texte coupé quand on l’agrandit à 200 %", ()),
    ("10.7", "Présentation de l’information", "Prise de focus invisible", ()),
    ("10.11", "Présentation de l’information", "Défilement dans deux sens sur petit écran", ()),
    ("11.1", "Formulaires", "Champ sans étiquette", FORMS),
    ("11.2", "Formulaires", "Étiquette peu pertinente", FORMS),
    ("11.10", "Formulaires", "Erreur de saisie non expliquée", FORMS),
    ("12.6", "Navigation", "Zones de la page non repérables", ()),
    ("12.7", "Navigation", "Lien d’accès rapide au contenu absent", ()),
    ("12.8", "Navigation", "Ordre de tabulation incohérent", ()),
    ("13.3", "Consultation", "Document à télécharger sans version accessible", (2, 7)),
)
"""Number (RGAA 4.1.2), theme, fault in our own words, ranks of the pages where it applies (all when none is said)."""
NUMBERS = tuple(number for number, _, _, _ in CRITERIA)
TEXT, PARTS = NUMBERS.index("3.2"), NUMBERS.index("3.3")

HUES = np.array([[58, 110, 62], [196, 84, 40], [150, 120, 30], [40, 98, 130], [120, 70, 110]])
PAPERS = np.array([[255, 255, 255], [250, 246, 236], [238, 243, 232]])
"""Colours of the brand’s palette and light backgrounds, as channels."""
LARGE = np.array([False, False, True, False, False, False, False, True])
"""Whether the text looked at on each page is large (24 px, or 18.5 px in bold, and more)."""


@dataclass(frozen=True)
class Colours:
    """The pairs of colours looked at, by (criterion 3.2 then 3.3, page): text or part, background."""

    front: Ints
    back: Ints

    @property
    def ratio(self) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
        """Contrast of each pair."""
        return web_audit.contrast(self.front, self.back)


def colours(rng: np.random.Generator) -> Colours:
    """Draw the pairs of colours: ratios from 2.8 to 6.2, on both sides of each threshold and never near it."""
    n = len(PAGES)
    small = rng.permutation(np.array([2.95, 3.45, 3.95, 4.15, 5.1, 5.8]) + rng.uniform(-0.12, 0.12, 6))
    text = np.empty(n)
    text[~LARGE] = small
    text[LARGE] = rng.permutation(np.array([3.55, 4.05]) + rng.uniform(-0.15, 0.15, 2))
    parts = rng.permutation(np.concatenate([rng.uniform(2.0, 2.7, 4), rng.uniform(3.4, 5.6, 4)]))
    ratios = np.concatenate([text, parts])
    back = PAPERS[rng.integers(len(PAPERS), size=2 * n)]
    front = web_audit.shades(HUES[rng.integers(len(HUES), size=2 * n)], back, ratios)
    return Colours(front.reshape(2, n, 3), back.reshape(2, n, 3))


def states(pairs: Colours, faulty: int, failing: float, rng: np.random.Generator) -> Ints:
    """Return the finding of each criterion on each page (page, criterion); ``faulty`` criteria fail somewhere."""
    applicable = np.array(
        [[not where or page in where for _, _, _, where in CRITERIA] for page in range(len(PAGES))], dtype=bool
    )
    others = np.array([k for k in range(len(CRITERIA)) if k not in (TEXT, PARTS)])
    fails = np.zeros(len(CRITERIA), dtype=bool)
    fails[rng.choice(others, faulty - 2, replace=False)] = True
    found = web_audit.findings(applicable, fails, failing, rng)
    floor = np.where(LARGE, web_audit.LARGE_TEXT, web_audit.NORMAL_TEXT)
    found[:, TEXT] = np.where(pairs.ratio[0] < floor, web_audit.FAILED, web_audit.MET)
    found[:, PARTS] = np.where(pairs.ratio[1] < web_audit.LARGE_TEXT, web_audit.FAILED, web_audit.MET)
    return found


def audit(found: Ints, pairs: Colours) -> pd.DataFrame:
    """Return the grid of the audit, one row by page and criterion."""
    n_pages, n_criteria = found.shape
    front = np.full((n_pages, n_criteria), "", dtype=object)
    back, size = front.copy(), front.copy()
    for rank, column in enumerate((TEXT, PARTS)):
        front[:, column] = web_audit.hexadecimal(pairs.front[rank])
        back[:, column] = web_audit.hexadecimal(pairs.back[rank])
    size[:, TEXT] = np.where(LARGE, "grand", "normal")
    fault = np.array([label for _, _, label, _ in CRITERIA], dtype=object)
    return pd.DataFrame(
        {
            "page": np.repeat(np.array([name for name, _ in PAGES], dtype=object), n_criteria),
            "url": np.repeat(np.array([url for _, url in PAGES], dtype=object), n_criteria),
            "critere": np.tile(np.array(NUMBERS, dtype=object), n_pages),
            "theme": np.tile(np.array([theme for _, theme, _, _ in CRITERIA], dtype=object), n_pages),
            "statut": np.array(web_audit.STATES, dtype=object)[found.ravel()],
            "constat": np.where(found == web_audit.FAILED, fault[None, :], "").ravel(),
            "couleur_avant_plan": front.ravel(),
            "couleur_fond": back.ravel(),
            "taille_texte": size.ravel(),
        }
    )


WEIGHTS: tuple[tuple[str, str, int, float, int, int], ...] = (
    ("/", "Accueil", 14800, 3350, 118, 1650),
    ("/rayons/epicerie", "Rayon", 7400, 2650, 84, 1820),
    ("/rayons/plats-en-bocal", "Rayon", 8900, 2850, 88, 1900),
    ("/rayons/aperitif", "Rayon", 3100, 2350, 80, 1560),
    ("/rayons/petit-dejeuner", "Rayon", 3900, 2500, 82, 1640),
    ("/rayons/frais", "Rayon", 5600, 2200, 79, 1490),
    ("/rayons/boissons", "Rayon", 2800, 2100, 77, 1430),
    ("/rayons/maison", "Rayon", 1700, 1950, 74, 1350),
    ("/produits/dahl-de-lentilles-corail", "Fiche produit", 2300, 1850, 69, 1210),
    ("/produits/soupe-de-potimarron", "Fiche produit", 2100, 1800, 68, 1200),
    ("/produits/muesli-pomme-noisette", "Fiche produit", 1600, 1750, 66, 1180),
    ("/produits/yaourts-nature", "Fiche produit", 1900, 1700, 66, 1170),
    ("/panier", "Commande", 8300, 1150, 52, 980),
    ("/commande/retrait", "Commande", 5600, 1450, 61, 1240),
    ("/commande/paiement", "Commande", 4900, 980, 47, 870),
    ("/compte", "Compte", 3600, 900, 44, 820),
    ("/magasins", "Magasins", 2100, 3600, 132, 2250),
    ("/recettes", "Recettes", 1500, 4300, 96, 1540),
    ("/recettes/soupe-de-potimarron", "Recettes", 900, 3900, 71, 1050),
    ("/recettes/brunch-en-bocaux", "Recettes", 420, 8600, 83, 1120),
    ("/consigne", "Informations", 2400, 1300, 48, 760),
    ("/qui-sommes-nous", "Informations", 1100, 6400, 64, 890),
    ("/actualites", "Informations", 650, 3300, 72, 1310),
    ("/mentions-legales", "Informations", 240, 620, 33, 540),
)
"""Address, kind, views a month, weight in kilobytes, requests, elements of the page (assumptions)."""
SHARES = {"Accueil": (0.66, 0.20, 0.06), "Recettes": (0.82, 0.10, 0.03), "Informations": (0.62, 0.20, 0.09)}
USUAL_SHARES = (0.52, 0.29, 0.08)
"""Shares of images (videos included), scripts and fonts; the rest is code and styles."""
IN_BYTES = 2


def pages(rng: np.random.Generator) -> pd.DataFrame:
    """Return the weight of the pages; the total of two of them was noted in bytes."""
    url, kind, views, weight, requests, elements = (np.array(column) for column in zip(*WEIGHTS, strict=True))
    n = len(url)
    shares = np.array([SHARES.get(one, USUAL_SHARES) for one in kind])
    shares = np.column_stack([shares, 1 - shares.sum(axis=1)])
    parts = web_audit.weights(weight * jitter(n, 0.06, rng), shares, rng)
    total = parts.sum(axis=1)
    total[rng.choice(np.arange(1, n), IN_BYTES, replace=False)] *= 1000
    return pd.DataFrame(
        {
            "url": url.astype(object),
            "type_page": kind.astype(object),
            "vues_mois": np.round(views * jitter(n, 0.05, rng)).astype(np.int64),
            "poids_ko": total,
            "images_ko": parts[:, 0],
            "scripts_ko": parts[:, 1],
            "polices_ko": parts[:, 2],
            "autres_ko": parts[:, 3],
            "requetes": np.round(requests * jitter(n, 0.04, rng)).astype(np.int64),
            "elements_dom": np.round(elements * jitter(n, 0.05, rng)).astype(np.int64),
        }
    )
