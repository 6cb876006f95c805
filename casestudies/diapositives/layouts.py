"""The layouts of the PowerPoint file: real placeholders, French, 16:9, so that what is changed there follows."""

from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from casestudies.diapositives.page import (
    BAND,
    CLOCK,
    COVER_LINES,
    COVER_TITLE,
    FOOT,
    FOOT_PT,
    HIGH,
    INK,
    LABEL,
    NUMBER,
    PIECE,
    QUOTE,
    QUOTE_SOURCE_PT,
    SOFT,
    SOURCE,
    SOURCE_PT,
    TITLE,
    WIDE,
    Room,
)
from casestudies.studio.palette import BLUE

COVER, QUOTED, PICTURED, TABLED, EXCERPTED = "Couverture", "Message et preuve", "Figure", "Tableau", "Extrait"
"""The names of the layouts."""
PROOF_AT, PIECE_AT, CLOCK_AT, SOURCE_AT, FOOT_AT, NUMBER_AT = 1, 2, 13, 14, 11, 12
"""The place of each placeholder, by which a slide finds it."""
FONT = "Arial"
LANGUAGE = "fr-FR"
_KEPT = {"Title Slide": COVER, "Title and Content": QUOTED, "Two Content": PICTURED, "Comparison": TABLED,
         "Title Only": EXCERPTED}  # fmt: skip
_PIECES = {PICTURED: "pic", TABLED: "tbl", EXCERPTED: "body"}
_PIECE_WORDS = {PICTURED: "Figure", TABLED: "Tableau", EXCERPTED: "Extrait du livrable"}
_HOLDER = """
<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
      xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
  <p:nvSpPr><p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>
    <p:nvPr><p:ph type="{kind}" {place}/></p:nvPr></p:nvSpPr>
  <p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm></p:spPr>
  <p:txBody>
    <a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>
    <a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{side}"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>
      <a:defRPr lang="fr-FR" sz="{size}" b="{bold}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>
      </a:defRPr></a:lvl1pPr></a:lstStyle>
    <a:p>{words}</a:p>
  </p:txBody>
</p:sp>"""
_FOOT_RUN = """
<a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:pPr algn="{side}"/><a:r>
  <a:rPr lang="fr-FR" sz="{size}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:latin typeface="{font}"/>
  </a:rPr><a:t/></a:r></a:p>"""
"""The text of a foot with its own look: LibreOffice does not look for it in the layout."""
_FEET = {"ftr": "Pied de page", "sldNum": "Numéro de la diapositive"}
_BAR = """
<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
      xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
  <p:nvSpPr><p:cNvPr id="{id}" name="Filet"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
  <p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>
    <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
    <a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>
</p:sp>"""


