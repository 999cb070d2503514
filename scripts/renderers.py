"""Builds this collection with each renderer that reads mkdocs.yml, and checks what comes out.

    python scripts/renderers.py

Each works strictly, on a copy, in an environment of its own. The environments stay in
`.cache/renderers/`. They are apart from ours because properdocs puts itself in the place of mkdocs
wherever it is imported, and Zensical brings a theme of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import entry_points
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / ".cache" / "renderers"

# What to install beside our own environment's packages, newest first: a version that the index
# offers may still not install.
REQUIREMENTS = {
    "mkdocs": (),
    "properdocs": ("properdocs>=1.6.7,<1.7",),
    "zensical": ("zensical>=0.0.73", "zensical>=0.0.73,<0.1", "zensical==0.0.73"),
}
# Where each looks for its search index, and what builds strictly.
COMMANDS = {
    "mkdocs": ("mkdocs", "build", "--strict"),
    "properdocs": ("properdocs", "build", "--strict"),
    "zensical": ("zensical", "build", "--strict", "--clean"),
}


class NotInstallableError(Exception):
    """This renderer cannot be installed here; the message says why."""


def environment(name: str) -> Path:
    """Return the folder of a renderer's programs, and install it first where that is needed."""
    if name != "zensical" and "collection" not in entry_points(group="mkdocs.plugins").names:
        raise NotInstallableError(f'{name}: our plugin is not installed; run "pip install ."')
    if name == "mkdocs":
        return Path(sys.executable).parent
    folder = ENVIRONMENTS / name
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if (folder / "ready").exists():
        return programs
    venv.create(folder, with_pip=True, clear=True)
    if name == "properdocs":
        # properdocs runs the theme and plugins that are installed here.
        where = "import sysconfig; print(sysconfig.get_path('purelib'))"
        found = subprocess.run(
            [str(programs / "python"), "-c", where], capture_output=True, text=True, check=True
        )
        site_packages = Path(found.stdout.strip())
        ours = [path for path in sys.path if path.endswith("site-packages")]
        (site_packages / "ours.pth").write_text("\n".join([*ours, str(ROOT)]) + "\n")
    said = ""
    for requirement in REQUIREMENTS[name]:
        command = [str(programs / "python"), "-m", "pip", "install", "--quiet", requirement]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            (folder / "ready").touch()
            return programs
        said = (
            result.stderr.strip().splitlines()[-1] if result.stderr.strip() else "no reason given"
        )
    raise NotInstallableError(f"{name}: {said}")


def render(name: str, folder: Path) -> str:
    """Build a folder with a renderer into its `site/`; return what it printed.

    Raises CalledProcessError when it fails.
    """
    program, *arguments = COMMANDS[name]
    command = [str(environment(name) / program), *arguments]
    settings = {**_environment(), "NO_COLOR": "1"}
    result = subprocess.run(
        command, cwd=folder, env=settings, capture_output=True, text=True, check=False
    )
    output = result.stdout + result.stderr
    if result.returncode:
        raise subprocess.CalledProcessError(result.returncode, command, output)
    return output


def _environment() -> dict[str, str]:
    """Return the environment variables of a person at work: on a copy, ledgers may be written."""
    left_out = ("CI", "SITE_URL", "SOURCE_DATE_EPOCH")
    settings = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**settings, "PYTHONPATH": str(ROOT)}


def copy_collection(target: Path) -> None:
    """Copy what a clone of this repository holds of the collection, without anything generated."""
    for name in ("seeds", "site_overrides", "content/about"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)


def builder(folder: Path, *arguments: str) -> None:
    """Run a command of ours on a copy; its messages go to the terminal."""
    command = [sys.executable, "-m", "builder.cli", *arguments]
    subprocess.run(command, cwd=folder, env=_environment(), check=True)


def build_and_check(name: str, folder: Path) -> None:
    """Build a copy of this collection with one renderer, and check every link of its site."""
    copy_collection(folder)
    builder(folder, "pages")
    render(name, folder)
    builder(folder, "finish")
    builder(folder, "check", "--site")


def main() -> int:
    """Build with every renderer; return how many failed."""
    failed = 0
    for name in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                build_and_check(name, Path(folder) / "collection")
                print(f"{name}: good", flush=True)
            except NotInstallableError as error:
                print(f"skipped: {error}", flush=True)
                failed += bool(os.environ.get("CI"))  # there, nothing may be skipped
            except subprocess.CalledProcessError as error:
                print(f"{name}: failed\n{error.output or error}", flush=True)
                failed += 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
