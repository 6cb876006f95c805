"""The synthetic market: small components over numpy, one file per cause, composed by a company."""
