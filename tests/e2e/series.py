"""A weekly course from the first request to what subscribers hold: made from words, changed day by day, and back."""
import json

import icalendar

from convoke import Installation, main, unittest

COURSE = {"title": "Курс «Цифрова бібліотека»", "kind": "training", "place": "Клас",
          "period": "щочетверга з 3 вересня до 26 листопада 2026", "time": "17:00", "end_time": "18:30",
          "timezone": "Europe/Kyiv"}


class Series(unittest.TestCase):
    def setUp(self):
        self.installation = Installation()
        self.addCleanup(self.installation.close)
        self.token = self.installation.token()
        self.server = self.installation.serve()
        status, self.event = self.server.api("POST", "/events", self.token, COURSE)
        self.assertEqual(status, 201, self.event)
        self.path = f"/events/{self.event['id']}/occurrences"

    def days(self, query="?from=2026-09-01&to=2026-12-31"):
        status, answer = self.server.api("GET", self.path + query, self.token)
        self.assertEqual(status, 200, answer)
        return answer["occurrences"]

    def parts(self):
        """The components of the course in the feed: the series, and what differs by its RECURRENCE-ID."""
        _, _, body = self.server.get("/feeds/all.ics?lang=uk")
        parts = {}
        for part in icalendar.Calendar.from_ical(body).walk("VEVENT"):
            self.assertEqual(str(part["UID"]), self.event["uid"])
            key = part["RECURRENCE-ID"].dt.date().isoformat() if "RECURRENCE-ID" in part else None
            self.assertNotIn(key, parts)
            parts[key] = part
        return parts

    def change(self, day, **members):
        status, answer = self.server.api("PATCH", f"{self.path}/{day}", self.token, members)
        self.assertEqual(status, 200, answer)
        return answer

    def test_whole_way(self):
        self.assertEqual(len(self.days()), 13)
        self.assertEqual([(d["date"], d["time"], d["end_time"]) for d in self.days("?from=2026-09-01&to=2026-09-10")],
                         [("2026-09-03", "17:00", "18:30"), ("2026-09-10", "17:00", "18:30")])
        master = self.parts()[None]
        self.assertEqual(master["DTSTART"].dt.isoformat(), "2026-09-03T17:00:00+03:00")
        self.assertIn("FREQ=WEEKLY", master["RRULE"].to_ical().decode())

        moved = self.change("2026-09-10", date="2026-09-12", time="10:00", place="Мала зала")
        self.assertEqual((moved["moved"], moved["end_time"], moved["sequence"]), (True, "11:30", 1))
        status, cancelled = self.server.api("DELETE", f"{self.path}/2026-11-05", self.token)
        self.assertEqual((status, cancelled["cancelled"], cancelled["sequence"]), (200, True, 2))
        self.change("2026-09-17", title="Гостя курсу")
        parts = self.parts()
        self.assertEqual(set(parts), {None, "2026-09-10", "2026-09-17", "2026-11-05"})
        self.assertEqual(parts["2026-09-10"]["DTSTART"].dt.isoformat(), "2026-09-12T10:00:00+03:00")
        self.assertEqual(str(parts["2026-09-10"]["LOCATION"]), "Мала зала")
        self.assertEqual(str(parts["2026-09-17"]["SUMMARY"]), "Гостя курсу")
        self.assertEqual(str(parts["2026-11-05"]["STATUS"]), "CANCELLED")
        self.assertEqual(parts["2026-11-05"]["RECURRENCE-ID"].dt.isoformat(), "2026-11-05T17:00:00+02:00")
        self.assertEqual({str(p["SEQUENCE"]) for p in parts.values()}, {"3"})

        self.change("2026-09-10", as_in_series=True)
        self.change("2026-09-17", title=None)
        self.change("2026-11-05", cancelled=False)
        self.assertEqual(set(self.parts()), {None})
        self.assertFalse(any(d["moved"] or d["cancelled"] for d in self.days()))

    def test_refusals(self):
        day = f"{self.path}/2026-09-10"
        for method, path, body, expected, said in [
                ("PATCH", f"{self.path}/2026-09-11", {"cancelled": True}, 404, "day of its series"),
                ("PATCH", f"{self.path}/thursday", {"cancelled": True}, 404, "a day like"),
                ("PATCH", "/events/999/occurrences/2026-09-10", {"cancelled": True}, 404, "no such event"),
                ("PATCH", day, {"colour": "red"}, 400, "'colour' is unknown"),
                ("PATCH", day, {"date": "10.09.2026"}, 400, "'date'"),
                ("PATCH", day, {"cancelled": "yes"}, 400, "'cancelled'"),
                ("PATCH", day, {"end_time": "16:00"}, 400, "after the beginning"),
                ("PATCH", day, {"as_in_series": True, "title": "x"}, 400, "without other changes"),
                ("PATCH", day, {"cancelled": True, "expected_sequence": 7}, 409, "in between"),
                ("GET", self.path + "?from=2026-09-10&to=2026-09-01", None, 400, "'to'"),
                ("GET", self.path + "?until=2026-09-10", None, 400, "'until' is unknown"),
                ("GET", self.path + "?from=tomorrow", None, 400, "'from'")]:
            with self.subTest(path=path, body=body):
                status, answer = self.server.api(method, path, self.token, body)
                self.assertIn(said, json.dumps(answer, ensure_ascii=False))
                # What cannot be read is 400, what is read and refused 422, unless the table of errors says one.
                self.assertIn(status, (expected, 422) if expected == 400 else (expected,))
        self.assertIn(self.server.ask("DELETE", "/api/v1" + day)[0], (401, 403))
        status, _, _ = self.server.ask("DELETE", "/api/v1" + day, Authorization=f"Bearer {self.token}", If_Match='"7"')
        self.assertEqual(status, 412)
        self.assertFalse(any(d["cancelled"] for d in self.days()))


if __name__ == "__main__":
    main()
