#!/usr/bin/python3
"""Every page in a real browser: it loads, shows what it should, and the browser has nothing to complain about."""
import http.server
import re
import shutil
import subprocess
import tempfile
import threading

from convoke import FIXTURES, Case, main, seconds_from_now, skip

CHROMIUM = shutil.which("chromium")
CONSOLE = re.compile(r"(?:INFO|WARNING|ERROR):CONSOLE[:(].*")
SECONDS = 90


def open_page(address, language):
    """The page's DOM as the browser has it after its scripts, and what its console says."""
    with tempfile.TemporaryDirectory(prefix="convoke-e2e-browser-") as profile:
        run = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
             f"--user-data-dir={profile}", f"--accept-lang={language}", "--enable-logging=stderr", "--v=0",
             "--dump-dom", address],
            capture_output=True, text=True, timeout=SECONDS, errors="replace")
    return run.stdout, CONSOLE.findall(run.stderr)


class Complaining(http.server.BaseHTTPRequestHandler):
    """The negative control: a page that does what ours must not."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>x</title><script>console.log('never')</script><p>text</p>")

    def log_message(self, *_):
        pass


class Pages(Case):
    def setUp(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        super().setUp()

    def test_pages(self):
        self.control()
        self.installation.run("import", FIXTURES / "plan.txt", "--now", "2024-09-05T09:00:00Z")
        server = self.installation.serve(clock_offset=seconds_from_now("2024-09-05T09:00:00+00:00"))
        base = f"http://{server.host}:{server.port}"
        token = self.installation.token()
        events = server.events(token)
        event = next(event for event in events if "закладок" in event["title"])
        pages = {"/": "закладок", f"/plans/{event['plan']}": "Выставки", f"/events/{event['id']}": "закладок",
                 "/subscribe": "webcal://", "/plans": "Заозёрского"}
        for path, words in pages.items():
            with self.subTest(path=path):
                self.check(base + path, "be", words)
        for language in ("uk", "ru", "en"):
            with self.subTest(language=language):
                page = self.check(base + "/", language, "закладок")
                self.assertRegex(page, rf'<html[^>]* lang="{language}"')
        with self.subTest("a page that is not there"):
            page, _ = open_page(base + "/events/999999", "uk")
            self.assertIn("<h1", page)

    def control(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Complaining)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            page, console = open_page(f"http://127.0.0.1:{server.server_address[1]}/", "en")
        finally:
            server.shutdown()
            server.server_close()
        self.assertIn("text", page)
        self.assertTrue(console, "the browser's complaints are not seen, so their absence says nothing")

    def check(self, address, language, words):
        page, console = open_page(address, language)
        self.assertEqual(console, [])
        self.assertIn(words, page)
        self.assertIn("</html>", page)
        return page


if __name__ == "__main__":
    main()
