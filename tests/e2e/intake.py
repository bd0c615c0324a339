#!/usr/bin/python3
"""Bringing plans in: the source documents uploaded and pasted over HTTP and compared with what is known of them, and the
first minutes of somebody who has last year's plan in the clipboard, in a real browser."""
import html
import http.client
import json
import re
import unicodedata
import urllib.parse

from convoke import DEADLINE, FIXTURES, SHARED_PLANS, Case, main, poll, seconds_from_now, skip
from screen import Screen

MOMENT = "2024-09-25T06:00:00+00:00"
LOGIN, PASSWORD = "olena@library.example", "a pass phrase of its own"


def folded(text):
    """As the ground truth compares texts: white space, dashes and quotes are all one."""
    text = unicodedata.normalize("NFC", text or "")
    text = re.sub(r"[«»„“”\"']", '"', re.sub(r"[–—−-]", "-", text))
    return re.sub(r"\s+", " ", text).strip().casefold()


class Browser:
    """Cookies and forms, without a script."""

    def __init__(self, server):
        self.server, self.cookies = server, {}

    def ask(self, method, path, body=None, kind=None):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=DEADLINE)
        try:
            headers = {"Accept-Language": "en", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
            if kind:
                headers.update({"Content-Type": kind, "Sec-Fetch-Site": "same-origin"})
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, value = line.split(";")[0].split("=", 1)
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location") or "", answer.read().decode("utf-8")
        finally:
            connection.close()

    def get(self, path):
        return self.ask("GET", path)[2]

    def token(self, page):
        return re.search(r'name="csrf" value="([^"]+)"', self.get(page)).group(1)

    def send(self, page, action, **fields):
        body = urllib.parse.urlencode({"csrf": self.token(page), **fields})
        return self.ask("POST", action, body, "application/x-www-form-urlencoded")

    def upload(self, name="", content=b"", **fields):
        """The form of the intake, as a browser sends it."""
        fields = {"csrf": self.token("/manage/intake"), "text": "", "year": "", "organisation": "", **fields}
        boundary, body = "----geckoformboundary7e1", b""
        for key, value in fields.items():
            body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'.encode()
                     + value.encode() + b"\r\n")
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self.ask("POST", "/manage/intake", body, f"multipart/form-data; boundary={boundary}")


class Intake(Case):
    def setUp(self):
        super().setUp()
        self.installation.run("user", "add", LOGIN, "--name", "Олена", "--role", "organiser", "--password-stdin",
                              text=PASSWORD + "\n")
        self.server = self.installation.serve(clock_offset=seconds_from_now(MOMENT))
        self.browser = Browser(self.server)
        status, _, text = self.browser.send("/login", "/login", login=LOGIN, password=PASSWORD)
        self.assertEqual(status, 303, text)
        self.browser.cookies["lang"] = "en"

    def enter(self, place):
        """Enters the plan of the preview there; the plan's number."""
        status, where, text = self.browser.send(place, place + "/enter")
        self.assertEqual(status, 303, text)
        number = re.search(r"/plans/(\d+)", where).group(1)
        again = self.browser.send("/manage/intake", place + "/enter")
        self.assertEqual((again[0], re.search(r"/plans/(\d+)", again[1]).group(1)), (303, number), "entered twice")
        return number

    def plan(self, number):
        status, _, body = self.server.ask("GET", f"/api/v1/plans/{number}")
        self.assertEqual(status, 200)
        return json.loads(body)


