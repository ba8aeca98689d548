"""Servers that a store may be: Debian's apache with mod_dav, moto for S3, Azurite; and bad ones.

Each runs as a process of its own on a free port of this computer and ends with the test. OpenDAL
lists while it holds the interpreter, so a server in the same process would never answer.
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit

from intake_app.exchange.stores import StorePassword
from intake_app.settings.stores import StoreEntry

HERE = Path(__file__).parent
USER, SECRET = "station", "open-sesame-42"
PASSWORD = StorePassword(USER, SECRET)
AZURITE = StorePassword(
    "devstoreaccount1",  # the well-known account of the emulator
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
)
_MODULES = (
    "mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "dav",
    "dav_fs",
)  # fmt: skip


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as asked:
        asked.bind((host, 0))
        return int(asked.getsockname()[1])


@contextmanager
def process(*command: str, wait_for: str, **surroundings: str) -> Generator[subprocess.Popen[str]]:
    """A server that says when it is ready: by answering there, or by a line if that is empty."""
    made = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, **surroundings},
    )  # fmt: skip
    try:
        if wait_for:
            answers(wait_for, made)
        yield made
    finally:
        made.terminate()
        made.wait(20)
        if made.stdout:
            made.stdout.close()


def answers(url: str, server: subprocess.Popen[str]) -> None:
    """Ask until somebody answers, whatever it is."""
    while True:
        assert server.poll() is None, "the server has ended"
        try:
            asked(url)
        except OSError:
            continue
        return


def asked(url: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> int:
    """The status that a server answers with."""
    place = urlsplit(url)
    made = http.client.HTTPConnection(place.hostname or "", place.port, timeout=5)
    with closing(made):
        made.request(
            method, f"{place.path or '/'}?{place.query}".rstrip("?"), headers=headers or {}
        )
        return made.getresponse().status


@contextmanager
def webdav(folder: Path, address: str = "127.0.0.1", *inside: str) -> Generator[StoreEntry]:
    """Apache with mod_dav and a password; its files lie in `folder`/dav, what it is asked in a log.

    Args:
        folder: An empty folder.
        address: Where it listens.
        inside: Words before the command, as `ip netns exec NAME`.
    """
    (folder / "dav").mkdir(parents=True)
    port = free_port()
    users = folder / "users"
    subprocess.run(["htpasswd", "-bc", str(users), USER, SECRET], check=True, capture_output=True)
    loaded = "\n".join(
        f"LoadModule {one}_module /usr/lib/apache2/modules/mod_{one}.so" for one in _MODULES
    )
    (folder / "apache.conf").write_text(f"""
ServerRoot {folder}
ServerName localhost
PidFile {folder}/pid
Listen {address}:{port}
{loaded}
ErrorLog {folder}/error.log
CustomLog {folder}/access.log "%m %U"
DavLockDB {folder}/locks
DocumentRoot {folder}/dav
<Directory {folder}/dav>
Dav On
AuthType Basic
AuthName stores
AuthUserFile {users}
Require valid-user
</Directory>
""")
    command = (*inside, "apache2", "-f", str(folder / "apache.conf"), "-DFOREGROUND")
    url = f"http://{address}:{port}"
    with process(*command, wait_for=url):
        yield StoreEntry("hub-1", "webdav", url)


@contextmanager
def s3(bucket: str = "intake") -> Generator[StoreEntry]:
    """Moto's server, with an empty bucket."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = (sys.executable, "-W", "ignore", "-m", "moto.server", "-p", str(port))
    with process(*command, wait_for=url):
        assert asked(f"{url}/{bucket}", "PUT") == 200
        yield StoreEntry("hub-1", "s3", url, bucket=bucket, root="dept")


@contextmanager
def azure(folder: Path, container: str = "intake") -> Generator[StoreEntry]:
    """Azurite from npm, with an empty container."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "azurite"], cwd=folder,
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    url = f"http://127.0.0.1:{port}/{AZURITE.user}"
    command = (
        str(folder / "node_modules" / ".bin" / "azurite-blob"), "--silent", "--inMemoryPersistence",
        "--skipApiVersionCheck", "--blobPort", str(port),
    )  # fmt: skip
    with process(*command, wait_for=f"http://127.0.0.1:{port}"):
        make_container(url, container)
        yield StoreEntry("hub-1", "azure", url, bucket=container, root="dept")


def make_container(url: str, container: str) -> None:
    """What an administrator does once: OpenDAL makes no container. Signed with the shared key."""
    at = formatdate(usegmt=True)
    account = AZURITE.user
    lines = (
        *("PUT", *[""] * 11),
        f"x-ms-date:{at}",
        "x-ms-version:2021-12-02",
        f"/{account}/{account}/{container}",
        "restype:container",
    )
    key = base64.b64decode(AZURITE.secret)
    signed = base64.b64encode(hmac.new(key, "\n".join(lines).encode(), hashlib.sha256).digest())
    headers = {
        "x-ms-date": at, "x-ms-version": "2021-12-02", "Content-Length": "0",
        "Authorization": f"SharedKey {account}:{signed.decode()}",
    }  # fmt: skip
    assert asked(f"{url}/{container}?restype=container", "PUT", headers) == 201


@contextmanager
def bad(mode: str) -> Generator[StoreEntry]:
    """A web server that does one thing wrong; see `bad_server`."""
    with process(sys.executable, str(HERE / "bad_server.py"), mode, wait_for="") as made:
        assert made.stdout is not None
        port = json.loads(made.stdout.readline())
        yield StoreEntry("hub-1", "webdav", f"http://127.0.0.1:{port}")
