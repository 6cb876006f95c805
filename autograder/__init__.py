"""The trainer's side of casekit: it knows criteria, keys and marks."""

import sys

# jsonschema, which nbformat brings, builds a whole grammar of web addresses when it is imported: most of a second at
# the start of every command, for a check that no notebook asks for. It does without when the package is missing.
if "jsonschema" not in sys.modules:
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
