#!/usr/bin/env python3
"""Uses live pictures in a real browser, as a learner does, on the kernel that ./lab has chosen:
clicks every control and compares the page with Java, reloads, restarts, loses the kernel, opens a
second view, uses the keyboard alone, and reads what was saved without a kernel and without network.

    .venv/bin/python src/test/python/browser_live.py --out target/browser/jjava

Needs ./lab to have been run once, requirements-dev.txt, and Debian's chromium.
"""

import argparse
import json
import re
import signal
import statistics
import subprocess
import sys
from pathlib import Path

import nbformat
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from browser import CHROMIUM, QUIET, ROOT, set_theme, start_lab

FOLDER = ROOT / "target/live"
IMAGE = ".heapcraft-still img"
MINUTES = 180_000  # milliseconds: whether something comes is tested, not when

# A simulator with one control of each kind, and one that goes wrong.
EVERY_KIND = """
class EveryKind implements Simulator {
    final List<String> done = new ArrayList<>();
    List<String> order = List.of("byte a", "long b", "int c");

    public Scene scene() {
        return new Scene("Every kind of control", List.of(
                new Scene.Control.Button("a", "A", true), new Scene.Control.Button("b", "B", true),
                new Scene.Control.Button("wrong", "Go wrong", true),
                new Scene.Control.Button("never", "Never", false),
                new Scene.Control.Choice("choice", "One of", List.of("x", "y"), last("choice", "x")),
                new Scene.Control.Number("number", "Number", 1, 99, Long.parseLong(last("number", "7"))),
                new Scene.Control.Switch("switch", "Switch", last("switch", "false").equals("true")),
                new Scene.Control.Order("order", "Order", order)),
                List.of(), List.of(new Scene.Fact("done", done.size() + "")),
                done.isEmpty() ? "" : "Did " + done.getLast() + ".", "", String.join("\\n", done));
    }

    String last(String control, String other) {
        return done.stream().filter(each -> each.startsWith(control + " "))
                .reduce((one, two) -> two).orElse(control + " " + other).substring(control.length() + 1);
    }

    public void on(Simulator.Action action) {
        if (action.control().equals("wrong")) throw new IllegalStateException("as it was told to");
        if (action.control().equals("order")) order = action.items();
        done.add(action.control() + " " + action.value());
    }
}
"""
FRAGMENTATION, BUMP, KINDS, BUSY = range(4)
NAMES = ["fragmentation", "bump", "kinds"]
CELLS = ["var fragmentation = new FragmentationSimulator();\nlive(fragmentation);",
         "var bump = new BumpVersusMalloc();\nlive(bump);",
         EVERY_KIND.strip() + "\nvar kinds = new EveryKind();\nlive(kinds);",
         "Thread.sleep(5000);",
         *(f"System.out.println({name}.scene().json());" for name in NAMES),
         "Runtime.getRuntime().halt(1);"]
HALT = len(CELLS) - 1


def write_notebook():
    FOLDER.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(CELLS)],
        metadata={"kernelspec": {"name": "java", "display_name": "Java (heapcraft)"},
                  "language_info": {"name": "java"}})
    nbformat.write(notebook, FOLDER / "live.ipynb")


# ---- The page ----------------------------------------------------------------------------


class Course:
    """The notebook in JupyterLab."""

    def __init__(self, page, address, out):
        self.page, self.out = page, out
        url, _, self.token = address.partition("?")
        self.url = f"{url}lab/workspaces/live/tree/target/live"

    def open(self, notebook="live.ipynb"):
        self.page.goto(f"{self.url}/{notebook}?{self.token}")
        self.page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=MINUTES)
        self.page.get_by_text("Java (heapcraft) | Idle").wait_for(timeout=MINUTES)

    def cell(self, index):
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(index)

    def run(self, index, wait=True):
        prompt = self.cell(index).locator(".jp-InputPrompt").first
        before = prompt.text_content()
        self.cell(index).locator(".jp-InputArea-editor").click()
        self.page.keyboard.press("Control+Enter")
        if wait:
            self.page.wait_for_function(
                "([node, before]) => node.textContent !== before && /\\d/.test(node.textContent)",
                arg=[prompt.element_handle(), before], timeout=MINUTES)

    def run_pictures(self):
        for index in range(len(NAMES)):
            self.run(index)
            expect(self.picture(index)).to_be_visible(timeout=MINUTES)

    def picture(self, index):
        return self.cell(index).locator(".hcw")

    def scene(self, index):
        """What Java says that the picture shows, from a cell of its own."""
        state = HALT - len(NAMES) + index
        self.run(state)
        return json.loads(self.cell(state).locator(".jp-OutputArea-output pre").text_content())

    def save(self):
        self.page.keyboard.press("Control+s")
        expect(self.page.locator(".jp-DocumentSearch-overlay")).to_have_count(0)
        self.page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")

    def menu(self, name, item):
        self.page.get_by_role("menuitem", name=name, exact=True).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()

    def photo(self, name):
        self.page.screenshot(path=self.out / f"live-{name}.png")


