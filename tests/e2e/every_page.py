#!/usr/bin/python3
"""Every page of the route table in every role, as a real browser has it: nothing for axe-core to find, light and dark, on
a telephone and on a desk; few bytes; nothing from elsewhere; no complaint; and all of it without JavaScript."""
import http.server
import re
import threading

from convoke import Case, Installation, main
from playwright import need_playwright, play
from rounds import Association, Links, outline, patterns_of

# What programs read, and what is part of a page: no pages of their own.
NO_PAGES = re.compile(r"/api/|/feeds/|/assets/|/favicon|/robots|/healthz|/readyz|/metrics|/subscribe/qr|"
                      r"/embed/coming\.json|/calendar/entries|/events/\{id\}\.ics|/plans/\{id\}/(export|report)/\{|/manage/period|/\.well-known|/dav")
BYTES = 100 * 1024  # of a page with all that it fetches, compressed
COMPONENT = re.compile(r"/calendar(\?|$)")  # a calendar to drag in: a library by itself
# What the library itself writes: cells of a grid without the rows that ARIA wants round them. Its agenda has none.
COMPONENT_PARTS, COMPONENT_RULES = re.compile(r"\.ec\b|\.ec-"), {"aria-required-parent", "aria-required-children"}
SHIFT = 0.1  # Cumulative Layout Shift that counts as good
COMPONENT_SHIFT = 0.25  # where the library takes the place of the plain month


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
                              for start in ("/answer/", "/poll/", "/invitation/", "/login/link/")))
        seeds = ["/", "/login", "/account", "/my", "/manage", "/manage/organisations", "/events/1", "/plans/1/report",
                 "/events/999999", "/nowhere", "/manage/plans/1/past",
                 "/manage/plans/1/clashes", "/manage/polls/1", self.association.poll_form,
                 *(f"/manage/outbox/{number}/html" for number in range(1, 40)), "/subscribe/poster", "/calendar/year", "/search?q=%D0%BA%D0%BD%D0%B8%D0%B3",
                 "/search?q=xyzzy", *mailed]
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
            entry("organiser", "/manage", "/manage/done", csrf="wrong"),
        ]

    def test_every_page(self):
        entries, missed = self.entries()
        self.assertEqual(sorted(missed), [], "routes that nobody reaches by links or mails: this walk says nothing of them")
        server = self.association.server
        base = f"http://{server.host}:{server.port}"
        told = play("walk.mjs", base=base, language="uk", workers=2, seconds=560, pages=entries,
                    roles={role: browser.cookies for role, browser in self.association.browsers.items()})
        self.assertEqual(len(told), len(entries))
        faults = [line for page in told for line in faults_of(page)]
        largest = sorted(told, key=lambda page: -page["bytes"])[:3]
        slow = sorted(told, key=lambda page: -page.get("paint", {}).get("largest", 0))[:3]
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
                      "target-size", "bytes", "asks another host", "says", "wider than the screen", "without JavaScript"):
            with self.subTest(fault=fault):
                self.assertIn(fault, faults)


def faults_of(page):
    """What is wrong with a page, a line each."""
    where = f"{page['role']} {page['path']}"
    if "error" in page:
        return [f"{where}: {page['error']}"]
    found = {}
    for one in page["violations"]:
        for node in one["nodes"]:
            if COMPONENT_PARTS.search(node["target"]) and one["rule"] in COMPONENT_RULES:
                continue
            key = f"{one['rule']} {one['scheme']} {one['size']}"
            found.setdefault(key, f"{where}: {key} ({one['impact']}): {one['help']}: {node['html']} {node['why']}")
    faults = list(found.values())
    if page["bytes"] > BYTES and not COMPONENT.match(page["path"]):
        faults.append(f"{where}: {page['bytes']} bytes of {BYTES}")
    faults += [f"{where}: asks another host: {url}" for url in page["foreign"]]
    faults += [f"{where}: the browser says: {line}" for line in page["console"]]
    faults += [f"{where}: {pixels} px wider than the screen of a {size}" for size, pixels in page["wider"].items() if pixels > 0]
    still = COMPONENT_SHIFT if COMPONENT.match(page["path"]) else SHIFT
    if page["paint"]["shifts"] > still:
        faults.append(f"{where}: moves while it loads: {page['paint']['shifts']:.2f} of {still}")
    without = page.get("without")
    if without:
        plain, scripted = without["plain"], without["scripted"]
        # A script may add buttons of its own; it may not bring the words, the fields or the way to send them.
        if plain["words"] < 0.8 * scripted["words"] or not plain["painted"] or not plain["forms"] or \
                plain["controls"] < 0.8 * scripted["controls"]:
            faults.append(f"{where}: without JavaScript it is another page: {without}")
    return faults


class Faulty(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        if self.path == "/script.js":
            body, kind = b"document.querySelector('main').textContent = 'words '.repeat(300); undefined_name()", "text/javascript"
        else:
            body, kind = PAGE.replace("{NOISE}", NOISE).encode(), "text/html; charset=utf-8"
            self.send_header("Content-Security-Policy", "default-src 'self'; style-src 'unsafe-inline'; img-src *")
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


NOISE = "".join(f"<!-- {number:06} -->" for number in range(7000))
PAGE = """<!doctype html><title>x</title><meta name="viewport" content="width=device-width">
<style>p { color: #bbb; background: #fff } i a { display: inline-block; width: 9px; height: 9px; margin: 0; overflow: hidden }</style>
<h1>x</h1><img src="http://localhost:9/away.png"><p>pale words</p><input name="bare">
<i><a href="/a">a</a><a href="/b">b</a></i><div style="width: 2000px">wide</div>
<main></main><script src="/script.js"></script>{NOISE}"""


if __name__ == "__main__":
    main()
