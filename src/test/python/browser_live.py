#!/usr/bin/env python3
"""Uses live pictures in a real browser, as a learner does, on the kernel that ./lab has chosen:
clicks every control and compares the page with Java, reloads, restarts, loses the kernel, opens a
second view, uses the keyboard alone, and reads what was saved without a kernel and without network.

    .venv/bin/python src/test/python/browser_live.py --out target/browser/jjava

Needs ./lab to have been run once, requirements-dev.txt, and Debian's chromium.
"""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path

import nbformat
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from browser import CHROMIUM, QUIET, ROOT, set_theme, start_lab
from live_page import (BUSY, FOLDER, FRAGMENTATION, HALT, IMAGE, KINDS, MINUTES, NAMES,
                       PAGE_STATE, Course, agree, settled, write_notebook)


# ---- What is tried -----------------------------------------------------------------------


def every_control_does_in_java_what_the_page_shows(course, index):
    picture = course.picture(index)
    labels = [control["label"] for control in picture.evaluate(PAGE_STATE)["controls"]]
    for place, label in enumerate(labels):
        use(course, index, picture.locator(".hcw-controls > *").nth(place), label)
    blocks = picture.locator(".hc-clickable .hc-block")
    for place in range(0, blocks.count(), 2):
        if place < blocks.count():
            blocks.nth(place).dispatch_event("click")
            settled(picture)
    agree(course, index, "after clicks on blocks")


def use(course, index, control, label):
    picture = course.picture(index)
    if control.locator("select").count():
        select = control.locator("select")
        options = select.locator("option").all_text_contents()
        for option in options[::-1]:
            select.select_option(option)
            agree(course, index, f"{label} = {option}")
    elif control.locator("input[type=number]").count():
        field = control.locator("input")
        for number in (field.get_attribute("max"), field.get_attribute("min")):
            field.fill(number)
            field.press("Enter")
            agree(course, index, f"{label} = {number}")
    elif control.locator("input").count():
        for _ in range(2):
            control.locator("input").click()
            agree(course, index, label)
    elif control.locator("li").count():
        for drag_from, to in ((0, 2), (2, 0)):
            control.locator("li button").nth(drag_from).drag_to(control.locator("li button").nth(to))
            agree(course, index, f"{label}: {drag_from} dragged to {to}")
    else:
        for _ in range(3):
            control.dispatch_event("click")  # also where it is off: then nothing may happen
            settled(picture)
        # What "Go wrong" throws is not part of Java's scene, and stays until the next action.
        agree(course, index, label, but=["alert"] if label in ("Go wrong", "Never") else [])


def quick_clicks_are_all_done_and_in_order(course):
    picture = course.picture(KINDS)
    before = len(course.scene(KINDS)["code"].splitlines())
    picture.evaluate("""root => {
      const wait = root.querySelector('.hcw-wait');
      window.waits = [];
      new MutationObserver(() => window.waits.push(wait.textContent))
        .observe(wait, { childList: true });
      const buttons = [...root.querySelectorAll('.hcw-controls > button')];
      for (let i = 0; i < 40; i++) buttons[i % 2].click();
    }""")
    agree(course, KINDS, "after quick clicks")
    done = course.scene(KINDS)["code"].splitlines()[before:]
    assert done == ["a ", "b "] * 20, done
    waits = course.page.evaluate("() => window.waits")
    assert waits[0].startswith("Waiting for Java") and waits[-1] == "", waits


def a_busy_kernel_is_said_and_clicks_wait_for_it(course):
    picture = course.picture(KINDS)
    before = len(course.scene(KINDS)["code"].splitlines())
    course.run(BUSY, wait=False)
    picture.get_by_role("button", name="A", exact=True).click()
    expect(picture.locator(".hcw-wait")).to_contain_text("a cell is probably still running")
    course.photo("busy")
    settled(picture)
    expect(picture.locator(".hcw-wait")).to_have_text("")
    assert course.scene(KINDS)["code"].splitlines()[before:] == ["a "]


def what_java_throws_is_shown_and_the_rest_still_works(course):
    picture = course.picture(KINDS)
    picture.get_by_role("button", name="Go wrong").click()
    expect(picture.get_by_role("alert")).to_contain_text(
        "IllegalStateException: as it was told to")
    course.photo("exception")
    picture.get_by_role("button", name="B", exact=True).click()
    expect(picture.locator(".hcw-alert")).to_be_hidden()
    agree(course, KINDS, "after an exception")


def the_still_is_of_the_last_picture(course):
    for index in range(len(NAMES)):
        expect(course.cell(index).locator(".heapcraft-still")).to_contain_text(
            course.scene(index)["say"], timeout=MINUTES)


