"""What the law says of erasing, in the kit's words, with its source and the day it was checked."""

CHECKED = "26 novembre 2026"
SOURCE = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
LINES = (
    "Règlement (UE) 2016/679 (RGPD), art. 17 : toute personne peut demander l’effacement de ses données. Le "
    "paragraphe 3 excepte notamment ce qu’une obligation légale impose de garder (b) et ce qui est nécessaire pour "
    "constater, exercer ou défendre des droits en justice (e).",
    f"Source : {SOURCE} (vérifié le {CHECKED}).",
    "Durée de conservation de ce qui est gardé : celle que le centre a fixée dans son registre des traitements "
    "(art. 30). casekit n’en fixe aucune ; en cas de doute, interrogez son délégué à la protection des données.",
    "Hors de ce dossier, rien n’est touché : sauvegardes (et journaux d’un serveur PostgreSQL), exports déjà envoyés, "
    "plateforme de cours, copies chez la personne. Le centre doit les traiter à part.",
)
"""What is said each time somebody is erased."""
