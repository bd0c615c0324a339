#!/usr/bin/python3
"""Reminders, as a mail server that is not ours receives them: each one at least once, whatever happens on the way.

The plan's dates and the clocks of the commands and of the server are all stated here, so every reminder that must come
is known beforehand from the rules (14, 3 and 1 days before a dated event, the working day before when that is a day
off), not from the program.
"""
import json
from collections import defaultdict
from datetime import date, timedelta

from icalendar import Calendar

from convoke import Case, main, plan_from, poll, seconds_from_now

PEOPLE = {  # name: (address, language, the month of the events in that language)
    "Верас Л.А.": ("veras@example.org", "be", "сакавік"),
    "Калина Т.П.": ("kalyna@example.org", "uk", "берез"),
    "Рябина О.И.": ("riabina@example.org", "ru", "март"),
    "Heather M.J.": ("heather@example.org", "en", "march"),
}
TITLES = ["Заседание о каталоге", "Семинар о фонде", "Конкурс закладок", "Экскурсия в архив", "Круглый стол о чтении",
          "Консультация по отчёту"]
FIRST_DAY = date(2025, 3, 3)  # of the first event; the others follow day by day


def plan_text():
    head = ("План работы методического объединения библиотекарей на 2025 год\n\n"
            "№ п/п\tМероприятия\tСроки проведения\tОтветственный\n")
    names = list(PEOPLE)
    rows = []
    for number, title in enumerate(TITLES):
        day = FIRST_DAY + timedelta(days=number)
        pair = f"{names[number % 4]}, {names[(number + 1) % 4]}"
        rows.append(f"{number + 1}.\t{title}\t{day:%d.%m.%Y}\t{pair}\n")
    return head + "".join(rows)


def expected(titles=TITLES):
    """(title, address) of every reminder of one rule."""
    names = list(PEOPLE)
    return {(title, PEOPLE[names[(TITLES.index(title) + step) % 4]][0]) for title in titles for step in (0, 1)}


def pair_of(mail):
    text = " ".join(mail.text().split())
    title = next(title for title in TITLES if title in text)
    return title, mail.recipients[0]


class Reminders(Case):
    imported = "2025-02-01T09:00:00Z"
    due = "2025-02-23T12:00:00+00:00"  # the 14-day reminders of all six events are due, the 3-day ones are not

    def prepare(self, now=None):
        self.installation.run("import", self.installation.write("plan.txt", plan_text()), "--now", now or self.imported)
        rows = "".join(f"{name},{address},{language}\n" for name, (address, language, _) in PEOPLE.items())
        self.installation.run("people", "import", self.installation.write("people.csv", "name,email,language\n" + rows),
                              "--now", now or self.imported)

    def serve(self, relay, moment=None, later=0, **settings):
        return self.installation.serve(clock_offset=seconds_from_now(moment or self.due) + later, mail=relay.url,
                                       **settings)

    def test_delivered(self):
        self.prepare()
        planned = self.installation.preview("2025-02-17", "2025-02-22", now=self.imported)
        self.assertEqual(sum(len(row["recipients"]) for row in planned), len(expected()), planned)
        relay = self.mail_server()
        server = self.serve(relay)
        mails = relay.wait(lambda mails: len(mails) >= len(expected()), "every reminder that is due")
        uids = {str(entry["UID"]) for entry in Calendar.from_ical(server.feed()).walk("VEVENT")}
        self.assertEqual(server.terminate(), 0)
        self.assertEqual(sorted(map(pair_of, relay.mails)), sorted(expected()))
        for mail in mails:
            with self.subTest(mail=mail.message["Subject"]):
                self.check_mail(mail, uids)

    def check_mail(self, mail, uids):
        language, month = next((language, month) for address, language, month in PEOPLE.values()
                               if address == mail.recipients[0])
        message = mail.message
        head = mail.bytes.split(b"\r\n\r\n")[0]
        head.decode("ascii")  # RFC 2047: nothing else in a header
        self.assertLess(max(map(len, mail.bytes.split(b"\r\n"))), 998)
        for name in ("From", "To", "Date", "Subject", "Message-ID", "MIME-Version"):
            self.assertEqual(len(message.get_all(name, [])), 1, name)
        self.assertEqual(message["To"].addresses[0].addr_spec, mail.recipients[0])
        self.assertEqual(len(mail.recipients), 1)
        self.assertIn(month, mail.text().lower())
        page = mail.part("text/html")
        self.assertIsNotNone(page)
        self.assertIn(f'lang="{language}"', page.get_content())
        self.assertIn("multipart/alternative", {part.get_content_type() for part in message.walk()})
        calendar = mail.part("text/calendar")
        self.assertIsNotNone(calendar)
        attached = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
        self.assertEqual(len(attached), 1)
        self.assertIn(str(attached[0]["UID"]), uids)
        self.assertIn(pair_of(mail)[0], str(attached[0]["SUMMARY"]))

    def check_ledger(self, mails, wanted):
        """None lost, and what came twice is the same message."""
        ids = defaultdict(list)
        for mail in mails:
            ids[pair_of(mail)].append(mail.id)
        self.assertEqual(sorted(ids), sorted(wanted))
        for pair, found in ids.items():
            self.assertEqual(len(set(found)), 1, f"{pair} came as different messages")
        self.assertEqual(len({found[0] for found in ids.values()}), len(wanted), "two reminders share a Message-ID")
        return sum(len(found) - 1 for found in ids.values())

    def test_killed_while_sending(self):
        # Killed while the 1st, the 4th and the last answer is held back.
        for held in (1, 4, len(expected())):
            with self.subTest(held=held):
                self.tearDown_installation()
                self.prepare()
                relay = self.mail_server(hold_from=held)
                server = self.serve(relay, mail_connections=1)
                relay.wait(lambda mails: len(mails) >= held, "the mail whose answer is held")
                server.kill()
                relay.release()
                again = self.serve(relay, later=1800)
                relay.wait(lambda mails: {pair_of(mail) for mail in mails} >= expected(), "the rest")
                self.assertEqual(again.terminate(), 0)
                # The one in hand may have arrived: it comes once more when its ten minutes are over.
                last = self.serve(relay, later=3600)
                relay.wait(lambda mails: len(mails) > len(expected()), "the one that was in hand")
                self.assertEqual(last.terminate(), 0)
                twice = self.check_ledger(relay.mails, expected())
                self.assertEqual(twice, 1, "only the mail whose answer was lost may come twice")

    def tearDown_installation(self):
        """A fresh folder for the next round."""
        self.installation.close()
        self.installation = type(self.installation)(**self.settings)

    def test_past_is_missed(self):
        self.prepare(now="2025-02-25T09:00:00Z")
        relay = self.mail_server()
        # A Friday: the 3-day reminders of the first three events are due, two of them because they fall on its weekend;
        # all the 14-day ones were past at the import.
        server = self.serve(relay, moment="2025-02-28T12:00:00+00:00")
        relay.wait(lambda mails: len(mails) >= 6, "the reminders that are due")
        self.assertEqual(server.terminate(), 0)
        self.assertEqual(sorted(map(pair_of, relay.mails)), sorted(expected(TITLES[:3])))

    def test_relay_away(self):
        self.prepare()
        relay = self.mail_server(refuse_first=1000)
        server = self.serve(relay)
        relay.wait(lambda mails: relay.refused >= 1, "the first attempt")
        self.assertEqual(server.terminate(), 0)
        self.assertEqual(relay.mails, [])
        relay.refuse_first = 0
        server = self.serve(relay, later=2 * 3600)
        relay.wait(lambda mails: len(mails) >= len(expected()), "every reminder after the relay came back")
        self.assertEqual(server.terminate(), 0)
        self.assertEqual(self.check_ledger(relay.mails, expected()), 0)

    def test_maildir(self):
        self.prepare()
        server = self.installation.serve(clock_offset=seconds_from_now(self.due))
        box = self.installation.mail / "new"
        poll(lambda: box.is_dir() and len(list(box.iterdir())) >= len(expected()), "every reminder in the Maildir")
        self.assertEqual(server.terminate(), 0)
        subjects = set()
        for message in self.installation.mails():
            subjects.add((message["Subject"], message["To"].addresses[0].addr_spec))
        self.assertEqual(len(subjects), len(expected()))


