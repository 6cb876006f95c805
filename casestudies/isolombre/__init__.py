"""Isolombre, flax-fibre insulation made in Vendée: four roles, three circuits, six would-be partners."""
