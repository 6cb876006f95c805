"""Run by every kernel of a study folder before its first cell: errors are explained in French from there on."""

__import__("casestudies.friendly").friendly.install()
