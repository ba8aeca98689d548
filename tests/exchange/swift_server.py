"""OpenStack Swift with its s3api, real, small and of this computer only; from PyPI, in minutes.

`python swift_server.py CONF SECTION ETC` runs one of its four servers; Swift looks for swift.conf
in /etc alone, so its place is told to it here.
"""

import subprocess
import sys
import venv
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

BUCKET, USER, SECRET = "intake", "test:tester", "testing"
PARTS = ("account", "container", "object")
HASH = """
[swift-hash]
swift_hash_path_prefix = a
swift_hash_path_suffix = b
[storage-policy:0]
name = gold
default = yes
"""
PART = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {etc}
devices = {folder}/node
mount_check = false
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""
PROXY = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {etc}
[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:9
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
allow_multipart_uploads = false
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
"""


@contextmanager
def swift(folder: Path) -> Generator[str]:
    """Its address, once it answers; a bucket is there."""
    from servers import free_port, process  # noqa: PLC0415  the servers run without our libraries

    venv.create(folder / "venv", with_pip=True)
    tools = folder / "venv" / "bin"
    install = [str(tools / "pip"), "install", "-q", "swift", "setuptools<80"]
    subprocess.run(install, check=True, capture_output=True)
    etc = folder / "etc"
    etc.mkdir()
    (folder / "node" / "d1").mkdir(parents=True)
    (etc / "swift.conf").write_text(HASH)
    ports = {name: free_port() for name in (*PARTS, "proxy")}
    for name in PARTS:
        ring = [str(tools / "swift-ring-builder"), str(etc / f"{name}.builder")]
        device = f"r1z1-127.0.0.1:{ports[name]}/d1"
        for words in (["create", "4", "1", "1"], ["add", device, "1"], ["rebalance"]):
            subprocess.run([*ring, *words], check=True, capture_output=True)
    with ExitStack() as ends:
        for name, port in ports.items():
            words = PROXY if name == "proxy" else PART
            conf = etc / f"{name}.conf"
            conf.write_text(words.format(name=name, port=port, etc=etc, folder=folder))
            command = (str(tools / "python"), __file__, str(conf), f"{name}-server", str(etc))
            ends.enter_context(process(*command, wait_for=f"http://127.0.0.1:{port}/info"))
        url = f"http://127.0.0.1:{ports['proxy']}"
        make_bucket(url)
        yield url


def make_bucket(url: str) -> None:
    """What an administrator does once."""
    import boto3  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]
    from botocore.config import Config  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

    client = boto3.client(  # pyright: ignore[reportUnknownVariableType]
        "s3", endpoint_url=url, aws_access_key_id=USER, aws_secret_access_key=SECRET,
        region_name="us-east-1", config=Config(s3={"addressing_style": "path"}),
    )  # fmt: skip
    client.create_bucket(Bucket=BUCKET)


def run(conf: str, section: str, etc: str) -> int:
    """One server of Swift, until it is told to end."""
    from swift.common import (  # noqa: PLC0415  # pyright: ignore[reportMissingImports]
        utils,  # pyright: ignore[reportUnknownVariableType]
    )

    utils.SWIFT_CONF_FILE = f"{etc}/swift.conf"
    from swift.common.wsgi import (  # noqa: PLC0415  # pyright: ignore[reportMissingImports]
        run_wsgi,  # pyright: ignore[reportUnknownVariableType]
    )

    return int(run_wsgi(conf, section))  # pyright: ignore[reportUnknownArgumentType]


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:4]))
