#!/usr/bin/python3
"""The first ten minutes of the people for whom this is made, in real browsers and with a real mail server: the chair
pastes the plan and names a day, the poster's code leads a telephone to the calendar, the responsible gets the mail and
answers, the director approves, a librarian without scripts has a calendar of her own. Pictures of every step stay in the
folder that CONVOKE_SCREENSHOTS names, build/screenshots otherwise."""
import re
import urllib.parse

from icalendar import Calendar

from convoke import FIXTURES, SHARED_PLANS, Case, main, seconds_from_now
from playwright import SCREENSHOTS, need_playwright, play

PASSWORD = "three quiet lamps burn"
AUTUMN, BEFORE = "2024-09-25T06:00:00+00:00", "2024-10-31T08:00:00+00:00"
POLOTSK = SHARED_PLANS / "polotsk-2024-2025.txt"
# The row without a day, who answers for it, and how many rows there are.
REAL = {"row": "Круглый стол", "who": "Белозорчик О.В.", "rows": 27}
OWN = {"row": "Каталог без пропусков", "who": "Ольховик Р.С.", "rows": 9}


class Personas(Case):
    def setUp(self):
        need_playwright()
        super().setUp()
        self.known = REAL if POLOTSK.exists() else OWN
        plan = POLOTSK if POLOTSK.exists() else FIXTURES / "plan.txt"
        self.plan = plan.read_text(encoding="utf-8")
        people = f"name,email,language\n{self.known['who']},reader@example.org,uk\n"
        self.installation.run("people", "import", self.installation.write("people.csv", people))
        for login, arguments in {"chair": ["--role", "organiser"], "director": ["--role", "member", "--approves", "yes"],
                                 "librarian": ["--role", "member", "--person", self.known["who"]]}.items():
            self.installation.run("user", "add", f"{login}@example.org", "--name", "Савченко О.А.", "--password-stdin",
                                  *arguments, text=PASSWORD + "\n")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.relay = self.mail_server()

    def serve(self, moment):
        self.server = self.installation.serve(clock_offset=seconds_from_now(moment), mail=self.relay.url)
        self.base = f"http://{self.server.host}:{self.server.port}"

    def play(self, *acts, **task):
        """What was told, all of it as one; each picture must fit its screen, and nothing may be complained of."""
        told = play("personas.mjs", base=self.base, acts=acts, shots=str(SCREENSHOTS), password=PASSWORD, **task)
        wider = [one for one in told if one.get("wider", 0) > 0]
        self.assertEqual(wider, [], "wider than the screen")
        self.assertEqual([one for one in told if "complaint" in one], [])
        found = {}
        for one in told:
            found.update(one)
        return found

    def entry(self, path="/feeds/all.ics?lang=uk"):
        feed = Calendar.from_ical(self.server.feed(path))
        return next(one for one in feed.walk() if self.known["row"] in str(one.get("SUMMARY", "")))

    def test_first_ten_minutes(self):
        self.serve(AUTUMN)
        seen = self.play("chair", plan=self.plan, row=self.known["row"], day="14.11.2024 10:00", reading="14 листопада")
        self.assertIn(f"{self.known['rows']} ряд", seen["preview"])
        self.assertEqual(seen["shown"], [], "parts of the screen that are printed")
        self.assertGreater(seen["printed"], 5000)
        self.assertIn("14.11.2024 10:00", self.server.get("/plans/1")[2].decode())
        entry = self.entry()
        self.assertEqual(entry["DTSTART"].dt.isoformat()[:16], "2024-11-14T10:00")
        seen = self.play("subscriber")
        self.assertTrue(seen["read"].startswith(self.base), seen["read"])
        where = urllib.parse.urlsplit(seen["calendar"])
        _, _, calendar = self.server.get(where.path + "?" + where.query)
        self.assertIn(str(entry["UID"]).encode(), calendar.replace(b"\r\n ", b""))
        # A fortnight before: the mail, and the answer from a telephone.
        self.assertEqual(self.server.terminate(), 0)
        self.serve(BEFORE)
        mails = self.relay.wait(lambda mails: any(self.of_the_row(mail) for mail in mails), "the reminder")
        text = next(mail.text() for mail in mails if self.of_the_row(mail))
        link = re.search(r"https?://[^/\s]+(/answer/\S+)", text).group(1)
        seen = self.play("responsible", "director", "librarian", link=link)
        self.assertRegex(seen["answered"], "Дякуємо|прийнято|записано|Записано|Відповідь|Прочитано")
        self.assertIn("Ви затвердили план", seen["approved"])
        mine = Calendar.from_ical(self.server.get(urllib.parse.urlsplit(seen["address"]).path)[2])
        self.assertIn(str(entry["UID"]), [str(one.get("UID")) for one in mine.walk("VEVENT")])

    def of_the_row(self, mail):
        part = mail.part("text/plain")
        return "reader@example.org" in mail.recipients and part is not None and "/answer/" in part.get_content()


if __name__ == "__main__":
    main()
