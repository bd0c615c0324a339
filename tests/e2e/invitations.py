#!/usr/bin/python3
"""Invitations and a calendar program that is not ours: KDE's KCalendarCore takes the mailed requests, accepts, declines
and doubts, and its answers come back as mail through `convoke mail receive`."""
import html
import json
import os
import re
import subprocess
from datetime import datetime, timedelta
from email.message import EmailMessage
from email import message_from_bytes, policy

from accounts import Browser
from convoke import DEADLINE, Case, main, poll, seconds_from_now, skip

CLIENT = os.environ.get("CONVOKE_ITIP_CLIENT", "")
PLAN = ("План роботи методичного об’єднання бібліотекарів Вишневої громади на 2027 рік\n\n"
        "№\tЗахід\tТермін\tВідповідальний\n"
        "1.\tСемінар «Каталог без страху»\tквітень 2027 року\tЯвір С.М., Верба Л.Т., Клен А.О.\n")
PEOPLE = ("name,email,language\nЯвір С.М.,yavir@example.org,uk\nВерба Л.Т.,verba@example.org,be\n"
          "Клен А.О.,klen@example.org,ru\n")
YAVIR, VERBA, KLEN = "yavir@example.org", "verba@example.org", "klen@example.org"
KEEPER = "plans@example.org"
START = datetime.fromisoformat("2027-03-01T09:00:00+00:00")
LOGIN, PASSWORD = "kalyna@example.org", "three quiet lamps burn"
# A change waits a few minutes for the next one before it is announced.
ANNOUNCED = timedelta(minutes=10)


class Program:
    """Somebody's calendar program with the calendar that it keeps."""

    def __init__(self, folder, address):
        self.address, self.file = address, folder / f"{address}.ics"

    def run(self, *words, text=None):
        done = subprocess.run([CLIENT, self.file, *words], input=text, capture_output=True, text=True, encoding="utf-8",
                              env={"LC_ALL": "C.UTF-8", "QT_LOGGING_RULES": "*=false"}, timeout=DEADLINE)
        assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stderr}"
        return done.stdout

    def take(self, calendar):
        """What the library makes of a message, and what its attendee is asked."""
        return json.loads(self.run("take", text=calendar))

    def answer(self, uid, status):
        return self.run("answer", uid, self.address, status)

    def holds(self):
        return self.file.read_text(encoding="utf-8") if self.file.exists() else ""


def reply_mail(sender, calendar, **headers):
    """The answer as mail programs wrap it (RFC 6047)."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, KEEPER, "Accepted"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("I shall be there.")
    mail.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
    return mail.as_bytes()


class Inbox(Case):
    """An installation with one seminar in April and three who are responsible for it."""

    settings = {"mail_from": f"Convoke <{KEEPER}>"}

    def setUp(self):
        super().setUp()
        self.now, self.seen = START, set()
        self.command("import", self.installation.write("plan.txt", PLAN))
        self.command("people", "import", self.installation.write("people.csv", PEOPLE))
        self.token = self.installation.token()

    def command(self, *words, **arguments):
        return self.installation.run(*words, "--now", self.now.strftime("%Y-%m-%dT%H:%M:%SZ"), **arguments)

    def later(self, by=ANNOUNCED):
        """The server again, `by` later."""
        self.now += by
        if self.installation.servers:
            self.assertEqual(self.installation.servers[-1].terminate(), 0)
        self.server = self.installation.serve(clock_offset=seconds_from_now(self.now.isoformat()))
        return self.server

    def seminar(self):
        return next(one for one in self.server.events(self.token) if "Каталог" in one["title"])

    def change(self, **members):
        event = self.seminar()
        status, answer = self.server.api("PATCH", f"/events/{event['id']}", self.token, members)
        self.assertEqual(status, 200, answer)
        return answer

    def new_mails(self, count):
        """The mails with a calendar's message that came since the last call, by address: (METHOD, calendar)."""
        found = {}

        def look():
            folder = self.installation.mail / "new"
            for file in sorted(folder.iterdir()) if folder.exists() else []:
                if file.name in self.seen:
                    continue
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                part = next((one for one in mail.walk() if one.get_content_type() == "text/calendar"), None)
                self.seen.add(file.name)
                if part is not None and part.get_param("method"):
                    address = mail["To"].addresses[0].addr_spec
                    self.assertNotIn(address, found, "two mails about one change")
                    found[address] = (part.get_param("method"), part.get_content())
            return len(found) >= count
        poll(look, f"{count} invitations")
        self.assertEqual(len(found), count)
        return found

    def receive(self, mail, expect=0):
        """Hands a mail over as a mail server's pipe does."""
        return self.command("mail", "receive", text=mail.decode("utf-8"), expect=expect)

    def answers(self):
        status, answer = self.server.api("GET", f"/events/{self.seminar()['id']}/answers", self.token)
        self.assertEqual(status, 200, answer)
        return [(one["name"], one["kind"], one["sequence"]) for one in answer["answers"]]

    def participants(self):
        status, answer = self.server.api("GET", f"/events/{self.seminar()['id']}/participants", self.token)
        self.assertEqual(status, 200, answer)
        return {one["name"]: one["status"] for one in answer["participants"]}


