"""Ratios that say whether the kit is still quick: measured side by side in one run, never asserted in seconds."""
