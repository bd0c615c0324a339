#!/usr/bin/python3
"""Reads the #include lines of every layer against the architecture's table, and looks for what has no place there.

    layering.py TREE       exit 1 and one line for each violation: FILE:LINE: what, and which rule
    layering.py --control  plants one violation of every rule in a temporary tree and expects each to be found
"""
import re
import sys
import tempfile
from pathlib import Path

# layer: (folder, the other layers whose headers it may include). The order is the order of the link lines.
LAYERS = {
    "base": ("src/base", ()),
    "model": ("src/model", ("base",)),
    "calendar": ("calendar", ("base", "model")),
    "documents": ("src/documents", ("base", "model")),
    "db": ("db", ("base", "model")),
    "db_sqlite": ("db/sqlite", ("base", "model", "db")),
    "notify": ("notify", ("base", "model", "calendar", "db")),
    "service": ("src/service", ("base", "model", "calendar", "documents", "db", "notify")),
    "web": ("web", ("base", "model", "service")),
    "app": ("src/app", ("base", "model", "calendar", "documents", "db", "db_sqlite", "notify", "service", "web")),
}

# Include prefixes, the longest first; "" roots are the repository and src/.
PREFIXES = sorted(
    [(folder.removeprefix("src/") + "/", layer) for layer, (folder, _) in LAYERS.items()],
    key=lambda pair: -len(pair[0]))

# Libraries that stay behind one layer: (pattern on <...>, the layers that may include it, the library's name).
LIBRARIES = [
    (r"libical/", ("calendar",), "libical"),
    (r"sqlite3\.h|SQLiteCpp/", ("db_sqlite",), "SQLite"),
    (r"libpq|postgresql/", ("db_postgres",), "libpq"),
    (r"boost/(asio|beast)", ("web", "app"), "Asio and Beast"),
    (r"curl/", ("notify", "service"), "libcurl"),
    (r"gmime/", ("notify",), "GMime"),
    (r"ctemplate/", ("web",), "ctemplate"),
    (r"zip\.h|pugixml", ("documents",), "the document readers' libraries"),
    (r"toml\+\+|toml\.hpp|boost/program_options", ("app",), "the configuration's libraries"),
]