class Invitations(Inbox):
    def setUp(self):
        if not CLIENT:
            skip("KCalendarCore is not installed (libkf5calendarcore-dev; deploy/packages/test)")
        super().setUp()
        self.programs = {address: Program(self.installation.folder, address) for address in (YAVIR, VERBA, KLEN)}

    def named_day(self):
        """The seminar gets its day: three invitations, taken by the three programs."""
        self.later(timedelta())
        event = self.change(date="2027-04-08", time="10:00", end_time="12:00", place="Читальна зала")
        self.later()
        self.first = mails = self.new_mails(3)
        taken = {address: self.programs[address].take(calendar) for address, (_, calendar) in mails.items()}
        self.assertEqual({method for method, _ in mails.values()}, {"REQUEST"})
        for address, one in taken.items():
            self.assertEqual((one["method"], one["uid"], one["sequence"]), ("Request", event["uid"], event["sequence"]))
            self.assertEqual((one["start"], one["location"]), ("2027-04-08T07:00:00Z", "Читальна зала"))
            self.assertEqual((one["organizer"], one["held_sequence"]), (KEEPER, -1))
            self.assertEqual([(who["address"], who["rsvp"]) for who in one["attendees"]], [(address, True)],
                             "each is asked alone")
        return event

    def asked(self, mail):
        """What an invitation says that its reader has answered."""
        return re.search(r"PARTSTAT=([A-Z-]+)", mail[1].replace("\r\n ", "").replace("\n ", "")).group(1)

    def page(self):
        browser = Browser(self.server)
        self.installation.run("user", "add", LOGIN, "--name", "Калина О.П.", "--role", "member", "--password-stdin",
                              text=PASSWORD)
        browser.send("/login", "/login", login=LOGIN, password=PASSWORD, next="/")
        return html.unescape(browser.get(f"/events/{self.seminar()['id']}")[2])

    def test_whole_way(self):
        event = self.named_day()
        self.assertEqual(set(self.participants().values()), {"needs-action"})
        self.receive(reply_mail(YAVIR, self.programs[YAVIR].answer(event["uid"], "accepted")))
        self.assertEqual(self.answers(), [("Явір С.М.", "accepted", event["sequence"])])
        self.assertEqual(self.participants(),
                         {"Явір С.М.": "accepted", "Верба Л.Т.": "needs-action", "Клен А.О.": "needs-action"})
        page = self.page()
        self.assertIn("participation-accepted", page)
        self.assertEqual(page.count("participation-needs-action"), 2)
        self.assertNotIn("participation-accepted", self.server.get(f"/events/{event['id']}")[2].decode())

        # Another room is asked for anew: who accepted the one may not want the other.
        room = self.change(place="Мала зала")
        self.later()
        mails = self.new_mails(3)
        self.assertGreater(room["sequence"], event["sequence"])
        update = self.programs[YAVIR].take(mails[YAVIR][1])
        self.assertEqual((update["uid"], update["sequence"], update["held_sequence"], update["taken"]),
                         (event["uid"], room["sequence"], event["sequence"], True))
        self.assertEqual(self.participants()["Явір С.М."], "needs-action")
        self.moved(room)

    def moved(self, before):
        moved = self.change(date="2027-04-15", time="10:00", end_time="12:00")
        self.later()
        mails = self.new_mails(3)
        update = self.programs[YAVIR].take(mails[YAVIR][1])
        self.assertEqual((update["uid"], update["start"], update["sequence"], update["held_sequence"], update["taken"]),
                         (before["uid"], "2027-04-15T07:00:00Z", moved["sequence"], before["sequence"], True))
        self.assertGreater(moved["sequence"], before["sequence"])
        self.assertEqual(self.programs[YAVIR].holds().count("BEGIN:VEVENT"), 1)
        self.assertEqual(self.asked(mails[YAVIR]), "NEEDS-ACTION", "another day is asked for anew")
        self.assertEqual(self.participants()["Явір С.М."], "needs-action")
        self.receive(reply_mail(YAVIR, self.programs[YAVIR].answer(before["uid"], "accepted")))
        self.assertEqual(self.participants()["Явір С.М."], "accepted")
        self.cancelled(moved)

    def cancelled(self, before):
        self.command("event", "cancel", str(self.seminar()["id"]))
        self.later()
        mails = self.new_mails(3)
        self.assertEqual({method for method, _ in mails.values()}, {"CANCEL"})
        end = self.programs[YAVIR].take(mails[YAVIR][1])
        self.assertEqual((end["method"], end["uid"], end["cancelled"], end["taken"]),
                         ("Cancel", before["uid"], True, True))
        self.assertGreater(end["sequence"], before["sequence"])
        self.assertNotIn("BEGIN:VEVENT", self.programs[YAVIR].holds())

    def test_other_answers(self):
        event = self.named_day()
        self.receive(reply_mail(VERBA, self.programs[VERBA].answer(event["uid"], "declined")))
        self.receive(reply_mail(KLEN, self.programs[KLEN].answer(event["uid"], "tentative")))
        self.assertEqual(self.participants(),
                         {"Явір С.М.": "needs-action", "Верба Л.Т.": "declined", "Клен А.О.": "tentative"})
        # A second answer counts when it was written later; DTSTAMP tells seconds apart.
        first = datetime.now().second
        poll(lambda: datetime.now().second != first, "the next second")
        self.now += timedelta(minutes=1)
        self.through_maildir(reply_mail(VERBA, self.programs[VERBA].answer(event["uid"], "accepted")))
        self.assertEqual(self.participants()["Верба Л.Т."], "accepted")
        self.assertEqual(self.answers()[-1], ("Верба Л.Т.", "accepted", event["sequence"]))

    def through_maildir(self, mail):
        folder = self.installation.folder / "inbox"
        for name in ("new", "cur", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "new" / "1.mail").write_bytes(mail)
        self.assertEqual(self.command("mail", "receive", "--maildir", folder).stdout, "1 taken, 0 refused, 0 left\n")
        self.assertEqual([file.name for file in (folder / "cur").iterdir()], ["1.mail:2,S"])

    def test_not_believed(self):
        event = self.named_day()
        accepts = self.programs[YAVIR].answer(event["uid"], "accepted")
        # In somebody's name, from elsewhere; and from one who was asked, in another's name.
        for sender in ("stranger@example.org", VERBA):
            self.assertIn("convoke: ", self.receive(reply_mail(sender, accepts), expect=65).stderr)
        self.receive(reply_mail("stranger@example.org", accepts.replace(YAVIR, "stranger@example.org")), expect=65)
        self.assertEqual(self.answers(), [])

        moved = self.change(date="2027-04-15", time="10:00", end_time="12:00")
        self.later()
        mails = self.new_mails(3)
        # The answer to the first invitation comes when the second is out: kept, but no answer to the new day.
        self.receive(reply_mail(YAVIR, accepts))
        self.assertEqual(self.participants()["Явір С.М."], "needs-action")
        self.programs[YAVIR].take(mails[YAVIR][1])
        declines = self.programs[YAVIR].answer(event["uid"], "declined")
        self.receive(reply_mail(YAVIR, declines))
        self.assertEqual(self.participants()["Явір С.М."], "declined")
        # The old acceptance once more, late: it is older than what is known.
        before = self.answers()
        self.receive(reply_mail(YAVIR, accepts))
        self.assertEqual(self.answers(), before)
        self.assertEqual(before[-1], ("Явір С.М.", "declined", moved["sequence"]))
        self.assertEqual(self.participants()["Явір С.М."], "declined")
        # Mail overtakes mail: a program that holds the second invitation does not go back to the first.
        again = self.programs[YAVIR].take(self.first[YAVIR][1])
        self.assertEqual((again["taken"], again["held_sequence"]), (False, moved["sequence"]))


