#!/usr/bin/env python3
"""Opens films of heaps in a real browser, from files and offline: every control by mouse and by
keyboard alone, in light and dark, with and without motion, and with the scripts taken out.

    .venv/bin/python src/test/python/browser_film.py --out target/browser

Needs `mvn test` to have been run, which writes the pages into target/film; requirements-dev.txt;
and Debian's chromium. Speed is measured and printed, and judged by nobody.
"""

import argparse
import json
import os
import re
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import sync_playwright

from browser import CHROMIUM, QUIET, ROOT

FILMS = ROOT / "target/film"
AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
FILM = "document.querySelector('.heapcraft-film').heapFilm"
# name of the picture, width in pixels, colour scheme
VIEWS = [("phone-light", 320, "light"), ("desk-light", 1200, "light"), ("desk-dark", 1200, "dark"),
         ("wide-dark", 1600, "dark")]


class Checks:
    """Sentences that hold, or do not."""

    def __init__(self):
        self.failed = []

    def that(self, sentence, holds, found=""):
        if not holds:
            self.failed.append(sentence)
            print(f"  NOT: {sentence} {found[:1500] if isinstance(found, str) else found}")

    def same(self, sentence, wanted, found):
        self.that(sentence, wanted == found, f"(wanted {wanted!r}, found {found!r})")


def open_page(browser, name, **context):
    """A page from a file, without a network; what goes wrong in it is kept in `page.errors`."""
    page = browser.new_context(offline=True, **context).new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.errors.append(message.text))
    page.on("request", lambda request: request.url.startswith(("file:", "data:"))
            or page.errors.append(f"fetches {request.url}"))
    page.goto((FILMS / name).as_uri())
    return page


def frame(page):
    page.wait_for_timeout(80)  # two frames of the browser, with room
    return page.evaluate(f"{FILM}.frame")


def pictures_are_javas(browser, checks):
    wanted = json.loads((FILMS / "two.json").read_text(encoding="utf-8"))
    page = open_page(browser, "two.html")
    # Backwards and forwards, so that stored frames and single steps are both met.
    order = sorted(wanted, key=int, reverse=True) + sorted(wanted, key=lambda k: int(k) * 7919 % 389)
    for key in order:
        for heap, java in enumerate(wanted[key]):
            here = page.evaluate(f"""() => {{
                const picture = {FILM}.reels[{heap}].picture({key});
                return {{ summary: {FILM}.constructor.words(picture), picture }};
            }}""")
            checks.same(f"picture {key} of heap {heap} is the one that Java draws", java, here)
    checks.same("two.html has no error", [], page.errors)
    page.context.close()


def controls_work(browser, checks):
    page = open_page(browser, "two.html", viewport={"width": 1200, "height": 900})
    end = page.evaluate(f"{FILM}.end")
    button = lambda name: page.get_by_role("button", name=name, exact=True)
    button("One operation on").click()
    checks.same("one operation on", 1, frame(page))
    button("One operation on").click()
    button("One operation back").click()
    checks.same("one operation back", 1, frame(page))
    button("To the end").click()
    checks.same("to the end", end, frame(page))
    button("To the start").click()
    checks.same("to the start", 0, frame(page))
    box = page.get_by_role("slider").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    checks.that("the slider goes to the middle", abs(frame(page) - end / 2) < end / 20, frame(page))
    button("Play").click()
    page.wait_for_timeout(500)
    said = page.get_by_role("status").text_content()
    checks.that("it plays", frame(page) > end / 2)
    page.wait_for_timeout(300)
    checks.same("while it plays nothing is said", said, page.get_by_role("status").text_content())
    button("Pause").click()
    stopped = frame(page)
    page.wait_for_timeout(300)
    checks.same("it stops", stopped, frame(page))
    page.wait_for_timeout(400)
    checks.that("once it stands still it says where",
                page.get_by_role("status").text_content().startswith(f"Operation {stopped} of {end}: "))
    strip = page.locator(".hc-strip").first.bounding_box()
    page.mouse.move(strip["x"] + 40, strip["y"] + 12)
    checks.that("a block under the mouse is told",
                re.match(r"0x[0-9a-f]+ \(\+\d+\): \d+ bytes? ", page.locator(".hc-detail").first.text_content()))
    page.get_by_text("Operations", exact=True).click()
    rows = page.get_by_role("group", name="Operations").get_by_role("row")
    rows.nth(1).wait_for()  # filled when the browser says that it is open, which comes later
    checks.same("the list shows the operations around", 22, rows.count())
    page.get_by_role("button", name=f"To operation {stopped + 3}", exact=True).click()
    checks.same("an operation of the list is gone to", stopped + 3, frame(page))
    page.get_by_text("The heap in words", exact=True).click()
    page.wait_for_timeout(400)
    words = page.get_by_role("group", name="The heap in words").get_by_role("row")
    checks.that("the heap is told in words", words.count() > 10, words.count())
    checks.same("the controls made no error", [], page.errors)
    page.context.close()


