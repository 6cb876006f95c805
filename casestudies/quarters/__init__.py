"""The game « Quatre trimestres »: a market played quarter by quarter, why its figures moved, the best it could give."""
