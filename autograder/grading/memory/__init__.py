"""What the tables of a variant say, kept from one evaluation to the next: building the tables again is the slow part.

Only values are kept (keys, facts), never what is said of an answer. They go with a hash of the source files that may
compute them: once any of these is corrected, they are computed again. The checks are not among them, so that a
corrected check finds the values still there.
"""