def blank_deck() -> Any:
    """Return a presentation without slides, whose layouts are the kit's."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    for layout in list(deck.slide_layouts):
        if layout.name in _KEPT:
            _lay_out(layout, _KEPT[layout.name])
        else:
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    _clear(master)
    _add(master, "title", "Titre", TITLE, 28, INK, bold=True, words="Le message, en une phrase")
    _add(master, "body", "Texte", QUOTE, 28, INK, place=PROOF_AT, words="La preuve")
    _feet(master)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'typeface="Calibri"', f'typeface="{FONT}"'.encode())
    for element in (deck.part._element, master._element, *(layout._element for layout in deck.slide_layouts)):
        _speak_french(element)
    return deck


def layout_named(deck: Any, name: str) -> Any:
    """Return a layout of the presentation."""
    return deck.slide_layouts.get_by_name(name)


def speak_french(slide: Any) -> None:
    """Say of every text of a slide or of its notes that it is French."""
    _speak_french(slide._element)


def add_feet(slide: Any, foot: str, number: str) -> None:
    """Add the foot of a slide and its number: the library copies neither from the layout.

    The number is a text, without the cover: a field would count it, and LibreOffice begins at 1 whatever is asked.
    """
    for kind, place, room, side, text in (
        ("ftr", FOOT_AT, FOOT, "l", foot), ("sldNum", NUMBER_AT, NUMBER, "r", number),
    ):  # fmt: skip
        if text:
            slide.shapes._spTree.append(_foot(slide, kind, place, room, side, text))


def _foot(slide: Any, kind: str, place: int, room: Room, side: str, text: str) -> Any:
    element = _holder(slide, kind, _FEET[kind], room, FOOT_PT, SOFT, place=place, anchor="ctr", side=side)
    paragraph = element.find(f".//{qn('a:p')}")
    paragraph.append(parse_xml(_FOOT_RUN.format(side=side, size=FOOT_PT * 100, colour=SOFT, font=FONT)))
    paragraph.extend(list(paragraph[0]))
    paragraph.remove(paragraph[0])
    paragraph.find(f"{qn('a:r')}/{qn('a:t')}").text = text
    return element


def _lay_out(layout: Any, name: str) -> None:
    _clear(layout)
    layout.name = name
    if name != COVER:
        layout._element.attrib.pop("type", None)
    if name == COVER:
        _bar(layout, Room(48, COVER_TITLE.top, 8, COVER_TITLE.height + COVER_LINES.height))
        _add(layout, "ctrTitle", "Titre", COVER_TITLE, 48, INK, bold=True, anchor="b", words="Le sujet de l’oral")
        _add(layout, "subTitle", "Sous-titre", COVER_LINES, 22, SOFT, place=PROOF_AT, words="L’entreprise, votre nom")
        return
    _bar(layout, Room(0, TITLE.top, 12, TITLE.height))
    _add(layout, "title", "Titre", TITLE, 28, INK, bold=True, anchor="ctr", words="Le message, en une phrase")
    if name == QUOTED:
        _add(layout, "body", "Preuve", QUOTE, 32, INK, place=PROOF_AT, anchor="ctr", words="La preuve")
    else:
        _add(layout, "body", "Preuve", BAND, 24, INK, place=PROOF_AT, anchor="ctr", words="La preuve")
        _add(layout, _PIECES[name], _PIECE_WORDS[name], PIECE, 18, INK, place=PIECE_AT, words=_PIECE_WORDS[name])
    room, size, anchor = (LABEL, QUOTE_SOURCE_PT, "t") if name == QUOTED else (SOURCE, SOURCE_PT, "ctr")
    _add(layout, "body", "Source", room, size, SOFT, place=SOURCE_AT, anchor=anchor, words="La source")
    _add(layout, "body", "Temps", CLOCK, FOOT_PT, SOFT, place=CLOCK_AT, anchor="ctr", side="r", words="Le temps")
    _feet(layout)


def _feet(page: Any) -> None:
    _add(page, "ftr", "Pied de page", FOOT, FOOT_PT, SOFT, place=FOOT_AT, anchor="ctr")
    _add(page, "sldNum", "Numéro", NUMBER, FOOT_PT, SOFT, place=NUMBER_AT, anchor="ctr", side="r", words="N°")


def _clear(page: Any) -> None:
    for shape in list(page.shapes):
        shape._element.getparent().remove(shape._element)


def _add(page: Any, *given: Any, **more: Any) -> Any:
    element = _holder(page, *given, **more)
    page.shapes._spTree.append(element)
    return element


def _holder(
    page: Any, kind: str, name: str, room: Room, size_pt: float, colour: str, place: int = 0, bold: bool = False,
    anchor: str = "t", side: str = "l", words: str = "",
) -> Any:  # fmt: skip
    """Return a placeholder of a layout."""
    run = f'<a:r><a:rPr lang="{LANGUAGE}"/><a:t>{words}</a:t></a:r>' if words else ""
    return parse_xml(
        _HOLDER.format(
            id=_free_id(page), name=name, kind=kind, place=f'idx="{place}"' if place else "", anchor=anchor, side=side,
            size=round(size_pt * 100) or 1200, bold=int(bold), colour=colour, words=run, **_emus(room),
        )
    )  # fmt: skip


def _bar(page: Any, room: Room) -> None:
    page.shapes._spTree.append(parse_xml(_BAR.format(id=_free_id(page), colour=BLUE.lstrip("#"), **_emus(room))))


def _emus(room: Room) -> dict[str, int]:
    return {"x": Pt(room.left), "y": Pt(room.top), "cx": Pt(room.width), "cy": Pt(room.height)}


def _free_id(page: Any) -> int:
    known: Sequence[str] = page.shapes._spTree.xpath("//@id")
    return max((int(one) for one in known if one.isdigit()), default=1) + 1


def _speak_french(element: Any) -> None:
    for run in element.iter(qn("a:r")):
        run.get_or_add_rPr()
    for one in element.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        one.set("lang", LANGUAGE)
