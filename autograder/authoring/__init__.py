"""Writing the kit’s content: twins and their blocks, what must be true of them, editions and portraits of companies."""
