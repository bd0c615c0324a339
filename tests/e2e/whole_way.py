#!/usr/bin/python3
"""From a plan as people write it to a calendar as other programs read it, through the real program alone."""
import gzip
import json
from datetime import date, datetime

from icalendar import Calendar

from convoke import FIXTURES, Case, main, plan_from, seconds_from_now

# Work without a day of its own is in the task list, not in the calendar.
NOT_SHOWN = {"academic_year", "calendar_year", "ongoing", "by_other_plan", "none"}


def entries(feed):
    return {str(entry["UID"]): entry for entry in Calendar.from_ical(feed).walk("VEVENT")}


class Walk:
    """The steps; a subclass names the plan. The clock stands in the plan's first month."""

    moment = "2024-09-05T09:00:00+00:00"
    people = "name,email\nКалина О.П.,kalyna@example.org\n"
    to_fix = "Круглый стол"

    def plan(self):
        raise NotImplementedError

    def setUp(self):
        super().setUp()
        plan = self.plan()
        moment = self.moment.replace("+00:00", "Z")
        self.read = json.loads(self.installation.run("import", plan, "--json", "--dry-run").stdout)
        self.installation.run("import", plan, "--now", moment)
        self.installation.run("people", "import", self.installation.write("people.csv", self.people))
        self.token = self.installation.token()
        self.server = self.installation.serve(clock_offset=seconds_from_now(self.moment))

    def test_feed(self):
        rows = [row for row in self.read["items"] if row["schedulable"]]
        shown = [row for row in rows if row["period"]["type"].split("(")[0] not in NOT_SHOWN]
        self.assertEqual(len(rows), self.rows)
        found = entries(self.server.feed())
        self.assertEqual(len(found), len(shown), sorted(str(entry["SUMMARY"]) for entry in found.values()))
        for row in shown:
            title = " ".join(row["title"].split())
            with self.subTest(title=title):
                matching = [entry for entry in found.values() if title in str(entry["SUMMARY"])]
                self.assertTrue(matching, "no entry has this title")
                self.check_entry(matching, row)
        self.check_stream(self.server.feed())

    def check_entry(self, entries_of_title, row):
        """The entry stands inside the period as the importer read it, all day, and blocks nobody's time."""
        first, last = (date.fromisoformat(row["period"][key]) for key in ("start", "end"))
        days = [entry["DTSTART"].dt for entry in entries_of_title]
        self.assertTrue(any(first <= day <= last for day in days), f"{days} is not in {first}..{last}")
        for entry in entries_of_title:
            self.assertNotIsInstance(entry["DTSTART"].dt, datetime)
            self.assertEqual(entry["TRANSP"], "TRANSPARENT")
            self.assertEqual(entry["DTSTAMP"].dt, entry["LAST-MODIFIED"].dt)
        if row["period"]["type"] == "month":
            self.assertIn("TENTATIVE", {str(entry.get("STATUS")) for entry in entries_of_title})

    def check_stream(self, feed):
        lines = feed.split(b"\r\n")
        self.assertEqual(lines[0], b"BEGIN:VCALENDAR")
        self.assertEqual(lines[-2:], [b"END:VCALENDAR", b""])
        self.assertNotIn(b"\n", feed.replace(b"\r\n", b""))
        self.assertLessEqual(max(map(len, lines)), 75)
        for line in lines:
            line.decode("utf-8")  # no fold inside a character

    def test_fixed_date(self):
        event = self.event(self.to_fix)
        before = next(entry for entry in entries(self.server.feed()).values() if self.to_fix in str(entry["SUMMARY"]))
        status, changed = self.server.api("PATCH", f"/events/{event['id']}", self.token,
                                          {"date": "2024-11-14", "time": "14:00"})
        self.assertEqual(status, 200, changed)
        after = entries(self.server.feed())[str(before["UID"])]
        self.assertGreater(int(after["SEQUENCE"]), int(before.get("SEQUENCE", 0)))
        self.assertGreaterEqual(after["LAST-MODIFIED"].dt, before["LAST-MODIFIED"].dt)
        begins = after["DTSTART"].dt
        self.assertEqual((begins.date(), begins.hour, begins.minute), (date(2024, 11, 14), 14, 0))
        self.assertEqual(str(after["STATUS"]), "CONFIRMED")
        # The same change again changes nothing.
        status, _ = self.server.api("PATCH", f"/events/{event['id']}", self.token, {"date": "2024-11-14", "time": "14:00"})
        self.assertEqual(status, 200)
        again = entries(self.server.feed())[str(before["UID"])]
        self.assertEqual(int(again["SEQUENCE"]), int(after["SEQUENCE"]))

    def event(self, title):
        return next(event for event in self.server.events(self.token) if title in event["title"])


