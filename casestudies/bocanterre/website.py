"""The website of Bocanterre as an auditor finds it: pages, criteria, colours, weights."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.market import web_audit
from casestudies.market.sampling import Ints, jitter

_SITE = content("bocanterre")
PAGES = _SITE.rows("pages", name=str, url=str)
CRITERIA = _SITE.rows("criteria", number=str, theme=str, fault=str, pages=tuple)
"""The criteria looked at, with the ranks of the pages where each applies (all when none is said)."""
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


SHARES = {"Accueil": (0.66, 0.20, 0.06), "Recettes": (0.82, 0.10, 0.03), "Informations": (0.62, 0.20, 0.09)}
USUAL_SHARES = (0.52, 0.29, 0.08)
"""Shares of images (videos included), scripts and fonts; the rest is code and styles."""
IN_BYTES = 2


def pages(rng: np.random.Generator) -> pd.DataFrame:
    """Return the weight of the pages; the total of two of them was noted in bytes."""
    weights = _SITE.rows("weights", url=str, kind=str, views=int, kilobytes=float, requests=int, elements=int)
    url, kind, views, weight, requests, elements = (np.array(column) for column in zip(*weights, strict=True))
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
