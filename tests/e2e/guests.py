#!/usr/bin/python3
"""Whom an organiser invites to a conference, from the pasted addresses to the answer on a telephone; and files that come
with a registration: chosen on a telephone, downloaded at the desk."""
import re

from convoke import main, poll, skip
from registration import LOGIN, PASSWORD, Conference
from screen import CHROMIUM, Screen

PORTRAIT = b"%PDF-1.7\n" + b"x" * 2000 + b"\n%%EOF\n"


class Guests(Conference):
    def screens(self):
        if not CHROMIUM:
            skip("Chromium is not installed")
        self.read, self.inbox = set(), {}
        phone, desk = Screen(390, 844), Screen(1280, 900)
        self.addCleanup(phone.close)
        self.addCleanup(desk.close)
        return phone, desk

    def choose(self, screen, selector, path):
        """As a person does in the dialogue for files."""
        document = screen.call("DOM.getDocument")["root"]["nodeId"]
        node = screen.call("DOM.querySelector", nodeId=document, selector=selector)["nodeId"]
        screen.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])

    def fits(self, screen, name):
        screen.photograph(name)
        self.assertLessEqual(screen.overflows(), 0, name)
        self.assertEqual(screen.complaints, [])

    def test_files(self):
        phone, desk = self.screens()
        self.prepare(hall_places="5")
        form = self.organiser.hidden(self.desk)
        for label, required in (("Портрет для програми", "yes"), ("Постер", "")):
            status, page, _ = self.organiser.ask("POST", self.desk + "/fields", {
                "csrf": form["csrf"], "kind": "file", "required": required, "label_uk": label,
                "help_uk": "Вертикальний, на світлому тлі.", "do": "save"})
            self.assertEqual(status, 303, page[:2000])
        portrait = self.installation.write("Портрет Явір.pdf", PORTRAIT)
        large = self.installation.write("велике.pdf", b"%PDF-1.7\n" + b"x" * (5 << 20) + b"\n%%EOF\n")
        base = f"http://{self.server.host}:{self.server.port}"
        phone.open(f"{base}/register/{self.event}?lang=uk")
        phone.fill("#name", "Явір Степан")
        phone.fill("#email", "yavir@example.org")
        phone.fill("#institution", "Бібліотека № 3")
        self.choose(phone, "#f1", large)
        self.assertIn("більший за 5 МБ", phone.look("document.querySelector('#f1').validationMessage"))
        self.choose(phone, "#f1", portrait)
        self.assertEqual(phone.look("document.querySelector('#f1').validationMessage"), "")
        self.fits(phone, "files-1-form")
        poll(lambda: phone.look("performance.now()") > 2300, "the time that people take")
        phone.look("document.querySelector('input[name=consent]').click()")
        phone.press(".answer-buttons button")
        self.assertIn("Перевірте пошту", phone.text())
        phone.open(base + self.link_in(self.mail_to("yavir@example.org", "Підтвердьте")))
        phone.press("button[value=confirm]")
        self.assertIn("Портрет Явір.pdf", phone.text())
        self.fits(phone, "files-2-link")
        self.choose(phone, "#file-f2", portrait)
        phone.press("form[action*='/files'] + form[action*='/files'] button")
        self.assertIn("Файл отримано", phone.text())
        desk.sign_in(base, LOGIN, PASSWORD, self.desk)
        self.fits(desk, "files-3-desk")
        desk.look("document.querySelectorAll('details').forEach(d => d.open = true)")
        self.fits(desk, "files-4-fields")
        address = desk.look("document.querySelector('a[href$=\"/files/f1\"]').getAttribute('href')")
        answer = desk.look(f"fetch({address!r}).then(a => a.blob()).then(b => b.size)")
        self.assertEqual(answer, len(PORTRAIT))

    def test_invitations(self):
        phone, desk = self.screens()
        self.prepare(hall_places="5")
        base = f"http://{self.server.host}:{self.server.port}"
        desk.sign_in(base, LOGIN, PASSWORD, self.desk)
        desk.press("a[href$='/registration/invitations']")
        self.fits(desk, "invite-1-empty")
        desk.fill("#addresses", "Явір Степан <yavir@example.org>; Липа Надія lypa@example.org\nдуб@\nМарія")
        desk.press("form[action$='/look'] button")
        self.assertIn("Отримають лист: 2; не отримають: 2", desk.text())
        self.fits(desk, "invite-2-looked")
        desk.press("form[action$='/send'] button")
        self.fits(desk, "invite-3-sent")
        links = {}
        for name in ("yavir", "lypa"):
            text = self.mail_to(f"{name}@example.org", "Запрошуємо").get_body(("plain",)).get_content()
            links[name] = re.search(r"/register/invited/[\w.-]+", text).group(0)
        self.assertEqual(len(self.mails()), 2)
        phone.open(base + links["yavir"])
        self.assertEqual(phone.look("document.querySelector('#name').value"), "Явір Степан")
        self.fits(phone, "invite-4-link")
        phone.look("document.querySelector('input[name=consent]').click()")
        phone.press("button[value=join]")
        self.fits(phone, "invite-5-joined")
        self.mail_to("yavir@example.org", "Вас зареєстровано")
        phone.open(base + links["lypa"] + "?answer=no")
        self.fits(phone, "invite-6-no")
        phone.press("button[value=decline]")
        self.fits(phone, "invite-7-declined")
        desk.open(base + self.desk + "/invitations")
        text = desk.text()
        self.assertIn("реєстрація є", text)
        self.assertIn("не зможе", text)
        self.fits(desk, "invite-8-answers")
        phone.sign_in(base, LOGIN, PASSWORD, self.desk + "/invitations")
        self.fits(phone, "invite-9-phone")
        states = [(one["name"], one["state"], one["consent"]["channel"]) for one in self.registrations()["registrations"]]
        self.assertEqual(states, [("Явір Степан", "registered", "invitation")])


if __name__ == "__main__":
    main()
