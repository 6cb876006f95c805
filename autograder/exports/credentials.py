"""What somebody acquired, for a wallet: an Open Badge 3.0 of each bloc, and a European Digital Credential (ELM).

Both say what the attestation says, and no grade. Neither is signed: the certifier's own platform signs or seals them.

- Open Badges 3.0, 1EdTech, https://www.imsglobal.org/spec/ob/v3p0/ ; JSON schema in ``docs/schema`` of
  https://github.com/1EdTech/openbadges-specification (read on 27 November 2026). Its licence lets nobody hand the
  schema on, so that the kit holds no copy of it: ``--schema`` checks a badge against the one that a centre downloads.
- European Learning Model 3, European Commission; constraints ``rdf/ap/edc/EDC-generic-no-cv.ttl`` 1.1.0 (CC BY 4.0) of
  https://github.com/european-commission-empl/European-Learning-Model (read on 27 November 2026). Two of them wait for
  the seal: the issuer's eIDAS identifier and the picture of ``individualDisplay`` (``LEFT_TO_THE_SEAL``).
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from autograder.certification.model import WHOLE, Entry
from autograder.course.class_list import Learner
from autograder.exports.case import LANGUAGE, uri_of
from autograder.referentiel import load_referentiel
from autograder.sheets.certifier import Certifier
from casestudies.errors import CasekitError
from casestudies.french import french_date
from casestudies.spreadsheets import showable
from casestudies.typography import french

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:casekit:credentials")
OB_CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
ELM_CONTEXT = ("https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap")
OB_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
ELM_SHAPES = "http://data.europa.eu/snb/model/ap/edc-generic-full"
LEFT_TO_THE_SEAL = "l’identifiant eIDAS de l’émetteur et l’image d’affichage"
AUTHORITY = "http://publications.europa.eu/resource/authority"

Node = dict[str, Any]


@dataclass(frozen=True)
class Holder:
    """Somebody and what they acquired: the line of the register of each bloc, and of the whole (``WHOLE``)."""

    learner: Learner
    acquired: Mapping[str, Entry]


def require_issuer(certifier: Certifier | None, *needed: str) -> Certifier:
    """Return who certifies, once sure that ``centre.toml`` says what is needed: « site », « siret ».

    Raises
    ------
    CasekitError
        When something is not written: an issuer is never made up.
    """
    said = {"site": certifier.site, "siret": certifier.siret} if certifier else {}
    missing = [name for name in ("nom", *needed) if not (certifier if name == "nom" else said.get(name))]
    if certifier is None or missing:
        lines = ", ".join(f"« {name} »" for name in missing)
        raise CasekitError(
            f"centre.toml ne dit pas qui délivre : écrivez {lines} dans sa table [certificateur] (casekit n’invente ni "
            "adresse ni identifiant), puis relancez. Rien n’a été écrit."
        )
    return certifier


def badge(holder: Holder, bloc: str, certifier: Certifier) -> Node:
    """Return the unsigned Open Badge 3.0 of a bloc, or of the whole certification (``WHOLE``).

    The person is told by their name and, when the class list has it, by the salted hash of their address.
    """
    entry, whole = holder.acquired[bloc], bloc == WHOLE
    me = _urn("badge", holder, bloc, certifier)
    day = _instant(entry.session.day)
    issuer = {"id": certifier.site, "type": ["Profile"], "name": certifier.name, "url": certifier.site}
    title = _title(bloc)
    achievement = {
        "id": uri_of("document", "casekit") if whole else uri_of("bloc", bloc),
        "type": ["Achievement"],
        "achievementType": "Certification" if whole else "Certificate",
        "name": title,
        "description": french(_description(bloc)),
        "humanCode": bloc,
        "inLanguage": LANGUAGE,
        "creator": issuer,
        "criteria": {"narrative": french(_narrative(bloc))},
        "alignment": [
            {
                "type": ["Alignment"],
                "targetType": "CFItem",
                "targetUrl": uri_of("competence", one.code),
                "targetCode": one.code,
                "targetName": french(one.statement),
                "targetFramework": french(load_referentiel().principles.title),
            }
            for code in _blocs(bloc)
            for one in load_referentiel().competencies_of(code)
        ],
    }
    if certifier.rncp:
        achievement["otherIdentifier"] = [
            {"type": "IdentifierEntry", "identifier": certifier.rncp, "identifierType": "identifier"}
        ]
    return {
        "@context": list(OB_CONTEXT),
        "id": me,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": issuer,
        "validFrom": day,
        "awardedDate": day,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": _identities(holder.learner, me),
            "achievement": achievement,
        },
        "evidence": [
            {"type": ["Evidence"], "name": "Décision du jury", "narrative": french(showable(_ruling(entry)))},
        ],
    }


def european_credential(holder: Holder, certifier: Certifier, today: date) -> Node:
    """Return the unsealed European Digital Credential of what somebody acquired: the whole with its blocs, or blocs."""
    codes = [code for code in load_referentiel().blocs if code in holder.acquired]
    claims = [_claim(holder, code, certifier) for code in codes]
    if WHOLE in holder.acquired:
        claims = [{**_claim(holder, WHOLE, certifier), **({"hasPart": claims} if claims else {})}]
    learner = holder.learner
    names = {"fullName": learner.full_name, "givenName": learner.first_name, "familyName": learner.last_name}
    since = max(entry.session.day for entry in holder.acquired.values())  # all of it is true from then on
    return {
        "@context": list(ELM_CONTEXT),
        "id": _urn("elm", holder, "+".join(holder.acquired), certifier),
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSchema": [{"id": ELM_SHAPES, "type": "ShaclValidator2017"}],
        "credentialProfiles": [
            _concept("http://data.europa.eu/snb/credential/e34929035b", "http://data.europa.eu/snb/credential/25831c2")
        ],
        "displayParameter": {
            "id": _urn("affichage", holder, "", certifier),
            "type": "DisplayParameter",
            "title": _text(_heading(holder)),
            "language": [_language()],
            "primaryLanguage": _language(),
        },
        "issuer": _organisation(certifier),
        "issued": _instant(today),
        "validFrom": _instant(since),
        "credentialSubject": {
            "id": _urn("personne", holder, "", certifier),
            "type": "Person",
            **{key: _text(name) for key, name in names.items() if name},
            "hasClaim": claims,
        },
    }


def _claim(holder: Holder, bloc: str, certifier: Certifier) -> Node:
    entry, whole = holder.acquired[bloc], bloc == WHOLE
    outcomes = [] if whole else load_referentiel().competencies_of(bloc)
    specification: Node = {
        "id": uri_of("document", "casekit") if whole else uri_of("bloc", bloc),
        "type": "Qualification",
        "title": _text(_title(bloc)),
        "isPartialQualification": not whole,
    }
    if certifier.rncp:
        specification["identifier"] = {
            "id": _urn("rncp", holder, bloc, certifier), "type": "Identifier", "notation": certifier.rncp,
            "schemeName": "Répertoire national des certifications professionnelles",
        }  # fmt: skip
    if outcomes:
        specification["learningOutcome"] = [
            {"id": uri_of("competence", one.code), "type": "LearningOutcome", "title": _text(one.statement)}
            for one in outcomes
        ]
    return {
        "id": _urn("acquis", holder, bloc, certifier),
        "type": "LearningAchievement",
        "title": _text(_title(bloc)),
        "description": _text(_ruling(entry)),
        "awardedBy": {
            "id": _urn("decision", holder, bloc, certifier),
            "type": "AwardingProcess",
            "awardingBody": [_organisation(certifier)],
            "awardingDate": _instant(entry.session.day),
        },
        "specifiedBy": specification,
    }


def _organisation(certifier: Certifier) -> Node:
    """Return the issuer: a SIRET names an establishment that stands in France."""
    country = _concept(f"{AUTHORITY}/country/FRA", f"{AUTHORITY}/country", "country")
    here = f"urn:uuid:{uuid.uuid5(NAMESPACE, certifier.siret)}"
    return {
        "id": here,
        "type": "Organisation",
        "legalName": _text(certifier.name),
        "registration": {
            "id": f"{here}#siret", "type": "LegalIdentifier", "notation": certifier.siret, "spatial": country,
            "schemeName": "SIRET",
        },
        "location": [
            {
                "id": f"{here}#lieu",
                "type": "Location",
                "address": [{"id": f"{here}#adresse", "type": "Address", "countryCode": country}],
            }
        ],
        "homepage": [{"id": f"{here}#site", "type": "WebResource", "contentURL": certifier.site}],
    }  # fmt: skip


def _identities(learner: Learner, salt: str) -> list[Node]:
    found: list[Node] = [
        {"type": "IdentityObject", "hashed": False, "identityHash": showable(learner.full_name), "identityType": "name"}
    ]
    if learner.email:
        hashed = hashlib.sha256(f"{learner.email}{salt}".encode()).hexdigest()
        found.append(
            {
                "type": "IdentityObject", "hashed": True, "identityHash": f"sha256${hashed}",
                "identityType": "emailAddress", "salt": salt,
            }
        )  # fmt: skip
    return found


def _blocs(bloc: str) -> list[str]:
    return list(load_referentiel().blocs) if bloc == WHOLE else [bloc]


def _title(bloc: str) -> str:
    referentiel = load_referentiel()
    return french(referentiel.principles.title if bloc == WHOLE else referentiel.blocs[bloc].title)


def _heading(holder: Holder) -> str:
    if WHOLE in holder.acquired:
        return load_referentiel().principles.title
    return "Blocs de compétences acquis" if len(holder.acquired) > 1 else "Bloc de compétences acquis"


def _description(bloc: str) -> str:
    principles = load_referentiel().principles
    what = "Certification entière, tous blocs acquis." if bloc == WHOLE else f"Bloc de la « {principles.title} »."
    return f"{what} {principles.capitalisation}"


def _narrative(bloc: str) -> str:
    """Return what had to be shown, as Markdown: the competencies, then the criteria of their assessments."""
    referentiel = load_referentiel()
    lines = ["Un jury l’a validé. Compétences attestées :", ""]
    for code in _blocs(bloc):
        lines += [f"- {one.code} {one.statement}" for one in referentiel.competencies_of(code)]
    lines += ["", "Critères évalués :", ""]
    for criterion in referentiel.criteria.values():
        if referentiel.bloc_of(criterion).code in _blocs(bloc):
            lines.append(f"- {criterion.code} {criterion.statement}")
    return "\n".join(lines)


def _ruling(entry: Entry) -> str:
    return f"Validé par le jury, session « {entry.session.name} » du {french_date(entry.session.day)}."


def _text(words: str) -> Node:
    return {LANGUAGE: french(showable(words))}


def _language() -> Node:
    return _concept(f"{AUTHORITY}/language/FRA", f"{AUTHORITY}/language", "language")


def _concept(address: str, scheme: str, notation: str = "") -> Node:
    made: Node = {"id": address, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}
    return {**made, "notation": notation} if notation else made


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _urn(kind: str, holder: Holder, what: str, certifier: Certifier) -> str:
    """Return an identifier that is the same each time, and tells who the person is to nobody without the register."""
    lines = "|".join(f"{entry.id}@{entry.at.isoformat()}" for entry in holder.acquired.values())
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, '|'.join((kind, certifier.siret, certifier.site, what, lines)))}"
