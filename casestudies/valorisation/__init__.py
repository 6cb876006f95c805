"""The « dossier de valorisation des compétences »: what a candidate tells of each competency, and what proves it."""
