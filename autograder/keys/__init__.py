"""What is right: keys, checks, misconceptions; it knows the companies and the référentiel, never courses or marks."""
