"""The page in a browser: it renders without errors, contacts nobody, fits a phone, is dark at night, and prints."""

from __future__ import annotations

import re
from html import escape

import browser as chromium
import pytest
from hostile import TEXTS, with_text

from mnemosyne.collection.report_pages import page_lines

LIGHT, DARK = (0xFA, 0xF8, 0xF3), (0x14, 0x17, 0x1F)
NIGHT, DAY = "--blink-settings=preferredColorScheme=0", "--blink-settings=preferredColorScheme=1"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
INTRUDER = (
    '<script>document.title = "run"</script><img src="http://example.test/x.png"><p style="color: red">.</p></body>'
)
WIDTH = "<script>parent.document.title = document.documentElement.scrollWidth + ' wide'</script></body>"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Return Chromium."""
    return chromium.start(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def page(year, tmp_path_factory):
    """Return the report of a year, in a file."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text("".join(page_lines(year)), encoding="utf-8")
    return path


def changed(page, old, new):
    """Return the page with a change, in a file beside it."""
    text, count = re.subn(old, lambda _: new, page.read_text(encoding="utf-8"), count=1)
    assert count == 1
    path = page.with_name("changed.html")
    path.write_text(text, encoding="utf-8")
    return path


def test_it_renders_without_errors_and_contacts_nobody(browser, page):
    view = browser.show(page)
    assert view.dom.count("<svg") == page.read_text(encoding="utf-8").count("<svg")
    assert "</footer>" in view.dom
    assert (view.console, view.requests) == ((), ())


def test_injected_code_is_stopped_by_the_policy(browser, page):
    """This also shows that the test sees errors where there are some."""
    view = browser.show(changed(page, "</body>", INTRUDER))
    assert "<title>run" not in view.dom
    assert len(view.console) == 3
    assert view.requests == ()


@pytest.mark.thorough
def test_without_the_policy_it_would_run_and_make_requests(browser, page):
    """So it is the policy that stops it, and the test sees requests where there are some."""
    bare = changed(page, POLICY.pattern, "")
    view = browser.show(changed(bare, "</body>", INTRUDER), "--virtual-time-budget=5000")
    assert "<title>run" in view.dom
    assert view.requests == ("GET http://example.test/x.png HTTP/1.1",)


@pytest.mark.thorough
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(browser, page, width):
    """The width is that of a frame, since the browser makes no window as narrow as a phone."""
    inner = changed(changed(page, POLICY.pattern, ""), "</body>", WIDTH).read_text(encoding="utf-8")
    frame = page.with_name("frame.html")
    frame.write_text(f'<iframe width="{width}" height="800" srcdoc="{escape(inner)}"></iframe>', encoding="utf-8")
    assert int(re.search(r"<title>(\d+) wide", browser.show(frame).dom)[1]) <= width


@pytest.mark.thorough
@pytest.mark.parametrize(("scheme", "colour"), [(DAY, LIGHT), (NIGHT, DARK)], ids=["day", "night"])
def test_it_is_light_by_day_and_dark_by_night(browser, page, scheme, colour):
    assert browser.background(page, scheme) == colour


@pytest.mark.thorough
def test_it_prints_on_a_few_pages_at_night_too(browser, page):
    pages = re.compile(rb"/Type\s*/Page\b")
    by_day, by_night = (browser.printed(page, scheme) for scheme in (DAY, NIGHT))
    assert by_day.startswith(b"%PDF")
    assert 4 <= len(pages.findall(by_day)) <= 10, "with its tables, except those with a row for each day"
    assert len(pages.findall(by_night)) == len(pages.findall(by_day))


@pytest.mark.thorough
def test_no_text_causes_errors_or_requests(browser, year, tmp_path):
    """All hostile texts in one page: names of tags, of the topic, of cards."""
    path = tmp_path / "hostile.html"
    pages = ["".join(page_lines(with_text(year, text))) for text in TEXTS.values()]
    bodies = [page.split("<body>")[1].split("</body>")[0] for page in pages]
    path.write_text(f"{pages[0].split('<body>')[0]}<body>{''.join(bodies)}</body></html>", encoding="utf-8")
    view = browser.show(path)
    assert view.dom.count("</footer>") == len(TEXTS)
    assert (view.console, view.requests) == ((), ())
