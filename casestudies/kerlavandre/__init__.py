"""Kerlavandre: solid cosmetics sold online, and a promotion to be judged."""
