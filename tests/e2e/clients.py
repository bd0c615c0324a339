#!/usr/bin/python3
"""Calendars of real people's programs against the running server: what they hold equals the database after each change.

vdirsyncer fetches into files that khal lists, and Evolution Data Server keeps a subscription; both are Debian's own.
"""
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from convoke import DEADLINE, FIXTURES, Case, main, poll, seconds_from_now, skip

MOMENT = "2024-09-05T09:00:00+00:00"
NOT_SHOWN = {"academic_year", "calendar_year", "ongoing", "by_other_plan", "none"}
STATUS = {"cancelled": "CANCELLED", "dated": "CONFIRMED"}


def in_utc(value):
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def read_entry(component):
    """What a client shows of an entry."""
    return {"title": str(component["SUMMARY"]), "start": in_utc(component["DTSTART"].dt),
            "status": str(component["STATUS"]), "sequence": int(component["SEQUENCE"]),
            "place": str(component.get("LOCATION", ""))}


class KhalAndVdirsyncer:
    """vdirsyncer copies the calendar into a folder, an entry a file; khal lists it."""

    def __init__(self, folder, server, feed):
        for program in ("vdirsyncer", "khal"):
            if not shutil.which(program):
                skip(f"{program} is not installed")
        self.folder, self.items = folder / "vdir", folder / "vdir" / "items"
        self.items.mkdir(parents=True)
        self.sync_settings, self.khal_settings = self.folder / "vdirsyncer", self.folder / "khal"
        self.sync_settings.write_text(f"""
[general]
status_path = "{self.folder / 'status'}"
[pair plan]
a = "local"
b = "remote"
collections = null
conflict_resolution = "b wins"
[storage local]
type = "filesystem"
path = "{self.items}"
fileext = ".ics"
[storage remote]
type = "http"
url = "http://{server.host}:{server.port}{feed}"
""")
        self.khal_settings.write_text(f"""
[calendars]
[[plan]]
path = {self.items}
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
[sqlite]
path = {self.folder / 'khal.db'}
""")
        self.run("vdirsyncer", "-c", self.sync_settings, "discover")

    def run(self, *command):
        environment = {**os.environ, "HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder / "config"),
                       "XDG_DATA_HOME": str(self.folder / "data"), "XDG_CACHE_HOME": str(self.folder / "cache")}
        done = subprocess.run([*map(str, command)], capture_output=True, text=True, env=environment, timeout=DEADLINE,
                              stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def refresh(self, expected):
        self.run("vdirsyncer", "-c", self.sync_settings, "sync")
        return self.entries()

    def components(self):
        return [component for path in self.items.glob("*.ics")
                for component in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]

    def entries(self):
        """By the event's page: vdirsyncer puts a digest of the content in the place of every UID."""
        return {self.key(component): read_entry(component) for component in self.components()
                if "RECURRENCE-ID" not in component}

    @staticmethod
    def key(component):
        return str(component["URL"])

    def listed(self, first, days):
        """What khal shows: (title, start) of each entry on each day."""
        text = self.run("khal", "-c", self.khal_settings, "list", "--day-format", "", "--format",
                        "{title}\x1f{start-long-full}\x1e", first, f"{days}d")
        return {tuple(row.strip("\n").split("\x1f")) for row in text.split("\x1e") if row.strip()}

    def close(self):
        pass


class Evolution:
    """A subscription in Evolution Data Server, without a screen: its services on a message bus of their own."""

    def __init__(self, folder, server, feed):
        if not shutil.which("dbus-run-session") or not Path("/usr/libexec/evolution-calendar-factory").exists():
            skip("evolution-data-server is not installed")
        self.folder = folder / "evolution"
        sources = self.folder / "config" / "evolution" / "sources"
        sources.mkdir(parents=True)
        path, _, query = feed.partition("?")
        (sources / "plan.source").write_text(f"""[Data Source]
DisplayName=Plan
Enabled=true
Parent=webcal-stub

[Calendar]
BackendName=webcal
Selected=true

[Authentication]
Host={server.host}
Port={server.port}
Method=none

[Security]
Method=none

[Refresh]
Enabled=false
IntervalMinutes=60

[WebDAV Backend]
ResourcePath={path}
ResourceQuery={query}
""")
        run = self.folder / "run"
        run.mkdir(mode=0o700)
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(run),
                       "XDG_CONFIG_HOME": str(self.folder / "config"), "XDG_DATA_HOME": str(self.folder / "data"),
                       "XDG_CACHE_HOME": str(self.folder / "cache"), "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local"}
        self.log = open(self.folder / "log", "wb")
        self.process = subprocess.Popen(
            ["dbus-run-session", "--", sys.executable, "-B", str(Path(__file__).with_name("clients_evolution.py")), "plan"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, env=environment, text=True)
        self.said = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()
        if "missing" in self.answer():
            skip("the libraries of Evolution Data Server for Python are not installed")

    def listen(self):
        for line in self.process.stdout:
            self.said.put(json.loads(line))
        self.said.put(None)

    def answer(self):
        told = self.said.get(timeout=DEADLINE)
        if told is None:
            raise AssertionError("Evolution ended\n" + (self.folder / "log").read_text(errors="replace")[-4000:])
        return told

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.answer()

    def refresh(self, expected):
        """One fetch. It goes on behind its answer, so the entries are looked at until they are what they should be."""
        self.ask("refresh")
        try:
            poll(lambda: self.entries() == expected, "Evolution to hold the entries")
        except AssertionError:
            pass  # the caller shows what differs
        return self.entries()

    def components(self):
        return [Event.from_ical(text) for text in self.ask("list")["entries"]]

    def entries(self):
        return {self.key(component): read_entry(component) for component in self.components()
                if "RECURRENCE-ID" not in component}

    @staticmethod
    def key(component):
        return str(component["UID"])

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(20)
        self.process.stdout.close()
        self.log.close()


class Walk:
    """What an editor does in a month, and what a subscriber sees of it after each step. `by` is what the client knows an
    entry by: "uid" or "url"."""

    feed = "/feeds/all.ics?lang=ru"
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.installation.run("import", FIXTURES / "plan.txt", "--now", MOMENT.replace("+00:00", "Z"))
        self.token = self.installation.token()
        self.server = self.installation.serve(clock_offset=seconds_from_now(MOMENT))
        self.client = self.kind(self.installation.folder, self.server, self.feed)
        self.addCleanup(self.client.close)

    def stored(self):
        """The entries that the database's own words ask for, by what the client knows them by."""
        expected = {}
        for event in self.server.events(self.token):
            period = event["period"]
            if period["type"] in NOT_SHOWN:
                continue
            title, start = event["title"], None
            vague = not (period["dated"] or period["time"] or period["type"] == "date_range")
            if event["status"] == "cancelled":
                title = "Отменено: " + title
            elif vague:
                title += " (дата ещё не назначена)"
            if period["time"] and period["dated"]:
                moment = datetime.fromisoformat(f"{period['start']}T{period['time']}")
                start = in_utc(moment.replace(tzinfo=ZoneInfo(event["timezone"])))
            elif period["dated"] or period["type"] == "date_range":
                start = period["start"]
            status = STATUS.get(event["status"], "TENTATIVE" if vague else "CONFIRMED")
            expected[event[self.by]] = {"title": title, "start": start, "status": status, "sequence": event["sequence"],
                                      "place": event["place"], "within": (period["start"], period["end"])}
        return expected

    def check(self, step):
        """One fetch, then the client's entries against the database's."""
        stored = self.stored()
        feed = {self.client.key(one): read_entry(one) for one in Calendar.from_ical(self.server.feed(self.feed)).walk("VEVENT")
                if "RECURRENCE-ID" not in one}
        found = self.client.refresh(feed)
        with self.subTest(step=step):
            self.assertEqual(found.keys(), stored.keys())
            for key, entry in stored.items():
                first, last = entry.pop("within")
                if entry["start"] is None:  # a day that is not fixed yet, or the first of a series
                    self.assertTrue(first <= found[key]["start"][:10] <= last, f"{found[key]} not in {first}..{last}")
                    entry["start"] = found[key]["start"]
                self.assertEqual(found[key], entry)
        return found

    def change(self, key, **changes):
        event = next(one for one in self.server.events(self.token) if one[self.by] == key)
        status, answer = self.server.api("PATCH", f"/events/{event['id']}", self.token, changes)
        self.assertEqual(status, 200, answer)
        return answer

    def key_of(self, title):
        return next(one[self.by] for one in self.server.events(self.token) if title in one["title"])

    def test_steps(self):
        first = self.check("the plan as it was read")
        self.assertGreaterEqual(len(first), 6)
        meeting = self.key_of("Каталог без пропусков")
        self.change(meeting, date="2024-11-14", time="14:00", end_time="15:30", place="Зал 2, левый; второй\\этаж")
        self.check("a date was fixed")
        self.change(meeting, date="2025-03-30", time="03:30")  # beyond a change of clocks
        moved = self.check("it was moved")
        self.assertNotEqual(moved[meeting]["start"], first[meeting]["start"])
        self.change(meeting, title="Заседание «Каталог; без пропусков, снова» 📚")
        self.check("its title was corrected")
        self.change(meeting, status="cancelled")
        gone = self.check("it was cancelled")
        self.assertEqual(gone[meeting]["status"], "CANCELLED")
        status, event = self.server.api("POST", "/events", self.token, {"title": "Открытая лекция", "date": "2024-12-03"})
        self.assertEqual(status, 201, event)
        self.assertIn(event[self.by], self.check("an event was added"))
        status, _ = self.server.api("DELETE", f"/events/{event['id']}", self.token)
        self.assertEqual(status, 204)
        left = self.check("it was taken back")
        self.assertNotIn(event[self.by], left)
        self.assertEqual(left, self.check("nothing was changed"))
        self.finish_steps(left)

    def finish_steps(self, entries):
        """What else the client can show."""

    # ---- a series of which two days are not as the others

    course = "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//course//EN", "BEGIN:VEVENT", "UID:course-7@example.org",
        "DTSTAMP:20240901T080000Z", "DTSTART;TZID=Europe/Kyiv:20241003T190000", "DTEND;TZID=Europe/Kyiv:20241003T203000",
        "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20241128T215959Z", "SUMMARY:Курс каталогизации", "END:VEVENT", "END:VCALENDAR", ""])

    def shown_days(self, series):
        """The days of the series that differ, as the client holds them, by the day that the series has them on."""
        return {in_utc(component["RECURRENCE-ID"].dt): read_entry(component) for component in self.client.components()
                if "RECURRENCE-ID" in component and self.client.key(component) == series}

    def stored_days(self, number):
        status, answer = self.server.api("GET", f"/events/{number}/occurrences?from=2024-09-01&to=2025-03-01", self.token)
        self.assertEqual(status, 200, answer)
        expected = {}
        for one in answer["occurrences"]:
            starts = {name: in_utc(datetime.fromisoformat(f"{one[name]}T{time}").replace(tzinfo=ZoneInfo("Europe/Kyiv")))
                      for name, time in (("day", "19:00"), ("date", one["time"]))}
            if one["cancelled"] or one["moved"] or one["title"] != "Курс каталогизации" or one["place"]:
                expected[starts["day"]] = {
                    "title": ("Отменено: " if one["cancelled"] else "") + one["title"], "start": starts["date"],
                    "status": "CANCELLED" if one["cancelled"] else "CONFIRMED", "sequence": answer["sequence"],
                    "place": one["place"]}
        return expected, len(answer["occurrences"])

    def test_series(self):
        self.installation.run("import", self.installation.write("course.ics", self.course))
        series = next(one for one in self.server.events(self.token) if one["title"] == "Курс каталогизации")
        self.check("the series as it was read")
        for day, change in [("2024-10-10", {"date": "2024-10-11", "time": "18:00", "end_time": "19:00"}),
                            ("2024-10-31", {"cancelled": True}),
                            ("2024-11-07", {"title": "Курс каталогизации: экзамен", "place": "Зал; 2"})]:
            status, answer = self.server.api("PATCH", f"/events/{series['id']}/occurrences/{day}", self.token, change)
            self.assertEqual(status, 200, answer)
            self.check(f"{day} was changed")
            expected, days = self.stored_days(series["id"])
            self.assertEqual(days, 9)
            self.assertEqual(self.shown_days(series[self.by]), expected)
        self.assertEqual(len(expected), 3)
        self.finish_series(expected)
        status, answer = self.server.api("DELETE", f"/events/{series['id']}", self.token)
        self.assertEqual(status, 204, answer)
        self.check("the series was taken back")
        self.assertEqual(self.shown_days(series[self.by]), {})

    def finish_series(self, days):
        """What else the client can show of it."""


