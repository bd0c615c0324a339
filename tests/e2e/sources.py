"""Calendars coming in: a neighbour's server that is not ours, read by the running program."""
import http.client
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

from convoke import Case, main, poll


def event(uid, title, day="20270514", more=""):
    return (f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260901T000000Z\r\nDTSTART;VALUE=DATE:{day}\r\n"
            f"SUMMARY:{title}\r\n{more}END:VEVENT\r\n")


def calendar(*events):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//neighbour//x//EN\r\nX-WR-CALNAME:Сусіди\r\n" +
            "".join(events) + "END:VCALENDAR\r\n").encode()


class Neighbour:
    """A web server on a free port that answers what it is told to and notes what it was asked."""

    def __init__(self):
        neighbour = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                neighbour.asked.append((self.path, dict(self.headers)))
                status, headers, body = neighbour.answer(self.path, self.headers)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass  # the reader had enough

            def log_message(self, *arguments):
                pass

        self.asked = []
        self.serve(calendar())
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def serve(self, body, status=200, etag=None, **headers):
        def answer(path, sent):
            if etag and sent.get("If-None-Match") == etag:
                return 304, {"ETag": etag}, b""
            return status, {**headers, **({"ETag": etag} if etag else {})}, body
        self.answer = answer

    def url(self, path="/events.ics"):
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Sources(Case):
    def setUp(self):
        super().setUp()
        self.neighbour = Neighbour()
        self.addCleanup(self.neighbour.close)
        self.token = self.installation.token()
        self.server = self.installation.serve(sources_allow=f"127.0.0.1:{self.neighbour.port}")

    def api(self, method, path, body=None, expect=200):
        status, answer = self.server.api(method, path, self.token, body)
        self.assertEqual(status, expect, answer)
        return answer

    def add(self, **members):
        return self.api("POST", "/sources", {"url": self.neighbour.url(), "name": "Сусідній район", **members}, 201)["id"]

    def refresh(self, source):
        return self.api("POST", f"/sources/{source}/refresh")

    def titles(self):
        return sorted(one["title"] for one in self.server.events(self.token))

    def test_followed(self):
        self.neighbour.serve(calendar(event("a@n", "Ярмарок"), event("b@n", "Лекція")), etag='"one"')
        source = self.add()
        # The program reads it by itself as soon as it is added.
        poll(lambda: self.api("GET", "/sources")["sources"][0]["state"] == "good", "the first reading")
        self.assertEqual(self.titles(), ["Лекція", "Ярмарок"])
        before = {one["title"]: one for one in self.server.events(self.token)}
        feed = self.server.feed()
        self.assertIn("Ярмарок".encode(), feed)

        same = self.refresh(source)
        self.assertEqual((same["added"], same["updated"], same["removed"], same["unchanged"]), (0, 0, 0, 2))
        self.assertEqual(self.neighbour.asked[-1][1].get("If-None-Match"), '"one"')
        self.assertTrue(self.neighbour.asked[-1][1]["User-Agent"].startswith("Convoke/"))
        self.assertEqual(self.server.feed(), feed)

        self.neighbour.serve(calendar(event("a@n", "Ярмарок книги"), event("c@n", "Виставка")), etag='"two"')
        changed = self.refresh(source)
        self.assertEqual((changed["added"], changed["updated"], changed["removed"]), (1, 1, 1))
        self.assertEqual(self.titles(), ["Виставка", "Ярмарок книги"])
        fair = next(one for one in self.server.events(self.token) if one["title"] == "Ярмарок книги")
        self.assertEqual(fair["id"], before["Ярмарок"]["id"])
        self.assertEqual(fair["uid"], before["Ярмарок"]["uid"])
        self.assertEqual(fair["sequence"], before["Ярмарок"]["sequence"] + 1)

        status, _ = self.server.api("PATCH", f"/events/{fair['id']}", self.token, {"title": "Наш"})
        self.assertEqual(status, 403)

        self.api("DELETE", f"/sources/{source}", expect=204)
        self.assertEqual(self.titles(), [])
        self.assertNotIn("Ярмарок".encode(), self.server.feed())

    def test_broken(self):
        self.neighbour.serve(calendar(event("a@n", "Ярмарок")))
        source = self.add()
        self.refresh(source)
        good = self.server.feed()
        for answer, trouble in [((b"<!DOCTYPE html><title>Login</title>",), "web_page"),
                                ((b"", 404), "status"), ((b"", 503), "status"),
                                ((b"BEGIN:VCALENDAR\r\n",), "not_calendar"),
                                ((calendar() + b" " * 2 * 1024 * 1024,), "large")]:
            with self.subTest(trouble=trouble):
                self.neighbour.serve(*answer)
                state = self.refresh(source)["source"]
                self.assertEqual((state["state"], state["trouble"], state["events"]), ("broken", trouble, 1))
                self.assertTrue(state["problem"])
                self.assertEqual(self.server.feed(), good)
        self.neighbour.serve(calendar(event("a@n", "Ярмарок знову")))
        self.assertEqual(self.refresh(source)["source"]["state"], "good")
        self.assertEqual(self.titles(), ["Ярмарок знову"])

    def test_inside_is_closed(self):
        """What lies inside is read from nowhere but the exceptions, by no detour either."""
        inside = Neighbour()
        self.addCleanup(inside.close)
        inside.serve(calendar(event("secret@n", "Таємниця")))
        status, _ = self.server.api("POST", "/sources", self.token, {"url": "http://127.1/"})
        self.assertIn(status, (400, 422))
        refused = [inside.url(), f"http://localhost:{inside.port}/", "http://localhost/", "http://[::1]/",
                   "http://169.254.169.254/latest/", "http://[::ffff:127.0.0.1]/"]
        for url in refused:
            with self.subTest(url=url):
                source = self.add(url=url, name=url)
                state = self.refresh(source)["source"]
                self.assertEqual((state["state"], state["trouble"]), ("broken", "address"))
        detour = self.add()
        for location in (inside.url(), f"http://localhost:{inside.port}/x", "//127.0.0.1/x", "http://[::1]/"):
            with self.subTest(location=location):
                self.neighbour.serve(b"", 302, Location=location)
                state = self.refresh(detour)["source"]
                self.assertIn(state["trouble"], ("address", "redirects"))
        self.neighbour.serve(b"", 302, Location="/again")
        before = len(self.neighbour.asked)
        self.assertEqual(self.refresh(detour)["source"]["trouble"], "redirects")
        self.assertEqual(len(self.neighbour.asked) - before, 4)
        self.assertEqual(inside.asked, [])
        self.assertEqual(self.titles(), [])

    def test_stops_while_reading(self):
        released = threading.Event()
        self.addCleanup(released.set)
        began = threading.Event()

        def hang(path, sent):
            began.set()
            released.wait(30)
            return 200, {}, calendar()

        self.neighbour.answer = hang
        self.add()
        self.assertTrue(began.wait(30))
        self.assertEqual(self.server.terminate(), 0)
        self.assertNotIn("source.broken", self.server.complaints())

    def test_organiser_is_told(self):
        self.neighbour.serve(b"<html>")
        mails = self.mail_server()
        self.assertEqual(self.server.terminate(), 0)
        self.server = self.installation.serve(mail=mails.url, mail_reply_to="Олена <keeper@library.example>",
                                              sources_allow=f"127.0.0.1:{self.neighbour.port}")
        source = self.add()
        mail = mails.wait(lambda all: len(all) >= 1, "the mail about the broken calendar")[0]
        self.assertEqual(mail.recipients, ["keeper@library.example"])
        self.assertIn("Сусідній район", str(mail.message["Subject"]))
        self.assertIn("/sources", mail.text())
        self.assertEqual(self.refresh(source)["source"]["state"], "broken")
        self.refresh(source)
        self.assertEqual(len(mails.mails), 1)

    def test_uploaded(self):
        status, _, answer = self.server.ask("POST", "/api/v1/sources/upload?name=%D0%A4%D0%B0%D0%B9%D0%BB",
                                            calendar(event("a@n", "Ярмарок")), Authorization=f"Bearer {self.token}",
                                            Content_Type="text/calendar")
        self.assertEqual(status, 201, answer)
        source = self.api("GET", "/sources")["sources"][0]
        self.assertEqual((source["file"], source["events"], source["name"]), (True, 1, "Файл"))
        status, _, answer = self.server.ask("POST", f"/api/v1/sources/{source['id']}/upload",
                                            calendar(event("a@n", "Базар"), event("b@n", "Лекція")),
                                            Authorization=f"Bearer {self.token}", Content_Type="text/calendar")
        self.assertEqual(status, 200, answer)
        self.assertEqual(self.titles(), ["Базар", "Лекція"])

    def test_clash(self):
        status, ours = self.server.api("POST", "/events", self.token, {"title": "Наше засідання", "date": "2027-05-14"})
        self.assertEqual(status, 201, ours)
        self.neighbour.serve(calendar(event("a@n", "Ярмарок"), event("b@n", "Інший день", "20270515")))
        source = self.add(shared=False)
        self.refresh(source)
        found = self.api("GET", f"/events/{ours['id']}/conflicts")["conflicts"]
        self.assertEqual([(one["event"]["title"], one["day"], one["neighbour"], one["hidden"]) for one in found],
                         [("Ярмарок", "2027-05-14", True, True)])
        self.assertEqual(self.titles(), ["Наше засідання"])
        self.assertNotIn("Ярмарок".encode(), self.server.feed())
        reader = self.installation.token("read")
        status, answer = self.server.api("GET", f"/events/{ours['id']}/conflicts", reader)
        self.assertEqual((status, answer), (200, {"conflicts": []}))
        status, answer = self.server.api("GET", "/sources", reader)
        self.assertEqual((status, answer), (200, {"sources": []}))

    def page(self, path, cookie="", form=None):
        """A page as a browser gets it: (status, headers, text)."""
        sent = {"Cookie": cookie, "Accept-Language": "en"}
        if form is not None:
            sent.update({"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=60)
        self.addCleanup(connection.close)
        connection.request("GET" if form is None else "POST", path, form and urlencode(form), sent)
        answer = connection.getresponse()
        cookies = "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie", []))
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, {**headers, "set-cookie": cookies}, answer.read().decode()

    def sign_in(self):
        """An organiser's cookie."""
        login, password = "olena@library.example", "a pass phrase of its own"
        self.installation.run("user", "add", login, "--name", "Олена", "--role", "organiser",
                              "--password-stdin", text=password + "\n")
        status, headers, text = self.page("/login")
        self.assertEqual(status, 200)
        status, headers, text = self.page("/login", headers["set-cookie"],
                                          {"csrf": token_in(text), "login": login, "password": password})
        self.assertEqual(status, 303, text)
        return headers["set-cookie"]

    def test_page(self):
        self.neighbour.serve(calendar(event("a@n", "Ярмарок")))
        status, _, text = self.page("/sources")
        self.assertEqual(status, 200)
        self.assertIn("No neighbouring calendar is read yet", text)
        self.assertNotIn("<form", text.split("<main")[1])
        cookie = self.sign_in()
        status, headers, text = self.page("/sources", cookie)
        self.assertEqual((status, headers["cache-control"]), (200, "no-store"))
        wanted = {"url": self.neighbour.url("/private-7/x.ics"), "name": "<b>Сусіди</b>", "every": "360", "shared": "1"}
        self.assertEqual(self.page("/sources", cookie, wanted)[0], 403)  # without the page's own token
        form = {"csrf": token_in(text), **wanted}
        self.assertEqual(self.page("/sources", "", form)[0], 401)
        self.assertEqual(self.api("GET", "/sources")["sources"], [])
        status, _, text = self.page("/sources", cookie, {**form, "url": "http://127.1/"})
        self.assertEqual(status, 422)
        self.assertIn("Цю адресу не можна використати", text)
        status, headers, _ = self.page("/sources", cookie, form)
        self.assertEqual((status, headers["location"]), (303, "/sources"))
        poll(lambda: self.api("GET", "/sources")["sources"][0]["state"] == "good", "the first reading")
        source = self.api("GET", "/sources")["sources"][0]["id"]
        _, _, text = self.page("/sources", cookie)
        self.assertIn("private-7", text)
        self.assertIn("&lt;b&gt;Сусіди", text)
        _, _, public = self.page("/sources")
        self.assertIn("1 event", public)
        self.assertNotIn("private-7", public)
        fair = self.server.events(self.token)[0]
        _, _, shown = self.page(f"/events/{fair['id']}")
        self.assertIn("From the calendar", shown)
        self.assertIn("from &lt;b&gt;Сусіди", self.page("/?from=2027-05")[2])
        status, ours = self.server.api("POST", "/events", self.token, {"title": "Наше засідання", "date": "2027-05-14"})
        self.assertEqual(status, 201)
        _, _, shown = self.page(f"/events/{ours['id']}")
        self.assertIn("On the same day", shown)
        self.assertIn("Ярмарок", shown)
        self.neighbour.serve(b"", 404)
        self.assertEqual(self.page(f"/sources/{source}/refresh", cookie, {"csrf": form["csrf"]})[0], 303)
        self.assertIn("the server answers with an error", self.page("/sources")[2])
        self.assertIn("Shown as it was on", self.page("/sources")[2])
        self.assertEqual(self.page(f"/sources/{source}/remove", cookie, {"csrf": form["csrf"]})[0], 303)
        self.assertEqual(self.titles(), ["Наше засідання"])


def token_in(page):
    return re.search(r'name="csrf" value="([^"]+)"', page).group(1)


if __name__ == "__main__":
    main()
