"""Run by every kernel of a study folder before its first cell: it is the learner’s seat from there on."""

__import__("casestudies.seat").seat.install()
