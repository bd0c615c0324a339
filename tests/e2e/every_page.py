#!/usr/bin/python3
"""Every page of the route table in every role, as a real browser has it: nothing for axe-core to find, light and dark, on
a telephone and on a desk; few bytes; nothing from elsewhere; no complaint; and all of it without JavaScript."""
import http.server
import re
import threading

from convoke import Case, Installation, main, wait_for
from playwright import need_playwright, play
from rounds import Association, Links, outline, patterns_of

# What programs read, and what is part of a page: no pages of their own.
NO_PAGES = re.compile(r"/api/|/feeds/|/assets/|/favicon|/robots|/healthz|/readyz|/metrics|/subscribe/qr|"
                      r"/embed/coming\.json|/calendar/entries|/events/\{id\}\.ics|/events/\{id\}/programme\.|/plans/\{id\}/(export|report)/\{|/manage/period|/manage/events/\{id\}/(door/people|registration/export)|/\.well-known|/dav")
BYTES = 100 * 1024  # of a page with all that it fetches, compressed
COMPONENT = re.compile(r"/calendar(\?|$)")  # a calendar to drag in: a library by itself
LANGUAGES = ("uk", "be", "ru", "en")
MAILED = re.compile(r"\{token\}|/outbox/\{id\}/html|/embed/")  # in the language of the mail, or of the page round it
SHIFT = 0.1  # Cumulative Layout Shift that counts as good


