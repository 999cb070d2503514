"""Nothing that is read from disk is ever run: no pickle, no evaluated text, no shell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(
    file
    for folder in ("builder", "scripts", "benchmarks")
    for file in (ROOT / folder).rglob("*.py")
    if "environments" not in file.parts
)
# What turns bytes into objects that run, or text into code; and names that others can guess.
REFUSED_MODULES = {
    "pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib",
    "imp", "code", "codeop", "xmlrpc", "telnetlib", "ftplib",
}  # fmt: skip
REFUSED_CALLS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.tempnam",
    "tempfile.mktemp", "subprocess.getoutput", "subprocess.getstatusoutput",
    "yaml.load", "yaml.load_all", "yaml.unsafe_load", "yaml.full_load", "yaml.full_load_all",
    "yaml.unsafe_load_all", "yaml.Loader", "yaml.UnsafeLoader", "yaml.FullLoader",
    "yaml.CLoader", "yaml.CUnsafeLoader", "yaml.CFullLoader",
}  # fmt: skip
# Where one of these stands all the same, and why it is harmless: the call, the file.
ALLOWED = {
    # The text is made from the fields of our own frozen records, and from nothing that is read.
    ("exec", "builder/storing/rows.py"),
    # What a worker gets and gives goes through the pipe between the processes of one run.
    ("pickle", "builder/working.py"),
}
READS = re.compile(r"\b(?:open|read_bytes|read_text|mmap)\(")


def name_of(node: ast.expr) -> str:
    """Return "os.system" for what is called so; "" for what has no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := name_of(node.value)):
        return f"{before}.{node.attr}"
    return ""


def _module_faults(node: ast.AST) -> Iterator[str]:
    modules = []
    if isinstance(node, ast.Import):
        modules = [one.name for one in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        modules = [f"{node.module}.{one.name}" for one in node.names]
    for module in modules:
        if module.split(".")[0] in REFUSED_MODULES or module in REFUSED_CALLS:
            yield module


def _call_faults(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute | ast.Name) and name_of(node) in REFUSED_CALLS:
        yield name_of(node)
    if isinstance(node, ast.Call):
        for given in node.keywords:
            off = isinstance(given.value, ast.Constant) and not given.value.value
            if given.arg == "shell" and not off:
                yield "shell="
            if given.arg in ("allow_pickle", "weights_only"):
                yield f"{given.arg}="


def faults_of(source: str) -> list[str]:
    """Return what a module does that no module of ours may do."""
    return [
        fault
        for node in ast.walk(ast.parse(source))
        for fault in (*_module_faults(node), *_call_faults(node))
    ]


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "import numpy, marshal as m",
        "eval('1')",
        "run = exec",
        "import yaml; yaml.load(text, yaml.SafeLoader)",
        "from yaml import load",
        "yaml.load_all(text, Loader=yaml.Loader)",
        "subprocess.run('ls', shell=True)",
        "subprocess.Popen(command, shell=given)",
        "os.system('ls')",
        "tempfile.mktemp()",
        "__import__('os')",
    ],
)
def test_the_test_sees_what_it_looks_for(source: str) -> None:
    assert faults_of(source)


@pytest.mark.parametrize(
    "source",
    [
        "re.compile('x')",
        "yaml.safe_load(text)",
        "class Loader(yaml.SafeLoader): pass",
        "subprocess.run(['ls'], shell=False)",
        "import tempfile; tempfile.mkdtemp()",
        "page.evaluate('1')",
    ],
)
def test_and_nothing_else(source: str) -> None:
    assert faults_of(source) == []


def test_no_module_runs_what_it_reads() -> None:
    assert len(FILES) > 300
    found = {
        (fault, file.relative_to(ROOT).as_posix())
        for file in FILES
        for fault in faults_of(file.read_text("utf-8"))
    }
    assert found <= ALLOWED


@pytest.mark.parametrize(("call", "path"), sorted(ALLOWED))
def test_what_may_do_so_reads_no_file(call: str, path: str) -> None:
    assert not READS.search((ROOT / path).read_text("utf-8")), call


def test_loaders_of_yaml_are_safe_ones() -> None:
    """What is built from PyYAML's loaders knows no tag of Python."""
    from builder import strict_yaml

    for loader in (strict_yaml._Loader, strict_yaml._FastLoader, strict_yaml.EncodableLoader):
        tags = [str(tag) for tag in loader.yaml_constructors]
        assert not [tag for tag in tags if "python" in tag]
        assert not any("python" in str(tag) for tag in loader.yaml_multi_constructors)
