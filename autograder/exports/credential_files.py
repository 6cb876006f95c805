"""The files of what somebody acquired: each stands where erasing that person finds it."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import FormatChecker
from jsonschema.exceptions import SchemaError
from jsonschema.validators import validator_for
from jsonschema_specifications import REGISTRY

from autograder.certification.model import WHOLE
from autograder.certification.register import Register
from autograder.course.course import Course
from autograder.exports.credentials import Holder, badge, european_credential, require_issuer
from autograder.referentiel import load_referentiel
from autograder.sheets.centre import centre_of
from autograder.sheets.files import write_whole
from casestudies.errors import CasekitError, why

FOLDER = Path("build") / "exports" / "badges"
MAX_BYTES = 5_000_000
SHOWN = 10


def write_badges(course: Course, learner: str, bloc: str = "", schema: Path | None = None) -> list[Path]:
    """Write the unsigned Open Badge 3.0 of each bloc that somebody acquired, and of the whole; return the files.

    Parameters
    ----------
    bloc
        The code of the only bloc to write.
    schema
        The JSON schema of a badge, as 1EdTech publishes it: a badge that does not follow it is not written.

    Raises
    ------
    CasekitError
        When nothing is acquired, ``centre.toml`` does not say who delivers, or a badge does not follow the schema.
    """
    holder = holder_of(course, learner, bloc)
    certifier = require_issuer(centre_of(course).issuer.certifier, "site")
    made = {code: badge(holder, code, certifier) for code in holder.acquired}
    if schema is not None:
        checks = _schema(schema)
        for code, one in made.items():
            _require_valid(one, checks, f"Le badge {code}", schema.name)
    return [_write(course.root / FOLDER / code / f"badge-{learner}.json", one) for code, one in made.items()]


def write_european(course: Course, learner: str, today: date, bloc: str = "") -> Path:
    """Write the unsealed European Digital Credential of what somebody acquired; return the file.

    Raises
    ------
    CasekitError
        When nothing is acquired, or ``centre.toml`` does not say who delivers.
    """
    holder = holder_of(course, learner, bloc)
    certifier = require_issuer(centre_of(course).issuer.certifier, "site", "siret")
    path = course.root / FOLDER / bloc / f"elm-{learner}.jsonld"
    return _write(path, european_credential(holder, certifier, today))


def holder_of(course: Course, learner: str, bloc: str = "") -> Holder:
    """Return somebody and what the register says that they acquired, or the only bloc asked for.

    Raises
    ------
    CasekitError
        When the learner or the bloc is unknown, or nothing is acquired.
    """
    codes = (*load_referentiel().blocs, WHOLE)
    if bloc and bloc not in codes:
        raise CasekitError(f"« {bloc[:20]} » n’est le code d’aucun bloc : {', '.join(codes)}.")
    listed = course.learners()
    if learner not in listed:
        raise CasekitError(f"« {learner[:40]} » n’est pas dans eleves.csv : vérifiez l’identifiant.")
    with Register.of(course) as register:
        known = register.acquired().get(learner, {})
    acquired = {code: known[code] for code in codes if code in known and bloc in ("", code)}
    if not acquired:
        what = f"pas acquis {bloc}" if bloc else "encore rien acquis"
        raise CasekitError(
            f"« {learner} » n’a {what} : un badge s’écrit après la décision du jury (« casekit jury --valider »)."
        )
    return Holder(listed[learner], acquired)


def _write(path: Path, content: Mapping[str, Any]) -> Path:
    return write_whole(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


def _schema(path: Path) -> Any:
    """Return what checks against a JSON schema that somebody downloaded."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CasekitError(f"{path.name} est trop long pour être un schéma JSON.")
        schema = json.loads(path.read_text(encoding="utf-8-sig"))
        kind = validator_for(schema)
        kind.check_schema(schema)
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être lu ({why(error)}).") from error
    except (ValueError, RecursionError, SchemaError, AttributeError, TypeError):
        raise CasekitError(
            f"{path.name} n’est pas un schéma JSON : téléchargez-le de nouveau, sans le changer."
        ) from None
    return kind(schema, registry=REGISTRY, format_checker=FormatChecker())  # nothing is fetched from the network


def _require_valid(content: Mapping[str, Any], checks: Any, what: str, schema: str) -> None:
    try:
        faults = [f"- {error.json_path} : règle « {error.validator} »" for error in checks.iter_errors(content)]
    except Exception as error:  # a schema may point anywhere: at a file that is not there, at itself
        raise CasekitError(
            f"{schema} ne peut pas servir à vérifier : {type(error).__name__}. Rien n’a été écrit."
        ) from None
    if faults:
        more = [f"… et {len(faults) - SHOWN} autre(s)."] if len(faults) > SHOWN else []
        raise CasekitError("\n".join([f"{what} ne suit pas {schema} :", *faults[:SHOWN], *more, "Rien n’a été écrit."]))
