"""The few file operations that set-up needs in HDFS, over its HTTP interface: no JVM to start."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx

from ops.local_stack.layout import HADOOP_USER
from ops.local_stack.local_http import client

CHUNK_BYTES = 4 * 1024 * 1024


class WebHdfs:
    """A client of one NameNode. Errors are `httpx.HTTPStatusError`."""

    def __init__(self, namenode_url: str) -> None:
        self._base = f"{namenode_url}/webhdfs/v1"

    def _url(self, path: str) -> str:
        return self._base + quote(path)

    def mkdirs(self, path: str, permission: str = "755") -> None:
        """Create a folder and its parents; permission in octal digits."""
        parameters = {"op": "MKDIRS", "permission": permission, "user.name": HADOOP_USER}
        client().put(self._url(path), params=parameters).raise_for_status()

    def size(self, path: str) -> int | None:
        """Bytes of a file, or None when there is none."""
        parameters = {"op": "GETFILESTATUS", "user.name": HADOOP_USER}
        answer = client().get(self._url(path), params=parameters)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        return int(answer.raise_for_status().json()["FileStatus"]["length"])

    def children(self, path: str) -> list[str]:
        """Names in a folder."""
        parameters = {"op": "LISTSTATUS", "user.name": HADOOP_USER}
        answer = client().get(self._url(path), params=parameters).raise_for_status()
        return [entry["pathSuffix"] for entry in answer.json()["FileStatuses"]["FileStatus"]]

    def delete(self, path: str) -> None:
        """Delete a file or an empty folder, if it is there."""
        parameters = {"op": "DELETE", "user.name": HADOOP_USER}
        client().delete(self._url(path), params=parameters).raise_for_status()

    def rename(self, source: str, target: str) -> None:
        """Rename a file."""
        parameters = {"op": "RENAME", "destination": target, "user.name": HADOOP_USER}
        answer = client().put(self._url(source), params=parameters).raise_for_status()
        if not answer.json()["boolean"]:
            raise OSError(f"HDFS did not rename {source} to {target}")

    def upload(self, local: Path, path: str) -> None:
        """Write a local file to `path`, which appears whole or not at all."""
        partial = f"{path}.partial"
        parameters = {
            "op": "CREATE",
            "overwrite": "true",
            "permission": "644",
            "user.name": HADOOP_USER,
        }
        # The NameNode answers with the address of the DataNode that takes the bytes.
        redirect = client().put(
            self._url(partial), params=parameters | {"noredirect": "true"}, timeout=30
        )
        address = redirect.raise_for_status().json()["Location"]
        client().put(address, content=_chunks(local), timeout=600).raise_for_status()
        self.delete(path)
        self.rename(partial, path)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