def two_views_show_the_same(course):
    course.cell(FRAGMENTATION).locator(".hcw-title").click(button="right")
    course.page.get_by_text("Create New View for Cell Output").click()
    second = course.page.locator(".jp-LinkedOutputView .hcw")
    expect(second).to_be_visible(timeout=MINUTES)
    second.get_by_role("button", name="Allocate random").click()
    settled(second)
    course.photo("two-views")
    agree(course, FRAGMENTATION, "the notebook's own view", course.picture(FRAGMENTATION))
    agree(course, FRAGMENTATION, "the second view", second)
    course.picture(FRAGMENTATION).get_by_role("button", name="Undo").click()
    settled(course.picture(FRAGMENTATION))
    agree(course, FRAGMENTATION, "the second view after an undo in the first", second)
    course.page.locator(".lm-TabBar-tab.lm-mod-current .lm-TabBar-tabCloseIcon").last.click()


def the_keyboard_is_enough(course):
    """Each kind of control, and blocks, without a mouse; the focus stays where it was."""
    page, picture = course.page, course.picture(KINDS)
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    focused = "() => document.activeElement.closest('label, button')?.textContent"
    picture.get_by_role("button", name="A", exact=True).focus()
    for key in ("Space", "Enter", "b", "a", "d", "d", "x"):
        page.keyboard.press(key)
        settled(picture)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "keys went to the notebook"
    assert page.evaluate(focused) == "A", "the focus has moved"
    for _ in range(4):  # past B, Go wrong and Never, which keeps its place
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    settled(picture)
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("42")
    page.keyboard.press("Enter")
    settled(picture)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    settled(picture)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    settled(picture)
    done = course.scene(KINDS)["code"].splitlines()[-6:]
    assert done[:2] == ["a ", "a "] and done[2] in ("choice x", "choice y"), done
    assert done[3] == "number 42" and done[4].startswith("switch "), done
    assert course.scene(KINDS)["controls"][-1]["items"] != ["byte a", "long b", "int c"], done
    agree(course, KINDS, "after keys alone")
    block_by_keyboard(course)


def block_by_keyboard(course):
    page, picture = course.page, course.picture(FRAGMENTATION)
    picture.get_by_role("button", name="Reset").click()
    for _ in range(3):
        picture.get_by_role("button", name="Allocate random").click()
        settled(picture)
    first, second, third = live_blocks(course)
    picture.locator(".hc-block[tabindex='0']").first.focus()
    page.keyboard.press("Home")
    says = "() => document.activeElement.getAttribute('aria-label')"
    while f", block {second}," not in page.evaluate(says):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled(picture)
    assert page.evaluate("() => document.activeElement.matches('.hc-block')"), "focus was lost"
    assert live_blocks(course) == [first, third]
    agree(course, FRAGMENTATION, "after a block was freed by keyboard")


def live_blocks(course):
    pieces = course.scene(FRAGMENTATION)["strips"][0]["picture"]["pieces"]
    return [block["label"] for block in pieces[0]["blocks"] if block["state"] == "live"]


def nothing_is_wider_than_its_place(course):
    for width in (320, 480, 800, 1200, 1600):
        course.page.set_viewport_size({"width": width, "height": 900})
        course.page.wait_for_timeout(300)
        for index in range(len(NAMES)):
            picture = course.picture(index)
            over = picture.evaluate("root => root.scrollWidth - root.clientWidth")
            assert over <= 0, f"{NAMES[index]} at {width} px is {over} px too wide"
        course.picture(FRAGMENTATION).scroll_into_view_if_needed()
        course.photo(f"{width}px")
    course.page.set_viewport_size({"width": 1200, "height": 900})


def axe_finds_nothing(course, theme):
    set_theme(course.page, theme)
    for index, name in enumerate(NAMES):
        course.picture(index).scroll_into_view_if_needed()
        course.photo(f"{name}-{theme.split()[-1].lower()}")
    found = Axe().run(course.page, context=".hcw")
    if found.violations_count:
        raise AssertionError(f"{theme}: {found.generate_report()}")


def latency(course, index, button):
    """Milliseconds from the click to the frame that shows what came of it."""
    times = course.picture(index).evaluate("""async (root, name) => {
      const button = [...root.querySelectorAll('.hcw-controls > button')]
        .find(each => each.textContent === name);
      const times = [];
      for (let i = 0; i < 100; i++) {
        const start = performance.now();
        await new Promise(drawn => {
          new MutationObserver((_, observer) => {
            if (root.getAttribute('aria-busy') === 'false') {
              observer.disconnect();
              requestAnimationFrame(drawn);
            }
          }).observe(root, { attributes: true, attributeFilter: ['aria-busy'] });
          button.click();
        });
        times.push(performance.now() - start);
        await new Promise(rest => setTimeout(rest, 20 + Math.random() * 100));
      }
      return times;
    }""", button)
    ranks = statistics.quantiles(times, n=20)
    print(f"  {NAMES[index]}, {button}: click to redraw, 100 clicks: median"
          f" {statistics.median(times):.0f} ms, 95th percentile {ranks[18]:.0f} ms,"
          f" most {max(times):.0f} ms (wanted: 100 and 250)")


