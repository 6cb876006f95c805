"""What a cell reads, what it makes and what it changes in place: names only, seen from its text, nothing is run."""

import ast
import re
from dataclasses import dataclass, field

CHANGING = frozenset(
    ("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault",
     "sort", "update")
)  # fmt: skip
"""Methods that change the object they are called on; with ``inplace=True``, any other does too."""
_TIMED = re.compile(
    r"^(?P<given>[ \t]*(?:[^\n=#%!]+=[ \t]*)?)(?:%%(?:prun|time|timeit|capture)\b[^\n]*|%(?:prun|time|timeit)[ \t]+)",
    re.MULTILINE,
)
"""The commands of IPython whose line, or cell, is run all the same."""
_COMMAND = re.compile(r"^(?P<indent>[ \t]*)[%!][^\n]*", re.MULTILINE)
_GIVEN = re.compile(r"^(?P<given>[ \t]*[^\n=#%!]+=[ \t]*)[%!][^\n]*", re.MULTILINE)
"""A name that gets what a command says."""
_OTHER_LANGUAGE = re.compile(r"\s*%%(?!(?:prun|time|timeit|capture)\b)(?P<options>[^\n]*)")
_OUT = re.compile(r"--(?:out|err|proc)[ =]+(\w+)")
"""Names that such a cell gives to what its program says."""


@dataclass
class CellNames:
    """The names of one cell.

    ``reads`` are those whose value from before the cell is used; ``makes`` are those that get a new value, or are
    changed in place; ``places`` are the parts that are written (« t['a'] »); ``again`` says whether running the cell
    twice may give something else than running it once: a name is made from itself; ``later`` are the names that a
    function reads each time it is called.
    """

    reads: set[str] = field(default_factory=set)
    makes: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    again: bool = False
    later: dict[str, set[str]] = field(default_factory=dict)


def cell_names(source: str) -> CellNames:
    """Return the names of a cell; of one that does not compile, nothing. Commands of IPython are passed by."""
    if other := _OTHER_LANGUAGE.match(source):
        return CellNames(makes=set(_OUT.findall(other["options"])))
    try:
        tree = _parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return CellNames()
    reader = _Reader()
    try:
        reader.visit_all(tree.body)
    except RecursionError:
        return CellNames()
    return reader.found


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        if "%" not in source and "!" not in source:
            raise
    passed_by = _COMMAND.sub(r"\g<indent>pass", _TIMED.sub(r"\g<given>", source))
    return ast.parse(_GIVEN.sub(r"\g<given>None", passed_by))


