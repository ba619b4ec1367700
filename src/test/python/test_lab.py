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

from project import ROOT, InAProject, jar, jdk, program, tree


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
                script = env.pop(f"{kernel.upper()}_STARTUP_SCRIPT")
                self.assertIn(f"new {package}", script)
                self.assertIn("import heapcraft.alloc.*;", script)
                self.assertEqual({f"{kernel.upper()}_CLASSPATH":
                                  f"{self.lib}/heapcraft.jar:{self.lib}/jackson.jar"}, env)

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
        server, lab, news = (json.loads((self.root / ".venv" / name).read_text("utf-8")) for name in
                             ("etc/jupyter/jupyter_server_config.json",
                              "etc/jupyter/jupyter_lab_config.json",
                              "share/jupyter/lab/settings/overrides.json"))
        self.assertEqual(str(self.root), server["ServerApp"]["root_dir"])
        self.assertEqual("/lab/tree/notebooks/00-start.ipynb", lab["LabApp"]["default_url"])
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

    def test_doctor_says_where_the_heaps_of_others_are(self):
        jar(self.lab.library() / "lwjgl-jemalloc-3.4.3-natives-linux.jar")
        wheel = ".venv/lib/python3.13/site-packages/cmeel.prefix/lib/libmimalloc.so"
        jar(self.root / wheel)
        with mock.patch.object(self.lab, "system_heap", lambda name: None):
            self.assertRegex(self.lab.check_jemalloc(), r"^jemalloc, \.lab/lib-.*\.jar$")
            self.assertEqual(f"mimalloc, {wheel}", self.lab.check_mimalloc())
        with mock.patch.object(self.lab, "system_heap", "/lib/{}.so".format):
            self.assertEqual("jemalloc, /lib/jemalloc.so", self.lab.check_jemalloc())
            self.assertEqual("tcmalloc, /lib/tcmalloc.so", self.lab.check_tcmalloc())

    def test_a_heap_of_others_that_is_missing_is_nothing_wrong(self):
        with mock.patch.object(self.lab, "system_heap", lambda name: None):
            self.problem(self.lab.check_tcmalloc)
            self.assertEqual("none", self.lab.finding(self.lab.check_tcmalloc)[0])
            self.assertEqual("to do", self.lab.finding(self.lab.check_mimalloc)[0])

    def test_doctor_says_once_what_several_steps_miss(self):
        os.environ["JAVA_HOME"] = ""
        home = jdk(self.home / ".jdks/17", "17.0.15")
        self.lab.write(self.lab.KERNELSPEC / "kernel.json", "{}")
        with mock.patch.object(self.lab, "print", create=True) as printed:
            self.assertEqual(1, self.lab.doctor())
        lines = [call.args[0] for call in printed.call_args_list]
        self.assertEqual(1, len([line for line in lines if str(home) in line]), lines)

    def test_a_problem_is_one_line_and_exit_code_1(self):
        (self.bin / "mvn").unlink()
        done = self.start("grade")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, r"\Alab: Maven is not installed\. Run: [^\n]+\n\Z")

    def test_help_fits_a_screen(self):
        lines = self.start("--help").stdout.splitlines()
        self.assertLess(len(lines), 24)
        self.assertLessEqual(max(map(len, lines)), 80)

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
        self.assertEqual(7, len(self.pins("requirements.txt")))
        self.assertLessEqual(self.pins("requirements.txt"), self.pins("requirements.lock"))


if __name__ == "__main__":
    unittest.main()
