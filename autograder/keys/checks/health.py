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
    "retinit|retinopath|keratocon|daltoni|malvoyan|amblyop|cecite|aveugle|photosensib|photophob|nystagm|bigleu|borgne|"
    "surdit|malentendan|acouphen|hyperacous|migrain|epilep|vertige|insomni|depress|bipolair|schizophren|autis|asperger|"
    "tdah|hyperactiv|hypersensib|burnout|anxie|phobi|anorexi|boulimi|alcoolis|toxicoman|alzheimer|parkinson|cancer|"
    "tumeur|chimio|diabet|insulin|dialys|sclerose|fibromyalg|lombalg|sciatiq|arthros|tendinit|polyarthrit|rhumatism|"
    "hernie|asthm|allergi|crohn|lupus|cardiaque|thyroid|hepatit|seropositi|obesite|paraplegi|tetraplegi|hemiplegi|"
    "amput|prothes|trisomi|syndrome|endometrios|conjonctivit|enceinte|grossesse|infirm|invalid|angoiss|cornee|boiteu"
)
_ORGANS = (
    "dos|tete|yeux|oeil|vue(?! d'ensemble)|vision|oreilles?|audition|genoux?|hanche|epaules?|poignets?|nuque|coeur"
)
_EVENTS = "operation|accident|hospitalisation|convalescence|arret|chute|rechute|opere"
_NAMED = re.compile(
    rf"\b(?:{_CONDITIONS})\w*|\bmal[ -](?:voyant|entendant)\w*|\bburn[ -]out|\bsourde?s?\b|\b(?:vih|avc|sida)\b|"
    r"\btroubles? (?:visuel|dys|psych|anxieu|musculo|cognitif|auditif|ocul|neuro|d(?:u|es|e la|e l'|e|')(?: |\b))\w*|"
    r"\bhandicap (?:visuel|psychique|mental|moteur|auditif|cognitif|invisible|sensoriel)|\bdeficien\w+ \w+|"
    r"\b(?:elle|il|qui|personne|collegue) (?:y |n'y )?(?:voit|entend) (?:(?:tres )?mal|flou|trouble|double)\b|"
    r"\bne voi[ts] (?:plus|pas)(?: tres)? bien|"
    r"\bne voi[ts] (?:presque|quasiment) (?:plus|pas|rien)|\bperd\w* la vue|"
    r"\bvue (?:(?:qui )?(?:baiss|diminu)\w*|fragile|faible|basse|abimee)|"
    rf"\b(?:mal|maux|problemes?|soucis?|douleurs?|ennuis?) (?:de |d'|du |au |aux |a la |a l'|dans le )(?:{_ORGANS})\b|"
    r"\b(?:yeux|oeil)\b.{0,20}\b(?:malades?|fragiles?|abimee?s?|operee?s?)\b|\bsante (?:fragile|mentale|precaire)|"
    r"\b(?:yeux|oeil|nerfs|jambes?|bras|oreilles?) (?:qui )?(?:ne )?(?:march|fonctionn|lach)\w*|\btest de vue\b|"
    r"\bpersonnes? valides?\b|\best (?:tres )?diminuee?\b|\b(?:a|fait) (?:des|une|ses) crises?\b|"
    r"\bfragile (?:de sante|psychologiquement)|\bdans sa tete\b|\boperee? (?:des|de)\b|"
    r"\boperat\w+ (?:des yeux|de l'oeil)|\bcanne blanche|\bappareil auditif|\bfauteuil roulant|"
    r"\b(?:depuis|apres|pendant|vu|avec|suite a|a la suite de|a cause de|en raison de) (?:son|sa|l')\s?"
    rf"(?:{_EVENTS})\b|\b(?:vu|a cause de|malgre|pour) sa vue\b|"
    r"\ba cause de (?:l'|son )age\b|\bgrand age\b"
)
_GUESSED = re.compile(
    r"\b(?:surement|probablement|sans doute|doit avoir|on devine|semble avoir)\b.{0,50}"
    r"\b(?:yeux|vue|sante|malad\w*|nerf\w*)"
)
_ASKED = re.compile(
    r"(?<!assurance )\bmaladies?\b|\bmalades?\b|\bpathologi\w+|\bdiagnos\w+\b(?! (?:du poste|d'accessibilite|technique|"
    r"de performance|du site))|\bsymptom\w+|\bmotif (?:medical|de (?:la|sa) (?:reconnaissance|rqth))|"
    r"\braisons? (?:medicales?|de sante|de sa|de la (?:rqth|reconnaissance|fatigue))|"
    r"\b(?:dossier|certificat|bilan|justificatif|examen|antecedent|preuve|attestation|detail)s? medica\w+|"
    r"\b(?:lever|partager) le secret medical|"
    r"\bcertificat\b(?! (?:d'accessibilite|de conformite|ssl))|\bmedecin traitant|\bson medecin\b(?! du travail)|"
    r"\bkine\b|\bproblemes personnels|"
    r"\b(?:psychiatr|kinesitherap|ophtalmo|neurolog|orthoptist)\w*|\bpsychologiques?\b|\bpsychosomat\w*|\bordonnance\w*|"
    r"\bson traitement\b(?! d(?:e|es|u)\b)|\bsous traitement\b|\btraitement (?:medical|lourd)|\bmedicament\w*|"
    r"\bsouffr\w+ d(?:e|'un)|\bdont (?:elle|il) souffr\w+|\batteinte?s? (?:de|d'|par)|"
    r"\bproblemes? de sante|\b(?:sa|leur) sante\b|\betat de sante|"
    r"\bpourquoi (?:elle|il|la personne) (?:a|est|beneficie)|\bce qu'(?:elle|il) a (?:exactement|aux?|vraiment|comme)|"
    r"\bce qu'(?:elle|il) a(?=\s*(?:$|[,)]))|\bd'ou vient (?:sa|cette|la) fatigue|"
    r"\bc'est (?:grave|contagieux|hereditaire|definitif)|\b(?:va|peut) (?:empirer|s'aggraver)|"
    r"\bspecialistes? (?:des yeux|de la vue|du dos|du sommeil)|\bhandicap est (?:reel|vrai|serieux)|"
    r"\b(?:justifi|compren|connai|verifi)\w+ (?:son|sa|le|la) (?:handicap|rqth|etat|fatigue)|"
    r"\b(?:cause|origine) (?:medicale|de (?:sa|la|son|cette) (?:fatigue|reconnaissance|handicap|gene))"
)
_HANDICAP = r"(?<!referente )(?<!referent )(?<!charte )(?<!mission )(?<!sur le )handicap\w*"
_TOLD = re.compile(
    r"\b(?:annonc|expliqu|dire|dit|ecri|parl|revel|prev|inform|signal|partag|present)\w*\b.{0,40}\b(?:equipe|tous|"
    rf"collegues|tout le monde|client|reunion)\b.{{0,60}}\b(?:{_HANDICAP}|rqth|sa reconnaissance|son etat|sa situation|"
    r"la raison de s(?:on|a|es))|"
    rf"\b(?:nommer|afficher le nom de) la personne|\b(?:{_HANDICAP}|rqth|sa reconnaissance)\b.{{0,60}}\b"
    r"(?:annonc|dit|dira|expliqu|revel|present)\w* (?:a|en|devant|lors) .{0,20}\b(?:equipe|tous|collegues|reunion)|"
    r"\b(?:equipe|collegues|tous) (?:saur|apprendr|devr\w* savoir)\w* .{0,20}\b(?:la personne concernee|qui est|rqth|"
    r"handicap)"
)
_NEGATION = re.compile(r"\b(?:ni|sans(?! doute)|jamais|aucune?|pas(?! seulement| a pas)|rien)\b")
_NOT_DENIED = re.compile(r"\bn'oubli|\bne (?:pas )?(?:oubli|manqu)|\bn'hesit|\bpas (?:oubli|hesit|manqu|interdit)")
"""What looks like a denial and asks all the same: « ne pas oublier de… »."""
_CLAUSE = re.compile(
    r"[.;:!?\n]|\bmais\b|\bcar\b|\bparce qu|\bpuisqu|"
    r",(?= (?:on|nous|elle|il|je|vous|l'equipe|la personne|le manager)\b)"
)
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
    said = plain("".join(one for one in text if unicodedata.category(one) != "Cf")).replace("œ", "oe")
    for read in (said, _joined(said)):
        for pattern in (_NAMED, _GUESSED):
            if hit := pattern.search(read):
                return MedicalWords(hit[0], NAMED)
    for clause in _CLAUSE.split(said):
        if _NEGATION.search(clause) and not _NOT_DENIED.search(clause):
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
