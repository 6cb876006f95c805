"""Rehearsing the oral of E4: ten slides against a clock, questions drawn, one's own level beside two samples."""
