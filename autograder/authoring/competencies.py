"""The competencies as a learner's dossier de valorisation names them: ``casestudies/valorisation/competences.json``.

It is derived from the référentiel: written by ``make notebooks``, never edited. The learner's side knows nothing else
of the référentiel.
"""

from pathlib import Path

import casestudies
from autograder.authoring.texts import as_json
from autograder.referentiel import load_referentiel
from casestudies.valorisation.competencies import FILE


def competencies_path() -> Path:
    """Return the compiled file."""
    return Path(casestudies.__file__).parent / "valorisation" / FILE


def competencies_bytes() -> str:
    """Return the file content: the certification, its ways, its blocs, and each competency with its criteria."""
    referentiel = load_referentiel()
    return as_json(
        {
            "title": referentiel.principles.title,
            "ways": {way.code: way.title for way in referentiel.ways.values()},
            "blocs": {bloc.code: bloc.title for bloc in referentiel.blocs.values()},
            "competencies": [
                {
                    "code": one.code,
                    "statement": one.statement,
                    "bloc": referentiel.activities[one.activity].bloc,
                    "criteria": [row.code for row in referentiel.criteria.values() if one.code in row.competencies],
                    "assessments": list(
                        dict.fromkeys(
                            row.assessment for row in referentiel.criteria.values() if one.code in row.competencies
                        )
                    ),
                }
                for one in referentiel.competencies.values()
            ],
        }
    )
