"""Attacks on the pipe to the trusted side: whatever a notebook writes there by hand, it only answers for itself."""

from attacks import NOTHING, WRONG, Attack

SOCKET = """
SESSION = get_ipython().kernel.session
def bare(head, body): SESSION.sock.sendall(struct.pack(">I", head) + body)
def frame(content):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    bare(len(body), body)
NOW, LATER = str(get_ipython().execution_count), [str(number) for number in range(1, 60)]
def shown(content, kind="display_data", request=NOW): frame({"msg_type": kind, "request": request, "content": content})
"""
RIGHT = '{"kind": "score", "value": 100, "points": 100, "fraction": 1, "outcome": "right"}'
DEPEND_ON: tuple[str, ...] = ()
ATTACKS = {
    "found-by-number": Attack("""
import socket
for number in range(3, 64):
    try: socket.socket(fileno=os.dup(number)).sendall(b"\\xff" * 64)
    except OSError: pass
"""),
    "absurd-length": Attack(SOCKET + "bare(2**32 - 1, b'x' * 100)"),
    "large-frame": Attack(SOCKET + "bare(2**23, b'x' * 2**23); bare(2**23, b'[' * 2**23); bare(2**23, b'\"' * 2**23)"),
    "too-large-frames": Attack(SOCKET + "frame(b' ' * 100_000_000)"),
    "garbage": Attack(SOCKET + "for body in (os.urandom(10**6), b'', b'null', b'[]', b'\\xff\\xfe{\\0'): frame(body)"),
    "cut-frame": Attack(SOCKET + "bare(5000, b'{')"),
    "drop-by-drop": Attack(SOCKET + """
import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)
bare(10**6, b"")
for _ in range(200): SESSION.sock.sendall(b" "); time.sleep(0.1)
"""),
    "frames-for-ever": Attack(SOCKET + """
import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)
body = struct.pack(">I", 2) + b"{}"
while True: SESSION.sock.sendall(body * 10_000)
"""),
    "list-of-nothing": Attack(SOCKET + """
HEAD = b'{"msg_type": "display_data", "content": {"metadata": {}, "data": {"text/plain": ['
for part in (b"[]", b"{}", b'""', b"1"):
    frame(HEAD + part + (b"," + part) * 1_900_000 + b"]}}}")
"""),
    "nested-frame": Attack(SOCKET + "frame(b'[' * 10**6); frame(b'{\"a\":' * 10**6); frame(b'[' * 900 + b']' * 900)"),
    "answers-for-ever": Attack(SOCKET + """
import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)
from casestudies.answers import MIME
body = json.dumps({"msg_type": "display_data", "request": NOW, "content": {"metadata": {}, "data": {
    MIME: {"answer": {"kind": "text", "value": "x" * 250_000}}, "text/plain": "x" * 100_000}}}).encode()
while True: frame(body)
"""),
    "half-characters-raw": Attack(SOCKET + r"""
for text in (b'"\\ud800"', b'"\xed\xa0\x80"', b'"\\u0000\\udfff"', b'NaN', b'-Infinity', b'1e999', b'1' * 5000):
    frame(b'{"msg_type": "display_data", "content": {"metadata": {}, "data": {"text/plain": ' + text + b'}}}')
    frame(b'{"msg_type": "stream", "content": {"name": "stdout", "text": ' + text + b'}}')
    frame(b'{"msg_type": "error", "content": {"ename": ' + text + b', "evalue": "", "traceback": []}}')
    frame(b'{"msg_type": "execute_reply", "request": "0", "content": {"status": ' + text + b'}}')
"""),
    "shapeless": Attack(SOCKET + """
WHOLE = {"name": "stdout", "text": "", "data": {}, "metadata": {}, "ename": "", "evalue": "", "traceback": [],
    "execution_count": 1, "transient": {"display_id": "x"}}
ODD = (None, 5, -1.5, True, "x", [], {}, [[]], {"a": 1}, "x" * 1000)
for odd in ODD:
    for kind in ("stream", "display_data", "execute_result", "error", "update_display_data", "clear_output", "status"):
        shown(odd, kind)
        for key in WHOLE: shown({**WHOLE, key: odd}, kind)
        shown({**WHOLE, "data": {"text/plain": odd}, "transient": {"display_id": odd}}, kind)
    frame({"msg_type": odd, "content": {}, "request": odd}); frame({"msg_type": "stream", "request": odd})
"""),
    "widgets-shapeless": Attack(SOCKET + """
OUTPUT = {"_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output", "outputs": [], "msg_id": NOW}
for odd in (None, 5, True, "x", [], {}, [["a", 1]], {"a": 1}, OUTPUT):
    for kind in ("comm_open", "comm_msg", "comm_close"):
        shown({"comm_id": "o", "target_name": "jupyter.widget", "data": odd}, kind)
        shown({"comm_id": odd, "target_name": odd, "data": {"state": OUTPUT}}, kind)
        shown({"comm_id": "o", "target_name": "jupyter.widget", "data": {"state": odd, "buffer_paths": [[]]}}, kind)
        state = {"msg_id": odd, "outputs": odd, "_model_name": odd}
        shown({"comm_id": "o", "data": {"method": "update", "state": state}}, kind)
"""),
    "reply-shapeless": Attack(SOCKET + """
for odd in (5, "abc", [1, 2], {"status": 5, "execution_count": {"a": 1}, "ename": [], "traceback": "x"}):
    frame({"msg_type": "execute_reply", "request": NOW, "content": odd}); time.sleep(0.2)
"""),
    "reply-forged": Attack(SOCKET + """
for request in LATER:
    frame({"msg_type": "execute_reply", "request": request, "content": {"status": "ok", "execution_count": 10**300}})
""", earned=NOTHING),
    "confined-forged": Attack(SOCKET + """
frame({"msg_type": "confined", "missing": []}); frame({"signal": 0, "peak_kib": 0, "cpu_s": 0.0})
frame({"environment": {}, "files": "/", "folder": "/", "limits": {}}); frame({"source": "1 / 0", "request": "99"})
SESSION.sock.send(b"kkkkiiii")
""", sure=False),
    "answers-forged-for-all": Attack(SOCKET + f"""
from casestudies.answers import MIME
for question in (FIRST, SECOND):
    for answer in ({RIGHT}, {{"kind": "number", "value": True}}, {{"kind": "number", "value": 10**400}}, [], 5):
        payload = {{"question": question, "answer": answer, "points": 100, "hints": -10**9, "learner": "m-temoin"}}
        for kind in ("display_data", "execute_result", "update_display_data"):
            shown({{"data": {{MIME: payload, "text/plain": "3.0"}}, "metadata": {{}}, "execution_count": 1}}, kind)
def forged(self, question, answer):
    shown({{"data": {{MIME: {{"question": question, "answer": {RIGHT}}}, "text/plain": "3.0"}}, "metadata": {{}}}})
    return 3.0
type(dossier).verifier = forged
""", earned=NOTHING, answers=WRONG),
    "hints-absurd": Attack("""
import casestudies.practice as p
real = p.Practice._payload
ODD = {"hints": 10**4000, "learner": [], "draw": {}, "company": None, "levels": [{"level": 10**4000, "at": []}] * 999}
p.Practice._payload = lambda self, *asked: {**real(self, *asked), **ODD}
"""),
    "pipe-closed": Attack(SOCKET + "SESSION.sock.close()"),
    "pipe-shut": Attack(SOCKET + "import socket; SESSION.sock.shutdown(socket.SHUT_RDWR)"),
    "pipe-shut-to-read": Attack(SOCKET + "import socket; SESSION.sock.shutdown(socket.SHUT_RD)", earned=NOTHING),
    "pipe-never-read": Attack(SOCKET + """
SESSION.sock.setblocking(False)
SESSION.sock = None
""", earned=NOTHING),
    "session-replaced": Attack("""
class Session:
    def __getattr__(self, name): raise RuntimeError(name)
get_ipython().kernel.session = None
""", sure=False),
    "descriptors-passed": Attack(SOCKET + """
import socket
for _ in range(50): socket.send_fds(SESSION.sock, [struct.pack(">I", 2) + b"{}"], [0, 1, 2, SESSION.sock.fileno()])
"""),
}  # fmt: skip
