"""The référentiel and its rubrics in the shape of a CASE 1.1 package (1EdTech, Competencies and Academic Standards).

Names, required fields and values are those of the information model, « CFPackage » and what it holds:
https://www.imsglobal.org/spec/case/v1p1 (read on 26 November 2026). Identifiers are hashes of the kit's own codes, so
the same content has the same identifiers on every machine; addresses are URNs, since the kit has no server of its own.
"""

import json
import uuid
from collections.abc import Iterator
from typing import Any

from autograder.referentiel import Criterion, Referentiel, Rubric
from casestudies.typography import french

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:casekit:referentiel")
LANGUAGE = "fr"
CREATOR = "casekit, référentiel d’exercice sans certificateur"
TYPES = {
    "bloc": ("Bloc de compétences", "Partie de la certification, acquise et gardée séparément."),
    "activite": ("Activité", "Situation de travail."),
    "competence": ("Compétence", "Ce qu’une personne doit savoir faire dans une activité."),
    "evaluation": ("Évaluation", "Mise en situation qui fait la preuve des compétences."),
    "critere": ("Critère", "Ce qui est regardé pour dire qu’une compétence est tenue."),
}
"""The kinds of items: title and description by code, in the order of the hierarchy."""

Node = dict[str, Any]


def as_case(referentiel: Referentiel, rubrics: dict[str, Rubric]) -> str:
    """Return the package as JSON text, the same to the byte for the same référentiel and rubrics."""
    return json.dumps(_Package(referentiel, rubrics).whole(), ensure_ascii=False, indent=2) + "\n"


