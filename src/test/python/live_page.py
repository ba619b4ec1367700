"""A notebook of live pictures in JupyterLab: what the page shows, and what Java says of the same."""

import json
import re

import nbformat
from playwright.sync_api import expect

from browser import ROOT

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
                List.of(new Scene.Strip("block", "A block", new HeapPicture(List.of(
                        new HeapPicture.Piece(4096, 64, List.of(new HeapPicture.Block(4096, 64,
                                HeapPicture.State.LIVE, "x", ""))))), true)),
                List.of(new Scene.Fact("done", done.size() + "")),
                done.isEmpty() ? "" : "Did " + done.getLast() + ".", "", String.join("\\n", done));
    }

    String last(String control, String other) {
        return done.stream().filter(each -> each.startsWith(control + " "))
                .reduce((one, two) -> two).orElse(control + " " + other).substring(control.length() + 1);
    }

    public void on(Simulator.Action action) {
        if (action.control().equals("wrong")) throw new IllegalStateException("as it was told to");
        if (action.control().equals("order")) order = action.items();
        done.add(action.control() + " " + action.value().replace("\\n", ","));
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
        self.page.locator(".jp-Notebook:visible .jp-CodeCell").first.wait_for(timeout=MINUTES)
        self.page.get_by_text("Java (heapcraft) | Idle").wait_for(timeout=MINUTES)
        if self.page.locator("#jp-left-stack").is_visible():
            self.page.keyboard.press("Control+b")

    def cell(self, index):
        return self.page.locator(".jp-Notebook:visible .jp-CodeCell").nth(index)

    def run(self, index, wait=True):
        prompt = self.cell(index).locator(".jp-InputPrompt").first
        prompt.evaluate("""node => {
          window.began = false;
          new MutationObserver(() => { window.began ||= node.textContent.includes('*'); })
            .observe(node, { childList: true });
        }""")
        self.cell(index).locator(".jp-InputArea-editor").click()
        self.page.keyboard.press("Control+Enter")
        if wait:
            self.page.wait_for_function("node => window.began && /\\d/.test(node.textContent)",
                                        arg=prompt.element_handle(), timeout=MINUTES)

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

MOST_BUTTONS = 120  # of a picture; with more blocks only the current one has a button
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
    for page, java in zip(shown["strips"], wanted["strips"]):
        if len(java["blocks"]) > MOST_BUTTONS and set(page["blocks"]) <= set(java["blocks"]):
            page["blocks"] = java["blocks"]
    for part in wanted:
        if part not in but and shown[part] != wanted[part]:
            raise AssertionError(f"{NAMES[index]}, {what}: the page's {part}\n  {shown[part]}\n"
                                 f"Java's\n  {wanted[part]}")
