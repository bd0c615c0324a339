#!/usr/bin/python3
"""Documents that a test reads do not drift: the example configuration, and what the README says of the program.

    documents.py links | configuration PROGRAM | routes PROGRAM | commands PROGRAM
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TREE = Path(__file__).parents[2]
README = TREE / "README.md"
EXAMPLE = TREE / "deploy" / "example" / "convoke.toml"
PROGRAM = ""


def run(*arguments, cwd=None):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CONVOKE_")}
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env=clean, cwd=cwd, timeout=60)


def settings(*arguments):
    """What `config show` prints, "name = value  (origin)", as {name: (value, origin)}."""
    shown = run("config", "show", *arguments)
    assert shown.returncode == 0, shown.stderr
    rows = re.findall(r"^([a-z-]+) = (.*?)  \(([a-z ]+)\)$", shown.stdout, re.MULTILINE)
    assert len(rows) == len(shown.stdout.splitlines()), shown.stdout
    return {name: (value, origin) for name, value, origin in rows}


def table_cells(heading):
    """The first column's code spans of the README's table below the heading."""
    section = re.split(r"^## ", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    body = next(part for part in section if part.splitlines()[0].strip() == heading)
    rows = [line for line in body.splitlines() if line.startswith("| `")]
    return [re.findall(r"`([^`]+)`", row.split(" | ")[0]) for row in rows]


class Configuration(unittest.TestCase):
    def test_the_example_is_read_as_it_stands(self):
        shown = settings("--config", str(EXAMPLE))
        self.assertEqual({origin for name, (_, origin) in shown.items() if name != "config"}, {"default"},
                         "every option of the example is commented out, so that it changes nothing by itself")

    def test_every_option_is_there_with_its_default(self):
        text = EXAMPLE.read_text(encoding="utf-8")
        defaults = settings()
        named = dict(re.findall(r"^# ?([a-z_]+) = (.*)$", text, re.MULTILINE))
        self.assertEqual(sorted(named), sorted(name.replace("-", "_") for name in defaults if name != "config"))
        for name, value in named.items():
            default = defaults[name.replace("_", "-")][0]
            if default != "***":
                self.assertEqual(value.strip('"'), default, name)

    def test_the_example_is_read_with_every_option_switched_on(self):
        text = re.sub(r"^# ?([a-z_]+ = )", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "convoke.toml"
            file.write_text(text, encoding="utf-8")
            shown = settings("--config", str(file))
        self.assertEqual({origin for name, (_, origin) in shown.items() if name != "config"}, {"file"})

    def test_an_unknown_key_is_refused_by_name(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "convoke.toml"
            file.write_text('listen = "127.0.0.1:0"\nlisten_adress = "127.0.0.1:0"\n', encoding="utf-8")
            refused = run("config", "show", "--config", str(file))
        self.assertEqual(refused.returncode, 2)
        self.assertIn("listen_adress", refused.stderr)

    def test_the_readme_names_every_setting(self):
        named = {name for cells in table_cells("Configuration") for name in cells}
        self.assertEqual(sorted(settings()), sorted(named))


class Routes(unittest.TestCase):
    def test_the_readme_and_the_server_know_the_same_addresses(self):
        shown = run("routes")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        known = {(line.split()[0], line.split()[1]) for line in shown.stdout.splitlines() if line.strip()}
        written = set()
        for cells in table_cells("HTTP"):
            for cell in cells:
                methods, path = cell.split(" ")
                written |= {(method, path) for method in methods.split(",")}
        self.assertEqual(sorted(known - written), [], "known to the server, absent from the README")
        self.assertEqual(sorted(written - known), [], "in the README, unknown to the server")


class Commands(unittest.TestCase):
    def test_the_readme_and_the_program_know_the_same_commands(self):
        shown = run("help")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        block = shown.stdout.split("\nsettings")[0]
        known = {" ".join(re.match(r"  ([a-z ]+)", line).group(1).split())
                 for line in block.splitlines() if re.match(r"  [a-z]", line)}
        # Arguments are written in capitals or begin with a dash or a bracket, so the words before them are the command.
        written = {" ".join(re.match(r"[a-z ]+", cell).group(0).split()) for cells in table_cells("Commands")
                   for cell in cells}
        self.assertEqual(sorted(known), sorted(written))

    def test_what_the_readme_tells_to_run_is_there(self):
        text = README.read_text(encoding="utf-8")
        for command in set(re.findall(r"^(?:sudo )?(deploy/[a-z_/]+)", text, re.MULTILINE)):
            with self.subTest(command=command):
                self.assertTrue(os.access(TREE / command, os.X_OK))


class Links(unittest.TestCase):
    def test_links_to_files_of_the_tree_lead_to_files(self):
        documents = [*TREE.glob("*.md"), *(TREE / "deploy").rglob("*.md")]
        self.assertGreater(len(documents), 3)
        for document in documents:
            for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
                with self.subTest(document=document.name, target=target):
                    self.assertTrue((document.parent / target).exists())


CASES = {"configuration": Configuration, "routes": Routes, "commands": Commands, "links": Links}

if __name__ == "__main__":
    name, *rest = sys.argv[1:] or [""]
    if name not in CASES or len(rest) != (name != "links"):
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(rest[0]) if rest else ""
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(CASES[name])
    sys.exit(0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1)
