"""The tables of Septembrune: the shared drive, its copies and its films; the rest in modules of their own."""

from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.market.files import Drive
from casestudies.market.sampling import distinct
from casestudies.septembrune.meetings import Meetings
from casestudies.septembrune.params import END, KINDS

ORIGINALS = 1000
FOLDERS = content("septembrune").texts("folders")
SUBJECTS = content("septembrune").texts("subjects")
LOOSE = content("septembrune").texts("loose")


class Tables(Meetings):
    """The part of the agency that piles up files."""

    @cached_property
    def drive(self) -> Drive:
        """The files, before their names."""
        return self.params.storage.fill(ORIGINALS, self.rng("fichiers"))

    def table_fichiers(self) -> pd.DataFrame:
        """Return one row per file of the drive, in the order of its folders."""
        found, rng = self.drive, self.rng("fichiers_noms")
        count, originals = len(found.kind), int(found.original.max()) + 1
        today = np.datetime64(END)
        subject = rng.integers(0, len(SUBJECTS), originals)
        version = rng.integers(1, 5, originals).astype(str).astype(object)
        neat = rng.random(originals) < self.params.compliant
        born = (today - found.created[found.copy == 0]).astype(str).astype(object)
        kept = born + "_" + np.array(SUBJECTS, dtype=object)[subject] + "_v" + version
        loose = np.array(LOOSE, dtype=object)[subject]
        name = np.where(neat, kept, loose)[found.original]
        again = found.copy.astype(str).astype(object)
        as_copy = np.where(rng.random(count) < 0.5, "Copie de " + name, name + " (" + again + ")")
        extension = np.array(KINDS, dtype=object)[found.kind]
        place = np.where(found.copy == 0, rng.integers(0, len(FOLDERS) - 1, originals)[found.original], 0)
        place = np.where(found.copy > 0, rng.integers(0, len(FOLDERS), count), place)
        mark = distinct(16**8, originals, rng)
        table = pd.DataFrame(
            {
                "dossier": np.array(FOLDERS, dtype=object)[place],
                "nom": np.where(found.copy == 0, name, as_copy) + "." + extension,
                "extension": extension,
                "taille_octets": found.size,
                "creation": (today - found.created).astype("datetime64[s]"),
                "derniere_ouverture": (today - found.opened).astype("datetime64[s]"),
                "empreinte": [f"{one:08x}" for one in mark[found.original].tolist()],
            }
        )
        table = table.sort_values(["dossier", "nom", "empreinte", "creation"], kind="stable").reset_index(drop=True)
        table.insert(0, "fichier_id", [f"F{rank:04d}" for rank in range(1, count + 1)])
        return table
