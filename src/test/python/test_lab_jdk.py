"""How the launcher finds a JDK on the three systems, and what it says where there is none."""

import os
import sys
import unittest
from pathlib import Path
from unittest import mock

from project import InAProject, jdk, load, program

EVERYWHERE = ("~/.sdkman/candidates/java/25.0.1-tem", "~/.jdks/temurin-25.0.1")
LINUX = ("/usr/lib/jvm/temurin-25-jdk-amd64", "/usr/lib64/jvm/java-25-openjdk", "/usr/java/jdk-25",
         "/opt/jdk-25", "/opt/java/openjdk", "/home/linuxbrew/.linuxbrew/opt/openjdk@25/libexec")
MACOS = ("/Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
         "~/Library/Java/JavaVirtualMachines/corretto-25.jdk/Contents/Home",
         "~/.jdks/temurin-25.0.1/Contents/Home",
         "/opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
         "/usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home")
WINDOWS = ("${ProgramFiles}/Eclipse Adoptium/jdk-25.0.1.8-hotspot", "${ProgramFiles}/Java/jdk-25",
           "${ProgramFiles}/Microsoft/jdk-25.0.1.8-hotspot", "${ProgramFiles}/Zulu/zulu-25",
           "${ProgramFiles}/Amazon Corretto/jdk25.0.1_8",
           "${LOCALAPPDATA}/Programs/Eclipse Adoptium/jdk-25.0.1.8-hotspot",
           "~/scoop/apps/temurin25-jdk/current")


class FindingAJdk(InAProject):

    def find(self, system):
        return [found.home for found in self.lab.find_jdks(system)]

    def assert_finds_each_on(self, system, places):
        self.patch(mock.patch.dict(os.environ, {
            "ProgramFiles": str(self.above / "Program Files"),
            "LOCALAPPDATA": str(self.above / "AppData/Local")}))
        self.lab.JDK_FOLDERS[system] = tuple(
            self.below(pattern) for pattern in load(self.root / "lab").JDK_FOLDERS[system])
        for place in places + EVERYWHERE:
            home = jdk(Path(os.path.expandvars(os.path.expanduser(self.below(place)))))
            with self.subTest(place):
                self.assertIn(home, self.find(system))

    def below(self, place):
        """An absolute path, moved below the test's folder."""
        return f"{self.above}{place}" if place.startswith("/") else place

    def test_searches_the_usual_folders_of_linux(self):
        self.assert_finds_each_on("linux", LINUX)

    def test_searches_the_usual_folders_of_macos(self):
        self.assert_finds_each_on("darwin", MACOS)

    def test_searches_the_usual_folders_of_windows(self):
        self.assert_finds_each_on("win32", WINDOWS)

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

    def test_a_jdk_goes_by_the_first_name_that_leads_to_it(self):
        home = jdk(self.home / ".jdks/jdk-25.0.3")
        told = self.above / "current"
        told.symlink_to(home)
        os.environ["JAVA_HOME"] = str(told)
        self.assertEqual([told], self.find("linux"))

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


if __name__ == "__main__":
    unittest.main()
