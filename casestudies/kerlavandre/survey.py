"""What customers answer when they are asked: one motivation, one brake, some silence; from streams of its own."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd

from casestudies.kerlavandre.audience import Audience, voices
from casestudies.market.sampling import Floats, Ints, unrolled
from casestudies.market.survey import one_choice, shared_out
from casestudies.strict import packaged
from casestudies.typography import french

REPLIES = 240
FIRST_DAY, DAYS = np.datetime64("2026-06-15"), 14
SILENT, NONE = "NSP", "aucun"
"""What is written for no answer (« ne se prononce pas ») and for the answer « no brake »."""
FAMILIES, ECONOMY, PRICE = 0, 1, 0
"""Ranks of the segment, of the motivation and of the brake on which the story rests, in ``verbatims.toml``."""
FAMILIES_TWICE, OTHERS_TWICE = (4, 6), (7, 11)
"""Fewest questionnaires sent twice, and one more than the most."""


@cache
def described() -> dict[str, Any]:
    """Return what people may answer and how often, as ``enquete.toml`` says it, with its typography."""
    return packaged("casestudies.kerlavandre", "enquete.toml", french).data


@dataclass(frozen=True)
class Sample:
    """Who is asked and what they may answer.

    Attributes
    ----------
    size : people by segment.
    silent : share of the people who skip the question on motivations; half of them skip that on brakes too.
    motivations, brakes : share of each answer among those who answer, by (segment, answer); the last brake is none.

    """

    size: Ints
    silent: float
    motivations: Floats
    brakes: Floats


def _share(key: str) -> Floats:
    return np.array([one[key] for one in described()["segments"]])


class Surveyed(Audience):
    """The part of the company that asks its customers."""

    @cached_property
    def sample(self) -> Sample:
        """The survey of this variant."""
        rng = self.rng("enquete_params")

        def moved(share: Floats) -> Floats:
            around = share * rng.uniform(0.94, 1.06, share.shape)
            whole: Floats = around / around.sum(axis=-1, keepdims=True)
            return whole

        return Sample(
            size=shared_out(REPLIES, moved(self.voices.share)),
            silent=float(rng.uniform(0.155, 0.18)),
            motivations=moved(_share("motivations")),
            brakes=moved(_share("freins")),
        )

    @cached_property
    def replies(self) -> tuple[Ints, Ints, Ints]:
        """(segment, motivation, brake) of each person, by segment; −1 where the question was skipped."""
        rng, sample = self.rng("enquete"), self.sample
        motivation, brake = [], []
        for segment, size in enumerate(sample.size.tolist()):
            silent = round(size * sample.silent)
            quiet = silent // 2
            motivation += [np.full(silent, -1), one_choice(size - silent, sample.motivations[segment], rng)]
            brake += [np.full(quiet, -1), one_choice(size - quiet, sample.brakes[segment], rng)]
        return unrolled(sample.size), np.concatenate(motivation), np.concatenate(brake)

    @cached_property
    def sent_twice(self) -> Ints:
        """People (ranks in ``replies``) whose questionnaire was sent twice.

        Those of the families all chose saving and not the price, so that keeping them always shows in both shares.
        """
        rng = self.rng("enquete_doublons")
        segment, motivation, brake = self.replies
        telling = np.flatnonzero((segment == FAMILIES) & (motivation == ECONOMY) & (brake != PRICE))
        others = np.flatnonzero(segment != FAMILIES)
        picked = [rng.choice(telling, rng.integers(*FAMILIES_TWICE), replace=False)]
        picked.append(rng.choice(others, rng.integers(*OTHERS_TWICE), replace=False))
        return np.concatenate(picked)

    def table_enquete(self) -> pd.DataFrame:
        """Return the questionnaires in order of date, a few of them twice."""
        rng, raw = self.rng("enquete_details"), voices()
        segment, motivation, brake = self.replies
        drawn = {
            name: np.concatenate([one_choice(*one, rng) for one in zip(self.sample.size, _share(name), strict=True)])
            for name in ("decouverte", "importance_prix")
        }
        order = rng.permutation(REPLIES)
        person = np.repeat(order, 1 + np.isin(order, self.sent_twice))
        first = np.append(True, person[1:] != person[:-1])
        rank = np.cumsum(first) - 1
        day = np.sort(rng.integers(0, DAYS, REPLIES))[rank]

        def named(names: list[str], chosen: Ints) -> np.ndarray:
            found: np.ndarray = np.array([*names, SILENT], dtype=object)[chosen[person]]  # −1 is the last one
            return found

        return pd.DataFrame(
            {
                "repondant_id": [f"R{number + 1:03d}" for number in rank.tolist()],
                "date": (FIRST_DAY + day).astype("datetime64[s]"),
                "segment": named([one["nom"] for one in raw["segments"]], segment),
                "decouverte": named(described()["decouvertes"], drawn["decouverte"]),
                "motivation": named([one["code"] for one in raw["motivations"]], motivation),
                "frein": named([*(one["code"] for one in raw["freins"]), NONE], brake),
                "importance_prix": drawn["importance_prix"][person] + 1,
            }
        )

    def survey_truth(self) -> dict[str, Any]:
        """Return the true share of each answer among those who answer, by segment, and how many said it twice."""
        raw, sample = voices(), self.sample
        segments = [one["nom"] for one in raw["segments"]]
        answers = {
            "enquete_motivations": ([one["code"] for one in raw["motivations"]], sample.motivations),
            "enquete_freins": ([*(one["code"] for one in raw["freins"]), NONE], sample.brakes),
        }
        tables = {
            key: {
                segment: dict(zip(names, np.round(row, 3).tolist(), strict=True))
                for segment, row in zip(segments, share, strict=True)
            }
            for key, (names, share) in answers.items()
        }
        return {**tables, "enquete_sans_reponse": sample.silent, "enquete_doublons": len(self.sent_twice)}
