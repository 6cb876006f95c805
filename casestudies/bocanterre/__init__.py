"""Bocanterre: groceries with returnable jars, a card tried in five stores, a website to open to everyone."""
