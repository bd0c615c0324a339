#!/usr/bin/python3
"""A conference from the phone of a participant to the certificate: she registers and confirms, stands in the organiser's
table, is let in by the code of her ticket as a camera reads it, and gets a certificate whose number verifies."""
import re
import subprocess
import threading
import time
import urllib.parse

from convoke import main, seconds_from_now, skip
from registration import HUMAN, PLAN, Conference, Visitor
from screen import CHROMIUM, Screen
from subscribe import decoded, need

DAY = "2031-09-24T08:30:00+00:00"  # of the conference, in the morning of Kyiv
NAME = "Ґалаґан-Їжакевич Єлизавета Ґеоргіївна"


class Journey(Conference):
    def setUp(self):
        super().setUp()
        need("zbarimg", "pdftotext", "pdftoppm")
        if not CHROMIUM:
            skip("chromium is not installed")

    def test_whole(self):
        self.read, self.inbox = set(), {}
        self.prepare(hall_places="40")
        base = f"http://{self.server.host}:{self.server.port}"
        phone = Screen(390, 844)
        try:
            self.register(phone, base)
        finally:
            phone.close()
        page = self.organiser.ask("GET", self.desk)[1]
        self.assertIn(NAME, page)
        ticket = self.ticket()
        self.server.terminate()
        # The morning of the day: a session of last month is over.
        self.server = self.installation.serve(clock_offset=seconds_from_now(DAY))
        self.organiser = Visitor(lambda: self.server)
        self.organiser.sign_in()
        self.let_in(ticket)
        self.certify()

    def register(self, phone, base):
        phone.open(f"{base}/events/{self.event}")
        began = time.monotonic()
        phone.press(f'a[href="/register/{self.event}"]')
        phone.fill("#name", NAME)
        phone.fill("#email", "halahan@example.org")
        phone.fill("#institution", "Бібліотека-філія № 3")
        phone.look("document.querySelector('input[name=consent]').click()")
        threading.Event().wait(HUMAN)
        phone.press(".answer-buttons button")
        phone.open(base + self.link_in(self.mail_to("halahan@example.org", "Підтвердьте")))
        phone.press("button[value=confirm]")
        took = time.monotonic() - began
        self.assertIn("Вас зареєстровано", phone.text())
        self.assertEqual(phone.complaints, [])
        self.assertLess(took, 60)
        print(f"registered on a telephone in {took:.1f} s")

    def ticket(self):
        """The address that the picture in her mail holds, as a camera reads it."""
        mail = self.mail_to("halahan@example.org", "зареєстровано")
        pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
        self.assertEqual(len(pictures), 1)
        self.link = self.link_in(mail)
        picture = self.installation.write("ticket.png", pictures[0].get_payload(decode=True))
        return urllib.parse.urlsplit(decoded(picture)).path

    def state(self):
        return next(one["state"] for one in self.registrations()["registrations"] if one["name"] == NAME)

    def let_in(self, ticket):
        stranger = Visitor(self.server)
        self.assertEqual(stranger.ask("GET", ticket)[0], 200)
        self.assertNotIn(NAME, stranger.ask("GET", ticket)[1])
        form = self.organiser.hidden(ticket)
        self.assertEqual(self.state(), "registered")  # a GET lets nobody in
        door = f"/manage/events/{self.event}/door"
        for _ in range(2):
            status, page, _ = self.organiser.ask("POST", door, {**form, "step": "attend"})
            self.assertIn(status, (200, 303), page[:2000])
        self.assertEqual(self.state(), "attended")
        self.assertEqual(self.registrations()["places"]["hall"]["taken"], 1)

    def certify(self):
        papers = f"/manage/events/{self.event}/papers"
        form = self.organiser.hidden(papers)
        status, page, _ = self.organiser.ask("POST", papers + "/issue", {"csrf": form["csrf"]})
        self.assertEqual(status, 303, page[:2000])
        self.assertIn(NAME, self.organiser.ask("GET", papers)[1])
        participant = Visitor(self.server)
        page = participant.ask("GET", self.link)[1]
        address = re.search(r'href="([^"]*/certificate/[^"]+)"', page).group(1)
        status, headers, body = self.server.get(address)
        self.assertEqual(status, 200)
        self.assertIn("attachment", headers["content-disposition"])
        file = self.installation.write("certificate.pdf", body)
        text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, timeout=60).stdout
        self.assertIn(NAME, " ".join(text.split()))
        subprocess.run(["pdftoppm", "-r", "150", "-png", str(file), str(self.installation.folder / "page")], check=True,
                       timeout=60)
        pages = sorted(self.installation.folder.glob("page*.png"))
        self.assertEqual(len(pages), 1)
        check = urllib.parse.urlsplit(decoded(pages[0])).path
        status, page, headers = participant.ask("GET", check)
        self.assertEqual(status, 200)
        self.assertIn(NAME, page)
        number = re.search(r"<h1>[^<]*?(\S+)</h1>", page).group(1)
        self.assertIn(number, " ".join(text.split()))
        self.assertEqual(participant.ask("GET", check[:-1] + ("a" if check[-1] != "a" else "b"))[0], 404)


if __name__ == "__main__":
    main()
