#!/usr/bin/python3
"""Accounts through the real program: from the link of the first start to a calendar of one's own and its end, by forms
alone, as a browser without scripts sends them; and the pages in a real browser."""
import base64
import hashlib
import hmac
import http.client
import re
import struct
import threading
import time
import urllib.parse

from icalendar import Calendar

from convoke import DEADLINE, FIXTURES, Case, main, poll, seconds_from_now, skip

MOMENT = "2024-09-05T09:00:00+00:00"
PASSWORD = "three quiet lamps burn"
LOGIN = "kalyna@example.org"


class Browser:
    """Keeps cookies and sends forms with the token that they carry."""

    def __init__(self, server):
        self.server, self.cookies = server, {}
        self.base = f"http://{server.host}:{server.port}"

    def ask(self, method, path, fields=None):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=DEADLINE)
        try:
            headers = {"Accept-Language": "uk"}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            body = None
            if fields is not None:
                body = urllib.parse.urlencode(fields)
                headers.update({"Content-Type": "application/x-www-form-urlencoded", "Origin": self.base,
                                "Sec-Fetch-Site": "same-origin"})
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, value = line.split(";")[0].split("=", 1)
                if "Max-Age=0" in line:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = value
            return answer.status, answer.headers, answer.read().decode("utf-8")
        finally:
            connection.close()

    def get(self, path):
        return self.ask("GET", path)

    def send(self, page, action, **fields):
        """Opens the page and sends a form of it."""
        token = re.search(r'name="csrf" value="([^"]+)"', self.get(page)[2]).group(1)
        return self.ask("POST", action, {"csrf": token, **fields})


def code_of(key, moment):
    """The code that an authenticator app shows for this key (RFC 6238)."""
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


