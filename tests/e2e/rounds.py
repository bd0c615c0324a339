"""Rounds through the site: an association with something on every page, people in every role, and whatever they reach
from link to link, as the route table knows it."""
import base64
import html.parser
import re
import time
import urllib.parse

from accounts import Browser
from convoke import FIXTURES, poll, seconds_from_now

IMPORTED, MOMENT = "2026-09-02T07:00:00+00:00", "2026-11-18T07:00:00+00:00"
PASSWORD = "three quiet lamps burn"
# role: what `convoke user add` is told. They have one name, so that pages of two roles can be told to be the same.
ROLES = {
    "anonymous": None,
    "member": ["--role", "member"],
    "responsible": ["--role", "member", "--person", "Шелест В.В."],
    "organiser": ["--role", "organiser"],
    "director": ["--role", "member", "--approves", "yes"],
    "administrator": ["--role", "administrator"],
}
NAME = "Криниченко О.П."
HUMAN = 2.2  # seconds: forms that come faster are sent back
# Pages of one route: so many of each, one for each set of keys in the query, and so many in all.
EACH, IN_ALL = 2, 5


class Links(html.parser.HTMLParser):
    """Where a page leads: its links, but those that are the same page in another language, and forms that are read."""

    def __init__(self, text):
        super().__init__()
        self.found, self.token = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "a" and values.get("href") and "hreflang" not in values:
            self.found.append(values["href"])
        elif tag == "iframe" and values.get("src"):
            self.found.append(values["src"])
        elif tag == "input" and values.get("name") == "csrf":
            self.token = values.get("value", "")


def pattern_of(path, patterns):
    """The route that answers this path: the one with the most letters of its own."""
    for pattern, shape in patterns:
        if shape.fullmatch(path):
            return pattern
    return None


def patterns_of(program_routes):
    """[(pattern, expression)] of what is read, the most exact first."""
    found = [line.split()[1] for line in program_routes.splitlines() if line.startswith("GET ")]
    found.sort(key=lambda pattern: (pattern.count("{"), -len(pattern)))
    return [(pattern, re.compile(re.sub(r"\\\{[a-z]+\\\}", "[^/]+", re.escape(pattern)))) for pattern in found]


def asks_for(pattern, path):
    """What a link of a mail asks for: the first line of its token. Each has a page of its own."""
    if pattern != "/answer/{token}":
        return ""
    token = path.split("/")[2].split(".")[0]
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).split(b"\n")[0]


def outline(text):
    """A page without what differs from one look at it to the next."""
    return re.sub(r'value="[0-9a-f]{32,}"|name="csrf" value="[^"]*"|/[0-9a-f]{32,}', "", text)


