"""Cutting leads into four groups by two variables: what the learner does, and what the check does again."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.errors import CasekitError
from casestudies.french import number_in, simplified

GROUPS = ("A", "B", "C", "D")
"""Both conditions hold; only the first; only the second; neither."""

AMOUNTS = ("effectif", "score")
KINDS = ("secteur", "source", "type_adresse")
_LEAST_STAFF = {"0 salarié": 0.0, "1 à 2": 1.0, "3 à 5": 3.0, "6 à 9": 6.0}


def segmenter(leads: pd.DataFrame, decoupage: Mapping[str, object]) -> "pd.Series[str]":
    """Return the group of each lead, « A » to « D », by two conditions.

    Parameters
    ----------
    leads
        The leads, with the columns « effectif », « score », « secteur », « source », « type_adresse ».
    decoupage
        For each of two variables, a cut (« effectif » and « score »: this number and more) or the names that are kept,
        between commas (the others): ``{"effectif": 3, "secteur": "Transport, Négoce"}``. What is unknown is not kept.

    Raises
    ------
    CasekitError
        When there are not two known variables, or a cut is no number, or a name is unknown; the message is in French.
    """
    if not isinstance(decoupage, Mapping) or len(decoupage) != 2:
        raise CasekitError('On attend deux variables, chacune avec sa coupure : {"effectif": 3, "secteur": "…"}.')
    first, second = (_kept(leads, str(name), cut) for name, cut in decoupage.items())
    rank = 2 * ~first + ~second
    return pd.Series(np.array(GROUPS, dtype=object)[rank.astype(np.intp)], index=leads.index, name="groupe")


def _kept(leads: pd.DataFrame, name: str, cut: object) -> NDArray[np.bool_]:
    """Return whether each lead meets one condition."""
    if name in AMOUNTS:
        least = number_in(cut) if isinstance(cut, str) else cut
        if not isinstance(least, int | float) or isinstance(least, bool):
            raise CasekitError(f"« {name} » : on attend un nombre, à partir duquel un lead est gardé.")
        values = leads[name].map(_LEAST_STAFF) if name == "effectif" else leads[name]
        return np.asarray(values.astype(float) >= least, dtype=np.bool_)
    if name not in KINDS:
        known = ", ".join((*AMOUNTS, *KINDS))
        raise CasekitError(f"« {name[:40]} » n’est pas une variable prévue. Choisissez parmi : {known}.")
    known_names = {simplified(one): one for one in leads[name].dropna().unique()}
    wanted = [simplified(one) for one in str(cut).split(",") if one.strip()]
    unknown = next((one for one in wanted if one not in known_names), None)
    if not wanted or unknown is not None:
        raise CasekitError(
            f"« {name} » : écrivez un ou plusieurs de ces noms : {', '.join(map(str, known_names.values()))}."
        )
    return np.asarray(leads[name].isin([known_names[one] for one in wanted]), dtype=np.bool_)