def a_reloaded_page_goes_on(course):
    course.save()
    course.page.reload()
    for index in range(len(NAMES)):
        expect(course.picture(index)).to_be_visible(timeout=MINUTES)
        expect(course.cell(index).locator(IMAGE)).to_be_hidden()
        agree(course, index, "after a reload")
    course.picture(FRAGMENTATION).get_by_role("button", name="Allocate random").click()
    agree(course, FRAGMENTATION, "a click after a reload")
    course.photo("reloaded")


def a_dead_kernel_leaves_a_still(course, how, die):
    before = [course.picture(index).evaluate(PAGE_STATE)["strips"] for index in range(len(NAMES))]
    die()
    for index in range(len(NAMES)):
        picture = course.picture(index)
        expect(picture.get_by_role("alert")).to_have_text(
            "The kernel has gone: run this cell again.", timeout=MINUTES)
        for control in picture.locator(".hcw-controls :is(button, select, input)").all():
            expect(control).to_be_disabled()
        shown = [[block for block in strip["blocks"]] for strip in picture.evaluate(PAGE_STATE)["strips"]]
        assert shown == [strip["blocks"] for strip in before[index]], "the last picture stays"
    course.photo(how)


def restart(course):
    course.menu("Kernel", "Restart Kernel…")
    course.page.locator(".jp-Dialog .jp-mod-accept").click()


def halt(course):
    course.run(HALT, wait=False)
    course.page.locator(".jp-Dialog .jp-mod-accept").click(timeout=MINUTES)


def a_page_without_the_pictures_kernel_shows_stills(course, how, notebook="live.ipynb"):
    course.open(notebook)
    for index in range(len(NAMES)):
        still_is_seen(course.cell(index))
    course.photo(how)


def still_is_seen(at):
    still = at.locator(".heapcraft-still")
    expect(still).to_contain_text("This is a still: run the cell", timeout=MINUTES)
    image = still.locator("img")
    expect(image).to_be_visible()
    size = image.evaluate("image => image.decode().then(() => image.naturalWidth * image.naturalHeight)")
    assert size > 0, "the image is empty"


def an_untrusted_copy():
    notebook = nbformat.read(FOLDER / "live.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.metadata.pop("trusted", None)
    notebook.cells[0].source += "  // from somebody else"
    nbformat.write(notebook, FOLDER / "untrusted.ipynb")


def a_web_page_shows_stills_offline(browser, out):
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", "--log-level=ERROR",
                    str(FOLDER / "live.ipynb")], check=True)
    for scripts in (True, False):
        context = browser.new_context(offline=True, java_script_enabled=scripts)
        page = context.new_page()
        page.goto((FOLDER / "live.html").as_uri())
        assert page.locator(IMAGE).count() == len(NAMES)
        for image in page.locator(IMAGE).all():
            expect(image).to_be_visible()
            box = image.bounding_box()
            assert box["width"] > 200 and box["height"] > 20, box
        page.screenshot(path=out / f"live-nbconvert-{'' if scripts else 'no-'}script.png")
        context.close()


# ---- All of it ---------------------------------------------------------------------------


def look_alive(course):
    course.open()
    course.run_pictures()
    for index in range(len(NAMES)):
        expect(course.cell(index).locator(IMAGE)).to_be_hidden()
        every_control_does_in_java_what_the_page_shows(course, index)
        print(f"  {NAMES[index]}: every control, and Java agrees")
    quick_clicks_are_all_done_and_in_order(course)
    a_busy_kernel_is_said_and_clicks_wait_for_it(course)
    what_java_throws_is_shown_and_the_rest_still_works(course)
    the_keyboard_is_enough(course)
    the_still_is_of_the_last_picture(course)
    two_views_show_the_same(course)
    nothing_is_wider_than_its_place(course)
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        axe_finds_nothing(course, theme)
    latency(course, KINDS, "A")
    latency(course, FRAGMENTATION, "Allocate random")
    a_reloaded_page_goes_on(course)


def look_dead(course):
    a_dead_kernel_leaves_a_still(course, "restarted", lambda: restart(course))
    course.save()
    a_page_without_the_pictures_kernel_shows_stills(course, "restarted-and-reloaded")
    course.run_pictures()
    agree(course, FRAGMENTATION, "run again")
    a_dead_kernel_leaves_a_still(course, "crashed", lambda: halt(course))
    course.save()
    an_untrusted_copy()
    a_page_without_the_pictures_kernel_shows_stills(course, "untrusted", "untrusted.ipynb")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "target/browser")
    out = parser.parse_args().out
    if not CHROMIUM:
        raise SystemExit("browser_live.py: chromium is missing; run: apt install chromium")
    out.mkdir(parents=True, exist_ok=True)
    write_notebook()
    lab, address = start_lab()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            course = Course(page, address, out)
            try:
                look_alive(course)
                look_dead(course)
            except Exception:
                course.photo("failed")
                raise
            a_web_page_shows_stills_offline(browser, out)
            browser.close()
    finally:
        lab.terminate()  # unlike SIGINT, not ignored where this runs in the background
        lab.wait(timeout=120)
    print(f"browser_live: {len(NAMES)} live pictures; screenshots in {out}")


if __name__ == "__main__":
    main()
