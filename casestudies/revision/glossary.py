"""The words of the trade: what each means, an example with figures, and the cards that ask for them."""

from dataclasses import dataclass
from functools import cache

from casestudies.display import Card
from casestudies.errors import UnknownNameError
from casestudies.french import simplified
from casestudies.revision.cards import Flashcard, Reply
from casestudies.seeds import seed_of, stream
from casestudies.strict import packaged

OPTIONS = 4
THEMES = ("clients", "marché", "publicité", "rentabilité", "mesure", "organisation", "droit", "équipe")


@dataclass(frozen=True)
class Word:
    """One word: its definition in a sentence, an example with figures, and its source when it is official."""

    id: str
    term: str
    theme: str
    definition: str
    example: str
    source: str = ""


@cache
def glossary() -> dict[str, Word]:
    """Return the words of ``glossaire.toml`` by id.

    Raises
    ------
    ContentError
        When the file does not say what it must; the message names the word and the key.
    """
    root = packaged("casestudies", "glossaire.toml")
    found = {}
    for key in root.data:
        table = root.table(key).only("terme", "theme", "definition", "exemple", optional=("source",))
        found[key] = Word(
            key, table.text("terme"), table.one_of("theme", THEMES), table.text("definition"), table.text("exemple"),
            table.text("source", ""),
        )  # fmt: skip
    return found


def glossaire(mot: str = "") -> Card:
    """Show what a word means, with an example; without a word, the list of those that are explained.

    Raises
    ------
    UnknownNameError
        When the word is not in the glossary.
    """
    words = glossary()
    if not mot:
        listed = tuple(
            f"{theme.capitalize()} : {', '.join(word.term for word in words.values() if word.theme == theme)}."
            for theme in THEMES
        )
        return Card("Glossaire", paragraphs=('Pour un mot : `glossaire("ROAS")`.',), items=listed)
    wanted = simplified(str(mot)[:80])
    for word in words.values():
        if wanted in {simplified(word.term), simplified(word.id), *map(simplified, word.term.split(" ("))}:
            return Card(word.term, paragraphs=_said(word))
    raise UnknownNameError.of("notion du glossaire", str(mot)[:80], tuple(word.term for word in words.values()))


def word_cards(seed: str) -> list[Flashcard]:
    """Return one card for each word: which word has this definition, among words of the same theme."""
    return [_card(word, seed) for word in glossary().values()]


def _card(word: Word, seed: str) -> Flashcard:
    chance = stream(seed_of("glossaire", seed, 0), word.id)
    others = [one for one in glossary().values() if one.theme == word.theme and one is not word]
    drawn = [others[index] for index in chance.permutation(len(others))[: OPTIONS - 1]]
    shown = [word, *drawn]
    options = tuple(shown[index].term for index in chance.permutation(len(shown)))
    return Flashcard(
        f"mot-{word.id}",
        f"Quel mot a cette définition ? « {word.definition} »",
        Reply(word.term, f"C’est bien « {word.term} »."),
        tuple(Reply(one.term, f"« {one.term} » a un autre sens : {one.definition}") for one in drawn),
        f"Exemple : {word.example}",
        options,
    )


def _said(word: Word) -> tuple[str, ...]:
    source = (f"Source : {word.source}.",) if word.source else ()
    return (word.definition, f"Exemple : {word.example}", *source)
