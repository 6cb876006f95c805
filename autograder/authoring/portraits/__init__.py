"""What a trainer looks at before a case is given: its portrait, its rates over many variants, its class, its truth."""