class Association:
    """The sample association in November, with answers, sources, offices and drafts that people made since September."""

    def __init__(self, installation):
        self.installation = installation
        self.base_settings = {"clock_offset": seconds_from_now(IMPORTED)}
        early = installation.serve("--demo", **self.base_settings)
        early.terminate()
        for role, arguments in ROLES.items():
            if arguments is not None:
                installation.run("user", "add", f"{role}@example.org", "--name", NAME, "--password-stdin", *arguments,
                                 text=PASSWORD + "\n")
        self.server = installation.serve(clock_offset=seconds_from_now(MOMENT))
        self.token = installation.token()
        self.browsers = {role: self.signed_in(role) for role in ROLES}

    def signed_in(self, role, language="uk"):
        browser = Browser(self.server)
        browser.cookies["lang"] = language
        if ROLES[role] is not None:
            status, _, page = browser.send("/login", "/login", login=f"{role}@example.org", password=PASSWORD, next="/")
            assert status == 303, page
        return browser

    def furnish(self):
        """Something on every page; each of these is a form of the page that it is sent from."""
        organiser, administrator = self.browsers["organiser"], self.browsers["administrator"]

        def send(browser, page, action, **fields):
            status, _, text = browser.send(page, action, **fields)
            assert status in (200, 303), (action, status, text[-3000:])

        send(organiser, "/manage/webhooks", "/manage/webhooks", name="Сайт громади", url="https://example.org/hook",
             kind="event.moved")
        send(organiser, "/manage/directory/offices", "/manage/directory/offices", name="Голова ради", kind="office",
             duty="chair", section="", organisation="")
        send(organiser, "/manage/directory/leave", "/manage/directory/leave", back="/manage/directory/leave",
             who="Шелест В.В.", first="2026-12-01", last="2026-12-14", deputy="Погребняк Т.І.")
        send(organiser, "/manage/accounts", "/manage/accounts", login="invited@example.org", name="Погребняк Т.І.",
             role="organiser")
        send(administrator, "/manage/organisations", "/manage/organisations", name="Бібліотека ліцею", tier="library",
             parent="1", language="uk", zone="Europe/Kyiv", contact="")
        send(self.browsers["responsible"], "/calendars", "/calendars", name="Мій телефон", scope="association", lang="uk")
        send(organiser, "/account/tokens", "/account/tokens", name="Сайт", scope="read")
        send(organiser, "/manage/plans/1", "/manage/plans/1/approvals", do="save", stage="agreed", verb="",
             post="Методист", name="Явір С.М.", date="2026-09-04", act="протокол № 1")
        row = re.search(r'data-row="(\d+)"', organiser.get("/manage/plans/1")[2]).group(1)
        send(organiser, "/manage/plans/1", f"/manage/plans/1/rows/{row}/move?where=down", back="/manage/plans/1")
        calendar = (FIXTURES / "neighbour.ics")
        if calendar.exists():
            self.server.ask("POST", "/api/v1/sources/upload?name=neighbours", calendar.read_bytes(),
                            Authorization=f"Bearer {self.token}", Content_Type="text/calendar")
        send(self.browsers["anonymous"], "/login/mail", "/login/mail", login="member@example.org")
        send(self.browsers["anonymous"], "/news", "/news", email="reader@example.org", rhythm="weekly")
        # People are asked for a day of the first event that waits for one; another keeps its form.
        pages = {number: organiser.get(f"/events/{number}")[2] for number in range(1, 60)}
        waiting = [form for number, page in pages.items() if (form := f"/manage/events/{number}/poll") in page]
        self.poll_form = waiting[1]
        self.series_day = next(link for page in pages.values() for link in re.findall(r'"(/manage/events/\d+/days/[^"]+)"', page))
        people = organiser.get(waiting[0])[2].split('name="person" value="')[1:]
        asked = next(person.split('"')[0] for person in people if "chip-open" not in person)
        send(organiser, waiting[0], waiting[0], person=asked, note="", last_day="2026-12-01",
             **{"day-0": "2026-12-10", "day-1": "2026-12-15", "time-1": "10:00"})
        send(organiser, "/manage/events/1/submissions", "/manage/events/1/submissions", on="yes", kind="pdf", scale="five",
             longest_abstract="2500", keep_months="12", criteria="Новизна\nМова", sections="Фонди\nЧитання", anonymous="yes")
        send(organiser, "/manage/plans/1", "/manage/plans/1/next-year")
        # A registration with somebody who has a ticket and somebody who waits.
        desk = "/manage/events/1/registration"
        send(organiser, desk, desk, on="yes", hall="yes", hall_places="1", waiting_list="yes", keep_months="12")
        for name, email in (("Ярмак О.П.", "yarmak@example.org"), ("Гнатюк Л.М.", "")):
            send(organiser, desk, desk + "/people", name=name, email=email, institution="Бібліотека № 3", format="hall")
        send(organiser, "/manage/events/1/papers", "/manage/events/1/papers/issue", registered_too="yes")
        # Two sections in one room at one time, with one speaker: what stands in the way is shown, too.
        programme = "/manage/events/1/programme"
        for version, title in enumerate(("Пленарне засідання", "Секція молодих")):
            send(organiser, programme, programme, do="add_section", version=str(version), title=title, room="Зала 1",
                 chair="Явір С.М.", day="1", begin="10:00")
        send(organiser, programme, programme, do="append", version="2", section="1",
             list="10:00 Відкриття — Калина О.П., директорка\n10:20 Кава\n")
        send(organiser, programme, programme, do="append", version="3", section="2", list="Архів у кишені — Калина О.П.\n")
        self.register(send)

    def register(self, send):
        """An event that people register for: one came by hand, one from outside, whose mail has a link."""
        event = next(one["id"] for one in self.server.events(self.token) if "Конференція" in one["title"])
        organiser, reader, desk, form = self.browsers["organiser"], self.browsers["anonymous"], \
            f"/manage/events/{event}/registration", f"/register/{event}"
        send(organiser, desk, desk, on="yes", hall="yes", hall_places="30", online="yes", waiting_list="yes", keep_months="12")
        words = {f"{part}_{language}": text for language in ("uk", "be", "ru", "en")
                 for part, text in (("label", "Секція"), ("help", "Одна з двох"), ("choices", "Перша\nДруга"))}
        send(organiser, desk, desk + "/fields", key="", kind="choice", do="save", **words)
        words = {f"label_{language}": "Портрет" for language in ("uk", "be", "ru", "en")}
        send(organiser, desk, desk + "/fields", key="", kind="file", do="save", **words)
        send(organiser, desk + "/invitations", desk + "/invitations/send", group="", organisation="",
             addresses="Липа Н.В. <lypa@example.org>")
        page, opened = reader.get(form)[2], time.monotonic()
        send(organiser, desk, desk + "/people", name="Явір С.М.", email="", institution="Бібліотека ліцею", format="hall")
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
        answers = {name: "Перша" for name in re.findall(r'<select id="f\d+" name="(f\d+)"', page)}
        poll(lambda: time.monotonic() - opened > HUMAN, "what it takes a person to fill in a form")
        status, _, text = reader.ask("POST", form, {**hidden, **answers, "name": "Верба Л.П.", "email": "verba@example.org",
                                                    "institution": "Бібліотека-філія", "format": "hall", "consent": "yes"})
        assert status == 200 and "message-bad" not in text, text[-6000:]
        self.registration = desk

    def links_in_mails(self, enough):
        """The addresses in the mails that were sent, once enough(addresses) holds."""
        found = set()

        def look():
            for mail in self.installation.mails():
                for part in mail.walk():
                    if part.get_content_type() == "text/plain":
                        found.update(re.findall(r"https?://[^/\s]+(/[^\s<>]+)", part.get_content()))
            return enough(found)

        poll(look, "the links in mails")
        return sorted(found)

    def walk(self, role, seeds, patterns):
        """What is reached in this role: {path: (status, pattern, text)}, pages alone; and the routes that answered."""
        browser, waiting, seen, pages, reached, counts = self.browsers[role], list(seeds), set(seeds), {}, set(), {}
        while waiting:
            path = waiting.pop(0)
            parts = urllib.parse.urlsplit(path)
            pattern = pattern_of(parts.path, patterns)
            if pattern is None:
                continue
            shape = (pattern, asks_for(pattern, parts.path), tuple(sorted({key for key, _ in urllib.parse.parse_qsl(parts.query, True)})))
            if counts.get(shape, 0) >= (1 if parts.query else EACH) or (parts.query and counts.get(pattern, 0) >= IN_ALL):
                continue
            counts[shape], counts[pattern] = counts.get(shape, 0) + 1, counts.get(pattern, 0) + 1
            try:
                status, headers, text = browser.get(urllib.parse.quote(path, safe="/?&=%+:,;~@!$'()*"))
            except UnicodeDecodeError:  # a document to take home
                reached.add((pattern, 200))
                continue
            assert status < 500, (role, path, status)
            follow = [headers["Location"]] if headers.get("Location") else []
            if status != 303:
                reached.add((pattern, status))
            if "text/html" in headers.get("Content-Type", ""):
                pages[path] = (status, pattern, text)
                follow += Links(text).found
            for link in follow:
                target = urllib.parse.urljoin(path, link.replace(browser.base, "")).split("#")[0]
                if target.startswith("/") and target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return pages, reached
