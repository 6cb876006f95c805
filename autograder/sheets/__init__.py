"""The candidate's sheet: criterion → points, level, verdict → competency → bloc, and its exports."""
