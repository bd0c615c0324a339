"""Scripts for playwright-core, run by Node.js as programs of their own: what they are asked goes in as JSON, what they
found comes back as a JSON line each. deploy/lib.sh brings playwright-core and axe-core."""
import json
import os
import shutil
import subprocess
from pathlib import Path

from convoke import TREE, skip

HERE = Path(__file__).parent / "playwright"
PLAYWRIGHT = TREE / "build" / "npm" / "playwright-core-1.58.0" / "index.mjs"
AXE = TREE / "build" / "npm" / "axe-core-4.14.1" / "axe.min.js"
SCREENSHOTS = Path(os.environ.get("CONVOKE_SCREENSHOTS") or TREE / "build" / "screenshots")


def need_playwright():
    """Skips the running case, out loud, where something is missing."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    for what, there in (("chromium", chromium), ("Node.js", node), (PLAYWRIGHT.parent.name, PLAYWRIGHT.exists()),
                        (AXE.parent.name, AXE.exists())):
        if not there:
            skip(f"{what} is not installed (deploy/test does it, with a network)")
    return chromium, node


def play(script, seconds=280, **task):
    """Runs playwright/SCRIPT; the lines it told. Fails when it ended otherwise than well."""
    chromium, node = need_playwright()
    environment = {**os.environ, "CONVOKE_CHROMIUM": chromium, "CONVOKE_PLAYWRIGHT": str(PLAYWRIGHT),
                   "CONVOKE_AXE": str(AXE), "CONVOKE_SCREENSHOTS": str(SCREENSHOTS)}
    try:
        done = subprocess.run([node, str(HERE / script)], input=json.dumps(task), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env=environment, timeout=seconds)
    except subprocess.TimeoutExpired as late:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        kept = SCREENSHOTS / f"{script}.jsonl"
        kept.write_bytes(late.stdout or b"")
        raise AssertionError(f"{script}: no end after {seconds} s; what it told is in {kept}") from None
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0:
        raise AssertionError(f"{script}: exit {done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-4000:]}")
    return told
