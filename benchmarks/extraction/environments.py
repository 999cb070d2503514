"""Installs the tools that we are compared with, each into an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

# What each tool needs; the second one does not say itself that it needs an older "emoji".
RIVALS = {
    "quantulum3": ("quantulum3==0.10.0", "setuptools<81"),
    "recognizers": ("recognizers-text-suite==1.0.2a2", "emoji<2", "setuptools<81"),
}


def environment(rival: str, folder: Path) -> Path | None:
    """Return the Python in which a tool is installed, made on first use; None where that fails."""
    python = folder / rival / "bin" / "python"
    ready = folder / rival / "ready"
    if not ready.is_file():
        venv.create(folder / rival, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", *RIVALS[rival]]
        if subprocess.run(install, stderr=subprocess.DEVNULL).returncode:
            print(f"{rival}: left out, it cannot be installed here", file=sys.stderr)
            return None
        ready.touch()
    return python
