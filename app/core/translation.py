"""Say a condition in the codes of another contract, where they mean the same."""

import ast
from collections.abc import Mapping
from copy import deepcopy

from app.core.condition import ARGUMENTS, function_of, name_of, parse
from app.core.errors import ProfileError

# Variable -> former code -> the codes that now mean the same, () when there is none.
Translations = Mapping[str, Mapping[str, tuple[str, ...]]]


def translate(condition: str, codes: Translations, lists: Mapping[str, str]) -> str:
    """Return the condition with its codes translated; `lists` are code lists by variable.

    A code that several now mean becomes a comparison with each. Raises ProfileError
    "binding-code-untold" for a code that no code means, "binding-form-untold" where the form of a
    code is asked for.
    """
    tree = parse(condition).tree
    translated = _Translator(codes, lists).visit(deepcopy(tree))
    return condition if ast.dump(translated) == ast.dump(tree) else ast.unparse(translated)


_OF_LISTS = frozenset(name for name, kinds in ARGUMENTS.items() if "list" in kinds[1:2])


class _Translator(ast.NodeTransformer):
    def __init__(self, codes: Translations, lists: Mapping[str, str]) -> None:
        self._codes, self._lists = codes, lists

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Translate `variable == 'code'`, whichever side the code is on."""
        sides = (node.left, node.comparators[0])
        name = next((one.id for one in sides if isinstance(one, ast.Name)), "")
        code = next((one.value for one in sides if isinstance(one, ast.Constant)), None)
        if name not in self._codes or not isinstance(code, str):
            return node
        found = self._codes[name].get(code, ())
        if not found:
            raise ProfileError("binding-code-untold", name=name, codes=code)
        each: list[ast.expr] = [
            ast.Compare(ast.Name(name), [node.ops[0]], [ast.Constant(one)]) for one in found
        ]
        join = ast.Or() if isinstance(node.ops[0], ast.Eq) else ast.And()
        return each[0] if len(each) == 1 else ast.BoolOp(join, each)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Ask the variable's own list; refuse to ask for the form of codes written otherwise."""
        name = name_of(node.args[0]) if node.args else ""
        if function_of(node) == "matches" and name in self._codes:
            raise ProfileError("binding-form-untold", name=name)
        if function_of(node) in _OF_LISTS and name in self._lists:
            node.args[1] = ast.Name(self._lists[name])
            return node
        self.generic_visit(node)
        return node
