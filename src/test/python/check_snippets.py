"""Compiles and runs the C++ and Rust programs of the notebooks and of `src/test/resources/snippets`.

    python src/test/python/check_snippets.py

A block fenced as ```c++ or ```rust is a whole program: it must compile without a warning, end with
exit code 0 and print exactly what its last lines promise, after the comment `// prints:`. So must a
file `*.cpp` among the snippets, which are programs too long for a cell. A block
fenced as ```c++ fragment or ```rust fragment is only counted. Where a compiler is missing, its
programs are skipped and said to be. (JupyterLab colours ```c++; it does not know ```cpp, which is
read here all the same.)
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
FENCE = re.compile(r"^```(c\+\+|cpp|rust)( fragment)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMISE = "// prints:\n"
SECONDS = 60

COMPILERS = {
    "c++": ("g++", ".cpp", ["-std=c++17", "-O1", "-Wall", "-Wextra", "-Werror"]),
    "rust": ("rustc", ".rs", ["--edition", "2024", "-D", "warnings"]),
}


def main():
    missing = {language for language, (tool, _, _) in COMPILERS.items() if not shutil.which(tool)}
    failed = skipped = fragments = passed = 0
    for where, language, fragment, program in snippets():
        if fragment:
            fragments += 1
        elif language in missing:
            skipped += 1
        elif complaint := trial(language, program):
            failed += 1
            print(f"FAILED {where}\n{complaint}")
        else:
            passed += 1
    for language in sorted(missing):
        print(f"skipped all {language} programs: {COMPILERS[language][0]} is not on the PATH")
    print(f"snippets: {passed} ran, {failed} failed, {skipped} skipped, {fragments} fragments")
    if passed + failed + skipped == 0:
        sys.exit("no programs found")
    sys.exit(1 if failed else 0)


def snippets():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                for language, fragment, program in FENCE.findall("".join(cell["source"]) + "\n"):
                    where = f"{path.name}, cell {cell['id']}"
                    yield where, language.replace("cpp", "c++"), fragment, program
    for path in sorted((ROOT / "src/test/resources/snippets").glob("*.cpp")):
        yield path.name, "c++", "", path.read_text(encoding="utf-8")


def trial(language, program):
    """What is wrong with the program, or nothing."""
    tool, suffix, flags = COMPILERS[language]
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "snippet" + suffix)
        source.write_text(program, encoding="utf-8")
        binary = source.with_suffix(".out")
        built = run([tool, *flags, "-o", str(binary), str(source)], folder)
        if built.returncode:
            return indent(built.stderr)
        ran = run([str(binary)], folder)
    wanted = promised(program)
    if ran.returncode:
        return indent(f"exit code {ran.returncode}\n{ran.stdout}{ran.stderr}")
    if ran.stdout.split("\n") != wanted.split("\n"):
        return indent(f"printed:\n{ran.stdout}promised:\n{wanted}")
    return None


def promised(program):
    _, _, lines = program.partition(PROMISE)
    return re.sub(r"^// ?", "", lines, flags=re.MULTILINE)


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)


def indent(text):
    return "\n".join("    " + line for line in text.rstrip().splitlines())


if __name__ == "__main__":
    main()