class Accounts(Case):
    def setUp(self):
        super().setUp()
        self.installation.run("import", FIXTURES / "plan.txt", "--now", MOMENT.replace("+00:00", "Z"))
        self.offset = seconds_from_now(MOMENT)
        self.server = self.installation.serve(clock_offset=self.offset)

    def setup_path(self):
        """The link that the first start prints after the address it listens on."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            found = re.search(r"first administrator: \S+?(/setup/\S+)", self.server.said)
            if found:
                return found.group(1)
            self.server.read_more()
        raise AssertionError("the first start prints no link: " + self.server.said)

    def administrator(self):
        browser, link = Browser(self.server), self.setup_path()
        status, headers, _ = browser.send(link, link, name="Калина О.П.", login=LOGIN, password=PASSWORD, again=PASSWORD)
        self.assertEqual((status, headers["Location"]), (303, "/account"))
        return browser, link

    def test_whole_way(self):
        browser, link = self.administrator()
        self.assertEqual(browser.get(link)[0], 404)
        self.assertIn("Калина О.П.", browser.get("/account")[2])
        self.assertEqual(browser.send("/account", "/logout")[0], 303)
        status, headers, _ = browser.get("/calendars")
        self.assertEqual((status, headers["Location"]), (303, "/login?next=%2Fcalendars"))
        status, headers, _ = browser.send("/login?next=/calendars", "/login", login=LOGIN, password=PASSWORD,
                                          next="/calendars")
        self.assertEqual((status, headers["Location"]), (303, "/calendars"))

        status, _, page = browser.send("/calendars", "/calendars", name="Мій телефон", scope="association", lang="ru")
        self.assertEqual(status, 200)
        address = re.search(r'value="(http://[^"]+/feeds/p/[^"]+\.ics)"', page).group(1)
        path = address.removeprefix(browser.base)
        token = path.split("/")[-1].removesuffix(".ics")
        status, headers, feed = self.server.get(path, User_Agent="Google-Calendar-Importer")
        self.assertEqual((status, headers["cache-control"]), (200, "private, max-age=900"))
        mine = Calendar.from_ical(feed).walk("VEVENT")
        everything = Calendar.from_ical(self.server.feed()).walk("VEVENT")
        self.assertEqual({str(entry["UID"]) for entry in mine}, {str(entry["UID"]) for entry in everything})
        self.assertGreater(len(mine), 3)
        poll(lambda: "Google Calendar" in browser.get("/calendars")[2], "the app that read the calendar")

        revoke = re.search(r'action="(/calendars/\d+/revoke)"', browser.get("/calendars")[2]).group(1)
        self.assertEqual(browser.send("/calendars", revoke)[0], 303)
        self.assertEqual(self.server.get(path)[0], 410)
        self.assertEqual(self.server.get(path.replace(token, "x" * len(token)))[0], 404)

        # Nothing secret is in the log, nor in the database.
        self.assertEqual(self.server.terminate(), 0)
        log = self.server.log.read_text(encoding="utf-8", errors="replace")
        self.assertIn("/feeds/p/{token}.ics", log)
        kept = b"".join(file.read_bytes() for file in self.installation.database.parent.iterdir())
        for secret in (token, link.split("/")[-1], browser.cookies["sid"], PASSWORD):
            self.assertNotIn(secret, log)
            self.assertNotIn(secret.encode(), kept)
        self.assertNotIn(LOGIN, log)

    def link_to(self, address, path, count=1):
        """The path of the link in the newest mail to this address, once there are so many."""
        poll(lambda: len(self.installation.mails(address)) >= count, f"mail {count} to {address}")
        texts = [mail.get_body(("plain",)).get_content() for mail in self.installation.mails(address)]
        links = [found.group(1) for text in texts for found in re.finditer(r"https?://[^/]+(" + path + r"[0-9a-f]+)", text)]
        return links[-1]

    def server_time(self):
        return time.time() + self.offset

    def test_invitation(self):
        """Invited by mail, forgotten password, second factor: forms and mails alone."""
        administrator, _ = self.administrator()
        address = "yavir@example.org"
        status, headers, _ = administrator.send("/manage/accounts", "/manage/accounts", login=address, name="Явір С.М.",
                                                role="organiser")
        self.assertEqual(status, 303)
        link = self.link_to(address, "/invitation/")
        guest = Browser(self.server)
        for _ in range(5):
            self.assertEqual(guest.get(link)[0], 200)
        status, headers, _ = guest.send(link, link, name="Явір Софія", password=PASSWORD, again=PASSWORD)
        self.assertEqual((status, headers["Location"]), (303, "/account"))
        self.assertEqual(guest.get("/manage")[0], 200)
        self.assertEqual(guest.get(link)[0], 410)
        self.assertIn("Явір Софія", administrator.get("/manage/accounts")[2])

        # The password is forgotten.
        other = Browser(self.server)
        known = other.send("/login/mail", "/login/mail", login=address)
        unknown = other.send("/login/mail", "/login/mail", login="nobody@example.org")
        self.assertEqual((known[0], known[2]), (unknown[0], unknown[2]))
        mended = self.link_to(address, "/login/link/", count=2)
        fresh = "a new one for the winter"
        self.assertEqual(other.send(mended, mended, act="password", password=fresh, again=fresh)[0], 303)
        self.assertEqual(other.get("/account")[0], 200)
        self.assertEqual(guest.get("/account")[0], 303, "what was signed in before is not any more")

        # The second factor: an app reads the key off the page.
        page = other.get("/account/second-factor")[2]
        key = re.search(r"secret=([A-Z2-7]+)&amp;", page).group(1)
        sealed = re.search(r'name="key" value="([^"]+)"', page).group(1)
        token = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        status, _, page = other.ask("POST", "/account/second-factor",
                                    {"csrf": token, "key": sealed, "code": code_of(key, self.server_time() - 30)})
        self.assertEqual(status, 200)
        recovery = re.findall(r"<code>([A-Z2-7-]{19})</code>", page)
        self.assertEqual(len(set(recovery)), 10)
        third = Browser(self.server)
        step = third.send("/login", "/login", login=address, password=fresh, next="/calendars")
        self.assertEqual(step[0], 200)
        self.assertNotIn("sid", third.cookies)
        fields = dict(re.findall(r'type="hidden" name="(csrf|ticket|next)" value="([^"]+)"', step[2]))
        status, headers, _ = third.ask("POST", "/login/code", {**fields, "code": code_of(key, self.server_time() + 15)})
        self.assertEqual((status, headers["Location"]), (303, "/calendars"))
        self.assertEqual(third.get("/account")[0], 200)
        fourth = Browser(self.server)
        step = fourth.send("/login", "/login", login=address, password=fresh)
        fields = dict(re.findall(r'type="hidden" name="(csrf|ticket|next)" value="([^"]+)"', step[2]))
        self.assertEqual(fourth.ask("POST", "/login/code", {**fields, "code": recovery[0]})[0], 303)

        # Of all this neither the log nor the database knows a secret; the queue shows mails without their links.
        self.assertEqual(self.server.terminate(), 0)
        log = self.server.log.read_text(encoding="utf-8", errors="replace")
        kept = b"".join(file.read_bytes() for file in self.installation.database.parent.iterdir())
        for secret in (link.split("/")[-1], mended.split("/")[-1], fresh, recovery[1], recovery[1].replace("-", "")):
            self.assertNotIn(secret, log)
            self.assertNotIn(secret.encode(), kept)
        self.assertNotIn(key, log)
        self.assertNotIn(address, log)

    def test_many_at_once(self):
        """While twenty people sign in, pages go on answering."""
        logins = [f"{number}@example.org" for number in range(4)]  # few tries each: more would be told to wait
        for login in logins:
            self.installation.run("user", "add", login, "--name", "Калина О.П.", "--password-stdin", text=PASSWORD + "\n")
        statuses, slow = [], []

        def sign_in(login):
            browser = Browser(self.server)
            statuses.append(browser.send("/login", "/login", login=login, password=PASSWORD)[0])

        threads = [threading.Thread(target=sign_in, args=(login,)) for login in logins * 5]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            begin = time.monotonic()
            self.assertEqual(self.server.get("/healthz")[0], 200)
            self.assertEqual(self.server.get("/plans")[0], 200)
            slow.append((time.monotonic() - begin) / 2)
        for thread in threads:
            thread.join(DEADLINE)
        self.assertEqual(len(statuses), 20)
        self.assertLessEqual(set(statuses), {303, 503}, "signed in, or told to come back in a moment")
        self.assertIn(303, statuses)
        slow.sort()
        print(f"pages while 20 sign in: median {slow[len(slow) // 2] * 1000:.0f} ms, slowest {slow[-1] * 1000:.0f} ms")
        self.assertLess(slow[len(slow) // 2], 0.2)

    def test_in_browser(self):
        from browser import CHROMIUM, open_page
        if not CHROMIUM:
            skip("chromium is not installed")
        base, link = f"http://{self.server.host}:{self.server.port}", self.setup_path()
        for path, words in ((link, "Першы адміністратар"), ("/login", "Увайсці"), ("/calendars", "Увайсці")):
            with self.subTest(path=path.split("/")[1]):
                page, console = open_page(base + path, "be")
                self.assertEqual(console, [])
                self.assertIn(words, page)
                self.assertIn('name="csrf"', page)
                self.assertIn("</html>", page)


if __name__ == "__main__":
    main()
