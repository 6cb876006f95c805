"""Writing the tables of a company as files: the reference edition, or the variant of one learner."""

from pathlib import Path

from autograder.content import datasets_folder
from autograder.keys.variants import accepted_draw
from casestudies.company import COMPANIES, company_class, company_of
from casestudies.errors import CasekitError, why
from casestudies.identity import normalise
from casestudies.packaging import write_package
from casestudies.seeds import REFERENCE


def write_editions(company: str = "", learner: str = "", target: Path | None = None) -> list[Path]:
    """Write the tables of ``company`` (of every company when empty) and return the folders written.

    The reference editions go to the kit's own ``datasets`` unless ``target`` says otherwise; a learner's variant needs
    a ``target``, so that it never takes the place of the reference.

    Raises
    ------
    CasekitError
        When the company is unknown, the learner’s name odd, the target missing, or the disk refuses.
    """
    name = normalise(learner) or REFERENCE
    if name != REFERENCE and target is None:
        raise CasekitError("Donnez un dossier avec --sortie : une variante ne remplace jamais l’édition de référence.")
    slugs = [company_class(company).slug] if company else list(COMPANIES)
    folders = []
    for slug in slugs:
        folder = (target or datasets_folder()) / slug
        try:
            write_package(company_of(slug, name, accepted_draw(slug, name)), folder)
        except OSError as error:
            raise CasekitError(f"Les tables ne peuvent pas être écrites dans {folder} : {why(error)}.") from error
        folders.append(folder)
    return folders
