"""nginx, Apache and Java as registers put them in front: with our certificate demanded.

Each runs in a folder of its own, on a free port of the loopback, as long as the block lasts.
Where one is not installed, the test that asks for it is skipped and says so.
"""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.outside import result
from tests.support.pki import Issued, Tree, packed, pems, server_leaf, server_tree, siths_test

ROOT = Path(__file__).resolve().parents[2]
PATH = "/spor/ws"
WSDL = '<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"/>'
CREATED = result("OK", "Skapade: 1").partition(b"\r\n\r\n")[2].decode()
TLS_1_2, TLS_1_3 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


@dataclass(frozen=True)
class RealSetup:
    """How a real server is set up; it answers GET with a WSDL and POST with "Skapade: 1"."""

    version: ssl.TLSVersion = TLS_1_3
    server: Issued = field(default_factory=server_leaf)
    server_tree: Tree = field(default_factory=server_tree)
    clients: Tree = field(default_factory=siths_test)
    lists: bytes = b""  # revocation lists as PEM, of root and issuing authority
    per_path: bool = True  # Apache: the certificate is asked for once the path is known
    largest: int = 1_000_000  # nginx: bytes of a body
    wsdl: str = WSDL

    @property
    def protocol(self) -> str:
        return self.version.name.replace("TLSv1_", "TLSv1.")


@dataclass
class RealServer:
    """A server that runs."""

    folder: Path
    port: int
    trusted: Path  # a CA file by which a client knows it

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}{PATH}"

    @property
    def received(self) -> list[int]:
        """The lengths of the bodies that came through, where the server counts them."""
        counted = self.folder / "received"
        return [int(one) for one in counted.read_text().split()] if counted.is_file() else []

    @property
    def log(self) -> str:
        """What the server wrote."""
        return "".join(one.read_text() for one in self.folder.glob("*.log"))


@contextmanager
def nginx(setup: RealSetup | None = None) -> Iterator[RealServer]:
    """Run nginx with `ssl_verify_client on`: it answers a bad certificate with 400 and HTML."""
    setup = setup or RealSetup()
    program = _program("nginx", ROOT / ".venv/nginx/usr/sbin/nginx")
    with _folder(setup) as server:
        config = server.folder / "nginx.conf"
        config.write_text(_nginx_config(setup, server))
        command = [program, "-p", str(server.folder), "-c", str(config), "-e", "error.log"]
        with _running(command, server):
            yield server


@contextmanager
def apache(setup: RealSetup | None = None) -> Iterator[RealServer]:
    """Run Apache with `SSLVerifyClient require` for the path: it asks late, and buffers 128 KiB."""
    setup = setup or RealSetup()
    program = _program("apache2", Path("/usr/sbin/apache2"))
    with _folder(setup) as server:
        script = server.folder / "answer.sh"
        script.write_text(_SCRIPT.format(folder=server.folder, wsdl=setup.wsdl, created=CREATED))
        script.chmod(0o755)
        config = server.folder / "apache.conf"
        config.write_text(_apache_config(setup, server))
        if os.geteuid() == 0:
            shutil.chown(server.folder, "nobody")
        with _running([program, "-X", "-f", str(config)], server):
            yield server


@contextmanager
def java(setup: RealSetup | None = None) -> Iterator[RealServer]:
    """Run Java's HttpsServer: it closes on a bad certificate, with or without a reason."""
    setup = setup or RealSetup()
    program = _program("java", Path("/usr/bin/java"))
    with _folder(setup) as server:
        source = server.folder / "Register.java"
        source.write_text(_JAVA)
        password = "only for this test"
        (server.folder / "server.p12").write_bytes(packed(setup.server, (), password))
        arguments = [str(server.port), setup.protocol, password, PATH, setup.wsdl, CREATED]
        command = [program, "-Xshare:auto", "-XX:TieredStopAtLevel=1", str(source), *arguments]
        with _running(command, server):
            yield server


def _program(name: str, usual: Path) -> str:
    found = str(usual) if usual.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@contextmanager