class EveryPage(Case):
    def setUp(self):
        need_playwright()
        super().setUp()

    def entries(self):
        """What there is to look at: [{role, path, pattern, fields?}], and the routes that no role reached."""
        patterns = [(pattern, shape) for pattern, shape in patterns_of(self.installation.run("routes").stdout)
                    if not NO_PAGES.match(pattern)]
        self.association = Association(self.installation)
        self.association.furnish()
        mailed = self.association.links_in_mails(
            lambda found: all(any(link.startswith(start) for link in found)
                              for start in ("/answer/", "/poll/", "/invitation/", "/login/link/", "/register/link/", "/register/invited/")))
        seeds = ["/", "/login", "/account", "/my", "/manage", "/manage/organisations", "/events/1", "/plans/1/report",
                 "/events/999999", "/nowhere", "/manage/plans/1/past",
                 "/manage/plans/1/clashes", "/manage/polls/1", "/manage/events/1/registration", self.association.poll_form,
                 self.association.registration, self.association.series_day,
                 *(f"/manage/outbox/{number}/html" for number in range(1, 40)), "/subscribe/poster", "/calendar/year", "/search?q=%D0%BA%D0%BD%D0%B8%D0%B3",
                 "/search?q=xyzzy",
                 # The whole way of a paper is walked by submissions.py; these are its links that lead nowhere.
                 "/register/link/none/files/f1", "/manage/events/1/registration/people/1/files/f1",
                 "/events/1/call", "/manage/events/1/submissions", "/manage/events/1/submissions/1",
                 "/manage/events/1/submissions/1/files/1", "/call/link/none", "/call/link/none/data", "/call/link/none/files/1", "/review/none",
                 "/verify", "/verify?code=1%2F2026",
                 "/review/none/papers/1/files/1", *mailed]
        found, missed, seen = [], {pattern for pattern, _ in patterns}, set()
        for role in self.association.browsers:
            pages, reached = self.association.walk(role, seeds, patterns)
            missed -= {pattern for pattern, status in reached if status in (200, 404, 410)}
            for path, (status, pattern, text) in pages.items():
                # The same page under another role's menu is looked at once; so is each role's menu.
                menu, content = f"menu of {role}", outline(text.partition("<main")[2])
                if content not in seen or menu not in seen:
                    seen |= {menu, content}
                    found.append({"role": role, "path": path, "pattern": pattern})
        return found + self.refused() + [self.first_start()], missed - {"/setup/{token}"}

    def in_other_languages(self, entries):
        """Each page once more in another language: languages and roles by turns."""
        same = {}
        for entry in entries:
            keys = tuple(sorted(re.findall(r"[?&](\w+)=", entry["path"])))
            same.setdefault((entry["pattern"], keys), []).append(entry)
        found = [{**roles[turn % len(roles)], "language": LANGUAGES[1 + turn % 3]} for turn, roles in enumerate(same.values())]
        for entry in found:
            if MAILED.search(entry["pattern"]):  # speaks as the mail did, unless another language is chosen there
                entry["path"] += ("&" if "?" in entry["path"] else "?") + "lang=" + entry["language"]
        return [entry for entry in found if entry["pattern"] != "/manage/outbox/{id}/html"]

    def first_start(self):
        """The page of the first administrator: there is none yet on a server of its own."""
        installation = Installation()
        self.addCleanup(installation.close)
        server = installation.serve()
        while "/setup/" not in server.said:
            server.read_more()
        return {"role": "anonymous", "path": re.search(r"/setup/\S+", server.said).group(0), "pattern": "/setup/{token}",
                "base": f"http://{server.host}:{server.port}"}

    def refused(self):
        """Pages that answer a form: what was made, and what was wrong in which field."""
        def entry(in_role, page, action, **fields):
            token = Links(self.association.browsers[in_role].get(page)[2]).token
            return {"role": in_role, "path": action, "pattern": "POST " + action, "fields": {"csrf": token, **fields}}

        return [
            entry("anonymous", "/login", "/login", login="nobody@example.org", password="not this one", next="/"),
            entry("anonymous", "/login/mail", "/login/mail", login="nobody@example.org"),
            entry("anonymous", "/news", "/news", email="no address", rhythm="weekly"),
            entry("responsible", "/calendars", "/calendars", name="Ще один", scope="association", lang="uk"),
            entry("responsible", "/account", "/account/password", current="wrong", password="x", again="y"),
            entry("organiser", "/manage/webhooks", "/manage/webhooks", name="", url="http://127.0.0.1/"),
            entry("organiser", "/manage/webhooks", "/manage/webhooks", name="Ще", url="https://example.org/", kind="test"),
            entry("organiser", "/account/tokens", "/account/tokens", name="Ще один", scope="read"),
            entry("organiser", "/account/second-factor", "/account/second-factor", key="0", code="000000"),
            entry("organiser", "/manage/accounts", "/manage/accounts", login="no address", name="", role="organiser"),
            entry("organiser", "/manage/plans/1", "/manage/plans/1/rows", title="", period="колись", act="save"),
            entry("organiser", "/manage/directory/leave", "/manage/directory/leave", who="Ніхто", first="", last=""),
            entry("organiser", self.association.series_day, self.association.series_day, do="save", stamp="overtaken",
                  date="2026-12-24", note="Перенесено"),
            entry("organiser", "/manage", "/manage/done", csrf="wrong"),
        ]

    def test_every_page(self):
        entries, missed = self.entries()
        self.assertEqual(sorted(missed), [], "routes that nobody reaches by links or mails: this walk says nothing of them")
        server = self.association.server
        base = f"http://{server.host}:{server.port}"
        entries += self.in_other_languages(entries)
        told = play("walk.mjs", base=base, language="uk", workers=2, seconds=1100, pages=entries,
                    roles={role: browser.cookies for role, browser in self.association.browsers.items()})
        self.assertEqual(len(told), len(entries))
        faults = [line for page in told for line in faults_of(page)]
        largest = sorted(told, key=lambda page: -page["bytes"])[:3]
        slow = sorted(told, key=lambda page: -page.get("paint", {}).get("largest", 0))[:3]
        there = {language: sum(1 for page in told if page.get("language", "uk") == language) for language in LANGUAGES}
        took = sum(page.get("took", 0) for page in told), sum(page.get("took", 0) for page in told if "language" in page)
        print(f"pages: {there}; {took[0] / 1000:.0f} s in two browsers, {took[1] / 1000:.0f} of them in further languages")
        print(f"{len(told)} pages in {len(self.association.browsers)} roles; most bytes:",
              ", ".join(f"{page['path']} {page['bytes'] / 1024:.0f} KB" for page in largest), "of", BYTES // 1024)
        print("largest contentful paint on a processor four times slower:",
              ", ".join(f"{page['path']} {page['paint']['largest']} ms" for page in slow if "paint" in page))
        self.assertEqual(faults, [], "\n" + "\n".join(faults))

    def test_faults_are_seen(self):
        """The negative control: a page that does all that ours must not."""
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Faulty)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            page, = play("walk.mjs", base=f"http://127.0.0.1:{server.server_address[1]}", language="uk", workers=1,
                         roles={"anonymous": {}}, pages=[{"role": "anonymous", "path": "/", "pattern": "/"}])
        finally:
            server.shutdown()
            server.server_close()
        faults = "\n".join(faults_of(page))
        for fault in ("image-alt", "label", "html-has-lang", "color-contrast light desk", "color-contrast dark phone",
                      "says that it is in", "aria-required-parent", "aria-required-children", "target-size", "moves while it loads", "bytes", "asks another host", "says", "wider than the screen", "without JavaScript"):
            with self.subTest(fault=fault):
                self.assertIn(fault, faults)