class _Reader(ast.NodeVisitor):
    """Goes through statements in the order in which they run; ``made`` are the names surely made so far."""

    def __init__(self) -> None:
        self.found = CellNames()
        self.made: set[str] = set()
        self.local: list[set[str]] = []

    def visit_all(self, nodes: list[ast.stmt]) -> None:
        for node in nodes:
            self.visit(node)

    def _read(self, name: str) -> None:
        if name not in self.made and not any(name in scope for scope in self.local):
            self.found.reads.add(name)

    def _make(self, name: str, surely: bool = True) -> None:
        if any(name in scope for scope in self.local):
            return
        self.found.makes.add(name)
        if surely:
            self.made.add(name)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._read(node.id)
        else:
            self._make(node.id)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._assign(node.targets, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._assign([node.target], node.value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self._make(node.target.id)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._assign([node.target], node.value, itself=True)

    def _assign(self, targets: list[ast.expr], value: ast.expr, itself: bool = False) -> None:
        used = {ast.unparse(part) for part in ast.walk(value) if isinstance(part, ast.Name | ast.Subscript)}
        self.visit(value)
        for target in targets:
            self._target(target, itself or ast.unparse(target) in used)
            if isinstance(target, ast.Name) and isinstance(value, ast.Lambda):
                self._later(target.id, _arguments(value.args), [ast.Expr(value.body)])

    def _later(self, name: str, scope: set[str], body: list[ast.stmt]) -> None:
        reader = _Reader()
        reader.local.append(scope)
        reader.visit_all(body)
        self.found.later[name] = reader.found.reads - {name}

    def _target(self, target: ast.expr, itself: bool) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self._target(part, itself)
            return
        if isinstance(target, ast.Starred):
            self._target(target.value, itself)
            return
        name = _base(target)
        if isinstance(target, ast.Name):
            if itself and name not in self.made:
                self.found.reads.add(name)
                self.found.again = True
            self._make(name)
        elif name:
            self.visit(target.value)  # type: ignore[attr-defined]
            if isinstance(target, ast.Subscript):
                self.visit(target.slice)
            self.found.again |= itself and name not in self.made
            self.found.places.add(ast.unparse(target))
            self._make(name, surely=name in self.made)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        called = node.func
        inplace = any(word.arg == "inplace" and not _is_false(word.value) for word in node.keywords)
        if isinstance(called, ast.Attribute) and (called.attr in CHANGING or inplace):
            name = _base(called.value)
            if name:
                self.found.again |= name not in self.made
                self._make(name, surely=name in self.made)

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._target(target, itself=False)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            self._make(alias.asname or alias.name.split(".")[0])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.visit_Import(node)

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        self._branches(node.body, node.orelse)

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        before = set(self.made)
        self._target(node.target, itself=False)
        self.visit_all(node.body)
        self.made = before
        self.visit_all(node.orelse)

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self._branches(node.body, [])

    def visit_Try(self, node: ast.Try) -> None:
        before = set(self.made)
        self.visit_all(node.body)
        for handler in node.handlers:
            self.made = set(before)
            self.local.append({handler.name} if handler.name else set())
            self.visit_all(handler.body)
            self.local.pop()
        self.made = before
        self.visit_all(node.orelse)
        self.visit_all(node.finalbody)

    def _branches(self, *bodies: list[ast.stmt]) -> None:
        before, after = set(self.made), []
        for body in bodies:
            self.made = set(before)
            self.visit_all(body)
            after.append(self.made)
        self.made = set.intersection(*after)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for default in [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(default)
        scope = _arguments(node.args) | _assigned(node.body)
        self._inside(scope, node.body)
        self._make(node.name)
        self._later(node.name, scope, node.body)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in [*node.decorator_list, *node.bases, *(word.value for word in node.keywords)]:
            self.visit(part)
        self._inside(_assigned(node.body), node.body)
        self._make(node.name)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._inside(_arguments(node.args), [ast.Expr(node.body)])

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node.generators, node.elt)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node.generators, node.elt)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node.generators, node.elt)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node.generators, node.key, node.value)

    def _comprehension(self, generators: list[ast.comprehension], *values: ast.expr) -> None:
        scope: set[str] = set()
        for part in generators:
            self.visit(part.iter)
            scope |= {one.id for one in ast.walk(part.target) if isinstance(one, ast.Name)}
            self.local.append(set(scope))
            for condition in part.ifs:
                self.visit(condition)
        for value in values:
            self.visit(value)
        del self.local[len(self.local) - len(generators) :]

    def _inside(self, scope: set[str], body: list[ast.stmt]) -> None:
        before = set(self.made)
        self.local.append(scope)
        self.visit_all(body)
        self.local.pop()
        self.made = before


def _base(node: ast.expr) -> str:
    """Return the name that an attribute or an element belongs to, an empty text when it has none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _arguments(given: ast.arguments) -> set[str]:
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    return {one.arg for one in every}


def _assigned(body: list[ast.stmt]) -> set[str]:
    """Return the names that a function gives a value to, those it declares global left out."""
    inside = [one for statement in body for one in ast.walk(statement)]
    outer = {name for one in inside if isinstance(one, ast.Global) for name in one.names}
    return {one.id for one in inside if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)} - outer