class SourceDocuments(Intake):
    """The five documents, by both ways in."""

    def truth(self, name):
        path = SHARED_PLANS / f"{name}.jsonl"
        if not path.exists():
            skip(f"{path} is not there")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return (SHARED_PLANS / f"{name}.txt").read_text(encoding="utf-8"), [row for row in rows if row["schedulable"]]

    def compare(self, name, place, rows):
        preview = self.browser.get(place)
        self.assertTrue(f"{len(rows)} rows" in preview, "the rows are counted")
        self.assertEqual(preview.count('class="intake-row '), len(rows))
        items = self.plan(self.enter(place))["items"]
        self.assertEqual(len(items), len(rows))
        kinds = 0
        for item, row in zip(items, rows):
            with self.subTest(document=name, row=row["title"][:60]):
                if not row.get("title_synthetic"):
                    self.assertEqual(folded(item["title"]), folded(row["title"]))
                self.assertEqual(item["number"] or None, row["number"])
                period = item["period"]
                self.assertEqual((period["type"], period["start"], period["end"]),
                                 (row["period"]["type"], row["period"]["start"], row["period"]["end"]))
                self.assertEqual([one["name"] or None for one in item["responsible"]],
                                 [one["name"] for one in row["responsible"]])
                self.assertIn(item["kind"], row["kind_ok"])
                kinds += item["kind"] == row["kind"]
        self.assertGreaterEqual(kinds, len(rows) - 2, "kinds exactly as the conventions say")

    def both_ways(self, name):
        text, rows = self.truth(name)
        status, uploaded, page = self.browser.upload(name + ".txt", text.encode())
        self.assertEqual(status, 303, page)
        self.compare(name, uploaded, rows)
        # The same pasted: a browser sends its line ends as CR LF. It is known by now, and its rows are the same.
        status, pasted, page = self.browser.upload(text=text.replace("\n", "\r\n"))
        self.assertEqual(status, 303, page)
        self.assertIn("This plan is here already", self.browser.get(pasted))
        self.compare(name, pasted, rows)
        plans = json.loads(self.server.ask("GET", "/api/v1/plans")[2])["plans"]
        self.assertEqual(len(plans), 1)

    def test_polotsk(self):
        self.both_ways("polotsk-2024-2025")

    def test_hlazov(self):
        self.both_ways("hlazov-2020-2021")

    def test_chuvashia(self):
        self.both_ways("chuvashia-2024")

    def test_chernihiv(self):
        self.both_ways("chernihiv-2021")

    def test_kaluga_is_no_plan(self):
        text, rows = self.truth("kaluga-department")
        self.assertEqual(rows, [])
        for sent in ({"name": "kaluga.txt", "content": text.encode()}, {"text": text}):
            status, _, page = self.browser.upload(**sent)
            self.assertEqual(status, 422)
            self.assertIn("No planned activities were found", html.unescape(page))
        self.assertIn(folded(text)[:60], folded(html.unescape(page)), "what was pasted is not lost")


class FirstMinutes(Intake):
    """Somebody pastes last year's plan and looks at what became of it."""

    def screen(self, width, height):
        screen = Screen(width, height, "uk")
        self.addCleanup(screen.close)
        base = f"http://{self.server.host}:{self.server.port}"
        for name, value in self.browser.cookies.items():
            screen.call("Network.setCookie", name=name, value="uk" if name == "lang" else value, url=base)
        return screen, base

    def check(self, screen, name):
        screen.photograph(name)
        self.assertLessEqual(screen.overflows(), 0, name)
        self.assertEqual(screen.complaints, [], name)

    def walk(self, width, height):
        path = SHARED_PLANS / "polotsk-2024-2025.txt"
        plan = path.read_text(encoding="utf-8") if path.exists() else (FIXTURES / "plan.txt").read_text(encoding="utf-8")
        screen, base = self.screen(width, height)
        screen.open(base + "/manage/intake")
        self.check(screen, f"intake-{width}-start")
        screen.fill("#text", plan)
        screen.press(".intake-start button")
        self.assertIn("27 рядків" if path.exists() else "рядк", screen.text())
        self.check(screen, f"intake-{width}-preview")
        screen.press(".tabs li:nth-child(2) a")
        self.check(screen, f"intake-{width}-doubtful")
        screen.press(".tabs li:nth-child(1) a")
        self.edit(screen, width)
        screen.press(".intake-enter button")
        if path.exists():  # some of its rows are past, and are asked about
            self.assertIn("/manage/plans/", screen.look("location.pathname"))
            self.check(screen, f"intake-{width}-past")
            screen.press("form .field-buttons button")
        self.check(screen, f"intake-{width}-plan")
        screen.press("form[action$=next-year] button")
        self.assertIn("2025/2026" if path.exists() else "20", screen.text())
        self.check(screen, f"intake-{width}-next-year")

    def edit(self, screen, width):
        """A row is opened where it stands, and its period understood while it is typed."""
        row = ".intake-row:nth-child(2)"
        screen.look(f"document.querySelector('{row} a[data-edit]').click()")
        poll(lambda: screen.look("document.querySelector('input[name=period]') !== null"), "the form of the row")
        screen.look("document.querySelector('input[name=period]').value = ''")
        screen.fill("input[name=period]", "14 лістапада, 10:00")
        poll(lambda: "14 листопада" in screen.look("document.querySelector('input[name=period]').closest('.field')"
                                                   ".innerText"), "what the period means")
        self.check(screen, f"intake-{width}-edit")
        screen.press(".intake-form .field-buttons button")
        self.assertIn("14 листопада", screen.text())

    def test_on_a_telephone(self):
        self.walk(375, 812)

    def test_on_a_desk(self):
        self.walk(1440, 900)


if __name__ == "__main__":
    main()
