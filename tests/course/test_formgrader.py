"""What a learner writes runs nowhere: formgrader, JupyterLab's view of a copy, feedback, desk, class page.

One hostile copy is opened everywhere in Chromium. A script would say so in ``window.__pwned``; whatever is fetched
arrives at a server that only counts.
"""

import base64
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import nbformat
import pytest
from desk_course import EVERY_CRITERION, desk_course
from in_lab import PATIENCE_S, SECONDS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Locator, Page
from reviewing import ASSIGNMENT, NOTEBOOK

from autograder.course.course import Course
from autograder.course.lab import Lab, free_port, stop
from autograder.grading.feedback.write import write_feedback
from autograder.review.shown.work import cell_html, read_work

LEARNER = "a001"
PART = EVERY_CRITERION[14]
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
RUN = "window.__pwned = 1; fetch('CANARY/ran')"
MARKUP = {
    "script": "<script>RUN</script>",
    "module": "<script type=module>RUN</script>",
    "remote script": "<script src='CANARY/x.js'></script>",
    "event": '<img src=x onerror="RUN">',
    "upper-case event": '<IMG SRC=x OnError="RUN">',
    "details": '<details open ontoggle="RUN">x</details>',
    "svg": '<svg onload="RUN"><circle r=4 /></svg>',
    "svg script": "<svg><script>RUN</script></svg>",
    "svg use": "<svg><image href='CANARY/svg.png' /></svg>",
    "math": '<math><mi xlink:href="javascript:RUN">x</mi></math>',
    "mutation": "<math><mtext><table><mglyph><style><img src=x onerror='RUN'></style></mglyph></table></mtext></math>",
    "link": '<a class="try" href="javascript:RUN">x</a>',
    "data link": '<a class="try" href="data:text/html,<script>RUN</script>">x</a>',
    "entity link": '<a class="try" href="jav&#x09;ascript:RUN">x</a>',
    "iframe": "<iframe srcdoc=\"<script>parent.RUN</script>\"></iframe><iframe src='CANARY/frame'></iframe>",
    "object": "<object data='CANARY/object'></object><embed src='CANARY/embed'>",
    "form": "<form class='try' action='CANARY/form'><button formaction='javascript:RUN'>x</button></form>",
    "meta": "<meta http-equiv=refresh content='0;url=CANARY/meta'>",
    "base": "<base href='CANARY/'>",
    "style": "<style>body { background: url(CANARY/style.png) }</style>",
    "import": "<style>@import url(CANARY/import.css);</style><link rel=stylesheet href='CANARY/link.css'>",
    "style attribute": "<p style='background: url(CANARY/attribute.png)'>x</p>",
    "image": "<img src='CANARY/image.png'>",
    "set of images": "<picture><source srcset='CANARY/set.png'><img srcset='CANARY/set2.png'></picture>",
    "media": "<video src='CANARY/v.mp4' autoplay></video><audio src='CANARY/a.mp3' autoplay></audio>",
    "background": "<table background='CANARY/background.png'><tr><td>x</td></tr></table>",
    "comment": '<!--><img src=x onerror="RUN">-->',
    "template": "<template><script>RUN</script></template><noscript><img src=CANARY/n.png></noscript>",
    "svg image": "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='RUN'/>\">",
}
MATHJAX = """window.MathJax = {Hub: {Config() {}, Queue() {}, Typeset() {},
  Startup: {signal: {Interest(heard) { setTimeout(() => heard("End"), 0); }}}}};"""
"""What the formgrader asks of MathJax, which it takes from the internet: it tells when formulas are set."""
TEXT = {
    "image": "![photo](CANARY/markdown.png)",
    "link": "[x](javascript:window.__pwned=1)",
    "named link": "[x][1] ![y][2]\n\n[1]: javascript:window.__pwned=1\n[2]: CANARY/named.png",
    "code": "```\n</code></pre><script>RUN</script>\n```",
    "formula": r"$\href{javascript:window.__pwned=1}{x}$ $\style{background:url(CANARY/tex.png)}{x}$",
}


@contextmanager
def counting() -> Iterator[tuple[str, list[str]]]:
    """Run a server that answers nothing and notes what is asked; yield its address and the list."""
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


