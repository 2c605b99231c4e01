"""Foreign contracts in a few lines, for tests of binding.

Each line is `path | base | documentation | codes`; a part whose name ends in `*` is repeated.
"""

from dataclasses import dataclass, field

from app.core.register import Element


@dataclass
class _Part:
    repeated: bool = False
    base: str = "string"
    documentation: str = ""
    codes: tuple[str, ...] = ()
    children: "dict[str, _Part]" = field(default_factory=dict)


def contract(lines: str) -> Element:
    """Return the request that the lines describe."""
    root = _Part()
    for line in lines.strip().splitlines():
        path, *rest = (one.strip() for one in line.split("|"))
        base, documentation, codes = (*rest, "", "", "")[:3]
        part = root
        for name in path.split("/"):
            part = part.children.setdefault(name.removesuffix("*"), _Part(name.endswith("*")))
        part.base, part.documentation = base or "string", documentation
        part.codes = tuple(codes.split())
    return _element("request", root)


def _element(name: str, part: _Part) -> Element:
    return Element(
        name,
        minimum=0,
        maximum=None if part.repeated else 1,
        base="" if part.children else part.base,
        documentation=part.documentation,
        facets=tuple(("enumeration", code) for code in part.codes),
        children=tuple(_element(*one) for one in part.children.items()),
    )