# Words in code (comments and strings taken out): (pattern, layers where it is forbidden or None for all, why).
PURE = ("model", "calendar")
WORDS = [
    (r"std::(basic_)?w?regex\b", None, "std::regex: quadratic or worse, and its stack is the input's"),
    (r"\b(system|steady|high_resolution|utc)_clock::now\b|\bstd::time\s*\(|\bgettimeofday\b|\bclock_gettime\b", PURE,
     "a clock: time comes in as an argument"),
    (r"\bspdlog\b|\bstd::(cout|cerr|clog)\b|\bf?printf\s*\(|\bfopen\s*\(|\bstd::[io]?fstream\b|\bgetenv\b", PURE,
     "input or output"),
]
PURE_INCLUDES = re.compile(r"^(fstream|iostream|filesystem|cstdio|spdlog/.*|base/log\.hpp|base/clock\.hpp)$")
# base/clock.hpp also defines Instant; only the clock itself is out of bounds there.
PURE_EXCEPTIONS = {"base/clock.hpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
DETACHED = re.compile(r"\b(asio|net)::detached\b|\.detach\s*\(\s*\)")
SLEEP = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep)\s*\(|\btime\.sleep\s*\(|\bwaitForTimeout\b")


def layer_of(path):
    """The layer a file of the tree belongs to: the longest folder wins, so that db/sqlite is not db."""
    best = None
    for layer, (folder, _) in LAYERS.items():
        if path.startswith(folder + "/") and (best is None or len(folder) > len(LAYERS[best][0])):
            best = layer
    return "app" if path == "src/main.cpp" else best


def without_comments(text):
    """The code with comments and string contents blanked, line numbers kept."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.DOTALL)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), text)


def check_include(layer, quote, name):
    if quote == '"':
        for prefix, target in PREFIXES:
            if name.startswith(prefix):
                if target != layer and target not in LAYERS[layer][1]:
                    return f"{layer} may not include from {target}"
                return None
        return f'"{name}" is not written from the include roots (the repository, src/)'
    for pattern, allowed, library in LIBRARIES:
        if re.match(pattern, name) and layer not in allowed:
            return f"{library} stays in {', '.join(allowed)}"
    return None


def check_file(layer, path, text):
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, name = match.groups()
        wrong = check_include(layer, quote, name)
        if not wrong and layer in PURE and PURE_INCLUDES.match(name) and name not in PURE_EXCEPTIONS:
            wrong = f"{layer} does no input or output, reads no clock, writes no log"
        if wrong:
            yield f"{path}:{number}: {name}: {wrong}"
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        for pattern, layers, why in WORDS:
            if (layers is None or layer in layers) and re.search(pattern, line):
                yield f"{path}:{number}: {line.strip()}: {why}"


def sources(tree, *folders):
    for folder in folders:
        for suffix in ("*.hpp", "*.cpp", "*.h"):
            yield from sorted((tree / folder).rglob(suffix))


def violations(tree):
    detached, seen = [], 0
    for file in sources(tree, "src", "calendar", "db", "notify", "web"):
        path = file.relative_to(tree).as_posix()
        layer = layer_of(path)
        text = file.read_text(encoding="utf-8")
        seen += 1
        if layer is None:
            yield f"{path}: in no layer's folder"
            continue
        yield from check_file(layer, path, text)
        if DETACHED.search(without_comments(text)):
            detached.append(path)
    if len(detached) > 1:
        yield f"{', '.join(detached)}: tasks are spawned in one place, which tracks, logs and cancels them"
    for file in [*sources(tree, "tests"), *sorted((tree / "tests").rglob("*.py"))]:
        text = file.read_text(encoding="utf-8")
        code = without_comments(text) if file.suffix != ".py" else re.sub(r"r?\"[^\"\n]*\"|#.*", "", text)
        for number, line in enumerate(code.splitlines(), 1):
            if SLEEP.search(line):
                yield f"{file.relative_to(tree)}:{number}: {line.strip()}: tests wait for what happens, never for time"
    if seen == 0:
        yield f"{tree}: no source file found"


# A violation of every rule, and what the finding must say.
PLANTED = [
    ("src/base/a.hpp", '#include "model/event.hpp"\n', "base may not include from model"),
    ("calendar/a.cpp", '#include "service/plans.hpp"\n', "calendar may not include from service"),
    ("db/a.cpp", '#include "db/sqlite/open.hpp"\n', "db may not include from db_sqlite"),
    ("web/a.cpp", '#include "db/store.hpp"\n', "web may not include from db"),
    ("notify/a.hpp", '#include "web/http.hpp"\n', "notify may not include from web"),
    ("src/service/a.cpp", "#include <libical/ical.h>\n", "libical stays in calendar"),
    ("db/b.cpp", "#  include <SQLiteCpp/Database.h>\n", "SQLite stays in db_sqlite"),
    ("src/base/b.hpp", "#include <boost/asio/awaitable.hpp>\n", "Asio and Beast stays in web, app"),
    ("src/documents/b.hpp", "#include <curl/curl.h>\n", "libcurl stays in notify"),
    ("src/model/a.cpp", '#include "event.hpp"\n', "not written from the include roots"),
    ("src/model/b.cpp", "auto now = std::chrono::system_clock::now();\n", "a clock"),
    ("calendar/b.cpp", '#include "base/log.hpp"\n', "writes no log"),
    ("calendar/c.cpp", 'void f() { std::ofstream out("x"); }\n', "input or output"),
    ("src/documents/a.cpp", "std::regex r;\n", "std::regex"),
    ("web/b.cpp", "co_spawn(e, f(), asio::detached);\n", "tasks are spawned in one place"),
    ("web/c.cpp", "co_spawn(e, g(), net::detached);\n", "tasks are spawned in one place"),
    ("tests/a.cpp", "std::this_thread::sleep_for(1s);\n", "never for time"),
    ("src/other/a.cpp", "int x;\n", "in no layer's folder"),
]
# What looks like a violation and is none.
INNOCENT = [
    ("calendar/good.cpp", '// std::regex would not do, nor system_clock::now()\n#include "model/period.hpp"\n'
                          'const char* s = "printf(";\n'),
    ("db/sqlite/good.cpp", '#include "db/store.hpp"\n#include <SQLiteCpp/SQLiteCpp.h>\n'),
    ("src/main.cpp", '#include "app/command_line.hpp"\n#include "web/server.hpp"\n'),
]


def control():
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for path, text, *_ in PLANTED + INNOCENT:
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            (tree / path).write_text(text, encoding="utf-8")
        found = list(violations(tree))
    missed = [(path, said) for path, _, said in PLANTED
              if not any(path in line and said in line for line in found)]
    wrong = [line for line in found for path, _ in INNOCENT if path in line]
    for path, said in missed:
        print(f"planted in {path} and not found: {said}")
    for line in wrong:
        print("found although innocent:", line)
    print(f"{len(PLANTED) - len(missed)} of {len(PLANTED)} planted violations found")
    return 1 if missed or wrong else 0


def main(arguments):
    if arguments == ["--control"]:
        return control()
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 64
    found = list(violations(Path(arguments[0])))
    print("\n".join(found) or "every include line agrees with the table")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
