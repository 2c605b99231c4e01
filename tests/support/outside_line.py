"""What a transport test needs to talk to a server of its own."""

import ssl
from pathlib import Path

from app.transport.answer import AnswerTexts
from app.transport.client import Register
from app.transport.contract import Contract
from app.transport.line import Limits
from app.transport.tls import client_context
from tests.support.outside import (
    Issued,
    PlainIdentity,
    Setup,
    Wish,
    authority,
    elliptic_key,
    issue,
    plain_identity,
    serving,
)

SERVER_CA = authority("TEST Server CA")
CLIENT_CA = authority("TEST SITHS e-id Function CA v1", key=4)
SERVER = issue(SERVER_CA, Wish("localhost", key=elliptic_key(5), loopback=True))
QUICK = Limits(connect=2, read=0.5, total=1.0, settle=0.25)  # for what is to be given up
PATIENT = Limits(connect=10, read=10, total=20, settle=0.25)


class Outside:
    """What a test needs to talk to a server."""

    def __init__(self, folder: Path, contract: Contract, texts: AnswerTexts) -> None:
        self.folder, self.contract, self.texts = folder, contract, texts
        self.ca = self.file("ca.pem", SERVER_CA)

    def file(self, name: str, issued: Issued) -> Path:
        path = self.folder / name
        path.write_bytes(issued.pem)
        return path

    def identity(self, issued: Issued | None = None) -> PlainIdentity:
        return plain_identity(self.folder, issued or issue(CLIENT_CA))

    def context(self, identity: PlainIdentity | None = None) -> ssl.SSLContext:
        return client_context((self.ca,), identity or self.identity())

    def register(self, address: str, context=None, limits: Limits = PATIENT) -> Register:
        return Register(address, context or self.context(), self.contract, self.texts, limits)

    def serve(self, setup: Setup | None = None):
        return serving(self.folder, setup or Setup(SERVER, CLIENT_CA))
