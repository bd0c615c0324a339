#!/usr/bin/python3
"""The paper of a conference from outside: somebody comes, gets a certificate by mail, and its code verifies."""
import datetime
import http.client
import re
import subprocess
import tempfile
import threading
import urllib.parse
import zoneinfo
from pathlib import Path

from convoke import DEADLINE, main
from registration import HUMAN, Conference, Visitor
from subscribe import decoded, need

MONTHS = ("січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
          "листопада", "грудня")
NAME = "Дем’янчук-Їжакевич Юлія В’ячеславівна"


def plan_of_today():
    today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Kyiv")).date()
    return ("План роботи методичного об’єднання бібліотекарів Вишневої громади на {0} рік\n\n"
            "№\tЗахід\tТермін\tВідповідальний\n"
            "1.\tКонференція «Книга в дорозі»\t{2} {1} {0} року\tЯвір С.М.\n"
            ).format(today.year, MONTHS[today.month - 1], today.day)


class Papers(Conference):
    plan = property(lambda self: plan_of_today())

    def test_certificate(self):
        need("pdftotext", "pdffonts", "pdftoppm", "zbarimg")
        self.read, self.inbox = set(), {}
        self.prepare(hall_places="40")
        public = Visitor(self.server)
        self.register(public)
        person = self.registrations()["registrations"][0]["id"]
        form = self.organiser.hidden(self.desk)
        self.act(f"{self.desk}/people/{person}", {"csrf": form["csrf"], "step": "attend"})
        papers = f"/manage/events/{self.event}/papers"
        form = self.organiser.hidden(papers)
        self.act(f"{papers}/issue", {"csrf": form["csrf"]})
        status, page, _ = public.ask("GET", self.link)
        file = re.search(r'href="(/register/link/[^"]+/certificate/[^"]+)"', page).group(1)
        with tempfile.TemporaryDirectory(prefix="convoke-e2e-papers-") as folder:
            sheet = Path(folder) / "certificate.pdf"
            sheet.write_bytes(self.load(public, file))
            # The name as anybody copies it, and the code as a camera sees it.
            words = " ".join(self.run_on("pdftotext", "-layout", sheet, "-").split())
            self.assertIn(NAME.replace(" ", ""), words.replace(" ", ""))
            self.assertNotRegex(self.run_on("pdffonts", sheet), r"\bno +(yes|no) +(yes|no)\b")
            self.run_on("pdftoppm", "-r", "150", "-png", "-singlefile", sheet, Path(folder) / "page")
            address = decoded(Path(folder) / "page.png")
            badge = Path(folder) / "badges.pdf"
            badge.write_bytes(self.load(self.organiser, f"{papers}/badges"))
            self.run_on("pdftoppm", "-r", "150", "-png", "-singlefile", badge, Path(folder) / "badge")
            self.assertRegex(decoded(Path(folder) / "badge.png"), r"^https?://[^/]+/door/[\w-]+$")
        path = urllib.parse.urlsplit(address).path
        self.assertTrue(path.startswith("/certificate/"), address)
        for language, valid in (("uk", "чинний"), ("be", "сапраўдны"), ("ru", "действителен"), ("en", "is valid")):
            status, page, headers = public.ask("GET", f"{path}?lang={language}")
            self.assertEqual(status, 200, page)
            self.assertIn(valid, page)
            self.assertIn(NAME, page)
        self.assertEqual(public.ask("GET", "/certificate/0000-0000-0000-0000-0000")[0], 404)
        number = re.search(r"(\d+/\d{4})", words).group(1)
        self.assertIn(number, page)

    def register(self, public):
        form = public.hidden(f"/register/{self.event}")
        threading.Event().wait(HUMAN)
        fields = {**form, "name": NAME, "email": "yulia@example.org", "institution": "Бібліотека № 3", "consent": "yes"}
        status, page, _ = public.ask("POST", f"/register/{self.event}", fields)
        self.assertEqual(status, 200, page)
        self.link = self.link_in(self.mail_to("yulia@example.org", "confirm"))
        status, page, _ = public.ask("POST", self.link, {"do": "confirm"})
        self.assertEqual(status, 200, page)

    def act(self, path, form):
        status, page, _ = self.organiser.ask("POST", path, form)
        self.assertEqual(status, 303, page[:3000])

    def load(self, visitor, path):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=DEADLINE)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
            connection.request("GET", path, headers={"Cookie": cookies} if cookies else {})
            answer = connection.getresponse()
            self.assertEqual(answer.status, 200)
            self.assertIn("attachment", answer.getheader("Content-Disposition"))
            return answer.read()
        finally:
            connection.close()

    @staticmethod
    def run_on(program, *arguments):
        run = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=True)
        return run.stdout


if __name__ == "__main__":
    main()
