#!/usr/bin/env python3
"""Opens the course in a real browser, as a learner does: every notebook is run in JupyterLab with
"Run all", no cell may fail that has not announced it, grading cells must show a verdict, and the page
is kept as pictures. JupyterLab saves what it shows, so it is given copies; two of them run at the same
time.

    .venv/bin/python src/test/python/browser.py --out target/browser [NOTEBOOK ...]

Needs ./lab to have been run once, requirements-dev.txt, and Debian's chromium.
"""

import argparse
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

import run_notebooks

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]
# name of the picture, width in pixels, JupyterLab's theme
VIEWS = [("light", 1200, "JupyterLab Light"), ("dark", 800, "JupyterLab Dark")]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_lab():
    """The launcher's process and the address it prints."""
    lab = subprocess.Popen([sys.executable, "lab", "--no-browser", f"--port={free_port()}"],
                           cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in lab.stdout:
        found = re.search(r"http://\S+", line)
        if found:
            # Somebody must read on: a server that cannot write its log does not end either.
            threading.Thread(target=lab.stdout.read, daemon=True).start()
            return lab, found.group(0)
    raise SystemExit(f"./lab ended with exit code {lab.wait()} and no address")


def copied(notebooks, folder):
    """The notebooks' folder for the browser, below the course's, where the grader is found."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for notebook in notebooks:
        shutil.copy(ROOT / "notebooks" / notebook, folder)
    return folder.relative_to(ROOT).as_posix()


def start(page, address, folder, notebook):
    url, _, token = address.partition("?")
    page.goto(f"{url}lab/workspaces/{Path(notebook).stem}/tree/{folder}/{notebook}?{token}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
    page.get_by_text("Java (heapcraft) | Idle").wait_for(timeout=60_000)
    page.locator(".jp-Notebook").click()
    # A learner never meets a pop-up before the first cell.
    if page.locator(".jp-Dialog, .Toastify__toast").count():
        raise AssertionError(f"{notebook}: a pop-up covers the page")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def wait_until_idle(page, notebook):
    """All code cells have a number, so none is waiting or running."""
    try:
        page.wait_for_function("""() => {
            const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
            return prompts.length > 0 && prompts.every(p => /\\d/.test(p.textContent));
        }""", timeout=300_000)
    except Exception as error:
        raise AssertionError(f"{notebook}: not all cells ran") from error


def check_outputs(page, notebook, path):
    """The notebook is saved, and what it then holds is judged as without a browser."""
    page.keyboard.press("Control+s")
    for _ in range(60):
        cells = saved_cells(path)
        if cells and all(cell.execution_count for cell in cells):
            break
        time.sleep(0.5)
    else:
        raise AssertionError(f"{notebook}: JupyterLab did not save it with its outputs")
    complaints = [line for cell in cells for line in run_notebooks.complaints(cell)]
    if complaints:
        raise AssertionError("\n".join([notebook, *complaints]))


def saved_cells(path):
    """The code cells, or none while JupyterLab is writing: it empties the file first."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except nbformat.reader.NotJSONError:
        return []
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def check_verdicts(page, notebook):
    cells = page.locator(".jp-CodeCell", has_text=re.compile(r'check\("\w+"\)'))
    for i in range(cells.count()):
        shown = cells.nth(i).locator(".heapcraft h4").text_content(timeout=60_000)
        if not re.search(r"\d+ of \d+ points", shown):
            raise AssertionError(f"{notebook}: a check cell shows {shown!r}")
        print(f"  {notebook}: {shown}")


def take_pictures(page, notebook, out):
    # The list of files would cover the notebook.
    page.keyboard.press("Control+b")
    for name, width, theme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        set_theme(page, theme)
        cells = page.locator(".jp-Notebook .jp-Cell")
        for index, part in ((0, "top"), (cells.count() - 1, "end")):
            cells.nth(index).scroll_into_view_if_needed()
            page.wait_for_timeout(300)
            page.screenshot(path=out / f"{Path(notebook).stem}-{name}-{part}.png")
        verdict = page.locator(".heapcraft").first
        if verdict.count():
            verdict.scroll_into_view_if_needed()
            page.wait_for_timeout(500)
            page.screenshot(path=out / f"{Path(notebook).stem}-{name}-check.png")


def set_theme(page, theme):
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.get_by_text("Theme", exact=True).hover()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{theme}$")).click()
    page.wait_for_timeout(500)


def look(page, notebook, folder, out):
    wait_until_idle(page, notebook)
    check_outputs(page, notebook, ROOT / folder / notebook)
    check_verdicts(page, notebook)
    take_pictures(page, notebook, out)


def kept(page, notebook, out, step):
    """Does a step; where it goes wrong, the page is kept as a picture."""
    try:
        step()
    except Exception:
        page.screenshot(path=out / f"{Path(notebook).stem}-failed.png")
        raise


def pairs(notebooks):
    return [notebooks[i:i + 2] for i in range(0, len(notebooks), 2)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "target/browser")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK",
                        default=sorted(p.name for p in (ROOT / "notebooks").glob("*.ipynb")))
    args = parser.parse_args()
    if not CHROMIUM:
        raise SystemExit("browser.py: chromium is missing; run: apt install chromium")
    args.out.mkdir(parents=True, exist_ok=True)
    folder = copied(args.notebooks, ROOT / "target/browser-notebooks")
    lab, address = start_lab()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            for pair in pairs(args.notebooks):
                pages = [(browser.new_page(viewport={"width": 1200, "height": 900}), notebook)
                         for notebook in pair]
                for page, notebook in pages:
                    kept(page, notebook, args.out, lambda: start(page, address, folder, notebook))
                for page, notebook in pages:
                    kept(page, notebook, args.out, lambda: look(page, notebook, folder, args.out))
                    page.close()
            browser.close()
    finally:
        lab.terminate()  # unlike SIGINT, not ignored where this runs in the background
        lab.wait(timeout=120)
    print(f"browser: {len(args.notebooks)} notebooks ran; pictures in {args.out}")


if __name__ == "__main__":
    main()
