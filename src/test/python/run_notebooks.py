"""Runs the notebooks, top to bottom, on the kernel named `java` of this Jupyter environment.

    python src/test/python/run_notebooks.py [--kernel-label JJava] [--twice] [--idle 65]
                                            [--jobs 2] [--out DIR] [notebook ...]

Prints one line a notebook; a cell that fails without the tag `raises-exception` is shown with its
own error output, and the exit code is 1. Nothing is written into the repository.

Kernels run cells on a thread that ends after 60 s without one: `--idle 65` waits that long in the
middle of each notebook, so that memory bound to a thread would be noticed.
"""

import argparse
import concurrent.futures
import pathlib
import re
import sys
import time

import nbclient
import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError

ROOT = pathlib.Path(__file__).resolve().parents[3]
CELL_SECONDS = 300
START_SECONDS = 120
CHILD_DOES_NOT_COMPILE = "error: compilation failed"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Stopwatch:
    """Remembers how long each cell took, and waits once before the cell `pause_at`."""

    def __init__(self, pause_at, idle):
        self.seconds = {}
        self.started = 0.0
        self.pause_at = pause_at
        self.idle = idle

    def start(self, cell_index, **_):
        if cell_index == self.pause_at:
            time.sleep(self.idle)
        self.started = time.monotonic()

    def stop(self, cell, **_):
        self.seconds[cell["id"]] = time.monotonic() - self.started

    def slowest(self):
        return max(self.seconds.items(), key=lambda item: item[1], default=("no code", 0.0))


def main():
    options = arguments()
    notebooks = options.notebook or sorted((ROOT / "notebooks").glob("*.ipynb"))
    if not notebooks:
        sys.exit(f"no notebooks in {ROOT / 'notebooks'}")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        bad = sum(not ran for ran in pool.map(lambda path: ran_well(path, options), notebooks))
    print(f"{options.kernel_label}: {len(notebooks) - bad} of {len(notebooks)} notebooks ran")
    sys.exit(1 if bad else 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", nargs="*", type=pathlib.Path, help="default: all of them")
    parser.add_argument("--kernel-label", default="java", help="the kernel's name in the report")
    parser.add_argument("--twice", action="store_true", help="run all cells once more")
    parser.add_argument("--idle", type=float, default=0, help="seconds to wait half way")
    parser.add_argument("--jobs", type=int, default=1, help="so many notebooks at the same time")
    parser.add_argument("--out", type=pathlib.Path, help="folder for copies with their outputs")
    return parser.parse_args()


def ran_well(path, options):
    notebook = nbformat.read(path, as_version=4)
    if options.twice:
        notebook.cells += [again(cell) for cell in notebook.cells]
    code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    stopwatch = Stopwatch(code[len(code) // 2], options.idle)
    began = time.monotonic()
    problems = run(notebook, path.resolve().parent, stopwatch)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, options.out / path.name)
    slowest, seconds = stopwatch.slowest()
    line = (f"{options.kernel_label:6} {'FAILED' if problems else 'ok':6} {path.name:28}"
            f" {time.monotonic() - began:6.1f} s, slowest {slowest} {seconds:.1f} s")
    print("\n".join([line, *problems]), flush=True)
    return not problems


def again(cell):
    return nbformat.from_dict({**cell, "id": cell["id"] + "-again"})


def run(notebook, folder, stopwatch):
    client = nbclient.NotebookClient(
        notebook, kernel_name="java", timeout=CELL_SECONDS, startup_timeout=START_SECONDS,
        allow_errors=True, resources={"metadata": {"path": str(folder)}},
        on_cell_execute=stopwatch.start, on_cell_executed=stopwatch.stop)
    try:
        client.execute()
    except (CellTimeoutError, DeadKernelError) as error:
        done = [cell["id"] for cell in notebook.cells if cell["id"] in stopwatch.seconds]
        after = f"after cell {done[-1]}" if done else "in the first code cell"
        return [f"  {type(error).__name__} {after}: {str(error).splitlines()[0]}"]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [line for cell in cells for line in complaints(cell)]


def complaints(cell):
    """What is wrong with a cell's outputs: an error it did not announce, or none where it did."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    printed = "".join(output.get("text", "") for output in cell.outputs)
    if CHILD_DOES_NOT_COMPILE in printed:
        return [f"  {cell['id']}: the child's program does not compile\n{printed}"]
    expected = "raises-exception" in cell.metadata.get("tags", [])
    if expected and not errors:
        return [f"  {cell['id']}: tagged raises-exception, but nothing was thrown"]
    return [] if expected else [readable(cell, error) for error in errors]


def readable(cell, error):
    """A kernel's message is in the traceback of the cell's output; nbclient's own text has only
    the kernel's internals."""
    trace = ANSI.sub("", "\n".join(error.traceback)) or f"{error.ename}: {error.evalue}"
    lines = trace.splitlines()
    return "\n".join([f"  {cell['id']}:"] + [f"    {line}" for line in lines[:20]])


if __name__ == "__main__":
    main()
