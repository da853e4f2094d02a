"""YARN's ResourceManager over its REST API: find, watch and end applications.

https://hadoop.apache.org/docs/stable/hadoop-yarn/hadoop-yarn-site/ResourceManagerRest.html
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

import httpx

ACTIVE_STATES = ("NEW", "NEW_SAVING", "SUBMITTED", "ACCEPTED", "RUNNING")

_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_CONTAINER = re.compile(r"container_\w+")


class ResourceManagerError(RuntimeError):
    """The ResourceManager did not answer, or not as its API says."""


@dataclass(frozen=True)
class Application:
    """One YARN application as the ResourceManager reports it.

    `log_address` is the page of the driver's container on its NodeManager, empty before it has
    one; `elapsed_s` counts from the submission.
    """

    application_id: str
    name: str
    state: str
    final_status: str
    diagnostics: str
    log_address: str
    node_address: str
    elapsed_s: float

    @property
    def is_active(self) -> bool:
        """Whether it is running or may still run."""
        return self.state in ACTIVE_STATES

    @property
    def succeeded(self) -> bool:
        """Whether it succeeded."""
        return self.state == "FINISHED" and self.final_status == "SUCCEEDED"

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the event of a trigger."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Application:
        """The inverse of `as_dict`."""
        return cls(**{field.name: values[field.name] for field in fields(cls)})


def application_page(resource_manager_url: str, application_id: str) -> str:
    """Address of the page of an application in the ResourceManager's UI."""
    return f"{resource_manager_url}/cluster/app/{application_id}"


def yarn_tag(*parts: str) -> str:
    """A YARN application tag that says what it belongs to.

    YARN takes at most 100 ASCII characters and lowers their case; Spark separates tags by commas.
    Parts that differ only in what is lost by that still get different tags, by a digest.
    """
    whole = "/".join(parts)
    readable = re.sub(r"[^a-z0-9_.-]+", "_", whole.lower())[:80]
    return f"{readable}-{hashlib.sha256(whole.encode()).hexdigest()[:12]}"


class ResourceManager:
    """Client of one ResourceManager; every call is one request with a time limit."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def application(self, application_id: str) -> Application | None:
        """One application, None if the ResourceManager does not know it (any more)."""
        response = self._request("GET", f"/ws/v1/cluster/apps/{application_id}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        return _parse(self._body(response).get("app"))

    def active_applications(self, tag: str) -> list[Application]:
        """The active applications that carry `tag`, oldest first."""
        params = {"applicationTags": tag, "states": ",".join(ACTIVE_STATES)}
        body = self._body(self._request("GET", "/ws/v1/cluster/apps", params=params))
        found: Iterable[Any] = (body.get("apps") or {}).get("app") or []
        return sorted((_parse(app) for app in found), key=lambda app: app.application_id)

    def kill(self, application_id: str) -> None:
        """Kill an application; no effect on one that has ended."""
        self._body(
            self._request(
                "PUT", f"/ws/v1/cluster/apps/{application_id}/state", json={"state": "KILLED"}
            )
        )

    def claim(self, tag: str) -> Application | None:
        """The oldest active application with `tag`; newer ones are duplicates and are killed."""
        active = self.active_applications(tag)
        for double in active[1:]:
            self.kill(double.application_id)
        return active[0] if active else None

    def driver_log(self, application: Application, *, max_bytes: int = 16_384) -> str:
        """The end of what the driver wrote to its error and output streams.

        Read from the NodeManager that ran it (which passes on to the log server, if there is one).
        Where it cannot be had, the text says so and names the page: a missing log must not hide why
        the job failed.
        """
        container = _CONTAINER.search(application.log_address)
        if container is None or not application.node_address:
            return "The driver had no container yet: there is no log."
        base = f"http://{application.node_address}/ws/v1/node/containers/{container[0]}/logs"
        parts = []
        for stream in ("stderr", "stdout"):
            try:
                response = httpx.get(
                    f"{base}/{stream}",
                    params={"size": -max_bytes},
                    timeout=_TIMEOUT,
                    follow_redirects=True,
                )
                response.raise_for_status()
                parts.append(f"--- driver {stream}, last {max_bytes} bytes\n{response.text}")
            except httpx.HTTPError as error:
                where = application.log_address
                parts.append(f"--- driver {stream} could not be read ({error}). See {where}")
        return "\n".join(parts)

    def _request(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        try:
            return httpx.request(method, self.url + path, timeout=_TIMEOUT, **kwargs)
        except httpx.HTTPError as error:
            raise ResourceManagerError(
                f"The ResourceManager at {self.url} did not answer: {error}"
            ) from error

    def _body(self, response: httpx.Response) -> dict[str, Any]:
        if response.is_success:
            try:
                body = response.json()
            except ValueError:
                body = None
            if isinstance(body, dict):
                return body
        raise ResourceManagerError(
            f"The ResourceManager answered {response.request.url} with HTTP "
            f"{response.status_code}: {response.text[:300]}"
        )


def _parse(app: Any) -> Application:
    try:
        return Application(
            application_id=app["id"],
            name=app["name"],
            state=app["state"],
            final_status=app["finalStatus"],
            diagnostics=app.get("diagnostics") or "",
            log_address=app.get("amContainerLogs") or "",
            node_address=app.get("amHostHttpAddress") or "",
            elapsed_s=app.get("elapsedTime", 0) / 1000,
        )
    except (KeyError, TypeError) as error:
        raise ResourceManagerError(
            f"The ResourceManager described an application as {app!r}"
        ) from error
