"""The launcher, piece by piece, without network, Maven or Jupyter: all of these are stand-ins."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path
from unittest import mock

from project import ROOT, InAProject, jar, jdk, load, program, tree


class FindingAJdk(InAProject):

    def find(self, system):
        return [found.home for found in self.lab.find_jdks(system)]

    def assert_each_folder_is_searched(self, system, patterns):
        for pattern in patterns:
            home = jdk(Path(os.path.expandvars(os.path.expanduser(pattern)).replace("*", "jdk-25")))
            with self.subTest(pattern):
                self.assertIn(home, self.find(system))

    def folders(self, system):
        """The launcher's own list, moved below the test's folder."""
        self.patch(mock.patch.dict(os.environ, {
            "ProgramFiles": str(self.above / "Program Files"),
            "LOCALAPPDATA": str(self.above / "AppData/Local")}))
        fresh = load(self.root / "lab").JDK_FOLDERS
        moved = tuple(f"{self.above}{pattern}" if pattern.startswith("/") else pattern
                      for pattern in fresh[system])
        self.lab.JDK_FOLDERS[system] = moved
        return moved + fresh["everywhere"]

    def test_searches_the_folders_of_linux(self):
        self.assert_each_folder_is_searched("linux", self.folders("linux"))

    def test_searches_the_folders_of_macos(self):
        self.assert_each_folder_is_searched("darwin", self.folders("darwin"))

    def test_searches_the_folders_of_windows(self):
        self.assert_each_folder_is_searched("win32", self.folders("win32"))

    def test_prefers_25_then_newer_then_older(self):
        for version in ("17.0.15", "26", "25.0.1", "27.0.2", "24", "1.8.0_402"):
            jdk(self.home / ".jdks" / version, version)
        self.assertEqual(["25.0.1", "26", "27.0.2", "24", "17.0.15", "1.8.0_402"],
                         [found.version for found in self.lab.find_jdks("linux")])

    def test_among_equals_JAVA_HOME_comes_first_and_PATH_second(self):
        jdk(self.home / ".jdks/a")
        on_path, told = jdk(self.above / "b"), jdk(self.above / "c")
        (self.bin / "java").symlink_to(on_path / "bin/java")
        os.environ["JAVA_HOME"] = str(told)
        self.assertEqual([told, on_path, self.home / ".jdks/a"], self.find("linux"))

    def test_names_a_jdk_once_however_many_links_lead_to_it(self):
        home = jdk(self.home / ".jdks/jdk-25.0.3")
        (self.home / ".jdks/current").symlink_to(home)
        self.assertEqual(1, len(self.find("linux")))

    def test_a_runtime_without_a_compiler_is_no_jdk(self):
        jdk(self.home / ".jdks/jre", compiler=False)
        self.assertEqual([], self.find("linux"))

    def test_asks_java_itself_where_no_release_file_says_the_version(self):
        home = jdk(self.home / ".jdks/bare", "25.0.9", release=False)
        self.assertEqual([self.lab.Jdk(home, "25.0.9")], self.lab.find_jdks("linux"))

    def test_a_folder_without_a_version_is_no_jdk(self):
        home = jdk(self.home / ".jdks/odd", release=False)
        program(home / "bin/java", "exit 1")
        self.assertEqual([], self.find("linux"))

    def test_without_a_jdk_it_names_the_command_that_fetches_one(self):
        self.assertIn("No JDK 25 was found. Run: ", self.problem(self.lab.check_jdk))

    def test_names_the_jdk_that_is_too_old(self):
        old = jdk(self.home / ".jdks/17", "17.0.15")
        self.assertIn(f"JDK 17.0.15 in {old} is too old", self.problem(self.lab.check_jdk))


class OfferingAJdk(InAProject):

    def setUp(self):
        super().setUp()
        self.said = self.say_nothing()
        self.fetched = self.patch(mock.patch.object(self.lab, "fetch_jdk", return_value="a JDK"))

    def answer(self, text, tty=True):
        stdin = mock.Mock(isatty=lambda: tty, readline=lambda: text)
        with mock.patch.object(sys, "stdin", stdin):
            return self.lab.need_jdk()

    def test_asks_first_and_says_the_size(self):
        self.assertEqual("a JDK", self.answer("y\n"))
        self.assertRegex(self.said[0], r"Fetch Temurin 25 .*140 MB")

    def test_takes_silence_for_no(self):
        for silence in ("\n", "", "n\n"):
            self.problem(self.answer, silence)
        self.fetched.assert_not_called()

    def test_without_a_terminal_it_says_the_command_and_does_not_ask(self):
        self.assertIn("--fetch-jdk", self.problem(self.answer, "y\n", False))
        self.assertEqual([], self.said)

    def test_fetches_without_asking_when_told_to(self):
        self.assertEqual("a JDK", self.lab.need_jdk(fetch=True))
        self.assertEqual([], self.said)

    def test_does_not_ask_where_there_is_one(self):
        home = jdk(self.home / ".jdks/jdk-25")
        self.assertEqual(home, self.answer("y\n").home)
        self.fetched.assert_not_called()


class WritingTheKernelspec(InAProject):

    def setUp(self):
        super().setUp()
        self.jdk = self.lab.Jdk(jdk(self.above / "a jdk"), "25.0.3")
        self.lib = self.root / ".lab/lib-0"
        for name in ("heapcraft.jar", "jackson.jar"):
            jar(self.lib / name)

    def spec(self, kernel):
        return self.lab.kernelspec(self.jdk, self.lib, kernel)

    def test_runs_an_absolute_java_with_the_flags_of_the_course(self):
        for kernel in ("jjava", "ijava"):
            argv = self.spec(kernel)["argv"]
            with self.subTest(kernel):
                self.assertEqual(str(self.above / "a jdk/bin/java"), argv[0])
                self.assertIn("--enable-native-access=ALL-UNNAMED", argv)
                self.assertIn("-ea", argv)
                self.assertIn(f"-Dheapcraft.root={self.root}", argv)
                self.assertIn(f"-XX:ErrorFile={self.root}/.lab/crash/hs_err_%p.log", argv)
                self.assertEqual("{connection_file}", argv[-1])
                self.assertEqual("message", self.spec(kernel)["interrupt_mode"])

    def test_opens_jshell_to_jjava_only(self):
        self.assertIn("--add-opens", self.spec("jjava")["argv"])
        self.assertNotIn("--add-opens", self.spec("ijava")["argv"])

    def test_each_kernel_runs_its_own_jar(self):
        self.assertEqual(f"{self.root}/.venv/share/jupyter/kernels/java/jjava.jar",
                         self.spec("jjava")["argv"][-2])
        self.assertEqual(f"{self.root}/.lab/ijava/ijava-1.3.0.jar", self.spec("ijava")["argv"][-2])

    def test_gives_each_kernel_all_jars_and_its_own_script(self):
        for kernel, package in (("jjava", "org.dflib.jjava"), ("ijava", "io.github.spencerpark")):
            env = self.spec(kernel)["env"]
            with self.subTest(kernel):
                self.assertEqual({f"{kernel.upper()}_CLASSPATH", f"{kernel.upper()}_STARTUP_SCRIPT"},
                                 set(env))
                self.assertEqual(f"{self.lib}/heapcraft.jar:{self.lib}/jackson.jar",
                                 env[f"{kernel.upper()}_CLASSPATH"])
                self.assertIn(f"new {package}", env[f"{kernel.upper()}_STARTUP_SCRIPT"])
                self.assertIn("import heapcraft.alloc.*;", env[f"{kernel.upper()}_STARTUP_SCRIPT"])

    def test_writes_over_the_kernelspec_that_comes_with_the_wheel(self):
        file = self.lab.KERNELSPEC / "kernel.json"
        file.parent.mkdir(parents=True)
        file.write_text('{"display_name": "Java (jjava)"}')
        self.lab.need_kernel(self.jdk, self.lib, "jjava")
        self.assertEqual("Java (heapcraft)", json.loads(file.read_text())["display_name"])

    def test_makes_the_folder_for_crash_reports_which_java_does_not_make(self):
        self.lab.need_kernel(self.jdk, self.lib, "jjava")
        self.assertTrue((self.root / ".lab/crash").is_dir())

    def test_a_choice_of_kernel_sticks_until_the_next(self):
        self.assertEqual("jjava", self.lab.chosen_kernel())
        jar(self.lab.IJAVA)
        self.lab.need_kernel(self.jdk, self.lib, "ijava")
        self.assertEqual("ijava", self.lab.chosen_kernel())
        self.lab.need_kernel(self.jdk, self.lib, "jjava")
        self.assertEqual("jjava", self.lab.chosen_kernel())

    def test_a_second_time_it_writes_nothing(self):
        self.lab.need_kernel(self.jdk, self.lib, "jjava")
        self.lab.need_settings()
        before = tree(self.root)
        self.lab.need_kernel(self.jdk, self.lib, "jjava")
        self.lab.need_settings()
        self.assertEqual(before, tree(self.root))

    def test_jupyter_opens_the_first_notebook_and_asks_for_no_news(self):
        self.lab.need_settings()
        read = lambda name: json.loads((self.root / ".venv" / name).read_text("utf-8"))
        self.assertEqual(str(self.root), read("etc/jupyter/jupyter_server_config.json")
                         ["ServerApp"]["root_dir"])
        self.assertEqual("/lab/tree/notebooks/00-start.ipynb",
                         read("etc/jupyter/jupyter_lab_config.json")["LabApp"]["default_url"])
        news = read("share/jupyter/lab/settings/overrides.json")
        self.assertEqual({"fetchNews": "false", "checkForUpdates": False},
                         news["@jupyterlab/apputils-extension:notification"])


class SettingUpPython(InAProject):

    def setUp(self):
        super().setUp()
        self.said, self.steps, self.works = self.say_nothing(), [], True
        self.patch(mock.patch.object(self.lab, "run", self.run_step))

    def run_step(self, title, command, log, env=None):
        self.steps.append(title)
        if title == "Python environment":
            shutil.rmtree(self.lab.VENV, ignore_errors=True)
            program(self.lab.PYTHON, "echo yes")
        elif not self.works:
            (self.lab.LAB / "log").mkdir(parents=True, exist_ok=True)
            (self.lab.LAB / "log" / log).write_text("ERROR: no route to host\n")
        return self.works

    def steps_of_next_start(self):
        self.steps.clear()
        self.lab.need_packages()
        return self.steps

    def test_makes_the_environment_and_fills_it_once(self):
        self.assertEqual(["Python environment", "Python packages"], self.steps_of_next_start())
        self.assertEqual([], self.steps_of_next_start())

    def test_an_environment_without_its_mark_is_made_afresh(self):
        program(self.lab.PYTHON, "echo yes")
        self.assertEqual(["Python environment", "Python packages"], self.steps_of_next_start())

    def test_other_requirements_are_installed_over_what_is_there(self):
        self.steps_of_next_start()
        (self.root / "requirements.lock").write_text("other==1\n")
        self.assertEqual(["Python packages"], self.steps_of_next_start())

    def test_an_environment_whose_python_has_gone_is_made_afresh(self):
        self.steps_of_next_start()
        self.lab.PYTHON.unlink()
        self.lab.PYTHON.symlink_to(self.above / "gone")
        self.assertEqual(["Python environment", "Python packages"], self.steps_of_next_start())

    def test_after_a_failure_it_shows_what_pip_said_and_leaves_no_mark(self):
        self.steps_of_next_start()
        (self.root / "requirements.lock").write_text("other==1\n")
        self.works = False
        self.assertIn("packages.log", self.problem(self.lab.need_packages))
        self.assertIn("ERROR: no route to host", self.said[-1])
        self.assertFalse(self.lab.STAMP.exists())


class BuildingTheLibrary(InAProject):

    def setUp(self):
        super().setUp()
        self.say_nothing()
        program(self.bin / "mvn", "echo Apache Maven 3.9.9")
        self.jdk = self.lab.Jdk(jdk(self.above / "jdk"), "25.0.3")
        self.commands, self.offline, self.build = [], True, jar
        self.patch(mock.patch.object(self.lab, "run", self.run_maven))

    def run_maven(self, title, command, log, env=None):
        self.commands.append(command)
        self.assertEqual(str(self.jdk.home), env["JAVA_HOME"])
        (self.lab.LAB / "log").mkdir(parents=True, exist_ok=True)
        (self.lab.LAB / "log" / log).write_text("Cannot access central in offline mode\n")
        if "-o" in command and not self.offline:
            return False
        for name in ("heapcraft.jar", "lib/jackson.jar"):
            self.build(self.root / "target" / name)
        return True

    def change(self, name):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"class Changed {{ }} // {time.monotonic_ns()}\n")

    def need(self):
        self.commands.clear()
        return self.lab.need_library(self.jdk)

    def test_copies_the_jars_out_of_the_way_of_mvn_clean(self):
        lib = self.need()
        shutil.rmtree(self.root / "target")
        self.assertEqual(["heapcraft.jar", "jackson.jar"], sorted(os.listdir(lib)))

    def test_builds_once(self):
        self.need()
        self.need()
        self.assertEqual([], self.commands)

    def test_builds_again_after_a_change_of_the_sources_or_the_pom(self):
        for name in ("src/main/java/New.java", "src/main/resources/new.txt", "pom.xml"):
            self.need()
            self.change(name)
            with self.subTest(name):
                self.need()
                self.assertEqual(1, len(self.commands))

    def test_does_not_build_after_a_change_of_an_exercise_or_a_test(self):
        self.need()
        for name in ("exercises/ch02/New.java", "src/test/java/New.java", "notebooks/00.ipynb"):
            self.change(name)
        self.need()
        self.assertEqual([], self.commands)

    def test_goes_to_the_network_only_where_offline_does_not_do(self):
        self.need()
        self.assertEqual([True], ["-o" in command for command in self.commands])
        self.offline = False
        self.change("pom.xml")
        self.need()
        self.assertEqual([True, False], ["-o" in command for command in self.commands])

    def test_a_damaged_jar_is_never_adopted(self):
        self.build = lambda file: (jar(file), file.write_bytes(b"PK half"))
        self.assertIn("is damaged", self.problem(self.need))
        self.assertFalse(self.lab.library().exists())

    def test_a_copy_that_was_cut_short_is_made_again(self):
        jar(self.lab.LAB / "half/left-over.jar")
        self.assertEqual(["heapcraft.jar", "jackson.jar"], sorted(os.listdir(self.need())))

    def test_keeps_the_library_before_this_one_for_notebooks_that_run_on_it(self):
        libraries = []
        for _ in range(3):
            self.change("src/main/java/New.java")
            libraries.append(self.need())
            os.utime(libraries[-1], (len(libraries), len(libraries)))
        self.assertEqual([False, True, True], [lib.exists() for lib in libraries])

    def test_uses_a_repository_of_its_own_where_the_home_cannot_be_written(self):
        with mock.patch.object(self.lab, "writable", return_value=False):
            self.need()
        self.assertIn(f"-Dmaven.repo.local={self.root}/.lab/m2", self.commands[0])

    def test_fetches_ijava_once(self):
        self.build = lambda file: jar(self.root / ".lab/ijava-fetch/ijava-1.3.0.jar")
        self.lab.need_ijava(self.jdk)
        self.lab.need_ijava(self.jdk)
        self.assertEqual(1, len(self.commands))
        self.assertTrue(self.lab.IJAVA.is_file())


class SayingWhatIsMissing(InAProject):

    def test_a_python_that_is_too_old(self):
        with mock.patch.object(sys, "version_info", (3, 9, 18, "final", 0)):
            self.assertIn("Python 3.9.18 is too old", self.problem(self.lab.check_python))
            program(self.bin / "python3.12", "")
            self.assertIn("Run: python3.12 lab", self.problem(self.lab.check_python))

    def test_a_python_without_ensurepip(self):
        program(self.bin / "apt", "")
        with mock.patch.object(self.lab.importlib.util, "find_spec", return_value=None):
            line = self.problem(self.lab.check_packages)
        self.assertRegex(line, r"ensurepip.* Run: sudo apt install python3\.\d+-venv$")

    def test_no_maven(self):
        program(self.bin / "brew", "")
        self.assertIn("Run: brew install maven", self.problem(self.lab.check_maven))

    def test_a_maven_that_is_too_old(self):
        program(self.bin / "mvn", "echo 'Apache Maven 3.6.3 (abc)'")
        self.assertIn("Maven 3.6.3 is too old", self.problem(self.lab.check_maven))

    def test_a_maven_that_does_not_start(self):
        program(self.bin / "mvn", "echo no java >&2; exit 1")
        self.assertIn("does not start", self.problem(self.lab.check_maven))

    def test_a_folder_that_cannot_be_written(self):
        with mock.patch.object(os, "access", return_value=False):
            self.assertIn(f"cp -r \"{self.root}\"", self.problem(self.lab.check_folder))

    def test_a_folder_whose_name_breaks_a_class_path(self):
        with mock.patch.object(self.lab, "ROOT", Path("/home/me/a:b")):
            self.assertIn('mv "/home/me/a:b" "/home/me/a-b"', self.problem(self.lab.check_folder))

    def test_a_locale_in_which_java_cannot_read_the_folder_is_replaced(self):
        os.environ["LC_ALL"] = "C"
        self.assertEqual("C.UTF-8", self.lab.child_env()["LC_ALL"])

    def test_a_home_that_cannot_be_written_is_not_used(self):
        with mock.patch.object(self.lab, "writable", return_value=False):
            self.assertEqual(str(self.lab.LAB / "jupyter"),
                             self.lab.child_env()["JUPYTER_CONFIG_DIR"])
        self.assertNotIn("JUPYTER_CONFIG_DIR", self.lab.child_env())


class OnTheCommandLine(InAProject):
    """These start the launcher as a learner does."""

    def setUp(self):
        super().setUp()
        os.environ["JAVA_HOME"] = str(jdk(self.above / "jdk"))
        program(self.bin / "mvn", "echo Apache Maven 3.9.9")

    def start(self, *words):
        return subprocess.run([sys.executable, str(self.root / "lab"), *words],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              encoding="utf-8", stdin=subprocess.DEVNULL, cwd=self.above)

    def test_doctor_changes_nothing_at_all(self):
        before = tree(self.above)
        self.start("doctor")
        self.assertEqual(before, tree(self.above))

    def test_doctor_finds_nothing_wrong_with_a_fresh_clone(self):
        done = self.start("doctor")
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertIn(f"ok     JDK 25.0.3, {self.above}/jdk", done.stdout)
        self.assertIn("ok     Maven 3.9.9", done.stdout)
        self.assertEqual(3, len(re.findall(r"^  to do  .* Run: .*lab$", done.stdout, re.M)))

    def test_doctor_exits_1_and_names_a_command_for_each_thing_that_is_wrong(self):
        (self.bin / "mvn").unlink()
        done = self.start("doctor")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, r"(?m)^  WRONG  Maven is not installed\. Run: .+$")

    def test_a_problem_is_one_line_and_exit_code_1(self):
        (self.bin / "mvn").unlink()
        done = self.start("grade")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, r"\Alab: Maven is not installed\. Run: [^\n]+\n\Z")

    def test_help_fits_a_screen(self):
        lines = self.start("--help").stdout.splitlines()
        self.assertLess(len(lines), 24)
        self.assertLessEqual(max(map(len, lines)), 86)

    def test_a_command_of_the_course_runs_in_java_and_its_exit_code_is_passed_on(self):
        jar(self.lab.library() / "heapcraft.jar")
        done = self.start("watch", "LayoutMath", "--help")
        self.assertEqual(3, done.returncode)
        self.assertEqual(["heapcraft.lab.Main", "watch", "LayoutMath", "--help"],
                         done.stdout.splitlines()[-4:])
        self.assertIn(f"-Dheapcraft.root={self.root}", done.stdout.splitlines())

    def test_jshell_has_the_library_and_its_imports(self):
        jar(self.lab.library() / "heapcraft.jar")
        program(self.above / "jdk/bin/jshell", 'for word in "$@"; do echo "$word"; done')
        words = self.start("jshell", "a.jsh").stdout.splitlines()
        self.assertEqual(["--startup", "DEFAULT", "--startup",
                          str(self.lab.RESOURCES / "imports.jsh"), "a.jsh"], words[-5:])
        self.assertIn(str(self.lab.library() / "heapcraft.jar"), words)
        self.assertIn("-R--enable-native-access=ALL-UNNAMED", words)

    def test_options_go_to_jupyter(self):
        jar(self.lab.library() / "heapcraft.jar")
        program(self.lab.PYTHON, 'echo yes; for word in "$@"; do echo "$word"; done; exit 4')
        self.lab.STAMP.write_text(self.lab.requirements())
        done = self.start("--no-browser", "--port=9999")
        self.assertEqual(4, done.returncode)
        self.assertIn("-m\njupyterlab\n--no-browser\n--port=9999\n", done.stdout)


class TheRequirements(unittest.TestCase):

    def pins(self, name):
        text = (ROOT / name).read_text()
        return set(re.findall(r"^([\w-]+==[\w.]+)", text, re.M))

    def test_every_pin_stands_in_the_lock_file_too(self):
        self.assertEqual(6, len(self.pins("requirements.txt")))
        self.assertLessEqual(self.pins("requirements.txt"), self.pins("requirements.lock"))


if __name__ == "__main__":
    unittest.main()