class _Package:
    """The parts of a package; ``stamp`` is the day of the référentiel's version, on every part of it."""

    def __init__(self, referentiel: Referentiel, rubrics: dict[str, Rubric]) -> None:
        self._referentiel, self._rubrics = referentiel, rubrics
        self._stamp = f"{referentiel.principles.date.isoformat()}T00:00:00Z"

    def whole(self) -> Node:
        """Return the package."""
        return {
            "CFDocument": self._document(),
            "CFItems": list(self._items()),
            "CFAssociations": list(self._associations()),
            "CFDefinitions": {"CFItemTypes": [self._type(*one) for one in enumerate(TYPES, start=1)]},
            "CFRubrics": [self._rubric(rubric) for rubric in self._rubrics.values()],
        }

    def _document(self) -> Node:
        principles = self._referentiel.principles
        return {
            **self._identity("document", "casekit"),
            "caseVersion": "1.1",
            "creator": CREATOR,
            "title": french(principles.title),
            "description": french(f"{principles.basis} {principles.capitalisation} {principles.threshold}"),
            "language": LANGUAGE,
            "version": str(principles.version),
            "adoptionStatus": "Draft",
            "statusStartDate": principles.date.isoformat(),
            "notes": french(principles.qualities),
        }

    def _items(self) -> Iterator[Node]:
        whole = self._referentiel
        for bloc in whole.blocs.values():
            yield self._item("bloc", bloc.code, bloc.title)
        for activity in whole.activities.values():
            yield self._item("activite", activity.code, activity.title)
        for competency in whole.competencies.values():
            yield self._item("competence", competency.code, competency.statement)
        for assessment in whole.assessments.values():
            yield {
                **self._item("evaluation", assessment.code, assessment.title),
                "notes": french(f"{assessment.modality} {assessment.task}"),
            }
        for criterion in whole.criteria.values():
            yield self._item("critere", criterion.code, criterion.statement)

    def _item(self, kind: str, code: str, statement: str) -> Node:
        return {
            **self._identity(kind, code),
            "fullStatement": french(statement),
            "humanCodingScheme": code,
            "CFItemType": TYPES[kind][0],
            "CFItemTypeURI": self._link("type", kind, TYPES[kind][0]),
            "language": LANGUAGE,
        }

    def _associations(self) -> Iterator[Node]:
        """Yield the tree, bloc to criterion; then what else a criterion shows, and in which assessment."""
        whole, document = self._referentiel, ("document", "casekit")
        for rank, bloc in enumerate(whole.blocs, start=1):
            yield self._association("isChildOf", ("bloc", bloc), document, rank)
        for rank, activity in enumerate(whole.activities.values(), start=1):
            yield self._association("isChildOf", ("activite", activity.code), ("bloc", activity.bloc), rank)
        for rank, competency in enumerate(whole.competencies.values(), start=1):
            yield self._association(
                "isChildOf", ("competence", competency.code), ("activite", competency.activity), rank
            )
        for rank, assessment in enumerate(whole.assessments.values(), start=1):
            yield self._association("isChildOf", ("evaluation", assessment.code), ("bloc", assessment.bloc), rank)
        for rank, criterion in enumerate(whole.criteria.values(), start=1):
            yield from self._of_criterion(criterion, rank)

    def _of_criterion(self, criterion: Criterion, rank: int) -> Iterator[Node]:
        here = ("critere", criterion.code)
        first, *others = criterion.competencies
        yield self._association("isChildOf", here, ("competence", first), rank)
        for other in others:
            yield self._association("isRelatedTo", here, ("competence", other))
        yield self._association("isPartOf", here, ("evaluation", criterion.assessment))

    def _association(self, kind: str, origin: tuple[str, str], to: tuple[str, str], rank: int | None = None) -> Node:
        made = {
            **self._identity("association", f"{kind}|{'|'.join((*origin, *to))}"),
            "associationType": kind,
            "originNodeURI": self._end(*origin),
            "destinationNodeURI": self._end(*to),
        }
        return made if rank is None else {**made, "sequenceNumber": rank}

    def _end(self, kind: str, code: str) -> Node:
        title = french(self._referentiel.principles.title) if kind == "document" else code
        return {**self._link(kind, code, title), "targetType": "CASE"}

    def _type(self, number: int, kind: str) -> Node:
        return {
            **self._identity("type", kind),
            "title": TYPES[kind][0],
            "description": TYPES[kind][1],
            "hierarchyCode": str(number),
            "typeCode": kind,
        }

    def _rubric(self, rubric: Rubric) -> Node:
        """Return a rubric; it looks at one criterion of the référentiel, hence one criterion of four levels."""
        criterion = self._identity("critere-de-grille", rubric.code)
        return {
            **self._identity("grille", rubric.code),
            "title": french(rubric.title),
            "description": french(" ".join(rubric.expected)),
            "CFRubricCriteria": [
                {
                    **criterion,
                    "description": french(self._referentiel.criteria[rubric.code].statement),
                    "CFItemURI": self._link("critere", rubric.code, rubric.code),
                    "position": 1,
                    "rubricId": _identifier("grille", rubric.code),
                    "CFRubricCriterionLevels": [
                        {
                            **self._identity("niveau", f"{rubric.code}|{anchor.level}"),
                            "quality": anchor.name,
                            "description": french(anchor.text),
                            "score": anchor.level,
                            "position": anchor.level,
                            "rubricCriterionId": criterion["identifier"],
                        }
                        for anchor in rubric.anchors
                    ],
                }
            ],
            "extensions": {"casekitVersion": rubric.version, "casekitHash": rubric.digest},
        }

    def _identity(self, kind: str, code: str) -> Node:
        identifier = _identifier(kind, code)
        return {"identifier": identifier, "uri": uri_of(kind, code), "lastChangeDateTime": self._stamp}

    def _link(self, kind: str, code: str, title: str) -> Node:
        return {"title": title, "identifier": _identifier(kind, code), "uri": uri_of(kind, code)}


def uri_of(kind: str, code: str) -> str:
    """Return the address of an element of the référentiel, the same in every export: its kind, a key of ``TYPES``."""
    return f"urn:uuid:{_identifier(kind, code)}"


def _identifier(kind: str, code: str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"{kind}|{code}"))
