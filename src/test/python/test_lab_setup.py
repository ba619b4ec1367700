"""The launcher for real, in a copy of this project whose folder has a space and Korean letters.

The first test sets everything up, so it needs the network, Maven and a JDK 25; the others use what
it made. Where there is no bubblewrap, the tests that shut the network or the home off are skipped.
"""

import http.server
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tarfile
import tempfile
import threading
import unittest
import urllib.request
from pathlib import Path
from unittest import mock

from project import ROOT, jdk, load

SCRATCH = tempfile.TemporaryDirectory(prefix="lab-setup-")
CLONE = Path(SCRATCH.name).resolve() / "힙 craft"
FIRST_START_SECONDS = 900
SANDBOX = ("bwrap", "--unshare-pid", "--die-with-parent")
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".lab", "target", "__pycache__")


def setUpModule():
    shutil.copytree(ROOT, CLONE, ignore=NOT_COPIED)
    (CLONE / "lab").chmod(0o644)  # as from a zip
    with Lab() as first:
        first.steps = first.said
    FirstStart.lab = first


def tearDownModule():
    SCRATCH.cleanup()


class Lab:
    """`python3 lab --no-browser`, from its start to the moment it is stopped."""

    def __init__(self, *options, before=()):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.command = [*before, sys.executable, "lab", "--no-browser", f"--port={port}", *options]

    def __enter__(self):
        self.child = subprocess.Popen(self.command, cwd=CLONE, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                      encoding="utf-8")
        alarm = threading.Timer(FIRST_START_SECONDS, self.child.kill)
        alarm.start()
        self.said = ""
        for line in self.child.stdout:
            self.said += line
            if line.startswith("Next: "):
                break
        alarm.cancel()
        self.address = re.search(r"open at (http://\S+/)\?token=(\w+)  \(Ctrl-C", self.said)
        if not self.address:
            self.__exit__()
            raise AssertionError("it did not say its address:\n" + self.said)
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGTERM)
        self.said += self.child.communicate(timeout=60)[0]
        self.code = self.child.returncode

    def ask(self, path, method="GET", body=None):
        request = urllib.request.Request(self.address[1] + path, method=method, data=body)
        request.add_header("Authorization", f"token {self.address[2]}")
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")


def in_notebook(*cells):
    """The outputs of cells, run on the kernel `java` as Jupyter runs a notebook."""
    script = """
import json, nbclient, nbformat, sys
cells = [nbformat.v4.new_code_cell(cell) for cell in json.loads(sys.argv[1])]
book = nbformat.v4.new_notebook(cells=cells)
nbclient.NotebookClient(book, kernel_name="java", timeout=120, allow_errors=True).execute()
print(json.dumps([cell.outputs for cell in book.cells]))
"""
    done = subprocess.run([str(CLONE / ".venv/bin/python"), "-I", "-c", script, json.dumps(cells)],
                          stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True,
                          env=dict(os.environ, JUPYTER_PREFER_ENV_PATH="1"))
    return json.loads(done.stdout)


class FirstStart(unittest.TestCase):

    def test_shows_one_line_for_each_step_and_none_of_pip_or_maven(self):
        shown = re.sub(r"[. ]+\d+ s$", "", self.lab.steps, flags=re.M).splitlines()
        self.assertEqual("Setting up heapcraft: some minutes once, seconds from then on.", shown[0])
        self.assertEqual(["  Python environment", "  Python packages", "  Java library"],
                         shown[1:4])
        self.assertLessEqual(len(shown), 9)

    def test_ends_in_order(self):
        self.assertEqual(0, self.lab.code, self.lab.said)


class SecondStart(unittest.TestCase):

    def steps(self, lab):
        return re.findall(r"^  (\w[\w ]*?)[. ]+\d+ s$", lab.said, re.M)

    def test_does_no_step_again_and_serves_the_kernel_and_the_first_notebook(self):
        with Lab() as lab:
            self.assertEqual(["JupyterLab"], self.steps(lab))
            java = lab.ask("api/kernelspecs")["kernelspecs"]["java"]["spec"]
            self.assertEqual("Java (heapcraft)", java["display_name"])
            self.assertTrue(Path(java["argv"][0]).is_absolute())
            self.assertIn("00-start.ipynb", [file["name"] for file in
                                             lab.ask("api/contents/notebooks")["content"]])
            self.assertIn("exercises", [f["name"] for f in lab.ask("api/contents")["content"]])
            news = lab.ask("lab/api/settings/@jupyterlab/apputils-extension:notification")
            self.assertEqual("false", news["schema"]["properties"]["fetchNews"]["default"])

    def test_takes_its_kernels_along_when_it_ends(self):
        with Lab() as lab:
            lab.ask("api/kernels", "POST", b'{"name": "java"}')
            running = self.kernels(lab)
        self.assertEqual(1, len(running))
        self.assertEqual([], [pid for pid in running if Path(f"/proc/{pid}").exists()])

    def kernels(self, lab):
        """The processes started below the launcher that run Java."""
        listed = subprocess.run(["ps", "-e", "-o", "pid=,args="], stdout=subprocess.PIPE, text=True)
        return [int(line.split()[0]) for line in listed.stdout.splitlines()
                if f"heapcraft.root={CLONE}" in line]

    @unittest.skipUnless(shutil.which("bwrap"), "bubblewrap is not installed")
    def test_needs_no_network(self):
        with Lab(before=[*SANDBOX, "--dev-bind", "/", "/", "--unshare-net"]) as lab:
            self.assertEqual(["JupyterLab"], self.steps(lab))

    @unittest.skipUnless(shutil.which("bwrap"), "bubblewrap is not installed")
    def test_needs_no_home_that_can_be_written(self):
        with Lab(before=[*SANDBOX, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
                         "--bind", SCRATCH.name, SCRATCH.name,
                         "--setenv", "TMPDIR", SCRATCH.name]) as lab:
            self.assertEqual(["JupyterLab"], self.steps(lab))

    def test_doctor_finds_nothing_wrong_and_nothing_to_do(self):
        done = subprocess.run([sys.executable, "lab", "doctor"], cwd=CLONE, text=True,
                              stdout=subprocess.PIPE, encoding="utf-8")
        self.assertEqual((0, {"ok"}), (done.returncode, {line.split()[0] for line in
                                                         done.stdout.splitlines()}), done.stdout)