class PolotskPlan(Walk, Case):
    rows = 27

    def plan(self):
        return plan_from("polotsk-2024-2025.txt")


class OwnPlan(Walk, Case):
    rows = 9
    people = (FIXTURES / "people.csv").read_text(encoding="utf-8")
    to_fix = "Каталог без пропусков"

    def plan(self):
        return FIXTURES / "plan.txt"

    def test_validators(self):
        path = "/feeds/all.ics"
        status, first, body = self.server.get(path)
        self.assertEqual((status, int(first["content-length"])), (200, len(body)))
        head_status, head, nothing = self.server.ask("HEAD", path)
        self.assertEqual((head_status, nothing), (200, b""))
        for name in ("content-type", "content-length", "etag", "last-modified", "cache-control", "vary"):
            self.assertEqual(head[name], first[name], name)
        for validators in ({"If_None_Match": first["etag"]}, {"If_None_Match": '"x", W/' + first["etag"]},
                           {"If_None_Match": "*"}, {"If_Modified_Since": first["last-modified"]}):
            with self.subTest(validators=validators):
                status, headers, body_304 = self.server.get(path, **validators)
                self.assertEqual((status, body_304), (304, b""))
                self.assertEqual(headers["etag"], first["etag"])
        self.assertEqual(self.server.get(path, If_None_Match='"other"', If_Modified_Since=first["last-modified"])[0], 200)
        _, packed_headers, packed = self.server.get(path, Accept_Encoding="gzip")
        self.assertEqual(packed_headers["content-encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed), body)
        self.assertNotEqual(packed_headers["etag"], first["etag"])
        self.assertEqual(self.server.get(path, Accept_Encoding="gzip", If_None_Match=packed_headers["etag"])[0], 304)
        self.assertNotIn("content-encoding", self.server.get(path, Accept_Encoding="gzip;q=0")[1])
        # The same after a restart: an ETag is of the data, not of the process.
        self.server.terminate()
        again = self.installation.serve(clock_offset=seconds_from_now(self.moment),
                                        base_url=f"http://{self.server.host}:{self.server.port}", allowed_hosts="127.0.0.1")
        host = f"{self.server.host}:{self.server.port}"
        self.assertEqual(again.get(path, If_None_Match=first["etag"], Host=host)[0], 304)

    def test_tokens(self):
        event = self.event(self.to_fix)
        before = self.server.feed()
        readers = self.installation.token("read")
        for authorization, expected in [({}, {401}), ({"Authorization": "Bearer nonsense"}, {401}),
                                        ({"Authorization": "Bearer " + readers}, {403}),
                                        ({"Authorization": "Basic " + self.token}, {401})]:
            with self.subTest(authorization=authorization):
                status, _, _ = self.server.ask("PATCH", f"/api/v1/events/{event['id']}", {"date": "2024-11-14"},
                                               **authorization)
                self.assertIn(status, expected)
        listed = self.installation.run("token", "list").stdout
        self.assertNotIn(self.token, listed)
        for row in listed.splitlines():
            self.installation.run("token", "revoke", row.split("\t")[0])
        status, _ = self.server.api("PATCH", f"/events/{event['id']}", self.token, {"date": "2024-11-14"})
        self.assertEqual(status, 401)
        self.assertEqual(self.server.feed(), before)
        self.assertNotIn(self.token, self.server.complaints())


if __name__ == "__main__":
    main()