def faults_of(page):
    """What is wrong with a page, a line each."""
    where = f"{page['role']} {page['path']}" + (f" in {page['language']}" if "language" in page else "")
    if "error" in page:
        return [f"{where}: {page['error']}"]
    found = {}
    for one in page["violations"]:
        for node in one["nodes"]:
            key = f"{one['rule']} {one['scheme']} {one['size']}"
            found.setdefault(key, f"{where}: {key} ({one['impact']}): {one['help']}: {node['html']} {node['why']}")
    faults = list(found.values())
    if page["bytes"] > BYTES and not COMPONENT.match(page["path"]):
        faults.append(f"{where}: {page['bytes']} bytes of {BYTES}")
    mailed = "language" not in page and MAILED.search(page["pattern"])
    if page["speaks"] not in (LANGUAGES if mailed else (page.get("language", "uk"),)):
        faults.append(f"{where}: says that it is in '{page['speaks']}'")
    faults += [f"{where}: asks another host: {url}" for url in page["foreign"]]
    faults += [f"{where}: the browser says: {line}" for line in page["console"]]
    faults += [f"{where}: {pixels} px wider than the screen of a {size}" for size, pixels in page["wider"].items() if pixels > 0]
    if page["paint"]["shifts"] > SHIFT:
        faults.append(f"{where}: moves while it loads: {page['paint']['shifts']:.2f} of {SHIFT}")
    without = page.get("without")
    if without:
        plain, scripted = without["plain"], without["scripted"]
        # A script may add buttons of its own; it may not bring the words, the fields or the way to send them.
        if plain["words"] < 0.8 * scripted["words"] or not plain["painted"] or not plain["forms"] or \
                plain["controls"] < 0.8 * scripted["controls"]:
            faults.append(f"{where}: without JavaScript it is another page: {without}")
    return faults


class Faulty(http.server.BaseHTTPRequestHandler):
    painted = threading.Event()

    def do_GET(self):
        self.send_response(200)
        late = b""
        if self.path == "/script.js":
            body, kind = b"document.querySelector('main').textContent = 'words '.repeat(300); undefined_name()", "text/javascript"
        elif self.path == "/painted.js":
            body, kind = b"requestAnimationFrame(() => requestAnimationFrame(() => fetch('/painted')))", "text/javascript"
        elif self.path == "/painted":
            body, kind = b"", "text/plain"
            self.painted.set()
        else:
            late = b"<style>h1 { margin-top: 300px }</style>"  # once the rest is seen, it moves
            body, kind = PAGE.replace("{NOISE}", NOISE).encode(), "text/html; charset=utf-8"
            self.send_header("Content-Security-Policy", "default-src 'self'; style-src 'unsafe-inline'; img-src *")
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)
        if late:
            wait_for(self.painted, "the page in the browser")
            self.wfile.write(late)

    def log_message(self, *_):
        pass


NOISE = "".join(f"<!-- {number:06} -->" for number in range(7000))
PAGE = """<!doctype html><title>x</title><meta name="viewport" content="width=device-width">
<style>p { color: #bbb; background: #fff } i a { display: inline-block; width: 9px; height: 9px; margin: 0; overflow: hidden }</style>
<h1>x</h1><img src="http://localhost:9/away.png"><p>pale words</p><input name="bare">
<i><a href="/a">a</a><a href="/b">b</a></i><div style="width: 2000px">wide</div>
<div class="ec"><b role="cell">cell</b><div role="table"><p role="listitem">item</p></div></div>
<main></main><script src="/script.js"></script><script src="/painted.js" async></script>{NOISE}"""


if __name__ == "__main__":
    main()
