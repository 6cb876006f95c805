"""What a learner gets back: French pages that need nothing but themselves, one per notebook and one for the whole."""