class Kernels(unittest.TestCase):

    CELLS = ('check("LayoutMath")', 'Layout.of(JAVA_INT)', 'assert 1 > 2',
             'System.getProperty("heapcraft.root")', 'System.out.println("힙")')

    def choose(self, kernel):
        with Lab("--kernel", kernel):
            return in_notebook(*self.CELLS)

    def test_jjava_and_ijava_show_the_same_to_a_learner(self):
        for kernel in ("ijava", "jjava"):
            check, layout, broken, root, printed = self.choose(kernel)
            with self.subTest(kernel):
                self.assertEqual(["display_data"], [output["output_type"] for output in check])
                self.assertEqual({"text/plain", "text/html"}, set(check[0]["data"]))
                self.assertIn("LayoutMath", check[0]["data"]["text/plain"])
                self.assertIn("<", check[0]["data"]["text/html"])
                self.assertIn("4", layout[0]["data"]["text/plain"])
                self.assertIn("AssertionError", "".join(broken[0]["traceback"]))
                self.assertEqual(str(CLONE), root[0]["data"]["text/plain"])
                self.assertEqual("힙\n", printed[0]["text"])


class JShell(unittest.TestCase):

    def test_knows_the_library(self):
        done = subprocess.run([sys.executable, "lab", "jshell", "-s"], cwd=CLONE, text=True,
                              input="System.out.println(Layout.of(JAVA_INT))\n/exit\n",
                              stdout=subprocess.PIPE, encoding="utf-8")
        self.assertIn("byteSize=4", done.stdout)
        self.assertEqual(0, done.returncode)


class FetchingAJdk(unittest.TestCase):
    """Against a server on this machine, with a JDK of three small files."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="fetch 힙 ")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name).resolve()
        self.home = self.folder / "home"
        self.home.mkdir()
        self.serve(self.folder / "served")
        self.lab = load(CLONE / "lab")
        for patcher in (mock.patch.dict(self.lab.JDK_FOLDERS, linux=(), darwin=(), win32=()),
                        mock.patch.object(self.lab, "HOME", self.home),
                        mock.patch.dict(os.environ, {
                            "HOME": str(self.home), "JAVA_HOME": "", "PATH": "/nowhere",
                            "CJDK_INDEX_URL": f"{self.url}/index.json",
                            "CJDK_OS": "linux", "CJDK_ARCH": "amd64",
                            "REQUESTS_CA_BUNDLE": str(self.folder / "cert.pem")})):
            self.addCleanup(patcher.stop)
            patcher.start()

    def serve(self, served):
        served.mkdir()
        self.url = self.https_server(served)
        archive = "OpenJDK25U-jdk_x64_linux_hotspot_25.0.9_7.tar.gz"
        with tarfile.open(served / archive, "w:gz") as tar:
            tar.add(jdk(self.folder / "made", "25.0.9"), "jdk-25.0.9+7")
        versions = {"1.21.0.5": "tgz+https://localhost:1/old.tar.gz",
                    "1.25.0.9": f"tgz+{self.url}/{archive}"}
        (served / "index.json").write_text(json.dumps(
            {"linux": {"amd64": {"jdk@adoptium": versions}}}))

    def https_server(self, served):
        cert, key = self.folder / "cert.pem", self.folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", str(key), "-out", str(cert)],
                       check=True, stderr=subprocess.DEVNULL)
        handler = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {
            "__init__": lambda self, *args: http.server.SimpleHTTPRequestHandler.__init__(
                self, *args, directory=str(served)),
            "log_message": lambda *_: None})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(cert, key)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"https://localhost:{server.server_port}"

    def fetch(self):
        with mock.patch.object(self.lab, "say"):
            return self.lab.main(["--fetch-jdk"])

    def test_puts_it_where_maven_and_editors_look_and_finds_it_from_then_on(self):
        self.assertEqual(0, self.fetch())
        self.assertEqual(["temurin-25.0.9"], os.listdir(self.home / ".jdks"))
        self.assertEqual(self.home / ".jdks/temurin-25.0.9", self.lab.check_jdk().home)

    def test_a_fetch_that_was_cut_short_is_done_again(self):
        jdk(self.home / ".jdks/.heapcraft-fetch/v0/fetching/left", "25.0.9", release=False)
        jdk(self.home / ".jdks/temurin-25.0.9", compiler=False)
        self.assertEqual(0, self.fetch())
        self.assertEqual(["temurin-25.0.9"], os.listdir(self.home / ".jdks"))

    def test_says_in_one_line_that_it_failed(self):
        (self.folder / "served/index.json").unlink()
        with self.assertRaisesRegex(self.lab.Problem, r"\AThe JDK could not be fetched\. Run: .+"):
            self.fetch()
        self.assertEqual([], os.listdir(self.home / ".jdks"))


if __name__ == "__main__":
    unittest.main()
