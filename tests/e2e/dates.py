#!/usr/bin/python3
"""From a month to a day: the organiser sees what is in the way, asks two people which day suits them, they answer on a
telephone by the links in their mails, and the day that is chosen stands in the calendar and in a mail."""
import re

from icalendar import Calendar

from convoke import Case, main, poll, seconds_from_now, skip
from screen import CHROMIUM, Screen

PLAN = ("План роботи методичного об’єднання бібліотекарів Вишневої громади на 2027 рік\n\n"
        "№\tЗахід\tТермін\tВідповідальний\n"
        "1.\tНарада завідувачів\t8 квітня 2027 року\tЯвір С.М.\n"
        "2.\tСемінар «Каталог без страху»\t8 квітня 2027 року\tЯвір С.М., Верба Л.Т.\n"
        "3.\tКруглий стіл «Книга в дорозі»\tквітень 2027 року\tЯвір С.М., Верба Л.Т.\n"
        "4.\tСвято книги\t25 квітня 2027 року\tВерба Л.Т.\n")
IMPORTED = "2027-02-01T09:00:00Z"
MOMENT = "2027-03-22T09:00:00+00:00"
LOGIN, PASSWORD = "kalyna@example.org", "three quiet lamps burn"


class Dates(Case):
    def setUp(self):
        super().setUp()
        if not CHROMIUM:
            skip("chromium is not installed")
        self.installation.run("import", self.installation.write("plan.txt", PLAN), "--now", IMPORTED)
        people = "name,email,language\nЯвір С.М.,yavir@example.org,uk\nВерба Л.Т.,verba@example.org,be\n"
        self.installation.run("people", "import", self.installation.write("people.csv", people), "--now", IMPORTED)
        self.installation.run("user", "add", LOGIN, "--name", "Калина О.П.", "--role", "organiser", "--password-stdin",
                              text=PASSWORD)
        self.token = self.installation.token()
        self.server = self.installation.serve(clock_offset=seconds_from_now(MOMENT))
        self.base = f"http://{self.server.host}:{self.server.port}"

    def screen(self, width, height=900):
        screen = Screen(width, height)
        self.addCleanup(screen.close)
        return screen

    def signed_in(self, width):
        screen = self.screen(width)
        screen.sign_in(self.base, LOGIN, PASSWORD)
        return screen

    def calm(self, screen, name):
        self.assertLessEqual(screen.overflows(), 0, name)
        self.assertEqual(screen.complaints, [], name)
        screen.photograph(name)

    def entry(self):
        feed = Calendar.from_ical(self.server.feed("/feeds/all.ics?lang=uk"))
        return next(one for one in feed.walk() if "Книга в дорозі" in str(one.get("SUMMARY", "")))

    def test_clashes(self):
        for width in (375, 1440):
            screen = self.signed_in(width)
            screen.open(self.base + "/manage/plans/1")
            self.assertIn("накладки", screen.text())
            self.calm(screen, f"dates-table-{width}")
            screen.open(self.base + "/manage/plans/1/clashes")
            self.assertIn("Свято книги", screen.text())
            self.calm(screen, f"dates-clashes-{width}")
            screen.open(self.base + "/events/3")
            self.calm(screen, f"dates-event-{width}")
            screen.open(self.base + "/events/2")
            self.calm(screen, f"dates-taken-{width}")
            screen.open(self.base + "/manage/plans/1?edit=3")
            screen.look("document.querySelector('.free-days-fold').open = true")
            screen.look("document.querySelector('#f-period').value = ''")
            screen.fill("#f-period", "8.04.2027")
            poll(lambda: "Нарада завідувачів" in screen.look("document.querySelector('.typed-clashes').textContent"),
                 "the clash of the typed day")
            self.calm(screen, f"dates-typed-{width}")

    def test_poll(self):
        before = self.entry()
        desk = self.signed_in(1440)
        desk.open(self.base + "/manage/events/3/poll")
        self.calm(desk, "poll-new-1440")
        desk.look("document.querySelectorAll('[name^=day-]').forEach(function (one) { one.value = ''; })")
        for field, day in (("day-0", "2027-04-13"), ("day-1", "2027-04-15"), ("day-2", "2027-04-21")):
            desk.look(f"document.querySelector('[name={field}]').value = '{day}'")
        desk.look("document.querySelector('[name=time-1]').value = '10:00'")
        desk.look("document.querySelector('[name=last_day]').value = '2027-03-30'")
        desk.fill("[name=note]", "Зала вільна в усі три дні")
        desk.press(".poll-form button[type=submit]")
        self.assertIn("0 із 2", desk.text())
        self.calm(desk, "poll-opened-1440")

        answers = {"yavir@example.org": ("Який день Вам підходить?", ("no", "yes", "if_need_be")),
                   "verba@example.org": ("Які дзень Вам падыходзіць?", ("if_need_be", "yes", "no"))}
        for address, (subject, choices) in answers.items():
            link = re.search(r"http\S+/poll/\S+", self.installation.text_mailed(address, subject)).group(0)
            phone = self.screen(375, 812)
            phone.open(link)
            self.calm(phone, f"poll-link-{address}")
            for index, choice in enumerate(choices):
                phone.look(f"document.querySelector('[name=choice-{index}][value={choice}]').click()")
            phone.press(".answer-buttons button")
            self.assertTrue(phone.look("!!document.querySelector('.message-good')"))
            self.calm(phone, f"poll-answered-{address}")
        for width in (375, 1440):
            screen = desk if width == 1440 else self.signed_in(width)
            screen.open(self.base + "/manage/polls/1")
            self.assertIn("2 із 2", screen.text())
            self.calm(screen, f"poll-answers-{width}")
        # The best one stands first.
        desk.press(".poll-tally button")
        self.assertIn("Обраний день", desk.text())
        self.calm(desk, "poll-closed-1440")
        after = self.entry()
        self.assertEqual(after["UID"], before["UID"])
        self.assertEqual(after.decoded("DTSTART").date().isoformat(), "2027-04-15")
        self.assertGreater(int(after.get("SEQUENCE", 0)), int(before.get("SEQUENCE", 0)))
        # Those responsible are told in a while, as after every change of a day.
        status, queue = self.server.api("GET", "/reminders?from=2027-03-01&to=2027-12-31", self.token)
        self.assertEqual(status, 200)
        told = [row for row in queue["reminders"] if row["reason"] == "invitation" and "дорозі" in row["event_title"]]
        self.assertEqual(len(told), 2, told)


if __name__ == "__main__":
    main()
