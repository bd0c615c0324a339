#!/usr/bin/python3
"""Who stands behind an office, as a mail server sees it: each reminder reaches whoever holds the office on the day it leaves."""
from convoke import Case, main, seconds_from_now

PLAN = ("План работы методического объединения библиотекарей на 2025 год\n\n"
        "№ п/п\tМероприятия\tСроки проведения\tОтветственный\n"
        "1.\tЗаседание о каталоге\t19.03.2025\tпредседатель совета\n")
PEOPLE = ("name,email,language\n"
          "Верас Л.А.,veras@example.org,ru\n"
          "Калина Т.П.,kalyna@example.org,ru\n"
          "Рябина О.И.,riabina@example.org,ru\n")


class Offices(Case):
    imported = "2025-02-01T09:00:00Z"
    # 14 and 3 days before 19 March 2025, a Wednesday; the third last day falls on a Sunday and is sent on the Friday.
    first, second = "2025-03-05T12:00:00+00:00", "2025-03-17T12:00:00+00:00"

    def prepare(self):
        self.installation.run("import", self.installation.write("plan.txt", PLAN), "--now", self.imported)
        self.installation.run("people", "import", self.installation.write("people.csv", PEOPLE), "--now", self.imported)
        self.token = self.installation.token()

    def people(self, server):
        _, answer = server.api("GET", "/people", self.token)
        return {person["name"]: person["id"] for person in answer["people"]}

    def reached(self, relay, moment, change=None, count=1):
        """Who has got a mail once the server ran at that moment."""
        server = self.installation.serve(clock_offset=seconds_from_now(moment), mail=relay.url)
        if change:
            change(server)
        relay.wait(lambda mails: len(mails) >= count, "the reminder of the office")
        self.assertEqual(server.terminate(), 0)
        return [mail.recipients[0] for mail in relay.mails]

    def test_holder_changes(self):
        self.prepare()
        relay = self.mail_server()

        def enter(server):
            status, answer = server.api("GET", "/unreachable", self.token)
            self.assertEqual(status, 200)
            self.assertIn("unknown_office", {row["why"] for row in answer["unreachable"]})
            people = self.people(server)
            status, self.office = server.api("POST", "/rosters", self.token, {
                "name": "Председатель совета", "kind": "office", "tenures": [
                    {"person": people["Верас Л.А."], "last": "2025-03-10"},
                    {"person": people["Калина Т.П."], "first": "2025-03-11"}]})
            self.assertEqual(status, 201, self.office)

        # A reminder that found nobody waits an hour; so the office is entered before the first one is due.
        early = self.installation.serve(clock_offset=seconds_from_now("2025-02-20T12:00:00+00:00"), mail=relay.url)
        enter(early)
        self.assertEqual(early.terminate(), 0)
        self.assertEqual(relay.mails, [])
        self.assertEqual(self.reached(relay, self.first), ["veras@example.org"])
        self.assertEqual(self.reached(relay, self.second, count=2), ["veras@example.org", "kalyna@example.org"])

    def test_deputy(self):
        self.prepare()
        relay = self.mail_server()
        early = self.installation.serve(clock_offset=seconds_from_now("2025-02-20T12:00:00+00:00"), mail=relay.url)
        people = self.people(early)
        status, _ = early.api("POST", "/rosters", self.token, {
            "name": "председатель совета", "tenures": [{"person": people["Верас Л.А."]}]})
        self.assertEqual(status, 201)
        status, leave = early.api("POST", "/absences", self.token, {
            "person": people["Верас Л.А."], "first": "2025-03-12", "last": "2025-03-25", "deputy": people["Рябина О.И."]})
        self.assertEqual(status, 201, leave)
        self.assertEqual(early.terminate(), 0)
        self.assertEqual(self.reached(relay, self.first), ["veras@example.org"])
        self.assertEqual(self.reached(relay, self.second, count=2), ["veras@example.org", "riabina@example.org"])


if __name__ == "__main__":
    main()
