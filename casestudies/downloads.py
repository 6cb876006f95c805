"""Links that download a file written beside a notebook: JupyterLab cannot open DOCX, XLSX nor ZIP files itself.

In JupyterLab and on a page kept beside the file, the link leads to the file and says that it is to be downloaded. In a
browser without a server (JupyterLite), no address leads to the file: the link carries the file itself.
"""

import base64
import mimetypes
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from casestudies.display import Card
from casestudies.typography import french

MAX_CARRIED = 4 * 2**20
"""The largest file that a link carries, in bytes: it is kept in the notebook."""
CARRIED = "data-casekit-fichier"
"""What marks a link that carries its file."""
TOO_LARGE = "trop volumineux pour un lien : dans la liste des fichiers, clic droit sur son nom, « Télécharger »"


@dataclass(frozen=True)
class FileLink:
    """A file to download: what it is, its path from the notebook (with « / »), the folder of the notebook."""

    label: str
    name: str
    folder: Path

    def text(self) -> str:
        """Return where the file is."""
        return french(f"{self.label} : {self.name}")

    def html(self) -> str:
        """Return the link as HTML, or where the file is when no link can lead to it."""
        label = escape(french(self.label))
        file = escape(self.name.rpartition("/")[2])
        if sys.platform != "emscripten":
            return f'<a href="{escape(quote(self.name))}" download="{file}">{label}</a>'
        try:
            path = self.folder / self.name
            if path.stat().st_size > MAX_CARRIED:
                return f"{label} ({escape(french(TOO_LARGE))})"
            content = base64.b64encode(path.read_bytes()).decode("ascii")
        except OSError:
            return f"{label} (<code>{escape(self.name)}</code>)"
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        return f'<a {CARRIED} href="data:{kind};base64,{content}" download="{file}">{label}</a>'


@dataclass(frozen=True)
class LinkedCard(Card):
    """A card with files to download under it."""

    links: tuple[FileLink, ...] = ()

    def text(self) -> str:
        """Return the card as plain text, then where the files are."""
        return "\n".join((super().text(), *(f"– {link.text()}" for link in self.links)))

    def html(self) -> str:
        """Return the card as HTML, then its links, each as large as a finger."""
        style = "display:inline-block;min-height:24px;margin:.3em 1.2em 0 0;font-family:system-ui,sans-serif"
        links = "".join(f'<span style="{style}">{link.html()}</span>' for link in self.links)
        return f'{super().html()}<div lang="fr" style="margin:.3em 0">{links}</div>'

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/plain": self.text(), "text/html": self.html(), **self.extra}
