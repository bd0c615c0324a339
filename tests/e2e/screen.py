"""A real browser that is driven: Chromium's own protocol over a pipe, a screen of a given size, forms that are filled and
buttons that are pressed as a person does it."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import urllib.parse

from convoke import poll

CHROMIUM = shutil.which("chromium")


class Screen:
    """One window. Scripts run in the page only to find elements; what acts are key strokes and touches."""

    def __init__(self, width=390, height=844, language="uk"):
        self.profile = tempfile.mkdtemp(prefix="convoke-e2e-screen-")
        to_browser, self.out = os.pipe()
        self.into, from_browser = os.pipe()

        def as_three_and_four():
            # Above both, lest the one be closed by the other's copy.
            reading, writing = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
             "--hide-scrollbars", f"--user-data-dir={self.profile}", f"--accept-lang={language}",
             f"--window-size={width},{height}", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=as_three_and_four, pass_fds=(3, 4, to_browser, from_browser), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.rest, self.complaints = 0, b"", []
        pages = [one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        self.session = None
        self.session = self.call("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Log.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 600)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(20)
        os.close(self.out)
        os.close(self.into)
        shutil.rmtree(self.profile, ignore_errors=True)

    def read(self):
        while b"\0" not in self.rest:
            more = os.read(self.into, 1 << 20)
            if not more:
                raise AssertionError("the browser has ended")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(message)
        if message.get("method") == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
            self.complaints.append(message["params"]["entry"]["text"])
        return message

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if getattr(self, "session", None):
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]

    def look(self, expression):
        """The value of an expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def loaded(self, before=None):
        def there():
            try:
                state = self.look("[document.readyState, performance.timeOrigin]")
            except AssertionError as gone:
                if "navigated" not in str(gone):
                    raise
                return False  # the page went away while it was asked; the next one answers
            return state[0] == "complete" and state[1] != before
        poll(there, "the page")

    def open(self, address):
        before = self.look("performance.timeOrigin")
        self.call("Page.navigate", url=address)
        self.loaded(before)

    def sign_in(self, base, login, password, start="/"):
        """Signs in on the page for it, and is then at `start`."""
        self.open(f"{base}/login?" + urllib.parse.urlencode({"next": start}))
        self.fill("[name=login]", login)
        self.fill("[name=password]", password)
        self.press("main form button")

    def text(self):
        return self.look("document.body.innerText")

    def fill(self, selector, text):
        """Puts the cursor there and types. A date is entered as its control holds it: it has no keys of its own."""
        kind = self.look(f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
                         f" e.scrollIntoView(); e.focus(); return e.type }})()")
        if kind in ("date", "time"):
            self.look(f"document.querySelector({json.dumps(selector)}).value = {json.dumps(text)}")
        else:
            self.call("Input.insertText", text=text)

    def press(self, selector):
        """Touches the middle of the element and waits for the page that follows."""
        before = self.look("performance.timeOrigin")
        x, y = self.look(f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
                         f" e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect();"
                         f" return [r.x + r.width / 2, r.y + r.height / 2] }})()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.loaded(before)

    def overflows(self):
        """By how many pixels the page is wider than the screen."""
        return self.look("document.documentElement.scrollWidth - innerWidth")

    def photograph(self, name):
        """Keeps a picture where CONVOKE_SCREENSHOTS says."""
        folder = os.environ.get("CONVOKE_SCREENSHOTS")
        if not folder:
            return
        os.makedirs(folder, exist_ok=True)
        picture = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        with open(os.path.join(folder, name + ".png"), "wb") as file:
            file.write(base64.b64decode(picture))
