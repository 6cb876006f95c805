"""Tréziflow: treasury software for very small firms, a full pipeline and a leak to be found."""
