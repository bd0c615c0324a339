#!/usr/bin/python3
"""A call for papers from outside: an author on a telephone, a reviewer with a link, an organiser at a desk."""
import re
import threading
import urllib.parse
import zipfile
from email import message_from_bytes, policy
from io import BytesIO

from convoke import Case, main, poll, skip
from registration import HUMAN, LOGIN, PASSWORD, PLAN, Visitor
from screen import CHROMIUM, Screen

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
SIZES = ((375, 812), (1440, 900))


def docx():
    """A document as a word processor writes it, as small as can be."""
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w:document/>")
    return into.getvalue()


class Calls(Case):
    def prepare(self):
        self.read, self.inbox = set(), {}
        self.installation.run("import", self.installation.write("plan.txt", PLAN))
        self.installation.run("user", "add", LOGIN, "--name", "Калина О.П.", "--role", "organiser", "--password-stdin",
                              text=PASSWORD)
        self.server = self.installation.serve()
        token = self.installation.token()
        self.event = next(one["id"] for one in self.server.events(token) if "Конференція" in one["title"])
        self.desk = f"/manage/events/{self.event}/submissions"
        self.organiser = Visitor(lambda: self.server)
        self.organiser.sign_in()
        self.save(closes_date="2031-08-20")

    def save(self, **settings):
        form = self.organiser.hidden(self.desk)
        status, page, _ = self.organiser.ask("POST", self.desk, [
            ("csrf", form["csrf"]), ("on", "yes"), ("anonymous", "yes"), ("scale", "five"), ("keep_months", "12"),
            ("longest_abstract", "1500"), ("kind", "pdf"), ("kind", "docx"), ("sections", "Фонди\nЧитання"),
            ("criteria", "Новизна\nКористь для громади\nМова"), ("review_date", "2031-09-01"), *settings.items()])
        self.assertEqual(status, 303, page[:3000])

    def mail_to(self, address, subject):
        folder = self.installation.mail / "new"

        def there():
            for file in sorted(folder.iterdir()) if folder.exists() else []:
                if file.name not in self.read:
                    self.read.add(file.name)
                    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                    self.inbox.setdefault(mail["To"].addresses[0].addr_spec, []).append(mail)
            self.found = [one for one in self.inbox.get(address, []) if subject in one["Subject"]]
            return self.found

        poll(there, f"'{subject}' to {address}")
        return self.found[-1].get_body(("plain",)).get_content()

    def upload(self, link, name, content):
        mark = "----convoke"
        body = (f"--{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n".encode() + content +
                f"\r\n--{mark}--\r\n".encode())
        return self.server.ask("POST", link + "/files", body, Content_Type=f"multipart/form-data; boundary={mark}")

    def photograph(self, name, path, cookies=None):
        """The page at both sizes: nothing of it wider than the screen."""
        if not CHROMIUM:
            return
        for width, height in SIZES:
            screen = Screen(width, height)
            try:
                base = f"http://{self.server.host}:{self.server.port}"
                if cookies:
                    for key, value in cookies.items():
                        screen.call("Network.setCookie", name=key, value=value, url=base)
                screen.open(base + path)
                self.assertLessEqual(screen.overflows(), 0, (name, width))
                screen.photograph(f"{name}-{width}")
                self.assertEqual(screen.complaints, [], name)
            finally:
                screen.close()

    def test_the_whole_way(self):
        self.prepare()
        author = Visitor(self.server)
        call = f"/events/{self.event}/call"
        self.assertIn(call, author.ask("GET", f"/events/{self.event}")[1])
        form = author.hidden(call)
        self.photograph("call-1-form", call)
        threading.Event().wait(HUMAN)
        entry = {**form, "title": "Бібліотека на колесах", "abstract": "Як бібліотека доїжджає до сіл громади.\n\nДосвід трьох років.",
                 "section": "Читання", "name": "Верба Наталія", "institution": "Бібліотека-філія № 3",
                 "co_authors": "Ясен Петро, Ліцей № 5", "email": "verba@example.org", "consent": "yes"}
        status, page, _ = author.ask("POST", call, {**entry, "consent": ""})
        self.assertEqual(status, 422, page[:2000])
        self.assertIn("Бібліотека на колесах", page)
        status, page, _ = author.ask("POST", call, entry)
        self.assertEqual(status, 200, page[:2000])
        link = re.search(r"/call/link/[\w.-]+", self.mail_to("verba@example.org", "Confirm your address")).group(0)
        self.assertEqual(self.upload(link, "Верба — доповідь.docx", docx())[0], 200)
        self.assertEqual(self.upload(link, "macros.docm", docx())[0], 422)
        self.assertEqual(self.upload(link, "slides.pdf", PDF)[0], 200)
        self.photograph("call-2-draft", link + "?lang=uk")
        # A GET never acts; the button sends it in.
        author.ask("GET", link)
        self.assertIn("not sent in yet", author.ask("GET", link)[1])
        work = {name: entry[name] for name in ("title", "abstract", "section", "name", "institution", "co_authors")}
        status, page, _ = author.ask("POST", link, {**work, "do": "submit"})
        self.assertEqual(status, 200, page[:2000])
        self.mail_to("verba@example.org", "has arrived")
        self.save(closes_date="2031-08-31")
        self.mail_to("verba@example.org", "more time")
        self.assertIn("(was 20 August 2031", author.ask("GET", call)[1])
        self.photograph("call-3-extended", call)
        self.review(link)
        self.decide(author, link)

    def review(self, link):
        _, page, _ = self.organiser.ask("GET", self.desk)
        paper = re.search(r'name="paper" value="(\d+)"', page).group(1)
        self.paper = f"{self.desk}/{paper}"
        status, page, _ = self.organiser.ask("POST", self.desk + "/assign", {
            "csrf": self.organiser.hidden(self.desk)["csrf"], "paper": paper, "email": "osyka@example.org", "name": "Осика Дмитро"})
        self.assertEqual(status, 303, page[:3000])
        # A stranger is written to in the language of whoever asks.
        mail = self.mail_to("osyka@example.org", "Просимо оцінити роботи")
        self.assertIn("чекають роботи: 1", mail)
        reviewing = re.search(r"/review/[\w.-]+", mail).group(0)
        reviewer = Visitor(self.server)
        status, page, _ = reviewer.ask("GET", reviewing)
        self.assertIn("Бібліотека на колесах", page)
        self.assertNotIn("Верба", page)
        self.assertNotIn("Ясен", page)
        file = re.search(re.escape(reviewing) + r"/papers/\d+/files/\d+", page).group(0)
        status, headers, content = self.server.ask("GET", file)
        self.assertEqual(status, 200)
        self.assertNotIn(urllib.parse.quote("Верба"), headers["content-disposition"])
        self.assertIn("attachment", headers["content-disposition"])
        marks = re.findall(r'name="(mark_\w+)" value="5"', page)
        self.assertEqual(len(marks), 3)
        self.photograph("call-4-review", reviewing + "?lang=uk")
        status, page, _ = reviewer.ask("POST", reviewing, {
            "paper": paper, "do": "give", **dict(zip(marks, "554")), "to_author": "Цікавий досвід. Додайте цифри.",
            "to_organiser": "Варто поставити першою."})
        self.assertEqual(status, 200, page[:3000])
        self.assertNotIn("Цікавий досвід", Visitor(self.server).ask("GET", link)[1])

    def decide(self, author, link):
        cookies = self.organiser.cookies
        self.photograph("call-5-desk", self.desk + "?lang=uk", cookies)
        self.photograph("call-6-paper", self.paper + "?lang=uk", cookies)
        self.photograph("call-7-protocol", self.desk + "/protocol?lang=uk", cookies)
        status, page, _ = self.organiser.ask("POST", self.paper, {"csrf": self.organiser.hidden(self.paper)["csrf"], "do": "accept",
                                                                  "note": "Чекаємо 24 вересня."})
        self.assertEqual(status, 303, page[:3000])
        self.assertIn("Чекаємо 24 вересня.", self.mail_to("verba@example.org", "Accepted"))
        status, page, _ = author.ask("GET", link)
        self.assertIn("Цікавий досвід", page)
        self.assertNotIn("Варто поставити першою", page)
        self.photograph("call-8-accepted", link + "?lang=uk")
        _, table, _ = self.organiser.ask("GET", self.desk + "/export/csv")
        self.assertIn('"Бібліотека на колесах"', table)
        self.assertIn('"14"', table)


if __name__ == "__main__":
    main()
