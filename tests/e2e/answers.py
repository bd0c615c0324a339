#!/usr/bin/python3
"""From the mail to the new date: a responsible opens the link on a telephone, asks for another day with a reason, the
chair approves in the workplace, and the feed and the ladder of reminders follow."""
import re
import urllib.parse

from icalendar import Calendar

from convoke import Case, main, seconds_from_now, skip
from screen import CHROMIUM, Screen

PLAN = ("План роботи методичного об’єднання бібліотекарів Вишневої громади на 2027 рік\n\n"
        "№\tЗахід\tТермін\tВідповідальний\n"
        "1.\tЗвіт про передплату\tдо 25 березня 2027 року\tЯвір С.М.\n"
        "2.\tСемінар «Каталог без страху»\t8 квітня 2027 року\tВерба Л.Т.\n")
IMPORTED = "2027-02-01T09:00:00Z"
MOMENT = "2027-03-22T09:00:00+00:00"
LOGIN, PASSWORD = "kalyna@example.org", "three quiet lamps burn"


class Answers(Case):
    def prepare(self):
        self.installation.run("import", self.installation.write("plan.txt", PLAN), "--now", IMPORTED)
        people = "name,email,language\nЯвір С.М.,yavir@example.org,uk\nВерба Л.Т.,verba@example.org,be\n"
        self.installation.run("people", "import", self.installation.write("people.csv", people), "--now", IMPORTED)
        self.installation.run("user", "add", LOGIN, "--name", "Калина О.П.", "--role", "organiser", "--password-stdin",
                              text=PASSWORD)
        self.token = self.installation.token()
        self.server = self.installation.serve(clock_offset=seconds_from_now(MOMENT))
        self.base = f"http://{self.server.host}:{self.server.port}"

    def entry(self):
        feed = Calendar.from_ical(self.server.feed("/feeds/all.ics?lang=uk"))
        return next(one for one in feed.walk() if "передплату" in str(one.get("SUMMARY", "")))

    def ladder(self):
        status, answer = self.server.api("GET", "/reminders?from=2027-02-01&to=2027-12-31", self.token)
        self.assertEqual(status, 200)
        return [row for row in answer["reminders"] if "передплату" in row["event_title"]]

    def link(self, mail, words):
        found = re.search(re.escape(words) + r":\s+(http\S+/answer/\S+)", mail)
        self.assertTrue(found, mail)
        return found.group(1)

    def postpone(self, phone, address):
        phone.open(address)
        self.assertIn("Звіт про передплату", phone.text())
        self.assertLessEqual(phone.overflows(), 0)
        phone.photograph("1-postpone")
        phone.fill("input[name=date]", "2027-04-15")
        phone.fill("textarea[name=note]", "Чекаємо на рахунки від двох бібліотек")
        phone.press(".answer-buttons button")
        self.assertIn("Рішення за головою", phone.text())
        self.assertLessEqual(phone.overflows(), 0)
        phone.photograph("2-postponed")
        phone.open(address)
        self.assertIn("Відповідь уже є", phone.text())
        phone.photograph("3-again")

    def approve(self, desk):
        desk.sign_in(self.base, LOGIN, PASSWORD, "/manage")
        self.assertIn("Чекаємо на рахунки", desk.text())
        desk.photograph("4-manage")
        desk.press("#pending button[value=approve]")
        self.assertNotIn("Чекаємо на рахунки", desk.text())
        desk.photograph("5-approved")

    def test_whole_way(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        self.prepare()
        before = self.entry()
        address = self.link(self.installation.text_mailed("yavir@example.org"), "Потрібно більше часу")
        phone, desk = Screen(390, 844), Screen(1280, 900)
        try:
            self.postpone(phone, address)
            self.assertEqual(self.entry()["SEQUENCE"], before["SEQUENCE"], "nothing is moved before it is approved")
            self.approve(desk)
            event = self.event_page(desk)
            self.assertEqual([phone.complaints, desk.complaints], [[], []])
        finally:
            phone.close()
            desk.close()
        after = self.entry()
        self.assertEqual(after["UID"], before["UID"])
        self.assertGreater(int(after["SEQUENCE"]), int(before["SEQUENCE"]))
        when = after.get("DUE") or after.get("DTSTART")
        self.assertEqual(when.dt.isoformat()[:10], "2027-04-15")
        waiting = [row for row in self.ladder() if row["state"] == "planned" and row["occurrence"].startswith("2027")]
        self.assertTrue(waiting)
        for row in waiting:
            self.assertTrue(row["occurrence"].startswith("2027-04-15"), row)
        self.assertNotIn(address.rsplit("/", 1)[1], self.server.log.read_text(errors="replace"))
        status, answer = self.server.api("GET", f"/events/{event}/answers", self.token)
        self.assertEqual(status, 200)
        self.assertEqual([(one["kind"], one["decision"]) for one in answer["answers"]], [("postpone", "approved")])

    def event_page(self, desk):
        """What organisers see of the event's history; others see nothing of it."""
        event = next(one["id"] for one in self.server.events(self.token) if "передплату" in one["title"])
        desk.open(f"{self.base}/events/{event}")
        self.assertIn("Чекаємо на рахунки", desk.text())
        desk.photograph("6-history")
        _, _, public = self.server.get(f"/events/{event}")
        self.assertNotIn("Чекаємо на рахунки", public.decode())
        return event

    def test_forms_alone(self):
        """Without a browser: the same links, as a scanner and as an old program would use them."""
        self.prepare()
        path = urllib.parse.urlsplit(self.link(self.installation.text_mailed("yavir@example.org"), "Виконано")).path
        for _ in range(5):
            self.assertEqual(self.server.get(path)[0], 200)
        event = next(one["id"] for one in self.server.events(self.token) if "передплату" in one["title"])
        self.assertEqual(self.server.api("GET", f"/events/{event}/answers", self.token)[1]["answers"], [])
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        self.assertEqual(self.server.ask("POST", path, "answer=yes", **form, Origin="https://evil.example")[0], 403)
        status, _, page = self.server.ask("POST", path, "answer=yes", **form)
        self.assertEqual(status, 200)
        self.assertIn("Нагадувань про це більше не буде", page.decode())
        status, _, page = self.server.ask("POST", path, "answer=yes", **form)
        self.assertEqual(status, 200)
        self.assertIn("Відповідь уже є", page.decode())
        for row in self.ladder():
            self.assertFalse(row["state"] == "planned" and row["occurrence"].startswith("2027"), row)
        self.assertNotIn(path.rsplit("/", 1)[1], self.server.log.read_text(errors="replace"))


if __name__ == "__main__":
    main()
