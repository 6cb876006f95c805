"""A page to mend, shown as code to copy; the page that a reader wrote, as it is seen and as it is heard.

What is shown of a page is made again from what was read of it: known elements, two colours, no address. Nothing of
what somebody wrote reaches the browser as it was; a frame that may run nothing and fetch nothing holds it besides.
"""

from dataclasses import dataclass
from html import escape

from casestudies.bocanterre.product_page import ProductPage, product_page
from casestudies.display import Card
from casestudies.dossier import Dossier
from casestudies.markup import Element, Page, colour_in, page_of, style_of
from casestudies.quoting import printable
from casestudies.typography import french

SHOWN = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody",
    "tr", "th", "td", "form", "fieldset", "legend", "label", "button", "div", "span", "strong", "em", "b", "i", "br",
    "hr", "main", "header", "footer", "nav", "section", "article",
))  # fmt: skip
"""Elements that the preview makes again; what any other holds is shown without it."""
LEFT_OUT = frozenset(
    ["head", "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "select"]
)
SCOPES = ("col", "row")
TITLES = tuple(f"h{level}" for level in range(1, 7))
BLOCKS = ("p", "li", "div", "td", "th", "caption", "label", "dt", "dd", "body", "form", "main", "section", "span",
          "strong", "em", "b", "i")  # fmt: skip
SAID_WHOLE = (*TITLES, "a", "button", "th", "td")
"""Elements whose words are said at once, those of what they hold included."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
LOOK = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:.8em;overflow-wrap:anywhere}"
    "td,th{border:1px solid #767676;padding:.2em .6em}"
    "table{border-collapse:collapse}.img{border:1px dashed #767676;padding:.3em .6em;display:inline-block}"
    ".a{text-decoration:underline}.bouton,button{border:1px solid #767676;padding:.3em .8em;display:inline-block}"
)
WAITING = Card("L’aperçu viendra avec votre page", paragraphs=("Collez-la d’abord entre les guillemets, plus haut.",))


def seen_html(page: Page) -> str:
    """Return the page made again, ready for a frame of its own."""
    body = next(iter(page.find("body")), page.root)
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{POLICY}"><title>Aperçu</title><style>{LOOK}</style></head>'
        f"<body{_colours(body)}>{_inside(body)}</body></html>"
    )


def _colours(one: Element) -> str:
    style = style_of(one)
    kept = {"color": style.get("color", ""), "background": style.get("background-color", style.get("background", ""))}
    read = ";".join(f"{name}:{colour}" for name, value in kept.items() if (colour := colour_in(value)))
    return f' style="{read}"' if read else ""


def _inside(one: Element) -> str:
    return "".join(escape(part) if isinstance(part, str) else _again(part) for part in one.inside)


def _again(one: Element) -> str:
    """Return one element made again, with what it holds."""
    if one.name in LEFT_OUT:
        return ""
    if one.name == "img":
        said = one.get("alt")
        words = "Image" if said is None else f"Image : {said}" if said else "Image de décoration"
        return f'<span class="img">{escape(words)}</span>'
    if one.name in ("input", "textarea"):
        return '<input type="text" size="18" disabled>'
    if one.name == "a":
        return f'<span class="a"{_colours(one)}>{_inside(one)}</span>'
    if one.name not in SHOWN:
        return _inside(one)
    look = ' class="bouton"' if "bouton" in (one.get("class") or "").split() else ""
    scope = f' scope="{one.get("scope")}"' if one.get("scope") in SCOPES else ""
    opened = f"<{one.name}{look}{scope}{_colours(one)}>"
    return opened if one.name in ("br", "hr") else f"{opened}{_inside(one)}</{one.name}>"


def heard(page: Page) -> list[str]:
    """Return what a screen reader says of the page, line by line, as far as its code says it.

    >>> heard(page_of('<html lang="fr"><h1>Dahl</h1><img src="a.jpg"><a href="/x">ici</a></html>'))[2:5]
    ['Titre de niveau 1 : Dahl', 'Image : a.jpg (son nom de fichier, faute d’alternative)', 'Lien : ici']
    >>> heard(page_of("<p>Prix <b>ferme</b></p><h1>Dahl <em>doux</em></h1>"))[2:5]
    ['Prix', 'ferme', 'Titre de niveau 1 : Dahl doux']
    """
    languages = [one.get("lang") for one in page.find("html")]
    title = " ".join("".join(map(str, one.inside)) for one in page.find("title")).strip()
    said = [
        f"Langue annoncée : {languages[0]}" if languages and languages[0] else "Langue annoncée : aucune",
        f"Onglet : {title}" if title else "Onglet : (sans titre)",
    ]
    said += [line for one in page.elements if not one.hidden and (line := _said(page, one))]
    stops = [_stop(page, one) for one in page.elements if _reached(one)]
    return [*said, f"Atteint avec la touche Tab : {' ; '.join(stops) or 'rien'}"]


def _reached(one: Element) -> bool:
    return one.name in ("button", "input", "select", "textarea") or (one.name == "a" and one.get("href") is not None)


def _stop(page: Page, one: Element) -> str:
    return page.label_of(one) or ("un champ sans nom" if one.name != "a" else "un lien sans nom")


def _said(page: Page, one: Element) -> str:
    """Return what is said of one element; an empty text when it says nothing of its own."""
    if one.name in TITLES:
        return f"Titre de niveau {one.name[1]} : {one.text or '(vide)'}"
    if one.name == "img":
        alternative = one.get("alt")
        if alternative is None:
            return f"Image : {one.get('src') or '(sans nom)'} (son nom de fichier, faute d’alternative)"
        return f"Image : {alternative}" if alternative else ""
    if one.name == "a":
        return f"Lien : {one.text or '(vide)'}"
    if one.name in ("input", "select", "textarea"):
        return f"Champ : {page.label_of(one) or '(on ne sait pas quoi écrire)'}"
    if one.name == "button":
        return f"Bouton : {one.text or '(vide)'}"
    if one.name == "th":
        return f"En-tête : {one.text}"
    if one.name == "td":
        return f"Case : {one.text}"
    said = any(up is not one and up.name in SAID_WHOLE for up in one.above())
    return one.own_text if one.name in BLOCKS and not said else ""


@dataclass(frozen=True)
class PageSource:
    """The page to mend: its code in a field that one selects and copies."""

    page: ProductPage

    @property
    def source(self) -> str:
        """The code of the page."""
        return self.page.source

    def __repr__(self) -> str:
        """Return the code."""
        return self.source

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        rows = len(self.source.splitlines()) + 1
        label = french("Le code de la page à corriger : cliquez dedans, Ctrl + A, puis Ctrl + C")
        field = (
            f'<div lang="fr" style="max-width:60em"><label style="display:block;margin:.3em 0">{escape(label)}'
            f'<textarea readonly spellcheck="false" rows="{rows}" style="display:block;width:100%;margin-top:.3em;'
            f'box-sizing:border-box;font:13px/1.45 ui-monospace,monospace;color:#1b1b1b;background:#f3f5f7">'
            f"{escape(self.source)}</textarea></label></div>"
        )
        return {"text/plain": self.source, "text/html": field}


@dataclass(frozen=True)
class PagePreview:
    """A page as it is seen, beside what a screen reader says of it."""

    page: Page

    def __repr__(self) -> str:
        """Return what is heard, line by line."""
        return french(printable("\n".join(heard(self.page))))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        lines = "".join(f"<li>{escape(french(printable(one)))}</li>" for one in heard(self.page))
        frame = escape(seen_html(self.page), quote=True)
        shown = (
            '<div lang="fr" style="display:grid;grid-template-columns:repeat(auto-fit,minmax(19em,1fr));gap:1em;'
            'max-width:70em"><div><p style="margin:.2em 0;font-weight:600">Ce que l’on voit</p>'
            f'<iframe sandbox="" referrerpolicy="no-referrer" title="Aperçu de votre page" srcdoc="{frame}" '
            'style="width:100%;height:43em;border:1px solid #767676;background:#fff"></iframe></div>'
            '<div><p style="margin:.2em 0;font-weight:600">Ce qu’entend un lecteur d’écran</p>'
            f'<ol style="margin:.2em 0;padding-left:1.8em;overflow-wrap:anywhere">{lines}</ol></div></div>'
        )
        return {"text/plain": repr(self), "text/html": shown}


def page_a_corriger(dossier: Dossier) -> PageSource:
    """Return the page of the shop that the reader mends, with the product and the colours of their case."""
    return PageSource(product_page(dossier.table))


def apercu(page: object) -> PagePreview | Card:
    """Return what is seen and what is heard of a page, that runs and fetches nothing."""
    return PagePreview(page_of(page)) if isinstance(page, str) and page.strip() else WAITING
