"""What must never be written of somebody's health: a rule about words, which says why it stops.

Managers have not to know a pathology (guide « Télétravailler en situation de handicap », Agefiph and FIPHFP,
December 2021). The rule looks for names of conditions, for the medical reason behind a need, and for a need told to
those who were not to know. It reads words, not minds: people judge the rest.
"""

import re
import unicodedata
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import faults
from casestudies.answers import Value
from casestudies.quoting import quoted

_CONDITIONS = (
    "dyslexi|dysprax|dysorthograph|dyscalcul|dysphas|myop|presbyt|astigmat|hypermetrop|glaucom|cataract|dmla|"
    "retinit|retinopath|keratocon|daltoni|malvoyan|amblyop|cecite|aveugle|surdit|malentendan|migrain|epilep|"
    "depress|bipolair|schizophren|autis|asperger|tdah|hyperactiv|burnout|cancer|diabet|sclerose|parkinson|"
    "fibromyalg|lombalg|polyarthrit|rhumatism|asthm|crohn|lupus|paraplegi|tetraplegi|hemiplegi|amput|trisomi|"
    "syndrome|endometrios|conjonctivit|tumeur|hernie"
)
_NAMED = re.compile(
    rf"\b(?:{_CONDITIONS})\w*|\bmal[ -]voyant\w*|\bburn[ -]out|\bsourde?s?\b|\bvih\b|"
    r"\btroubles? (?:visuel|de la vue|dys|psych|anxieu|musculo|du spectre|de l'attention|cognitif|du sommeil)\w*"
    r"|\bhandicap (?:visuel|psychique|moteur|auditif|cognitif|invisible)|\bdeficien\w+ \w+"
    r"|\b(?:voi[ts]|voient|voir) (?:tres )?mal\b|"
    r"\bne voi[ts] (?:plus|pas)(?: tres)? bien|\bperd\w* la vue|\bvue (?:qui baisse|fragile|faible|basse|abimee)|"
    r"\byeux (?:malades|qui lachent|abimes|operes)|\boperat\w+ (?:des yeux|de l'oeil)|\boperee? (?:des|de)\b"
)
_GUESSED = re.compile(
    r"\b(?:surement|probablement|sans doute|doit avoir|on devine|semble avoir)\b.{0,50}"
    r"\b(?:yeux|vue|sante|malad\w*|nerf\w*)"
)
_ASKED = re.compile(
    r"(?<!assurance )\bmaladies?\b|\bmalades?\b|\bpathologi\w+|\bdiagnos\w+\b(?! (?:du poste|d'accessibilite|technique|"
    r"de performance|du site))|\bsymptom\w+|\bmotif (?:medical|de (?:la|sa) (?:reconnaissance|rqth))|"
    r"\braisons? (?:medicales?|de sante|de sa|de la (?:rqth|reconnaissance|fatigue))|\b(?:dossier|certificat|bilan|"
    r"secret) medica\w+|\bordonnance\w*|\bson traitement|\btraitement medical|\bmedicament\w*|\bsouffr\w+ d|"
    r"\batteinte?s? (?:de|d'|par)|\bproblemes? (?:de|aux?) (?:vue|vision|sante|yeux)|\bpourquoi (?:elle|il|la personne)"
    r" (?:a|est|beneficie)|\bce qu'(?:elle|il) a (?:exactement|aux?|vraiment)|\bd'ou vient (?:sa|cette|la) fatigue|"
    r"\b(?:cause|origine) (?:medicale|de (?:sa|la|son|cette) (?:fatigue|reconnaissance|handicap|gene))"
)
_TOLD = re.compile(
    r"\b(?:annonc|expliqu|dire|dit|revel|prev|inform|signal|partag|present)\w*\b.{0,40}\b(?:equipe|tous|collegues|"
    r"tout le monde|client)\b.{0,60}\b(?:handicap\w*|rqth|sa reconnaissance|son etat|sa situation)|"
    r"\b(?:nommer|afficher le nom de) la personne|\b(?:handicap\w*|rqth|sa reconnaissance)\b.{0,40}\b(?:annonce|dite?|"
    r"expliquee?|revelee?|presentee?)s? (?:a|en|devant|lors) .{0,20}\b(?:equipe|tous|collegues|reunion)"
)
_NEGATION = re.compile(r"\b(?:ni|sans|jamais|aucune?|pas|rien)\b")
_CLAUSE = re.compile(r"[.;:!?\n]|\bmais\b|\bcar\b|\bparce qu|\bpuisqu")
_SPELT = re.compile(r"\b(?:[a-z][ .*_·-]+){3,}[a-z]\b")
_DIGITS = str.maketrans("0134", "oiea")
NAMED = "nomme ou laisse deviner un état de santé : partez du besoin que la personne a dit, sans sa cause"
ASKED = "parle de ce que l’encadrement n’a pas à connaître : dites la gêne au travail et l’adaptation, jamais la raison"
TOLD = "dit à d’autres ce que la personne n’a pas choisi de dire : annoncez la règle, pas pour qui elle est prise"


@dataclass(frozen=True)
class MedicalWords:
    """Words that should not be there, as they were read, and why."""

    words: str
    why: str


def medical_slip(text: str) -> MedicalWords | None:
    """Return the first words that tell, ask or guess somebody's health, and why they stop; None when there are none.

    A general word (« motif médical », « maladie ») is let through in a clause that denies it; the name of a
    condition never is. Letters kept apart and digits in their place are read all the same.

    >>> medical_slip("Le motif médical n’est ni demandé ni évoqué.") is None
    True
    >>> medical_slip("Un écran adapté à sa myopie").words
    'myopie'
    >>> medical_slip("Elle a une d.y.s.l.e.x.i.e").words
    'dyslexie'
    """
    said = plain("".join(one for one in text if unicodedata.category(one) != "Cf"))
    for read in (said, _joined(said)):
        for pattern in (_NAMED, _GUESSED):
            if hit := pattern.search(read):
                return MedicalWords(hit[0], NAMED)
    for clause in _CLAUSE.split(said):
        if _NEGATION.search(clause):
            continue
        for pattern, why in ((_ASKED, ASKED), (_TOLD, TOLD)):
            if hit := pattern.search(clause):
                return MedicalWords(hit[0], why)
    return None


def _joined(text: str) -> str:
    """Return the text with letters kept apart joined, hyphens gone, digits read as the letters they stand for."""
    spelt = _SPELT.sub(lambda hit: re.sub(r"[ .*_·-]+", "", hit[0]), text)
    words = (word.translate(_DIGITS) if re.search(r"[a-z]{2}", word) else word for word in spelt.split())
    return re.sub(r"(?<=[a-z])[-*._·](?=[a-z])", "", " ".join(words))


@dataclass(frozen=True)
class NothingMedical:
    """No cell of the columns ``names`` tells, asks or guesses somebody's health."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell, with the words that stop and why."""

        def fault(cell: object) -> str:
            slip = medical_slip(str(cell))
            return f"{quoted(slip.words[:60])} {slip.why}." if slip else ""

        return faults(answer, fault, *self.names)