class PolotskReminders(Case):
    """The same on a plan as it really is; what must come is what the preview promised."""

    # Imported on 30 October, so that what lies before is missed; on 17 November are due: 14 days before the end of
    # November (four rows are that month, one ends with it), "name the day" for December, and what October left behind.
    imported = "2024-10-30T06:00:00Z"
    due = "2024-11-17T12:00:00+00:00"

    def test_killed(self):
        self.installation.run("import", plan_from("polotsk-2024-2025.txt"), "--now", self.imported)
        read = json.loads(self.installation.run("import", plan_from("polotsk-2024-2025.txt"), "--json", "--dry-run").stdout)
        names = sorted({person["name"] for item in read["items"] for person in item["responsible"] if person["name"]})
        rows = "".join(f"{name},p{number}@example.org,ru\n" for number, name in enumerate(names))
        self.installation.run("people", "import", self.installation.write("people.csv", "name,email,language\n" + rows),
                              "--now", self.imported)
        planned = self.installation.preview("2024-10-30", "2024-11-17", now=self.imported)
        reached = [row for row in planned if not row.get("problem") and row["recipients"]]
        # Of several that are due at once for one reader of one event only the latest is sent.
        wanted = len({(row["event_id"], name) for row in reached for name in row["recipients"]})
        titles = {row["event"] for row in reached}
        november = {item["title"] for item in read["items"] if item["period"]["end"] == "2024-11-30"}
        december = {item["title"] for item in read["items"] if item["period"]["start"] == "2024-12-01"}
        self.assertGreaterEqual(len(november), 5)
        self.assertLessEqual(november | december, titles)
        relay = self.mail_server(hold_from=3)
        server = self.installation.serve(clock_offset=seconds_from_now(self.due), mail=relay.url,
                                         mail_connections=1)
        relay.wait(lambda mails: len(mails) >= 3, "the mail whose answer is held")
        server.kill()
        relay.release()
        again = self.installation.serve(clock_offset=seconds_from_now(self.due) + 1800, mail=relay.url)
        relay.wait(lambda mails: len({mail.id for mail in mails}) >= wanted, "every reminder")
        self.assertEqual(again.terminate(), 0)
        last = self.installation.serve(clock_offset=seconds_from_now(self.due) + 3600, mail=relay.url)
        relay.wait(lambda mails: len(mails) > wanted, "the one whose answer was lost")
        self.assertEqual(last.terminate(), 0)
        self.assertEqual(len({mail.id for mail in relay.mails}), wanted)
        self.assertEqual(len(relay.mails), wanted + 1)
        for row in reached:
            text = " ".join(row["event"].split())
            self.assertTrue(any(text in " ".join(mail.text().split()) for mail in relay.mails), row)


if __name__ == "__main__":
    main()
