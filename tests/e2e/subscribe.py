#!/usr/bin/python3
"""The pages that lead people to calendars, in a real browser: on a telephone and on a desk, in every language, on paper,
and through a camera."""
import http.server
import html
import json
import re
import shutil
import subprocess
import tempfile
import threading
import urllib.parse
from pathlib import Path

from convoke import FIXTURES, Case, main, seconds_from_now, skip

CHROMIUM = shutil.which("chromium")
SECONDS = 120
BASE = "https://plans.example.org"
SMALLEST_TARGET = 43.5  # CSS pixels; 44 less what rounding takes

# Measures a page of the server in a frame as wide as a telephone or a desk; then touches it and waits for its script.
MEASURE = """<!doctype html><meta charset="utf-8"><title>measure</title><body style="margin:0">
<iframe id="page" src="%(path)s" style="border:0;width:%(width)dpx;height:900px"></iframe><pre id="result"></pre>
<script>
const frame = document.getElementById("page");
frame.onload = () => {
  const page = frame.contentDocument, found = {small: [], wide: []};
  found.width = page.documentElement.scrollWidth;
  // The menu is one line that scrolls by itself; the page does not.
  const inStrip = (one) => {
    for (let box = one.parentElement; box && box !== page.body; box = box.parentElement)
      if (/auto|scroll/.test(frame.contentWindow.getComputedStyle(box).overflowX)) return true;
    return false;
  };
  for (const one of page.querySelectorAll("a.button, button, summary, select, input[type=date], input[type=search], " +
                                          "input[readonly], label.box, a.more, nav a")) {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || one.closest("details:not([open])") && one.tagName !== "SUMMARY") continue;
    if (box.height < %(target)s) found.small.push(one.tagName + " " + one.textContent.trim() + " " + box.height);
    if (!inStrip(one) && (box.left < -0.5 || box.right > %(width)d + 0.5)) found.wide.push(one.tagName + " " + one.textContent.trim());
  }
  const say = () => { document.getElementById("result").textContent = JSON.stringify(found); };
  const touch = %(touch)s;
  say();
  if (!touch) return;
  const box = page.querySelector(touch);
  box.checked = true;
  box.dispatchEvent(new Event("input", {bubbles: true}));
  setTimeout(() => {
    found.after = page.getElementById("feed-main").value;
    found.entries = Array.from(page.querySelectorAll(".preview .title"), one => one.textContent);
    found.status = page.getElementById("builder-status").textContent;
    found.address = frame.contentWindow.location.pathname + frame.contentWindow.location.search;
    say();
  }, 3000);
};
</script>"""


class Bench:
    """Hands out the server's pages and the page that measures them as one origin, so that it may look inside."""

    def __init__(self, server, language):
        bench = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path.startswith("/measure?"):
                    wanted = dict(urllib.parse.parse_qsl(self.path.split("?", 1)[1]))
                    body = (MEASURE % {"path": wanted["path"], "width": int(wanted["width"]), "target": SMALLEST_TARGET,
                                       "touch": json.dumps(wanted.get("touch"))}).encode()
                    return self.answer(200, "text/html; charset=utf-8", body)
                status, headers, body = server.get(self.path, accept_language=language)
                return self.answer(status, headers.get("content-type", "text/plain"), body)

            def answer(self, status, content_type, body):
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        bench.close = lambda: (self.http.shutdown(), self.http.server_close())

    def measure(self, path, width, touch=None):
        wanted = {"path": path, "width": width} | ({"touch": touch} if touch else {})
        page = browse(f"{self.base}/measure?{urllib.parse.urlencode(wanted)}", "--window-size=1400,1000",
                      "--virtual-time-budget=15000", "--dump-dom")
        return json.loads(html.unescape(re.search(r'<pre id="result">(.+?)</pre>', page, re.DOTALL).group(1)))


def browse(address, *options):
    with tempfile.TemporaryDirectory(prefix="convoke-e2e-browser-") as profile:
        return subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
             f"--user-data-dir={profile}", *options, address],
            capture_output=True, text=True, timeout=SECONDS, errors="replace").stdout


def decoded(picture):
    """What a camera reads in a picture."""
    run = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", str(picture)], capture_output=True, text=True,
                         timeout=SECONDS)
    return run.stdout.strip()


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            skip(f"{program} is not installed")


