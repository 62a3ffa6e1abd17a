"""The wheel: what it carries, and that it runs where there is no checkout."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import httpx
import pytest

from portal_process import Portal

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert (ROOT / "frontend" / "dist" / "index.html").exists(), "the frontend is not built: run `make setup`"
    out = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = out.glob("*.whl")
    return found


def test_the_wheel_carries_the_frontend_the_migrations_and_no_leftovers(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in ("_frontend/index.html", "_migrations/env.py", "_migrations/versions/0001_record.py", "py.typed"):
        assert f"mediation/{name}" in names
    for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"):
        assert f"mediation/_migrations/versions/{path.name}" in names
    for path in (ROOT / "frontend" / "dist").rglob("*"):
        assert path.is_dir() or f"mediation/_frontend/{path.relative_to(ROOT / 'frontend' / 'dist')}" in names
    assert [name for name in names if not name.startswith(("mediation/", "mediation_portal-"))] == []
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".map"))] == []


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The Python of a new virtual environment in which only the wheel and its locked dependencies are installed.

    pip has installed them by the same hashes (test_locks.py) in the environment of these tests: from there they come.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    for name in re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE):
        bring(name, Path(sysconfig.get_path("purelib", vars={"base": str(folder)})))
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile"]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)
    # As root the database runs as another user, for whom pytest's own folders are closed.
    yield python
    shutil.rmtree(folder)


def bring(name: str, packages: Path) -> None:
    """Have a package of this environment in another one, which keeps them in `packages`, compiled where it is here."""
    try:
        files = metadata.distribution(name).files or ()
    except metadata.PackageNotFoundError:
        return  # for other machines; pip says below whether anything is missing
    for file in files:
        # What lies elsewhere are programs, which none of the portal's is.
        if ".." not in file.parts and file.suffix != ".pyc":
            link(Path(str(file.locate())), packages / file)


def link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # on another disk
        shutil.copy2(source, target)
    compiled = Path(importlib.util.cache_from_source(source)) if source.suffix == ".py" else source
    if compiled != source and compiled.exists():
        link(compiled, target.parent / "__pycache__" / compiled.name)


def test_what_the_wheel_declares_is_what_it_needs(elsewhere: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "pip", "--python", elsewhere, "check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_the_installed_portal_gets_ready_on_its_embedded_database(elsewhere: Path, data_dir: Path) -> None:
    portal = Portal(data_dir, None, demo=True, program=(str(elsewhere.parent / "mediation"),), folder=data_dir)
    try:
        portal.start()
        assert httpx.get(f"{portal.url}/readyz").status_code == 200
        assert "<title>" in httpx.get(portal.url).text
        assert portal.stop() == 0
    finally:
        portal.stop()
