"""What is looked at before a submission is run: each problem is repaired when that is safe, else told with what to do.

Nothing here runs learners' code. From one file to a class: ``reading`` (bytes of one notebook), ``plan`` (the folder of
one submission), ``survey`` (the folders of a class), ``assign`` and ``lms`` (what a trainer puts right).
"""