def keyboard_is_enough(browser, checks):
    page = open_page(browser, "broken.html")
    press = page.keyboard.press
    focused = """() => { let e = document.activeElement;
        while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        return e?.getAttribute('aria-label') || e?.textContent || e?.tagName; }"""
    page.evaluate(f"{FILM}.go(1)")  # in the middle, where no button is off
    frame(page)
    reached = []
    for _ in range(16):
        press("Tab")
        reached.append(page.evaluate(focused))
    for name in ("Play", "One operation on", "To the operation that broke a law", "Operation",
                 "Operations", "The heap in words"):
        checks.that(f"Tab reaches {name}", name in reached, [name[:60] for name in reached])
    page.reload()
    checks.same("a broken film opens where it breaks", 5, frame(page))
    press("Tab")
    press("Tab")
    press("Home")
    for key, wanted in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 5),
                        ("Home", 0), ("b", 5), ("Home", 0)):
        press(key)
        checks.same(f"key {key}", wanted, frame(page))
    checks.that("a broken law is told only from its operation on",
                page.locator(".hc-broken").is_hidden())
    press("b")
    frame(page)
    checks.that("a broken law is told", page.locator(".hc-broken").is_visible())
    checks.that("what it says is text", "<b>it should" in page.locator(".hc-broken").text_content())
    page.locator("[role=slider], input[type=range]").first.focus()
    press("Home")
    press("ArrowRight")
    checks.same("the slider has its own keys", 1, frame(page))
    press(" ")
    page.wait_for_timeout(1700)
    press(" ")
    checks.that("Space plays and stops", 2 <= frame(page) <= 4, frame(page))
    press("End")
    frame(page)
    page.locator(".hc-block[tabindex='0']").first.focus()
    first = page.evaluate(focused)
    press("ArrowRight")
    second = page.evaluate(focused)
    checks.that("arrows walk over the blocks", first != second and "bytes" in second, (first, second))
    checks.same("and leave the film where it is", 5, frame(page))
    press("End")
    last = page.evaluate(focused)
    press("ArrowRight")
    checks.same("the last block is the last", last, page.evaluate(focused))
    checks.same("the keyboard made no error", [], page.errors)
    page.context.close()


def films_leave_each_other_alone(browser, checks):
    page = open_page(browser, "fragments.html")
    checks.same("each of three films plays", 3, page.evaluate(
        "[...document.querySelectorAll('.heapcraft-film')].filter(film => film.heapFilm).length"))
    sliders = page.get_by_role("slider")
    checks.same("each has its slider", 3, sliders.count())
    page.get_by_role("button", name="To the end").nth(1).click()
    page.wait_for_timeout(200)
    checks.same("a control moves its own film", [True, False, True], page.evaluate(
        "[...document.querySelectorAll('.heapcraft-film')].map(film => film.heapFilm.frame === 0)"))
    size = page.evaluate("getComputedStyle(document.querySelector('.heapcraft-film').heapFilm.now).fontSize")
    checks.same("the page's style stays outside", "15px", size)
    checks.same("no still is left beside a film", 0, page.locator(".heapcraft-film > img:visible").count())
    checks.same("the fragments made no error", [], page.errors)
    page.context.close()


def stills_survive_a_sanitiser(browser, checks, out):
    for name in ("fragments", "two", "report"):
        page_text = (FILMS / f"{name}.html").read_text(encoding="utf-8")
        (FILMS / f"{name}-sanitised.html").write_text(
            re.sub(r"(?s)<script.*?</script>", "", page_text), encoding="utf-8")
        page = open_page(browser, f"{name}-sanitised.html", viewport={"width": 900, "height": 900})
        stills = page.locator(".heapcraft-film > img")
        checks.that(f"{name}: without scripts there is a still", stills.count() > 0)
        for i in range(stills.count()):
            still = stills.nth(i)
            checks.that(f"{name}: the still is an image that loads",
                        still.is_visible() and still.evaluate("e => e.complete && e.naturalWidth > 100"))
            checks.that(f"{name}: the still has words", "bytes" in (still.get_attribute("alt") or ""))
        page.screenshot(path=out / f"film-{name}-sanitised.png", full_page=True)
        page.context.close()