class Receiving(Inbox):
    """The exit codes by which a mail server knows what to do with a mail (sysexits.h)."""

    def test_exit_codes(self):
        plain = EmailMessage(policy=policy.SMTP)
        plain["From"], plain["To"], plain["Subject"] = YAVIR, KEEPER, "Про семінар"
        plain.set_content("Чи буде запис?")
        refused = self.receive(plain.as_bytes(), expect=65)
        self.assertEqual(refused.stderr.splitlines()[-1],
                         "convoke: this mailbox takes answers of calendar programs and nothing else; nobody reads it")
        plain["Auto-Submitted"] = "auto-replied"
        self.receive(plain.as_bytes())
        self.assertNotEqual(self.receive(b"", expect=65).stderr, "")
        self.receive(b"From: a@example.org\r\nSubject: x\r\n\r\n" + b"x" * (40 << 20), expect=65)
        self.installation.run("mail", "receive", "word", expect=2)
        broken = self.installation.folder / "elsewhere"
        broken.mkdir()
        (broken / "convoke.db").write_bytes(b"this is no database, whatever its name says" * 100)
        for database in (broken / "convoke.db", self.installation.folder / "nowhere" / "convoke.db"):
            later = self.installation.run("mail", "receive", "--database", f"sqlite:{database}", text="x", expect=75)
            self.assertIn("convoke: ", later.stderr)

    def test_maildir(self):
        folder = self.installation.folder / "inbox"
        self.command("mail", "receive", "--maildir", folder, expect=75)
        (folder / "new").mkdir(parents=True)
        self.assertEqual(self.command("mail", "receive", "--maildir", folder).stdout, "0 taken, 0 refused, 0 left\n")
        away = b"From: a@example.org\r\nAuto-Submitted: auto-replied\r\nSubject: away\r\n\r\nAway.\r\n"
        words = b"From: a@example.org\r\nSubject: hello\r\n\r\nHello.\r\n"
        (folder / "new" / "1").write_bytes(away)
        (folder / "new" / "2").write_bytes(words)
        outside = self.installation.write("secret", "words of another folder")
        (folder / "new" / "3").symlink_to(outside)
        done = self.command("mail", "receive", "--maildir", folder, expect=75)
        self.assertEqual(done.stdout, "1 taken, 1 refused, 1 left\n")
        self.assertEqual(sorted(file.name for file in (folder / "cur").iterdir()), ["1:2,S", "2:2,"])
        (folder / "new" / "3").unlink()
        self.assertEqual(self.command("mail", "receive", "--maildir", folder).stdout, "0 taken, 0 refused, 0 left\n")


if __name__ == "__main__":
    main()