def hostile_cells(canary: str) -> list[nbformat.NotebookNode]:
    """Return the cells of a copy that tries everything, in every place where a notebook holds text."""
    markup = {name: _aimed(one, canary) for name, one in MARKUP.items()}
    text = {name: _aimed(one, canary) for name, one in TEXT.items()}
    cells = [new_markdown_cell(f"Avant\n\n{one}\n\nAprès") for one in [*markup.values(), *text.values()]]
    cells += [new_raw_cell(one, metadata={"raw_mimetype": "text/html"}) for one in markup.values()]
    script = _aimed("RUN", canary)
    shown: list[dict[str, Any]] = [{"text/html": one, "text/plain": one} for one in markup.values()]
    shown += [{"text/markdown": one} for one in [*markup.values(), *text.values()]]
    shown += [
        {"application/javascript": script, "text/javascript": script},
        {"image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{script}"/>'},
        {"text/latex": text["formula"] + markup["script"]},
        {"image/png": f'x" onerror="{script}'},
        {"image/png": PNG},
        {"application/vnd.jupyter.widget-view+json": {"model_id": f"</script>{markup['script']}"}},
    ]
    outputs = [new_output("display_data", data=one) for one in shown]
    size = f"1 src=x onerror=window.__pwned=1 srcset={canary}/size.png"
    outputs += [
        new_output("display_data", data={"image/png": PNG}, metadata={"image/png": {"width": size}}),
        new_output("display_data", data={"image/png": PNG}, metadata={"filenames": {"image/png": f"{canary}/f.png"}}),
        new_output("display_data", data={"text/html": markup["script"]}, metadata={"text/html": {"isolated": True}}),
        new_output("stream", text=markup["script"]),
        new_output("error", ename=markup["script"], evalue=markup["event"], traceback=[markup["script"]]),
    ]
    code = new_code_cell(markup["script"], outputs=outputs, metadata={"tags": [f'"><img src="{canary}/tag.png">']})
    named = {"grade_id": f'x"><script>{script}</script>', "grade": True, "solution": True, "points": 1, "locked": False}
    attached = {"p.png": {"image/png": PNG}, "q.svg": {"image/svg+xml": base64.b64encode(b"<svg/>").decode()}}
    return [*cells, code, new_markdown_cell("![p](attachment:p.png) ![q](attachment:q.svg)", attachments=attached),
            new_markdown_cell("Partie au nom piégé", metadata={"nbgrader": named})]  # fmt: skip


def _aimed(text: str, canary: str) -> str:
    return text.replace("RUN", RUN).replace("CANARY", canary)


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    with counting() as found:
        yield found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, canary: tuple[str, list[str]]) -> Course:
    made = desk_course(tmp_path_factory.mktemp("piege") / "cours", [PART], [LEARNER], work=True)
    path = made.folder("autograded") / LEARNER / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    copy = nbformat.read(path, as_version=4)
    copy.cells += hostile_cells(canary[0])
    state = {"version_major": 2, "version_minor": 0, "state": {"x": f"</script>{MARKUP['script']}"}}
    copy.metadata.widgets = {"application/vnd.jupyter.widget-state+json": state}
    nbformat.write(copy, path)
    return made


@pytest.fixture(scope="module")
def lab(course: Course) -> Iterator[Lab]:
    """The server of « casekit review », which shows the formgrader too."""
    server = Lab(course.root, free_port(20000 + os.getpid() % 2000), "jeton-de-test", copies=True)
    process = server.start(browser=False)
    try:
        for _ in range(10 * PATIENCE_S):
            if server.answers() or process.poll() is not None:
                break
            threading.Event().wait(0.1)
        assert process.poll() is None, server.log.read_text()
        yield server
    finally:
        stop(process)


@contextmanager
def watched(browser: Browser, canary: tuple[str, list[str]], bypass_csp: bool = False) -> Iterator[Page]:
    """Open a page without the internet; at its end, nothing has run in it and nothing was fetched.

    With ``bypass_csp``, a page's own policy is not what holds: what is on it is harmless by itself.
    """
    canary[1].clear()
    context = browser.new_context(locale="fr-FR", bypass_csp=bypass_csp)
    context.route(lambda url: not url.startswith(("http://127.0.0.1:", "file:", "data:")), lambda route: route.abort())
    context.route("**/mathjax/**", lambda route: route.fulfill(body=MATHJAX, content_type="text/javascript"))
    page = context.new_page()
    page.set_default_timeout(60 * SECONDS)
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    for tried in page.locator(".try").all():
        tried.evaluate("one => one.submit ? one.submit() : one.click()")
    page.wait_for_timeout(800)
    assert page.evaluate("window.__pwned") is None
    assert canary[1] == []
    context.close()


