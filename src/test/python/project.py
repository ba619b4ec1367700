"""A small heapcraft project in a folder of its own, and the launcher loaded from it."""

import importlib.machinery
import importlib.util
import os
import shutil
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[3]
sys.dont_write_bytecode = True


def load(file):
    """The launcher as a module; its file has no suffix that Python would know."""
    loader = importlib.machinery.SourceFileLoader("lab", str(file))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("lab", loader))
    loader.exec_module(module)
    return module


def program(file, text):
    """A shell script in the place of a program."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n" + text + "\n")
    file.chmod(0o755)
    return file


def jdk(home, version="25.0.3", compiler=True, release=True):
    """What the launcher looks at in a JDK; its `java` says what it was called with."""
    program(home / "bin/java", f'''
        [ "$1" = -version ] && {{ echo 'openjdk version "{version}"' >&2; exit 0; }}
        for word in "$@"; do echo "$word"; done
        exit 3''')
    if compiler:
        program(home / "bin/javac", "exit 0")
    if release:
        (home / "release").write_text(f'IMPLEMENTOR="Test"\nJAVA_VERSION="{version}"\n')
    return home


def jar(file):
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w") as whole:
        whole.writestr("content", "")
    return file


def tree(folder):
    """Every path below a folder, with what would betray a change."""
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size)
            for path in [folder, *folder.rglob("*")]}


class InAProject(unittest.TestCase):
    """Each test has a project of its own, an empty home and an empty PATH."""

    def setUp(self):
        above = tempfile.TemporaryDirectory(prefix="lab 힙 ")
        self.addCleanup(above.cleanup)
        self.above = Path(above.name).resolve()
        self.root, self.home, self.bin = (self.above / name for name in ("힙 craft", "home", "bin"))
        self.home.mkdir()
        self.bin.mkdir()
        self.copy_project()
        self.patch(mock.patch.dict(os.environ, {
            "HOME": str(self.home), "PATH": str(self.bin), "LC_ALL": "C.UTF-8"}))
        for name in ("JAVA_HOME", "JUPYTER_TOKEN"):
            os.environ.pop(name, None)
        self.lab = load(self.root / "lab")
        self.patch(mock.patch.dict(self.lab.JDK_FOLDERS, linux=(), darwin=(), win32=()))

    def copy_project(self):
        for name in ("lab", "pom.xml", "requirements.txt", "requirements.lock"):
            self.root.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, self.root)
        resources = "src/main/resources/heapcraft/lab"
        shutil.copytree(ROOT / resources, self.root / resources)

    def patch(self, patcher):
        self.addCleanup(patcher.stop)
        return patcher.start()

    def say_nothing(self):
        """Keeps the launcher's own lines, for tests that are about something else."""
        said = []
        self.patch(mock.patch.object(self.lab, "say", lambda text, end="\n": said.append(text)))
        return said

    def problem(self, call, *args):
        """The one line of a problem; fails where there is none, or where it is not one line."""
        with self.assertRaises(self.lab.Problem) as caught:
            call(*args)
        line = str(caught.exception)
        self.assertRegex(line, r"\A[^\n]+\. Run: [^\n]+\Z")
        return line
