"""Where the files of deliverables stand, beside the notebooks, and the forms they take."""

FOLDER, TEMPLATES = "livrables", "modeles"
FORMS = ("xlsx", "csv")
