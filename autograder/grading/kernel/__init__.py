"""Running a notebook's cells in a process forked, confined, and thrown away: the wall's inside.

``nursery`` is the preloaded process that forks; ``shell`` is what runs in the child. On the trusted side, ``keeper``
starts the nursery and replaces it, ``client`` speaks with the child; ``frames`` is what goes between them, plain data,
bounded.
"""
