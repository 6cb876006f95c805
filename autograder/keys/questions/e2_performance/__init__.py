"""The questions of assessment E2, « mesurer la performance », asked about Kerlavandre."""
