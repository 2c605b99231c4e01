"""Contracts made by chance: namespaces, folders, includes in circles, and documents for them."""

from dataclasses import dataclass, field
from random import Random
from xml.sax.saxutils import quoteattr

from app.core.register import Element
from tests.support.contracts import TNS, wsdl

XSD = "http://www.w3.org/2001/XMLSchema"
SIMPLE = {"x:string": "text", "x:int": "7", "x:dateTime": "2026-03-02T08:00:00+01:00"}
SAMPLES = {"string": "text", "decimal": "7", "dateTime": "2026-03-02T08:00:00+01:00"}


@dataclass
class File:
    """One schema file in the making; `namespace` "" is taken over by whoever includes it."""

    path: str
    namespace: str
    types: list[str] = field(default_factory=list)
    includes: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)  # namespaces
    content: str = ""


class Maker:
    """Makes one contract; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.spaces = [TNS, *(f"urn:made:{n}" for n in range(self.random.randint(0, 3)))]
        self.prefixes = dict(
            zip(self.spaces, self.random.sample("abcde", len(self.spaces)), strict=True)
        )
        self.files = [
            self._file(number) for number in range(self.random.randint(len(self.spaces), 9))
        ]
        self.inner: File | None = None  # the one that stands in the WSDL
        self.known: list[tuple[str, str]] = []  # (namespace, type) that may be used so far

    def make(self) -> dict[str, str]:
        """Return the files of a contract, the WSDL first."""
        for file in self.files:
            self._fill(file)
        self._borrow()
        last = self.files[-1]
        last.content += self._global("request") + self._global("answer")
        self._connect()
        if self.random.random() < 0.5 and not any(last.path in one.includes for one in self.files):
            self.inner = last
        texts = {
            file.path: self._text(file, file.path.count("/"))
            for file in self.files
            if file is not self.inner
        }
        return {"service.wsdl": self._wsdl()} | texts

    def _file(self, number: int) -> File:
        spaces = self.spaces
        namespace = spaces[number] if number < len(spaces) else self.random.choice(spaces)
        folder = self.random.choice(["", "a/", "a/b/", "åäö/"])
        return File(f"{folder}{self.random.choice(['types', 'part'])}{number}.xsd", namespace)

    def _fill(self, file: File) -> None:
        for number in range(self.random.randint(1, 3)):
            name = f"T{self.files.index(file)}.{number}"
            file.content += self._complex(file, name)
            file.types.append(name)
            self.known.append((file.namespace, name))

    def _complex(self, file: File, name: str) -> str:
        """Return a type that uses earlier ones, sometimes by extending one."""
        parts = "".join(self._leaf(number) for number in range(self.random.randint(1, 4)))
        for number, (space, used) in enumerate(
            self.random.sample(self.known, min(2, len(self.known)))
        ):
            file.uses.add(space)
            often = self.random.choice(["", ' minOccurs="0"', ' maxOccurs="unbounded"'])
            parts += f'<x:element name="p{number}" type="{self.prefixes[space]}:{used}"{often}/>'
        body = f"<x:sequence>{parts}</x:sequence>"
        if self.random.random() < 0.2:
            body = f'<x:choice minOccurs="0" maxOccurs="unbounded">{parts}</x:choice>'
        return f'<x:complexType name="{name}">{body}</x:complexType>'

    def _leaf(self, number: int) -> str:
        more = self.random.choice(
            ["", ' minOccurs="0"', ' form="qualified"', ' form="unqualified"']
        )
        return f'<x:element name="v{number}" type="{self.random.choice(list(SIMPLE))}"{more}/>'

    def _global(self, name: str) -> str:
        file = self.files[-1]
        parts = ""
        for number, (space, used) in enumerate(
            self.random.sample(self.known, min(4, len(self.known)))
        ):
            file.uses.add(space)
            parts += f'<x:element name="r{number}" type="{self.prefixes[space]}:{used}"/>'
        content = f"<x:complexType><x:sequence>{parts}</x:sequence></x:complexType>"
        return f'<x:element name="{name}">{content}</x:element>'

    def _borrow(self) -> None:
        """Let files of two namespaces include one that has none."""
        if self.random.random() < 0.5:
            return
        content = '<x:simpleType name="S"><x:restriction base="x:string"/></x:simpleType>'
        content += '<x:complexType name="C"><x:sequence><x:element name="s" type="S"/></x:sequence>'
        common = File("a/gemensam.xsd", "", content=content + "</x:complexType>")
        for space in self.random.sample(self.spaces, min(2, len(self.spaces))):
            user = next(file for file in self.files if file.namespace == space)
            user.includes.add(common.path)
            self.known.append((space, "C"))
        self.files.insert(0, common)

    def _connect(self) -> None:
        """Let files of one namespace include each other, in circles too."""
        for file in self.files:
            same = [
                one.path for one in self.files if file.namespace and one.namespace == file.namespace
            ]
            file.includes |= set(
                self.random.sample(same, self.random.randint(0, min(2, len(same))))
            )

    def _text(self, file: File, depth: int) -> str:
        up = "../" * depth
        top = "".join(f'<x:include schemaLocation="{up}{one}"/>' for one in sorted(file.includes))
        for space in sorted(file.uses - {file.namespace}):
            targets = [
                one for one in self.files if one.namespace == space and one is not self.inner
            ]
            place = f' schemaLocation="{up}{self.random.choice(targets).path}"' if targets else ""
            top += f'<x:import namespace="{space}"{place}/>'
        own = f' targetNamespace="{file.namespace}"' if file.namespace else ""
        prefixes = "".join(f' xmlns:{p}="{space}"' for space, p in self.prefixes.items())
        form = self.random.choice(["", ' elementFormDefault="qualified"'])
        head = f'<x:schema xmlns:x="{XSD}"{prefixes}{own}{form}>'
        return f"{head}{top}{file.content}</x:schema>"

    def _wsdl(self) -> str:
        """Return a WSDL that imports every file but the one that stands in it."""
        types = "" if self.inner is None else self._text(self.inner, 0)
        for file in self.files:
            if file.namespace and file is not self.inner:
                one = f'<x:import namespace="{file.namespace}" schemaLocation="{file.path}"/>'
                types += f"<x:schema>{one}</x:schema>"
        space = quoteattr(self.files[-1].namespace)
        text = wsdl(types, request="q:request", response="q:answer")
        return text.replace("xmlns:t=", f"xmlns:q={space} xmlns:t=")


def document(root: Element, *, whole: bool) -> str:
    """Return a request with every element that must be there, or with all that may be."""
    prefix = {"": ""}
    spaces: list[str] = []

    def write(element: Element) -> str:
        if element.namespace not in prefix:
            prefix[element.namespace] = f"n{len(spaces)}:"
            spaces.append(element.namespace)
        inner = "".join(write(one) for one in element.children if whole or one.minimum)
        name = prefix[element.namespace] + element.name
        return f"<{name}>{inner or SAMPLES.get(element.base, '')}</{name}>"

    text = write(root)
    declared = "".join(f' xmlns:n{n}="{space}"' for n, space in enumerate(spaces))
    return text.replace(">", f"{declared}>", 1)
