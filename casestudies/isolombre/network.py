"""The would-be partners of Isolombre: who they are, whom they know, how they are seen."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.isolombre.commerce import Commerce
from casestudies.isolombre.params import AUDIENCES, BEST, DEPARTMENTS, MIRAGE, PRETTY, ROLES, START
from casestudies.market import partners
from casestudies.market.sampling import Floats, Ints, pick

_TOLD = content("isolombre")
SECTORS = _TOLD.rows("sectors", sector=str, names=tuple, activity=str, customers=str)
CANDIDATE_SECTORS = 6
"""The first sectors are those of the would-be partners: one structure of each handed over its fingerprints."""
CHANNELS = ("conseil à domicile", "comptoir ou agence", "en ligne")
ONLINE = 2
MARK_SPREAD = 1.7
"""Standard deviation of the marks given to one structure, in points out of ten."""
LEAN = np.array([1.4, 0.5, -0.5])
"""How far from the mean each audience marks a structure; the sign changes with the structure."""
SITUATIONS = ("rénovation", "construction neuve")


def _names(codes: Ints) -> np.ndarray:
    return np.array([f"S{code + 1:02d}" for code in codes.tolist()], dtype=object)


class Network(Commerce):
    """The part of the company that looks for partners."""

    @cached_property
    def candidates(self) -> Ints:
        """Rank in the directory of the structure that plays each role, in the order of ``ROLES``."""
        chosen = self.rng("candidats").integers(0, 5, CANDIDATE_SECTORS)
        sector = np.array(self.params.order)
        found: Ints = (5 * sector + chosen[sector]).astype(np.int64)
        return found

    def structure(self, role: int) -> str:
        """Return the identifier of the structure that plays ``role``."""
        return str(_names(self.candidates[[role]])[0])

    @cached_property
    def _members(self) -> list[Ints]:
        return self.params.bases.members(self.rng("clients"))

    @cached_property
    def _key(self) -> int:
        return int(self.rng("cle_partagee").integers(1 << 48))

    @cached_property
    def files(self) -> list[Ints]:
        """Customers in the file of each role, some twice, in the order of ``ROLES``."""
        rng = self.rng("clients_haches")
        return [partners.repeated(m, s, rng) for m, s in zip(self._members, self.params.repeats, strict=True)]

    def table_clients_isolombre(self) -> pd.DataFrame:
        """Return the households that registered their warranty, some of them for two sites."""
        rng, p = self.rng("clients_isolombre"), self.params
        people = partners.repeated(np.arange(p.bases.own), p.own_repeats, rng)
        department = pick(np.linspace(0.7, 1.3, len(DEPARTMENTS)), len(people), rng)
        year = 2021 + pick(np.array([0.14, 0.17, 0.2, 0.23, 0.26]), len(people), rng)
        return pd.DataFrame(
            {
                "empreinte": partners.fingerprints(people, self._key),
                "situation": np.array(SITUATIONS, dtype=object)[(rng.random(len(people)) < 0.27).astype(np.int64)],
                "departement": np.array(DEPARTMENTS, dtype=object)[department],
                "annee_achat": year,
            }
        )

    def table_clients_haches(self) -> pd.DataFrame:
        """Return the fingerprints of the six files, by structure; one file is in capitals."""
        order = np.argsort(self.candidates)
        role = np.concatenate([np.full(len(self.files[k]), k) for k in order])
        prints = partners.fingerprints(np.concatenate([self.files[k] for k in order]), self._key)
        shouted = np.array([text.upper() for text in prints.tolist()], dtype=object)
        return pd.DataFrame(
            {
                "structure_id": _names(self.candidates[role]),
                "empreinte": np.where(role == self.params.shouting, shouted, prints),
            }
        )

    @cached_property
    def _survey(self) -> tuple[Ints, Floats]:
        """Respondents and mean mark, by role and audience; the true mean of all respondents is ``params.marks``."""
        rng = self.rng("image")
        low, high = np.array([20, 60, 140]), np.array([36, 96, 201])
        people = rng.integers(low, high, (len(ROLES), len(AUDIENCES)))
        side = np.where(rng.random(len(ROLES)) < 0.5, -1.0, 1.0)
        side[BEST], side[MIRAGE], side[PRETTY] = 1.0, -1.0, -1.0
        lean = side[:, None] * LEAN
        lean = lean - (people * lean).sum(axis=1, keepdims=True) / people.sum(axis=1, keepdims=True)
        true = np.array(self.params.marks)[:, None] + lean
        return people.astype(np.int64), partners.survey(true, people, MARK_SPREAD, rng)

    def table_image_partenaires(self) -> pd.DataFrame:
        """Return the mean mark that each audience gives to each would-be partner."""
        people, marks = self._survey
        order = np.repeat(np.argsort(self.candidates), len(AUDIENCES))
        audience = np.tile(np.arange(len(AUDIENCES)), len(ROLES))
        return pd.DataFrame(
            {
                "structure_id": _names(self.candidates[order]),
                "public": np.array(AUDIENCES, dtype=object)[audience],
                "repondants": people[order, audience],
                "note_moyenne": marks[order, audience],
            }
        )

    @property
    def _declared(self) -> Floats:
        """Size that each role declares for its file; the mirage counts prospects and former customers."""
        p = self.params
        size = np.array(p.bases.sizes) * (1 + np.array(p.repeats))
        size[MIRAGE] *= 1.4
        return np.asarray(np.round(size, -2), dtype=np.float64)

    def _ways(self, rng: np.random.Generator, size: int) -> tuple[Floats, Floats, Ints]:
        """Return works budget, share with a project, usual channel; the candidates score as their role says."""
        good = rng.random((size, 3)) < 0.45
        for role, points in enumerate(self.params.points):
            good[self.candidates[role]] = rng.permutation(np.arange(3) < points)
        budget: Floats = np.where(good[:, 0], rng.uniform(9500, 22000, size), rng.uniform(2500, 6500, size))
        share: Floats = np.where(good[:, 1], rng.uniform(0.46, 0.68, size), rng.uniform(0.12, 0.32, size))
        channel = np.where(good[:, 2], rng.integers(0, ONLINE, size), ONLINE)
        return np.round(budget, -2), np.round(share, 2), channel.astype(np.int64)

    def table_annuaire_partenaires(self) -> pd.DataFrame:
        """Return the sixty structures around Isolombre."""
        rng = self.rng("annuaire")
        rows = [(name, sector, activity, customers) for sector, names, activity, customers in SECTORS for name in names]
        table = pd.DataFrame(rows, columns=["nom", "secteur", "activite", "clientele"])
        size = len(table)
        budget, share, channel = self._ways(rng, size)
        declared = np.round(np.exp(rng.normal(8.1, 0.6, size)), -2)
        declared[self.candidates] = self._declared
        said = _TOLD.texts("values")
        values = rng.integers(0, len(said) - 1, size)
        plain, good, poor = (_TOLD.texts(key) for key in ("plain_facts", "good_facts", "poor_facts"))
        facts = np.array(plain, dtype=object)[rng.integers(0, len(plain), size)]
        best, mirage = self.candidates[BEST], self.candidates[MIRAGE]
        values[best], values[mirage] = rng.integers(0, 2), len(said) - 1
        facts[best] = good[rng.integers(len(good))]
        facts[mirage] = poor[rng.integers(len(poor))]
        given = np.isin(np.arange(size), self.candidates)
        department = pick(np.linspace(0.7, 1.3, len(DEPARTMENTS)), size, rng)
        return table.assign(
            structure_id=_names(np.arange(size)),
            departement=np.array(DEPARTMENTS, dtype=object)[department],
            annee_creation=START.year - 1 - rng.integers(1, 45, size),
            effectif=np.maximum(np.round(np.exp(rng.normal(2.9, 0.8, size))), 2).astype(np.int64),
            valeurs=np.array(said, dtype=object)[values],
            fait_marquant=facts,
            taille_fichier_declaree=declared.astype(np.int64),
            budget_travaux_moyen_ttc=budget,
            part_en_projet=share,
            canal_principal=np.array(CHANNELS, dtype=object)[channel],
            fichier_fourni=np.where(given, "oui", "non").astype(object),
        )