class Subscribing(Case):
    settings = {"base_url": BASE, "allowed_hosts": "127.0.0.1"}

    def setUp(self):
        need("chromium")
        super().setUp()
        self.installation.run("import", FIXTURES / "plan.txt", "--now", "2024-09-05T09:00:00Z")
        self.server = self.installation.serve(clock_offset=seconds_from_now("2024-09-05T09:00:00+00:00"))

    def bench(self, language):
        bench = Bench(self.server, language)
        self.addCleanup(bench.close)
        return bench

    def test_screens(self):
        """No sideways scrolling and nothing too small to touch, on a telephone and on a desk, in every language."""
        for language in ("uk", "be", "ru", "en"):
            bench = self.bench(language)
            for width in (360, 390, 1280):
                for path in ("/subscribe?kind=seminar&q=" + urllib.parse.quote("краеведческих"), "/subscribe/poster"):
                    with self.subTest(language=language, width=width, path=path):
                        found = bench.measure(path, width)
                        self.assertLessEqual(found["width"], width)
                        self.assertEqual(found["wide"], [])
                        self.assertEqual(found["small"], [])
        with self.subTest("the measure finds what is wrong"):
            found = self.bench("en").measure("/subscribe", 150)
            self.assertGreater(found["width"], 150)

    def test_preview(self):
        """A box that is touched changes address and preview without leaving the page."""
        found = self.bench("ru").measure("/subscribe", 390, "input[value=seminar]")
        self.assertEqual(found["after"], BASE + "/feeds/all.ics?kind=seminar")
        self.assertEqual(found["address"], "/subscribe?kind=seminar")
        self.assertEqual(len(found["entries"]), 1)
        self.assertIn("краеведческих", found["entries"][0])
        self.assertIn("1", found["status"])

    def test_buttons(self):
        """Every button of every calendar leads to an address that the server serves."""
        _, _, body = self.server.get("/subscribe", accept_language="en")
        page = body.decode()
        host = BASE.split("//")[1]
        webcal = [html.unescape(one) for one in re.findall(r'href="webcal://([^"]+)"', page)]
        self.assertGreater(len(webcal), 8)
        for address in webcal:
            self.assertTrue(address.startswith(host + "/feeds/"), address)
            status, headers, feed = self.server.get(address[len(host):])
            self.assertEqual((status, headers["content-type"]), (200, "text/calendar; charset=utf-8"), address)
            self.assertIn(b"BEGIN:VCALENDAR", feed)
        google = re.findall(r'href="https://calendar\.google\.com/calendar/r\?cid=([^"]+)"', page)
        self.assertEqual({urllib.parse.unquote(one) for one in google} - {"webcal://" + one for one in webcal}, set())
        for program in ("outlook.live.com", "outlook.office.com"):
            for query in re.findall(rf'href="https://{re.escape(program)}/calendar/0/addfromweb\?([^"]+)"', page):
                fields = dict(urllib.parse.parse_qsl(html.unescape(query)))
                self.assertIn(fields["url"].replace("https://", ""), webcal)
                self.assertTrue(fields["name"])
        self.assertEqual(self.server.get("/subscribe?from=2025-05-01&to=2025-04-01")[0], 400)

    def test_codes(self):
        """A camera reads from the page, from its picture and from the printed poster where the calendar is."""
        need("rsvg-convert", "zbarimg", "pdftoppm", "pdfinfo")
        address = BASE + "/subscribe?kind=competition"
        with tempfile.TemporaryDirectory(prefix="convoke-e2e-codes-") as name:
            folder = Path(name)
            page = self.server.get("/subscribe?kind=competition", accept_language="be")[2].decode()
            inline = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", page, re.DOTALL).group(0)
            picture = self.server.get("/subscribe/qr.svg?kind=competition")[2].decode()
            for number, svg in enumerate((inline, picture)):
                (folder / f"{number}.svg").write_text(svg, encoding="utf-8")
                subprocess.run(["rsvg-convert", "-b", "white", "-w", "300", "-o", folder / f"{number}.png",
                                folder / f"{number}.svg"], check=True, timeout=SECONDS)
                self.assertEqual(decoded(folder / f"{number}.png"), address)
            for language in ("uk", "be", "ru", "en"):
                bench = self.bench(language)
                sheet = folder / f"poster-{language}.pdf"
                browse(f"{bench.base}/subscribe/poster?kind=competition", "--no-pdf-header-footer",
                       f"--print-to-pdf={sheet}")
                facts = subprocess.run(["pdfinfo", sheet], capture_output=True, text=True, check=True).stdout
                self.assertRegex(facts, r"Pages:\s+1\n")
                subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", sheet, sheet.with_suffix("")], check=True,
                               timeout=SECONDS)
                self.assertEqual(decoded(sheet.with_suffix(".png")), address)

    def test_partner(self):
        """A partner's page can hold the list; no other page of ours can be held."""
        snippet = re.search(r'<textarea id="snippet"[^>]*>(.*?)</textarea>',
                            self.server.get("/subscribe?kind=seminar")[2].decode(), re.DOTALL).group(1)
        source = re.search(r'src="([^"]+)"', html.unescape(snippet)).group(1)
        self.assertEqual(source, BASE + "/embed/coming?kind=seminar")
        here = f"http://{self.server.host}:{self.server.port}"
        for path, shown in (("/embed/coming?kind=seminar", True), ("/subscribe?kind=seminar", False)):
            with self.subTest(path=path):
                text = self.framed_text(f"{here}{path}")
                self.assertIn("a partner", text)
                self.assertEqual("краеведческих" in text, shown, text[:500])

    def framed_text(self, address):
        """The text of somebody else's page that has the address in a frame, as printing shows it."""
        need("pdftotext")
        page = f'<!doctype html><p>a partner</p><iframe src="{address}" width="600" height="600"></iframe>'.encode()

        class Partner(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_):
                pass

        partner = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Partner)
        threading.Thread(target=partner.serve_forever, daemon=True).start()
        try:
            with tempfile.TemporaryDirectory(prefix="convoke-e2e-partner-") as name:
                sheet = Path(name) / "page.pdf"
                browse(f"http://localhost:{partner.server_address[1]}/", "--no-pdf-header-footer",
                       f"--print-to-pdf={sheet}")
                return subprocess.run(["pdftotext", sheet, "-"], capture_output=True, text=True, timeout=SECONDS).stdout
        finally:
            partner.shutdown()
            partner.server_close()


if __name__ == "__main__":
    main()
