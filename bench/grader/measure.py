#!/usr/bin/env python3
"""What the grader costs: beside plain Surefire, in memory, and with more exercises.

    python3 bench/grader/measure.py              everything: about 15 minutes
    python3 bench/grader/measure.py edit         one part
    python3 bench/grader/measure.py --pairs 3    fewer repetitions than 7
    python3 bench/grader/measure.py --again      on the copy of the last run

The course is copied, solved and graded below target/bench/grader; nothing else is touched. What is
compared takes turns, so that a busy minute strikes both; each figure is a median. The exit code is
1 if a goal was missed. Linux only: memory is read from /proc.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "target/bench/grader"
HERE = Path(__file__).resolve().parent
ORDINARY = "LayoutMath"
HEAVY = "OwnedBox"  # its tests try random sequences of calls
MAVEN = ["mvn", "-o", "-B", "-ntp"]


# ---- The copies that are measured --------------------------------------------------------


def fresh_clone(name):
    """The files that git knows, as they are now, in a folder of their own."""
    folder = PLACE / name
    shutil.rmtree(folder, ignore_errors=True)
    known = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    for file in filter(None, known.stdout.decode().split("\0")):
        copy = folder / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, copy)
    return folder


def course(again):
    """The course with every exercise solved; its first start builds and trains what it needs."""
    folder = PLACE / "course"
    if again and folder.is_dir():
        return folder
    folder = fresh_clone("course")
    shutil.copytree(folder / "solutions", folder / "exercises", dirs_exist_ok=True)
    grade(folder, ORDINARY)
    return folder


def stock(name, course, exercises):
    """A plain Maven project with these exercises and their tests."""
    folder = PLACE / name
    shutil.rmtree(folder, ignore_errors=True)
    for file in exercises:
        test = file.replace(".java", "Test.java")
        for source, to in (("exercises/" + file, "src/main/java/" + file),
                           ("src/test/java/" + test, "src/test/java/" + test)):
            (folder / to).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(course / source, folder / to)
    shutil.copy(HERE / "stock-pom.xml", folder / "pom.xml")
    plain_maven(folder, "test")
    return folder


def copies(course, times):
    """The course with each exercise so many times, under other names."""
    folder = PLACE / "copies"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(course, folder, ignore=shutil.ignore_patterns("target", ".lab"))
    manifest = folder / "src/main/resources/heapcraft/course.json"
    content = json.loads(manifest.read_text("utf-8"))
    for chapter in content["chapters"]:
        for exercise in list(chapter["exercises"]):
            for n in range(2, times + 1):
                chapter["exercises"].append(dict(exercise, id=f"{exercise['id']}{n}"))
                for place in ("solutions", "exercises", "src/test/java"):
                    copy_under_other_name(folder / place / f"ch{chapter['number']:02}",
                                          exercise["id"], n)
    manifest.write_text(json.dumps(content), "utf-8")
    return folder


def copy_under_other_name(folder, name, n):
    for end in ("", "Test"):
        file = folder / f"{name}{end}.java"
        if file.is_file():
            text = re.sub(rf"\b{name}(?=(Test)?\b)", f"{name}{n}", file.read_text("utf-8"))
            (folder / f"{name}{n}{end}.java").write_text(text, "utf-8")


def files(course):
    """The exercises' files, such as ch02/LayoutMath.java."""
    return sorted(str(file.relative_to(course / "solutions"))
                  for file in (course / "solutions").rglob("*.java"))


def file_of(course, name):
    return next(file for file in files(course) if Path(file).stem == name)


def edit(file):
    """One character: a line break before the class, or none. Line numbers are part of its code."""
    text = file.read_text("utf-8")
    one, two = "\npublic final class", "\n\npublic final class"
    file.write_text(text.replace(two, one, 1) if two in text else text.replace(one, two, 1), "utf-8")


# ---- Running and timing ------------------------------------------------------------------


# How long a command took by the clock, and what it and its children used of the processors.
Took = namedtuple("Took", "clock processor")


def run(command, folder, env=None):
    """Runs a command that must succeed."""
    start, used = time.monotonic(), processor_time()
    done = subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    took = Took(time.monotonic() - start, processor_time() - used)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} in {folder}:\n{done.stdout.decode()}")
    return took


def grade(folder, *words):
    return run(["./lab", "grade", *words], folder)


def jdk():
    """The JDK 25 that the launcher finds."""
    said = subprocess.run(["./lab", "doctor"], cwd=ROOT, capture_output=True, text=True).stdout
    return re.search(r"JDK \d\S*, (.*)", said)[1]


def plain_environment():
    """Maven on JDK 25 itself: then it compiles in its own process, which is fastest."""
    return dict(os.environ, JAVA_HOME=jdk())