def _harmless(page: Page, within: str) -> None:
    """What is shown within that element has nothing that acts or fetches: not only did nothing happen."""
    found = page.evaluate(
        """within => [...document.querySelector(within).querySelectorAll('*')].flatMap(one => [
          ...(/^(script|svg|math|iframe|object|embed|form|meta|base|style|link|video|audio|source)$/i.test(one.tagName)
            ? [one.outerHTML.slice(0, 80)] : []),
          ...[...one.attributes].filter(it => /^on|^formaction$|^srcset$|^background$/i.test(it.name)
            || (/^(href|src|action)$/i.test(it.name)
                && /^\\s*(javascript|data:(?!image.(png|jpeg);base64))/i.test(it.value))
            || (it.name === 'src' && !it.value.startsWith('data:'))).map(it => one.outerHTML.slice(0, 80))])""",
        within,
    )
    assert found == []


def _save(page: Page, field: Locator, text: str, path: str) -> None:
    """Write in a field as a person does, leave it, and wait until the server has it."""
    with page.expect_response(lambda answer: path in answer.url and answer.request.method == "PUT") as saved:
        field.click()
        page.keyboard.type(text)
        field.blur()
    assert saved.value.ok, saved.value.text()


def test_marking_works_in_the_formgrader_and_nothing_of_a_copy_runs(
    browser: Browser, lab: Lab, course: Course, canary: tuple[str, list[str]]
) -> None:
    with Gradebook(course.db_url) as gradebook:
        submission = gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, LEARNER).id
    address = f"http://127.0.0.1:{lab.port}/formgrader/submissions/{submission}/?token={lab.token}"
    with watched(browser, canary, bypass_csp=True) as page:
        page.set_extra_http_headers({"Authorization": f"token {lab.token}"})
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, page.content() + lab.log.read_text()[-3000:]
        score = page.locator(f"input.score#{PART.id}")
        page.wait_for_load_state("networkidle")
        _harmless(page, "#notebook-container")
        text = page.locator("#notebook-container").first.inner_text().replace("\u00a0", " ")
        assert f"Image distante : {canary[0]}/markdown.png" in text
        assert f"Image distante : {canary[0]}/image.png" in text
        assert "La promotion a fait monter les ventes" in text
        assert page.locator("#notebook-container table").count() > 0
        assert (
            page.locator(f"#notebook-container #notebook-container img[src='data:image/png;base64,{PNG}']").count() == 4
        )
        assert page.locator("input.score").count() == 1
        page.wait_for_function("MathJax.loaded && formgrader.grade_uis && formgrader.comment_uis")
        _save(page, score, "3", "/api/grade/")
        _save(page, page.locator(f"textarea.comment[id='{PART.id}-comment']"), "Bien argumenté.", "/api/comment/")
    with Gradebook(course.db_url) as gradebook:
        assert gradebook.find_grade(PART.id, NOTEBOOK, ASSIGNMENT, LEARNER).manual_score == 3
        assert gradebook.find_comment(PART.id, NOTEBOOK, ASSIGNMENT, LEARNER).manual_comment == "Bien argumenté."


def test_a_copy_opened_in_the_lab_of_the_review_runs_and_fetches_nothing(
    browser: Browser, lab: Lab, course: Course, canary: tuple[str, list[str]]
) -> None:
    path = f"build/autograded/{LEARNER}/{ASSIGNMENT}/{NOTEBOOK}.ipynb"
    with watched(browser, canary) as page:
        page.goto(f"http://127.0.0.1:{lab.port}/lab/tree/{path}?reset&token={lab.token}")
        page.locator(".jp-NotebookPanel .jp-Notebook .jp-Cell").first.wait_for()
        page.wait_for_function("!document.querySelector('#jupyterlab-splash')")
        for cell in range(0, 80, 4):  # what is out of sight is not rendered
            page.evaluate("n => document.querySelectorAll('.jp-Notebook .jp-Cell')[n]?.scrollIntoView()", cell)
            page.wait_for_timeout(100)
        assert page.locator("img[src*='markdown.png']").count()


def test_the_feedback_and_the_desk_run_and_fetch_nothing(
    browser: Browser, course: Course, canary: tuple[str, list[str]]
) -> None:
    assert [one.problem for one in write_feedback(course, ASSIGNMENT)] == [""]
    with watched(browser, canary, bypass_csp=True) as page:
        page.goto((course.folder("feedback") / LEARNER / ASSIGNMENT / f"{NOTEBOOK}.html").as_uri())
        _harmless(page, "body")
        text = (page.locator("body").text_content() or "").replace("\u00a0", " ")
        assert f"Image distante : {canary[0]}/image.png" in text
    work = read_work(course, ASSIGNMENT, LEARNER, NOTEBOOK)
    with watched(browser, canary) as page:
        page.set_content("<main>" + "".join(cell_html(cell) for cell in work.cells) + "</main>")
        _harmless(page, "main")
