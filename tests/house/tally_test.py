#!/usr/bin/python3
"""deploy/tally.py decides whether a change passes, so its counting is tested on results written here."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TALLY = Path(__file__).parents[2] / "deploy" / "tally.py"

PASSED = '<testcase name="base: a" time="0.1" status="run"><system-out>ok</system-out></testcase>'
FAILED = '<testcase name="base: b" time="0.1" status="fail"><failure message=""/><system-out>1 != 2</system-out></testcase>'
ABSENT = '<testcase name="tests_db_NOT_BUILT" time="0" status="notrun"><system-out>Unable to find it</system-out></testcase>'
BY_CODE = ('<testcase name="e2e: c" time="0.1" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/>'
           '<system-out>skipped: no browser</system-out></testcase>')
BY_WORD = '<testcase name="documents: d" time="0.1" status="run"><system-out>warning:\n  skipped: no plans</system-out></testcase>'


def tally(cases, ci="false", stages=""):
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(cases):
            (Path(folder) / f"{number}.xml").write_text(f'<?xml version="1.0"?><testsuite>{text}</testsuite>')
        if stages:
            (Path(folder) / "failed-stages").write_text(stages)
        run = subprocess.run([sys.executable, TALLY, "--total", folder], capture_output=True, text=True, env={"CI": ci})
        return run.stdout.splitlines()[-1], run.returncode


class Tally(unittest.TestCase):
    def test_counts(self):
        for cases, ci, expected in [
                ([PASSED], "false", ("1 passed, 0 failed, 0 skipped", 0)),
                ([PASSED + FAILED], "false", ("1 passed, 1 failed, 0 skipped", 1)),
                ([PASSED, PASSED + BY_CODE], "false", ("2 passed, 0 failed, 1 skipped", 0)),
                ([PASSED + BY_CODE], "true", ("1 passed, 1 failed, 0 skipped", 1)),
                ([PASSED + BY_WORD], "true", ("1 passed, 0 failed, 1 skipped", 0)),
                ([PASSED + ABSENT], "false", ("1 passed, 1 failed, 0 skipped", 1)),
                ([PASSED + "<!-- \x0b -->"], "false", ("1 passed, 0 failed, 0 skipped", 0)),
        ]:
            with self.subTest(cases=cases, ci=ci):
                self.assertEqual(tally(cases, ci), expected)

    def test_nothing_ran_is_a_failure(self):
        self.assertEqual(tally([]), ("0 passed, 1 failed, 0 skipped", 1))
        self.assertEqual(tally([""]), ("0 passed, 1 failed, 0 skipped", 1))

    def test_only_skipped_is_a_failure(self):
        self.assertEqual(tally([BY_WORD])[1], 1)

    def test_a_build_that_failed_is_a_failure(self):
        self.assertEqual(tally([PASSED], stages="release: build\n"), ("1 passed, 1 failed, 0 skipped", 1))


if __name__ == "__main__":
    unittest.main()
