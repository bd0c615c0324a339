#!/usr/bin/python3
"""The door of an event: a ticket goes from the mail before a telephone's camera, and a telephone that loses its connection
counts nobody twice and loses nobody."""
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from convoke import DEADLINE, main, skip
from playwright import SCREENSHOTS, need_playwright, play
from registration import Registering as Base
from registration import Visitor

WIDTH, HEIGHT, FRAMES = 640, 480, 12


def pixels(png):
    """The lines of a PNG of one bit a pixel without filters, as our tickets are; True is dark."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n"), png[:16]
    at, data, side = 8, b"", 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        body = png[at + 8:at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + body), kind
        if kind == b"IHDR":
            side, high, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (side, depth, colour) == (high, 1, 0), body
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    raw, row = zlib.decompress(data), side // 8 + 1
    assert len(raw) == row * side and not any(raw[::row])
    return [[not raw[y * row + 1 + x // 8] >> (7 - x % 8) & 1 for x in range(side)] for y in range(side)]


def before_camera(png, file):
    """A film of somebody who holds the picture before a camera, for Chromium's fake one."""
    dark = pixels(png)
    side = len(dark)
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    frame = bytearray(b"\xb4" * (WIDTH * HEIGHT))
    for y, line in enumerate(dark):
        frame[(top + y) * WIDTH + left:(top + y) * WIDTH + left + side] = bytes(30 if one else 225 for one in line)
    colours = b"\x80" * (WIDTH * HEIGHT // 2)
    with open(file, "wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420mpeg2\n".encode())
        for _ in range(FRAMES):
            film.write(b"FRAME\n" + bytes(frame) + colours)


class Door(Base):
    def add(self, name):
        form = self.organiser.hidden(self.desk)
        status, page, _ = self.organiser.ask("POST", self.desk + "/people",
                                             {"csrf": form["csrf"], "name": name, "institution": "Library 5"})
        self.assertEqual(status, 303, page[:3000])

    def ticket(self, name):
        """Registers by the form and answers the mail; the picture in the mail that follows."""
        self.fill_in(name)
        link = self.link_in(self.mail_to(f"{name}@example.org", "confirm"))
        status, page, _ = Visitor(self.server).ask("POST", link, {"do": "confirm"})
        self.assertEqual(status, 200, page)
        self.assertIn('class="qr"', page)
        mail = self.mail_to(f"{name}@example.org", "You are registered")
        pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
        self.assertEqual([part.get_filename() for part in pictures], ["ticket.png"])
        self.assertIn("ticket.png", mail.get_body(("plain",)).get_content())
        return pictures[0].get_payload(decode=True)

    def decoded(self, png, folder):
        if not shutil.which("zbarimg"):
            skip("zbarimg is not installed")
        picture = Path(folder) / "ticket.png"
        picture.write_bytes(png)
        run = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", str(picture)], capture_output=True, text=True,
                             timeout=DEADLINE)
        return run.stdout.strip()

    def states(self):
        return {one["name"]: one["state"] for one in self.registrations()["registrations"]}

    def test_on_a_telephone(self):
        need_playwright()
        self.read, self.inbox = set(), {}
        self.prepare(hall_places="7")
        with tempfile.TemporaryDirectory(prefix="convoke-e2e-door-") as folder:
            png = self.ticket("olena")
            address = self.decoded(png, folder)
            self.assertRegex(address, r"^https?://[^/]+/door/[\w-]{16,64}$")
            path = "/door/" + address.rsplit("/", 1)[1]
            status, page, _ = Visitor(self.server).ask("GET", path)
            self.assertEqual(status, 200, page)
            self.assertNotIn("olena", page)
            self.assertIn("olena", self.organiser.ask("GET", path)[1])
            self.assertEqual(self.states()["olena"], "registered", "a GET checks nobody in")
            for name in ("Верба Наталія", "Явір Степан", "Клен Ірина"):
                self.add(name)
            film = Path(folder) / "ticket.y4m"
            before_camera(png, film)
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            told = play("door.mjs", base=f"http://{self.server.host}:{self.server.port}", video=str(film),
                        door=f"/manage/events/{self.event}/door?lang=en", cookies=self.organiser.cookies, shots=str(SCREENSHOTS),
                        begin="0 of 4", counts=["1 of 4", "3 of 4", "4 of 4", "4 of 5", "5 of 6", "6 of 7"], offline=["верба", "явір"],
                        closing="Клен", walkIn="Липа Марія", offlineWalkIn="Дуб Іван", takenBack="Сосна Петро")
        steps = {one["step"]: one for one in told if "step" in one}
        camera = steps["camera"]
        print(f"a ticket was read off the camera {camera['took'] / 1000:.1f} s after the button")
        self.assertIn("olena", camera["said"])
        self.assertEqual((camera["loadedBefore"], camera["wide"], steps["offline"]["wide"]), (0, 0, 0))
        self.assertIn("Not sent yet: 2", steps["offline"]["unsent"])
        self.assertIn("Верба Наталія", steps["offline"]["unsent"])
        self.assertNotIn("Верба", steps["offline"]["kept"], "no name is kept by the browser")
        self.assertIn("attend", steps["offline"]["kept"])
        self.assertGreaterEqual(steps["back"]["posts"], 2, "the answer was lost and the batch came again")
        self.assertEqual((steps["back"]["count"], steps["back"]["look"], steps["back"]["kept"]), ("3 of 4", False, ""))
        self.assertEqual((steps["reopened"]["count"], steps["reopened"]["kept"]), ("4 of 4", ""))
        later = steps["walk-in offline"]
        self.assertIn("Дуб Іван · Walk-in", later["waits"])
        self.assertGreaterEqual(later["posts"], 2, "the answer was lost and the walk-in came again")
        self.assertEqual(later["kept"], "", "what is sent is kept no longer")
        self.assertIn("Дуб Іван", later["said"])
        back = steps["walk-in taken back"]
        self.assertIn("Сосна Петро", back["said"])
        self.assertNotIn("is here", back["said"])
        self.assertEqual(back["kept"], "")
        self.assertIn("Every place is taken", steps["walk-ins"]["problem"])
        self.assertEqual(steps["walk-ins"]["typed"], "Nobody Has-Room")
        self.assertIn("Nobody Has-Room", steps["refused later"]["look"])
        self.assertIn("Every place is taken", steps["refused later"]["look"])
        self.assertEqual(steps["refused later"]["kept"], "")
        self.assertEqual(told[-1], {"complaints": []})
        self.assertEqual(self.states(), {"olena": "attended", "Верба Наталія": "attended", "Явір Степан": "attended",
                                         "Клен Ірина": "attended", "Липа Марія": "attended", "Дуб Іван": "attended",
                                         "Сосна Петро": "attended"})


if __name__ == "__main__":
    main()
