"""What is looked at before a submission is run: problems are repaired when that is safe, else reported.

Nothing here runs learners' code. From one file to a class: ``reading`` (bytes of one notebook), ``plan`` (the folder of
one submission), ``survey`` (the folders of a class), ``assign`` and ``lms`` (what a trainer puts right).
"""