def calm_is_respected(browser, checks):
    page = open_page(browser, "two.html", reduced_motion="reduce")
    page.get_by_role("button", name="Play", exact=True).click()
    page.evaluate(f"""() => {{ window.frames_seen = new Set();
        setInterval(() => window.frames_seen.add({FILM}.frame), 20); }}""")
    page.wait_for_timeout(2500)
    seen = page.evaluate("[...window.frames_seen]")
    checks.that("without motion there are single pictures, a second each", 1 < len(seen) <= 4, seen)
    page.context.close()


def nothing_is_inaccessible(browser, checks):
    for name in ("two", "broken", "fragments", "report"):
        for scheme in ("light", "dark"):
            page = open_page(browser, f"{name}.html", color_scheme=scheme)
            if name != "report":
                page.evaluate(f"{FILM}.go({FILM}.end)")
            for summary in page.locator(".hc-root summary").all():
                summary.click()
            page.wait_for_timeout(500)
            page.evaluate(AXE)
            found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
            checks.same(f"axe finds nothing in {name}, {scheme}", [],
                        [(v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:200])
                         for v in found["violations"]])
            page.context.close()


def pages_fit(browser, checks, out):
    for name in ("two", "broken", "long", "fragments", "report"):
        for view, width, scheme in VIEWS:
            page = open_page(browser, f"{name}.html", color_scheme=scheme,
                             viewport={"width": width, "height": 900})
            if name != "report":
                page.evaluate(f"{FILM}.go(Math.round({FILM}.end * (name => name === 'broken' ? 1 : .6)('{name}')))")
            page.wait_for_timeout(500)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            checks.that(f"{name} fits {width} pixels", over <= 0, f"({over} too many)")
            page.screenshot(path=out / f"film-{name}-{view}.png", full_page=True)
            page.context.close()


def scrubbing_is_measured(browser):
    """A hand that drags the slider over the whole film in 300 steps of the browser."""
    for name in ("long", "many"):
        page = open_page(browser, f"{name}.html", viewport={"width": 1200, "height": 900})
        size = (FILMS / f"{name}.html").stat().st_size
        times = page.evaluate(f"""() => new Promise(done => {{
            const film = {FILM}, steps = 300, stamps = [], work = [];
            const show = film.show.bind(film);
            film.show = frame => {{ const t = performance.now(); show(frame);
                work.push(performance.now() - t); }};
            const step = stamp => {{
                stamps.push(stamp);
                if (stamps.length > steps) {{ done({{ stamps, work }}); return; }}
                const t = stamps.length / steps;
                film.slider.value = Math.round(film.end * (t < .5 ? 2 * t : 2 - 2 * t));
                film.slider.dispatchEvent(new Event('input'));
                requestAnimationFrame(step);
            }};
            requestAnimationFrame(step);
        }})""")
        gaps = sorted(b - a for a, b in zip(times["stamps"], times["stamps"][1:]))
        work = sorted(times["work"])
        at = lambda list_, share: list_[min(len(list_) - 1, int(len(list_) * share))]
        print(f"  {name}: {size} bytes; from frame to frame median {at(gaps, .5):.1f} ms,"
              f" 95 % {at(gaps, .95):.1f} ms, most {gaps[-1]:.1f} ms; drawing median"
              f" {at(work, .5):.1f} ms, 95 % {at(work, .95):.1f} ms; load {os.getloadavg()[0]:.1f}")
        page.context.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "target/browser")
    args = parser.parse_args()
    if not CHROMIUM:
        raise SystemExit("browser_film.py: chromium is missing; run: apt install chromium")
    if not (FILMS / "two.html").exists():
        raise SystemExit("browser_film.py: no pages in target/film; run: mvn test")
    args.out.mkdir(parents=True, exist_ok=True)
    checks = Checks()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        pictures_are_javas(browser, checks)
        controls_work(browser, checks)
        keyboard_is_enough(browser, checks)
        films_leave_each_other_alone(browser, checks)
        stills_survive_a_sanitiser(browser, checks, args.out)
        calm_is_respected(browser, checks)
        nothing_is_inaccessible(browser, checks)
        pages_fit(browser, checks, args.out)
        scrubbing_is_measured(browser)
        browser.close()
    if checks.failed:
        raise SystemExit(f"browser_film: {len(checks.failed)} sentences do not hold")
    print(f"browser_film: all holds; pictures in {args.out}")


if __name__ == "__main__":
    main()