def plain_maven(folder, *words):
    return run(plain_command(*words), folder, plain_environment())


def plain_command(*words):
    pom = (ROOT / "pom.xml").read_text("utf-8")
    versions = [f"-D{name}={re.search(f'<{name}>(.*?)<', pom)[1]}"
                for name in ("junit.version", "surefire.version")]
    return [*MAVEN, "-q", f"-Dheapcraft.jar={PLACE}/course/target/heapcraft.jar", *versions, *words]


def between(command, folder, first, last, env=None):
    """What was used between two lines of what a command says."""
    at = {}
    with subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as child:
        for line in child.stdout:
            for mark in (first, last):
                if mark not in at and re.search(mark, line):
                    at[mark] = Took(time.monotonic(), processor_time())
    if len(at) < 2:
        sys.exit(f"{' '.join(command)} in {folder} did not say {first} and {last}")
    return Took(at[last].clock - at[first].clock, at[last].processor - at[first].processor)


def processor_time():
    """Seconds that the machine's processors have worked so far, for whomever: a worker that is ended
    together with its wall is missing from every parent's books."""
    user, nice, system, _, _, irq, softirq, *_ = map(
        int, Path("/proc/stat").read_text().splitlines()[0].split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


class Talk:
    """A program that is spoken to and listened to while it runs."""

    def __init__(self, command, folder):
        self.child = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def say(self, line):
        self.child.stdin.write(line + "\n")
        self.child.stdin.flush()

    def until(self, words):
        """Seconds until a line says this."""
        start = time.monotonic()
        for line in self.child.stdout:
            if re.search(words, line):
                return time.monotonic() - start
        sys.exit(f"{self.child.args} ended without saying {words}")

    def end(self, word):
        self.say(word)
        self.child.wait(60)


def peaks(command, folder):
    """The most resident memory of each kind of process, in MiB."""
    found = {}
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        while child.poll() is None:
            for kind, peak in map(memory, family(child.pid)):
                found[kind] = max(peak, found.get(kind, 0))
            time.sleep(0.01)
    return found


def family(pid):
    """A process and all below it."""
    members = [pid]
    for member in members:
        try:
            children = Path(f"/proc/{member}/task/{member}/children").read_text()
            for thread in Path(f"/proc/{member}/task").iterdir():
                children += " " + (thread / "children").read_text()
        except OSError:
            continue  # it has just ended
        members += [child for child in map(int, children.split()) if child not in members]
    return members


def memory(pid):
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text()
        peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        command, peak = "", None
    kind = ("worker" if "heapcraft.grade.Worker" in command and "java\0" in command[:200]
            and not command.startswith("bwrap") else
            "driver" if "heapcraft.lab.Main" in command else
            "Surefire JVM" if "surefire" in command else "other")
    return kind, int(peak[1]) / 1024 if peak else 0


# ---- What is measured --------------------------------------------------------------------


class Figures:
    """What came out, line by line, and whether a goal was missed."""

    def __init__(self):
        self.missed = False

    def say(self, what, values, unit="s", goal=None):
        values = list(values)
        median = statistics.median(values)
        verdict = "" if goal is None else "met" if median <= goal else "missed"
        self.missed |= verdict == "missed"
        spread = f"{min(values):.2f} to {max(values):.2f}" if len(values) > 1 else ""
        limit = "" if goal is None else f"≤ {goal:.2f} {unit}".strip()
        print(f"| {what} | {median:.2f} {unit} | {spread} | {limit} | {verdict} |", flush=True)


def ratios(ours, theirs):
    return [mine / other for mine, other in zip(ours, theirs)]


def measure_edit(course, pairs, figures):
    """From a saved edit to the verdict, beside the plain way."""
    for name in (ORDINARY, HEAVY):
        file = file_of(course, name)
        plain = stock("stock", course, [file])
        ours, theirs = [], []
        for _ in range(pairs):
            edit(course / "exercises" / file)
            ours.append(grade(course, name))
            edit(plain / "src/main/java" / file)
            theirs.append(plain_maven(plain, f"-Dtest={name}Test", "test"))
        is_goal = name == ORDINARY
        for at, unit in enumerate(("s", "s of processor time")):
            mine, plainly = [took[at] for took in ours], [took[at] for took in theirs]
            figures.say(f"`./lab grade {name}`", mine, unit, 1.5 if is_goal and at == 0 else None)
            figures.say(f"`mvn -q -Dtest={name}Test test`, plain", plainly, unit)
            figures.say(f"the pairs' ratios, {name}", ratios(mine, plainly), "",
                        1 / 3 if is_goal else None)


def measure_open(course, pairs, figures):
    """The same where a program is open already: `watch`, and a notebook's JVM."""
    file = file_of(course, ORDINARY)
    watch = Talk(["./lab", "watch", ORDINARY], course)
    watch.until(r"of \d+ points")
    seconds = []
    for _ in range(pairs):
        time.sleep(1)
        edit(course / "exercises" / file)
        seconds.append(watch.until(r"of \d+ points"))
    watch.end("q")
    figures.say("`./lab watch`, from save to verdict", seconds)
    shell = Talk(["./lab", "jshell", "-s", "-"], course)
    seconds = []
    for _ in range(pairs + 1):
        edit(course / "exercises" / file)
        shell.say(f'check("{ORDINARY}")')
        seconds.append(shell.until("Wall:"))
    shell.end("/exit")
    figures.say("`check` in a new JShell, JShell's own start included", seconds[:1])
    figures.say("`check` from then on", seconds[1:], goal=2)


def measure_isolation(course, pairs, figures):
    """All solutions: the grader's part of `mvn test` beside one plain Surefire JVM."""
    everything = stock("stock-all", course, files(course))
    ours, kept, tests, build = [], [], [], []
    grade = [*MAVEN, "test", "-Dgrade.dir=solutions", "-Dlibrary.tests.skip=true"]
    for _ in range(pairs):
        # The grader keeps compiled classes: without this it would compile nothing.
        shutil.rmtree(course / "target/grade/classes", ignore_errors=True)
        for took in (ours, kept):
            took.append(between(grade, course, r"surefire\S*:test \(grade\)", "BUILD SUCCESS"))
        shutil.rmtree(everything / "target")
        loud = [word for word in plain_command("test") if word != "-q"]
        env = plain_environment()
        build.append(between(loud, everything, r"compiler\S*:compile", "BUILD SUCCESS", env))
        tests.append(between(loud, everything, r"surefire\S*:test", "BUILD SUCCESS", env))
    count = len(files(course))
    for at, unit in enumerate(("s", "s of processor time")):
        mine, again, whole, bare = ([took[at] for took in side]
                                    for side in (ours, kept, build, tests))
        figures.say(f"grading {count} solutions in `mvn test`: compile, scan, run apart", mine, unit)
        figures.say("the same with the classes kept: scan, run apart", again, unit)
        figures.say("plain: compile, run in one JVM", whole, unit)
        figures.say("plain: run in one JVM, compiled before", bare, unit)
        figures.say("ratio, compiled on both sides", ratios(mine, whole), "", 1.5)
        figures.say("ratio, compiled on neither", ratios(again, bare), "")


def measure_memory(course, pairs, figures):
    """The peak of each process while all solutions are graded."""
    found = peaks(["./lab", "grade", "--dir", "solutions"], course)
    for kind in ("driver", "worker"):
        figures.say(f"peak of a {kind} (VmHWM)", [found[kind]], "MiB")
    found = peaks([*MAVEN, "test", "-Dgrade.dir=solutions", "-Dlibrary.tests.skip=true"], course)
    figures.say("peak of the Surefire JVM in `mvn test`", [found["Surefire JVM"]], "MiB")


def measure_growth(course, pairs, figures):
    """How the time grows with the number of exercises."""
    many = copies(course, 5)
    names = [name for n in ("", *range(2, 6)) for name in
             (f"{Path(file).stem}{n}" for file in files(course))]
    grade(many, "--dir", "solutions", *names[:1])
    step = len(files(course))
    for count in range(step, len(names) + 1, step):
        took = [grade(many, "--dir", "solutions", *names[:count]) for _ in range(pairs)]
        figures.say(f"`./lab grade`, {count} solutions", [each.clock for each in took])
        figures.say("the same", [each.processor for each in took], "s of processor time")


def measure_clone(course, pairs, figures):
    """`mvn test` on a fresh clone, with Maven's repository filled."""
    seconds = []
    for _ in range(max(2, pairs // 3)):
        folder = fresh_clone("clone")
        seconds.append(run(["mvn", "-B", "-ntp", "test"], folder))
    figures.say("`mvn test`, fresh clone", [each.clock for each in seconds], goal=60)
    figures.say("the same", [each.processor for each in seconds], "s of processor time")


PARTS = {"edit": measure_edit, "open": measure_open, "isolation": measure_isolation,
         "memory": measure_memory, "growth": measure_growth, "clone": measure_clone}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no {unknown.pop()}; there are {', '.join(PARTS)}")
    solved = course(asked.again)
    figures = Figures()
    print("| measured | median | from, to | goal | |\n|---|---|---|---|---|")
    for name in asked.parts or PARTS:
        load = os.getloadavg()[0]
        PARTS[name](solved, asked.pairs, figures)
        print(f"| *{name}: load {load:.1f} before, {os.getloadavg()[0]:.1f} after* | | | | |",
              flush=True)
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main())
