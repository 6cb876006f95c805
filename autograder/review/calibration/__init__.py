"""Calibration: markers level sample copies whose levels are agreed, and see by how much they differ."""
