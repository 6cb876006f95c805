"""The slides of an oral: a learner's plan, its proofs drawn, as PowerPoint and as pages with notes."""
