"""What the pages of a plan say of their own, whatever their format."""

CONTENTS = "Sommaire"
ESSENTIAL = "L’essentiel en une page"
STATE = "État du document"
TO_COMPLETE = "À compléter."
NOT_YET = "Pas encore écrit."
