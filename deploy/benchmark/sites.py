"""The servers that are measured and what they serve: started on ports of the system's choosing, ended with the run."""
import base64
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

TOPICS = ["Засідання", "Семінар", "Круглий стіл", "Консультація", "Заседание", "Семинар-практикум", "Конкурс", "Экскурсия"]
MATTERS = ["про облік підручників", "«Читаємо разом із родиною»", "з питань комплектування фонду", "«Книга у громаді»",
           "об описании краеведческих изданий", "«Каталог без пропусков»", "по сохранности фонда", "«Сельский читатель»"]
PLACES = ["Озерянський ліцей", "Вербівська гімназія", "Районная библиотека", "онлайн", "Дом культуры, малый зал"]
INVITATION = "Запрошуємо бібліотекарів громади. Просимо взяти з собою звіт за квартал и список новых поступлений."
# The day on which all of it happens, whatever year it is: 1 January 2025, 10:00 UTC.
NOW = 1735725600


def events_file(count):
    """A calendar of invented events, the same at every call."""
    chance = random.Random(1)
    rows = []
    for number in range(count):
        day = f"2025{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        title = f"{chance.choice(TOPICS)} {chance.choice(MATTERS)} ({number + 1})"
        when = (f"DTSTART;VALUE=DATE:{day}" if number % 3 else
                f"DTSTART:{day}T{chance.randint(7, 14):02}0000Z")
        rows.append(f"BEGIN:VEVENT\r\nUID:{number}@example.org\r\nDTSTAMP:20250101T080000Z\r\n{when}\r\nSUMMARY:{title}\r\n"
                    f"LOCATION:{chance.choice(PLACES)}\r\nDESCRIPTION:{INVITATION}\r\nEND:VEVENT\r\n")
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example.org//bench//EN\r\n" + "".join(rows) +
            "END:VCALENDAR\r\n").encode()


def free_port():
    """Bound and let go: the next to ask for one gets it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process):
    for _ in range(1000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return True
        except ConnectionRefusedError:
            if process.poll() is not None:
                return False
            time.sleep(0.02)
    return False


def fetch(address, timeout=120, **headers):
    request = urllib.request.Request(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), b""


class Site:
    """A folder of its own and the processes in it; use with `with`."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="convoke-bench-"))
        os.chmod(self.folder, 0o755)
        self.processes = []

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def spawn(self, arguments, **options):
        process = subprocess.Popen([str(one) for one in arguments], **options)
        self.processes.append(process)
        return process

    def end(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []


class Convoke(Site):
    """Convoke with one server thread, its clock in the days of the events."""

    def __init__(self, program):
        super().__init__()
        self.program = os.path.abspath(program)
        self.database = self.folder / "convoke.db"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("CONVOKE_")}
        self.environment.update(CONVOKE_DATABASE=f"sqlite:{self.database}", CONVOKE_MAIL=f"maildir:{self.folder}/mail",
                                CONVOKE_CLOCK_OFFSET=str(int(NOW - time.time())))

    def command(self, *arguments):
        done = subprocess.run([self.program, *arguments], check=True, env=self.environment, capture_output=True, text=True)
        return done.stdout.strip()

    def bring_in(self, calendar):
        plan = self.folder / "events.ics"
        plan.write_bytes(calendar)
        self.command("import", str(plan), "--now", "2025-01-01T10:00:00Z")

    def start(self):
        """Its address, once it says that it listens."""
        self.process = self.spawn([self.program, "serve", "--listen", "127.0.0.1:0", "--log-level", "error"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment, text=True)
        for line in self.process.stdout:
            if "listening on " in line:
                self.address = line.split("listening on ")[1].split()[0]
                return self.address
        sys.exit("convoke did not start")

    @property
    def port(self):
        return int(self.address.rsplit(":", 1)[1])

    def resident(self):
        """Megabytes of memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024


class Nginx(Site):
    """One worker, the calendar and its gzip as files."""

    def __init__(self, body, packed):
        super().__init__()
        root = self.folder / "www"
        root.mkdir()
        (root / "all.ics").write_bytes(body)
        (root / "all.ics.gz").write_bytes(packed)
        port = free_port()
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(f"""
{user} worker_processes 1; daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; keepalive_timeout 60s; etag on;
  open_file_cache max=10; open_file_cache_valid 1h; types {{ text/calendar ics; }} charset utf-8;
  client_body_temp_path {self.folder}/t1; proxy_temp_path {self.folder}/t2; fastcgi_temp_path {self.folder}/t3;
  uwsgi_temp_path {self.folder}/t4; scgi_temp_path {self.folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; }}
}}""")
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        process = self.spawn([nginx, "-c", self.folder / "nginx.conf", "-p", self.folder], stderr=subprocess.DEVNULL)
        if not wait_for_port(port, process):
            sys.exit("nginx did not start: " + (self.folder / "nginx.log").read_text())
        self.address = f"http://127.0.0.1:{port}"


class Radicale(Site):
    """Debian's CalDAV server in Python with the same calendar as a collection."""

    installed = staticmethod(lambda: shutil.which("radicale") is not None)

    def __init__(self, calendar):
        super().__init__()
        port = free_port()
        (self.folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{port}\nmax_content_length = 100000000\n[auth]\ntype = none\n"
            f"[rights]\ntype = authenticated\n[storage]\nfilesystem_folder = {self.folder}/store\n[logging]\nlevel = error\n")
        process = self.spawn([shutil.which("radicale"), "--config", self.folder / "config"], stderr=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL)
        if not wait_for_port(port, process):
            sys.exit("radicale did not start")
        self.address = f"http://127.0.0.1:{port}/bench/calendar/"
        self.headers = {"Authorization": "Basic " + base64.b64encode(b"bench:bench").decode()}
        request = urllib.request.Request(self.address, data=calendar, method="PUT",
                                         headers={**self.headers, "Content-Type": "text/calendar; charset=utf-8"})
        urllib.request.urlopen(request, timeout=120).close()


def load(address, connections, seconds, headers):
    """Requests a second that `connections` clients get, and complaints of theirs."""
    arguments = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    for name, value in headers.items():
        arguments += ["-H", f"{name}: {value}"]
    said = subprocess.run([*arguments, address], capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Socket errors: (.*)|Non-2xx or 3xx responses: (\d+)", said)
    if errors:
        print("  !", errors.group(0))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
