"""What the editorial calendar rests on: the days that past contents took, and a plan that breaks the charter."""

import numpy as np
import pandas as pd

from casestudies.company import content

MAKINGS = content("bocanterre").rows("makings", format=str, role=str, usual=float, spread=float)
FORMATS = tuple(name for name, *_ in MAKINGS)
"""The kinds of contents that the team makes."""

LAYOUT = content("bocanterre").rows("layout", element=str, sound=str, breach=str)
BREACHES = 8
"""Places where the plan breaks the charter."""

TIMES, STEP, SKEW = 9, 0.25, 0.55
"""Past contents of each kind; days are noted to the quarter; how much longer the longest run (log points)."""
FIRST_MONTH = np.datetime64("2025-11", "M")


def times_table(rng: np.random.Generator) -> pd.DataFrame:
    """Return the days spent on each past content of the team, oldest first.

    Within a format, the log of the days is spread evenly, its upper half stretched by ``SKEW``: the shortest, the
    middle and the longest time always differ, and the longest is further from the middle.
    """
    tables = []
    for name, role, usual, spread in MAKINGS:
        place = np.linspace(-1, 1, TIMES) + rng.uniform(-0.06, 0.06, TIMES)
        place = np.where(place > 0, place * (1 + SKEW * rng.uniform(0.8, 1.2)), place)
        days = usual * rng.uniform(0.9, 1.1) * np.exp(1.25 * spread * place)
        months = FIRST_MONTH + rng.integers(0, 12, TIMES)
        tables.append(
            pd.DataFrame(
                {
                    "mois": np.datetime_as_string(months, unit="M").astype(object),
                    "format": name,
                    "role": role,
                    "jours_passes": np.maximum(np.round(rng.permutation(days) / STEP) * STEP, STEP),
                }
            )
        )
    found = pd.concat(tables, ignore_index=True).sort_values(["mois", "format"], kind="stable", ignore_index=True)
    found.insert(0, "contenu_id", [f"C{rank:02d}" for rank in range(1, len(found) + 1)])
    return found


def broken_elements(rng: np.random.Generator) -> tuple[int, ...]:
    """Return the places, in ``LAYOUT``, of the elements that break the charter."""
    able = np.flatnonzero([bool(breach) for *_, breach in LAYOUT])
    return tuple(sorted(rng.permutation(able)[:BREACHES].tolist()))


def layout_table(broken: tuple[int, ...]) -> pd.DataFrame:
    """Return the elements of the plan to be laid out again, as they are written."""
    return pd.DataFrame(
        {
            "repere": [f"L{rank:02d}" for rank in range(1, len(LAYOUT) + 1)],
            "element": [element for element, *_ in LAYOUT],
            "ecrit": [breach if rank in broken else sound for rank, (_, sound, breach) in enumerate(LAYOUT)],
        }
    )