def _folder(setup: RealSetup) -> Iterator[RealServer]:
    """Yield a server's folder; it is no child of pytest's, into which only its owner may look."""
    with tempfile.TemporaryDirectory(prefix="spor-test-server-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "server.pem").write_bytes(setup.server.pem + pems(setup.server_tree.chain[:1]))
        (folder / "server.key").write_bytes(setup.server.key_pem)
        (folder / "clients.pem").write_bytes(setup.clients.pem)
        (folder / "lists.pem").write_bytes(setup.lists)
        trusted = folder / "trusted.pem"
        trusted.write_bytes(setup.server_tree.pem)
        yield RealServer(folder, _free_port(), trusted)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _running(command: list[str], server: RealServer) -> Iterator[None]:
    with (server.folder / "output.log").open("wb") as output:
        process = subprocess.Popen(command, cwd=server.folder, stdout=output, stderr=output)
        try:
            _wait(process, server)
            yield
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", server: RealServer) -> None:
    for _ in range(1500):
        if process.poll() is not None:
            pytest.fail(f"the server ended: {server.log}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            return
        threading.Event().wait(0.02)
    pytest.fail(f"the server does not answer: {server.log}")


def _nginx_config(setup: RealSetup, server: RealServer) -> str:
    lists = "ssl_crl lists.pem;" if setup.lists else ""
    return f"""
daemon off; master_process off; pid nginx.pid; error_log error.log info;
events {{ worker_connections 64; }}
http {{
  access_log off; default_type text/xml;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi; client_max_body_size {setup.largest};
  server {{
    listen 127.0.0.1:{server.port} ssl; server_name localhost;
    ssl_certificate server.pem; ssl_certificate_key server.key;
    ssl_protocols {setup.protocol}; ssl_verify_client on; ssl_verify_depth 3;
    ssl_client_certificate clients.pem; {lists}
    location = {PATH} {{
      if ($request_method = GET) {{ return 200 '{setup.wsdl}'; }}
      return 200 '{CREATED}';
    }}
  }}
}}
"""


_SCRIPT = """#!/bin/sh
if [ "$REQUEST_METHOD" = GET ]; then
  printf 'Content-Type: text/xml\\r\\n\\r\\n'; printf '%s' '{wsdl}'
else
  wc -c >> {folder}/received
  printf 'Content-Type: text/xml\\r\\n\\r\\n'; printf '%s' '{created}'
fi
"""


def _apache_config(setup: RealSetup, server: RealServer) -> str:
    names = ("mpm_prefork", "authz_core", "ssl", "alias", "cgi", "env")
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in names
    )
    demand = "SSLVerifyClient require\nSSLVerifyDepth 3"
    lists = f"SSLCARevocationFile {server.folder}/lists.pem\nSSLCARevocationCheck chain"
    return f"""
ServerRoot {server.folder}
PidFile {server.folder}/apache.pid
ErrorLog {server.folder}/error.log
LogLevel info
Mutex file:{server.folder} default
ServerName localhost
User nobody
Group nogroup
{modules}
Listen 127.0.0.1:{server.port}
SSLEngine on
SSLProtocol {setup.protocol}
SSLSessionCache none
SSLCertificateFile {server.folder}/server.pem
SSLCertificateKeyFile {server.folder}/server.key
SSLCACertificateFile {server.folder}/clients.pem
{lists if setup.lists else ""}
{"" if setup.per_path else demand}
ScriptAlias {PATH} {server.folder}/answer.sh
<Location {PATH}>
{demand if setup.per_path else ""}
Require all granted
</Location>
"""


_JAVA = """
import com.sun.net.httpserver.*;
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.*;
import javax.net.ssl.*;

public class Register {
  public static void main(String[] a) throws Exception {
    char[] password = a[2].toCharArray();
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream("server.p12")) { own.load(in, password); }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(own, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int number = 0;
    try (InputStream in = new FileInputStream("clients.pem")) {
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in))
        trusted.setCertificateEntry("ca" + number++, one);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(a[0])), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context) {
      public void configure(HttpsParameters p) {
        SSLParameters own = context.getDefaultSSLParameters();
        own.setProtocols(new String[] {a[1]});
        own.setNeedClientAuth(true);
        p.setSSLParameters(own);
      }
    });
    server.createContext(a[3], exchange -> {
      byte[] came = exchange.getRequestBody().readAllBytes();
      boolean asks = exchange.getRequestMethod().equals("GET");
      if (!asks) try (FileWriter out = new FileWriter("received", true)) {
        out.write(came.length + "\\n");
      }
      byte[] answer = (asks ? a[4] : a[5]).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
  }
}
"""
