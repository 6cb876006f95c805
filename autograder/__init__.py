"""The trainer's side of casekit: it knows criteria, keys and marks."""

import sys

# jsonschema, which nbformat brings, imports what checks addresses and durations, and builds a grammar for it: most of a
# second at the start of every command, for checks that no notebook asks for. It does without a missing package.
if "jsonschema" not in sys.modules:
    for _name in ("rfc3987_syntax", "rfc3986_validator", "isoduration"):
        sys.modules.setdefault(_name, None)  # type: ignore[arg-type]