def settled(picture):
    expect(picture).to_have_attribute("aria-busy", "false", timeout=MINUTES)
    return picture


PAGE_STATE = """root => {
  const text = (at, of = root) => {
    const node = of.querySelector(at);
    return node && !node.hidden ? node.textContent : '';
  };
  const control = node => {
    const field = node.querySelector('select, input');
    const button = node.matches('button') ? node : null;
    return { label: (button ?? node.querySelector('span')).textContent,
      enabled: button?.getAttribute('aria-disabled') !== 'true',
      value: node.matches('.hcw-order') ? [...node.querySelectorAll('button')].map(b => b.textContent)
        : field ? (field.type === 'checkbox' ? field.checked : field.value) : null };
  };
  return { title: text('.hcw-title'), say: text('.hcw-say'), alert: text('.hcw-alert'),
    code: text('.hcw-steps code'),
    controls: [...root.querySelector('.hcw-controls').children].map(control),
    facts: [...root.querySelectorAll('.hcw-facts tr')]
      .map(row => [...row.cells].map(cell => cell.textContent)),
    strips: [...root.querySelectorAll('figure')].map(figure => ({
      title: text('figcaption', figure),
      blocks: [...figure.querySelectorAll('.hc-block')].map(b => b.getAttribute('aria-label')) })) };
}"""

STATES = {"live": "in use", "hole": "freed", "free": "never used", "padding": "padding",
          "header": "header", "bump": "given back, still taken"}


def expected(scene):
    """What a page shall show of a scene, in the shape of PAGE_STATE."""
    def value(control):
        return {"choice": control.get("value"), "number": control.get("value"),
                "switch": control.get("on"), "order": control.get("items")}.get(control["kind"])

    def words(piece, block):
        size = "1 byte" if block["bytes"] == 1 else f"{block['bytes']} bytes"
        label = f", block {block['label']}" if block["label"] else ""
        by = f", by {block['by']}" if block["by"] else ""
        return f"{size} {STATES[block['state']]}{label}{by}, at {int(piece['start'], 16) + block['at']:#x}"

    return {"title": scene["title"], "say": scene["say"], "alert": scene["alert"],
            "code": scene["code"],
            "controls": [{"label": c["label"], "enabled": c["enabled"], "value": value(c)}
                         for c in scene["controls"]],
            "facts": [[fact["name"], fact["value"]] for fact in scene["facts"]],
            "strips": [{"title": strip["title"],
                        "blocks": [words(piece, block) for piece in strip["picture"]["pieces"]
                                   for block in piece["blocks"]]} for strip in scene["strips"]]}


def agree(course, index, what, picture=None, but=()):
    shown = settled(picture or course.picture(index)).evaluate(PAGE_STATE)
    wanted = expected(course.scene(index))
    for part in wanted:
        if part not in but and shown[part] != wanted[part]:
            raise AssertionError(f"{NAMES[index]}, {what}: the page's {part}\n  {shown[part]}\n"
                                 f"Java's\n  {wanted[part]}")


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
    assert page.evaluate(focused) == "A"
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "keys went to the notebook"
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
    picture.locator(".hc-block[tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled(picture)
    assert page.evaluate("() => document.activeElement.matches('.hc-block')"), "focus was lost"
    states = [b["state"] for b in course.scene(FRAGMENTATION)["strips"][0]["picture"]["pieces"][0]["blocks"]]
    assert states[:3] == ["live", "hole", "live"], states
    agree(course, FRAGMENTATION, "after a block was freed by keyboard")


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
        lab.send_signal(signal.SIGINT)
        lab.wait(timeout=30)
    print(f"browser_live: {len(NAMES)} live pictures; screenshots in {out}")


if __name__ == "__main__":
    main()
