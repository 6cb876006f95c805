"""One protection: whether a machine gives it, and if not, why, in French."""

import errno
from dataclasses import dataclass

LABELS = {
    "network": "Réseau coupé",
    "ipc": "Mémoire partagée et files de messages séparées",
    "processes": "Autres processus invisibles",
    "hostname": "Nom de la machine caché",
    "folder": "Dossier de travail privé et de taille bornée",
    "view": "Reste du disque invisible et en lecture seule",
    "descriptors": "Fichiers déjà ouverts refermés",
    "account": "Compte sans aucun droit",
    "privileges": "Privilèges abandonnés, arrêt avec le correcteur",
    "files": "Lecture et écriture limitées aux dossiers permis",
    "tcp": "Connexions TCP refusées",
    "signals": "Signaux vers les autres processus refusés",
    "limits": "Mémoire, temps de calcul et taille des fichiers bornés",
    "threads": "Nombre de fils d’exécution borné",
    "syscalls": "Appels système dangereux refusés",
}
NOT_LINUX = "ce système n’est pas Linux"
_REASONS = {
    errno.EPERM: "le système le refuse à ce compte, comme souvent dans un conteneur",
    errno.EACCES: "le système le refuse à ce compte, comme souvent dans un conteneur",
    errno.ENOSYS: "le noyau est trop ancien ou construit sans cette fonction",
    errno.EOPNOTSUPP: "cette fonction n’est pas activée au démarrage du noyau",
    errno.EINVAL: "le noyau ne connaît pas cette demande",
    errno.ENOSPC: "la place ou le nombre permis est épuisé",
    errno.EUSERS: "le nombre permis est épuisé",
    errno.ENOMEM: "la mémoire manque",
}


@dataclass(frozen=True)
class Protection:
    """One protection.

    Attributes
    ----------
    code : stable English id, one of ``LABELS``.
    label : its French name.
    on : whether it is in force.
    why : when it is off, the reason, in French, with no capital and no full stop; empty when it is on.
    """

    code: str
    label: str
    on: bool
    why: str


def given(code: str) -> Protection:
    """Return the protection ``code``, in force."""
    return Protection(code, LABELS[code], True, "")


def missing(code: str, why: str) -> Protection:
    """Return the protection ``code``, off for the reason ``why``."""
    return Protection(code, LABELS[code], False, why)


def refused(code: str, error: OSError) -> Protection:
    """Return the protection ``code``, off because the kernel answered ``error``."""
    return missing(code, reason(error))


def reason(error: OSError) -> str:
    """Say in French why the kernel refused."""
    said = _REASONS.get(error.errno or 0, "le noyau le refuse")
    return f"{said} ({errno.errorcode.get(error.errno or 0, 'erreur')})"


def none_given(codes: tuple[str, ...]) -> tuple[Protection, ...]:
    """Return ``codes`` all off: this system is not Linux.

    >>> [protection.on for protection in none_given(("network", "ipc"))]
    [False, False]
    """
    return tuple(missing(code, NOT_LINUX) for code in codes)