class Khal(Walk, Case):
    kind, by = KhalAndVdirsyncer, "url"

    def finish_steps(self, entries):
        """khal lists what the files hold, a series on each of its days."""
        expected = {(one["title"], (one["start"] + "T00:00").replace("T", " ")[:16]) for one in entries.values()}
        shown = self.client.listed("2024-09-01", 500)
        self.assertEqual(expected - shown, set())
        self.assertEqual({title for title, _ in shown}, {title for title, _ in expected})


    def finish_series(self, days):
        """Nine Thursdays at 19:00 on either side of the change of clocks, three of them not as the others."""
        weekly = [datetime(2024, 10, 3, 19) + timedelta(days=7 * week) for week in range(9)]
        expected = {("Курс каталогизации", in_utc(day.replace(tzinfo=ZoneInfo("Europe/Kyiv")))) for day in weekly}
        expected = {(title, start) for title, start in expected if start not in days}
        expected |= {(entry["title"], entry["start"]) for entry in days.values()}
        self.assertEqual({(title, start) for title, start in self.client.listed("2024-09-01", 500) if "Курс" in title},
                         {(title, start.replace("T", " ")[:16]) for title, start in expected})


class EvolutionDataServer(Walk, Case):
    kind, by = Evolution, "uid"


if __name__ == "__main__":
    main()
