"""Handing in: each notebook is run afresh, what would not count is said, one ZIP with its receipt is written.

From one cell to a folder: ``time_limit`` and ``undisturbed`` (running beside the learner's session), ``fresh_run`` (the
cells of a notebook), ``saved`` (its file), ``reading`` (its verdicts), ``parcel`` (the files that go), ``receipt``
(their fingerprints), ``pages`` (the recap, the attestation), ``handing_in`` (all of it).
"""
