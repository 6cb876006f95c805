"""Hêtrabelle: growing children's furniture, a price to set, two products to drop, circuits to choose."""
