"""The rules said in French, to print on every sheet: what the settings in use are, and nothing else."""

from autograder.referentiel import LEVEL_NAMES, LEVELS
from autograder.sheets.centre import LOWEST, Centre, Combination, Compensation, Verdicts
from autograder.sheets.verdicts import COMBINED


def rules(centre: Centre) -> tuple[str, ...]:
    """Return the rules in use, in sentences."""
    steps = ", ".join(
        f"niveau {level} à partir de {least} % des points"
        for level, least in reversed(list(zip(LEVELS[1:], centre.thresholds, strict=True)))
    )
    lowest = centre.several_parts is Combination.LOWER
    several = "le plus faible" if lowest else "la moyenne arrondie à l’entier inférieur"
    names = ", ".join(f"{level} {name}" for level, name in LEVEL_NAMES.items())
    return (
        f"Niveaux : {names}.",
        f"Part corrigée par la machine : {steps}, sinon niveau {LOWEST}.",
        "Un critère qui demande des valeurs calculées n’est acquis par la machine que si l’une au moins est juste : "
        "des choix et des conséquences d’une réponse précédente n’y suffisent pas.",
        "Une question essentielle qui n’est pas juste empêche la machine d’acquérir son critère, quels que soient les "
        "autres points.",
        f"Part relue par le formateur : un niveau de 1 à 4 par partie ; pour plusieurs parties, {several} (réglage du "
        "centre).",
        COMBINED[centre.combination].sentence,
        _acquired(centre),
        "Ce qui n’a été ni corrigé ni relu reste « à relire », et une copie non remise donne « absent » : ce n’est "
        "jamais un zéro. Un critère « retiré » par le centre ne compte pas.",
        *_compensation(centre),
    )


def _acquired(centre: Centre) -> str:
    validation = centre.validation_level
    if centre.verdicts is Verdicts.TWO:
        return f"Un critère est acquis à partir du niveau {validation} (réglage du centre), sinon non acquis."
    between = " ou ".join(str(level) for level in range(LOWEST + 1, validation))
    partly = f"partiellement acquis au niveau {between}, " if between else ""
    below = f" ; {partly}non acquis au niveau {LOWEST}" if validation > LOWEST else ""
    return f"Un critère est acquis à partir du niveau {validation} (réglage du centre){below}."


def _compensation(centre: Centre) -> tuple[str, ...]:
    """Return what is said of competencies and blocs."""
    if centre.compensation is Compensation.NONE:
        return (
            "Sans compensation entre critères (réglage du centre) : une compétence est acquise quand tous ses critères "
            "le sont, un bloc quand toutes ses compétences le sont.",
        )
    weights = ", ".join(f"{code} compte {weight}" for code, weight in centre.weights.items() if weight != 1)
    weighted = f" Poids : {weights} ; 1 pour les autres." if weights else ""
    least = (
        f"la moyenne des niveaux atteint {centre.validation_level} et qu’aucun critère n’est sous le niveau "
        f"{centre.floor}"
    )
    if centre.compensation is Compensation.COMPETENCY:
        return (
            "Compensation entre les critères d’une même compétence (réglage du centre) : une compétence est acquise "
            f"quand {least} ; un bloc, quand toutes ses compétences le sont.{weighted}",
        )
    return (
        "Une compétence est acquise quand tous ses critères le sont. Compensation entre les critères d’un même bloc "
        f"(réglage du centre) : un bloc est acquis quand {least}.{weighted}",
    )
