// JupyterLab's words that its French pack leaves in English, or says wrongly: each is replaced where it is shown or
// spoken, as soon as it comes. What learners write and read in cells is never touched.

const LABELS = ["aria-label", "title", "placeholder"];
const OWN = ".cm-content, .jp-RenderedHTMLCommon, .jp-RenderedText, .ck-home, .ck-panel, .jp-tocItem-content";
const KEYED = ".lm-Menu-itemShortcut, .lm-CommandPalette-itemShortcut, .jp-Shortcut-Key";
const WORDS = {
  "Skip to main panel": "Aller au contenu principal",
  "main area content": "contenu principal",
  "main area toolbar": "barre d’outils du notebook",
  "side panel content": "contenu du panneau latéral",
  "Cells": "Cellules",
  "Cell %1/%2": "Cellule %1 sur %2",
  "Executed %1/%2 cells": "%1 cellules exécutées sur %2",
  "Markdown Cell Content": "Contenu de la cellule de texte",
  "Code Cell Content": "Contenu de la cellule de code",
  "Code Cell Content with Output": "Contenu de la cellule de code avec sorties",
  "Raw Cell Content": "Contenu de la cellule brute",
  "Cell toolbar": "Barre d’outils de la cellule",
  "Responsive popup toolbar": "Suite de la barre d’outils",
  "Collapse Output": "Réduire la sortie",
  "Expand Output": "Déplier la sortie",
  "Toggle Scrolling for Outputs": "Faire défiler les sorties, ou non",
  "Output View": "Vue de la sortie",
  "Delete the cell": "Supprimer la cellule",
  "Are you sure you want to delete this cell?": "Supprimer vraiment cette cellule ?",
  "Ignore this warning for future deletions.": "Ne plus demander.",
  "Do not ask me again": "Ne plus demander",
  "Couper cette cellule (C)": "Copier cette cellule (C)",
  "Copy Selected Text": "Copier le texte sélectionné",
  "Copy selected text from the active cell or output area": "Copier le texte sélectionné dans la cellule ou sa sortie",
  "Cut Selected Text": "Couper le texte sélectionné",
  "Cut selected text from the active cell or output area": "Couper le texte sélectionné dans la cellule",
  "Paste Text": "Coller du texte",
  "Paste text from the clipboard into the active cell editor": "Coller dans la cellule le texte du presse-papiers",
  "Paste Unavailable": "Collage impossible",
  "Go to cell…": "Aller à la cellule…",
  "Go to cell number between 1 and %1": "Numéro de la cellule, de 1 à %1",
  "The cell is read-only and cannot be merged.": "La cellule est verrouillée : elle ne peut pas être fusionnée.",
  "The cell is read-only and cannot be split.": "La cellule est verrouillée : elle ne peut pas être coupée.",
  "Show Down Area": "Afficher le panneau du bas",
  "Activity Bar Position": "Position de la barre d’activités",
  "Activity Bar Position: %1": "Position de la barre d’activités : %1",
  "Set Activity Bar Position": "Position de la barre d’activités",
  "Side": "Sur le côté",
  "Top": "En haut",
  "Bottom": "En bas",
  "Install more languages…": "Ajouter d’autres langues…",
  "Edit File Browser Path": "Changer le dossier affiché",
  "Type a path…": "Écrivez un chemin…",
  "Show Date Created Column": "Afficher la date de création",
  "Date Created": "Créé le",
  "Created": "Créé le",
  "Move Widget To": "Déplacer vers",
  "Move Widget": "Déplacer l’onglet",
  "Move to Main Area": "Déplacer vers la zone principale",
  "Move to Left Sidebar": "Déplacer vers la barre de gauche",
  "Move to Right Sidebar": "Déplacer vers la barre de droite",
  "Move to Down Area": "Déplacer vers le panneau du bas",
  "Split Tab": "Diviser l’onglet",
  "Split the current tab": "Diviser l’onglet actif",
  "Up": "Vers le haut",
  "Down": "Vers le bas",
  "Go Up": "Remonter d’un dossier",
  "Open in Terminal": "Ouvrir dans un terminal",
  "Reset Widget Zoom": "Rétablir la taille de l’onglet",
  "Zoom In Active Widget": "Agrandir l’onglet",
  "Zoom Out Active Widget": "Réduire l’onglet",
  "Select Last Modified Cell": "Aller à la cellule modifiée précédente",
  "Select Next Modified Cell": "Aller à la cellule modifiée suivante",
  "Export as HTML": "Exporter en HTML",
  "Toggle Bold": "Mettre en gras, ou non",
  "Trust Markdown Preview": "Faire confiance à l’aperçu",
  "Search for language packs in the Extension Manager": "Chercher d’autres langues",
};
const KEYS = {
  Enter: "Entrée", Shift: "Maj", Up: "Haut", Down: "Bas", Left: "Gauche", Right: "Droite", Home: "Début", End: "Fin",
  Delete: "Suppr", Backspace: "Retour arrière", Escape: "Échap", Space: "Espace", ArrowUp: "Haut", ArrowDown: "Bas",
};
const KEY = new RegExp(String.raw`\b(${Object.keys(KEYS).join("|")})\b`, "g");

/** The words with a number inside, as patterns. */
const PATTERNS = Object.entries(WORDS).filter(([from]) => from.includes("%1")).map(([from, to]) => [
  new RegExp(`^${from.split(/%\d/).map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("(.+)")}$`), to,
]);

/** A label in French, its keys too: « Exécuter (Maj+Entrée) ». */
function french(text) {
  const known = WORDS[text];
  if (known) return known;
  const found = PATTERNS.map(([pattern, to]) => [text.match(pattern), to]).find(([match]) => match);
  if (found) return found[1].replace(/%(\d)/g, (_, rank) => french(found[0][Number(rank)]));
  return text.replace(/ \(([^()\n]*)\)$/, (all) => keys(all)).replace(/^Inscriptible: (true|false)$/m, (_, can) => `Inscriptible : ${can === "true" ? "oui" : "non"}`);
}
const keys = (text) => text.replace(KEY, (key) => KEYS[key]);

function label(node) {
  for (const name of LABELS) {
    const text = node.getAttribute(name);
    const said = text && french(text);
    if (said && said !== text) node.setAttribute(name, said);
  }
}

/** Say in French a text that JupyterLab shows: the text itself is changed, never the elements around it. */
function word(node) {
  const text = node.data.trim();
  const parent = node.parentElement;
  if (!text || !parent || parent.closest(OWN)) return;
  const said = parent.closest(KEYED) ? keys(text) : WORDS[text] ?? french(text);
  if (said !== text) node.data = said;
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) { word(node); return; }
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest(OWN)) return;
  label(node);
  node.querySelectorAll(LABELS.map((name) => `[${name}]`).join()).forEach((one) => { if (!one.closest(OWN)) label(one); });
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) word(texts.currentNode);
}

/** Translate what is there and what comes; a page that speaks French says so to what reads it aloud. */
export function speakFrench() {
  document.documentElement.lang = "fr";
  translate(document.body);
  new MutationObserver((changes) => {
    for (const one of changes) {
      if (one.type === "childList") one.addedNodes.forEach(translate);
      else if (one.type === "characterData") word(one.target);
      else if (!one.target.closest(OWN)) label(one.target);
    }
  }).observe(document.body, { attributeFilter: LABELS, characterData: true, childList: true, subtree: true });
}
