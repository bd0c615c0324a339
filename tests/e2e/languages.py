#!/usr/bin/python3
"""No page speaks English to who reads another language: every text of every page that an organiser reaches, in Ukrainian,
Belarusian and Russian, held against the catalog and against the words that no English sentence does without."""
import html.parser
import re

from convoke import TREE, Case, main
from every_page import NO_PAGES
from rounds import Association, patterns_of

ENGLISH = re.compile(r"\b(the|is|are|not|this|that|with|of|and|for|from|must|cannot|has|have|there|no|was|were|will)\b", re.I)
SPOKEN = ("aria-label", "placeholder", "title", "alt")
SILENT = ("script", "style", "code", "pre", "textarea")


class Texts(html.parser.HTMLParser):
    """What a reader sees or hears of a page, but for what says of itself that it is in another language."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if values.get("lang") != "en":
            self.found += [values[name] for name in SPOKEN if values.get(name)]
        if tag not in ("input", "meta", "link", "br", "img", "hr", "path", "rect"):
            self.open.append((tag, tag in SILENT or values.get("lang") == "en"))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(silent for _, silent in self.open):
            self.found.append(" ".join(data.split()))


def catalog(language):
    """The English texts that are said otherwise in this language."""
    text = (TREE / "web" / "translations" / f"{language}.po").read_text(encoding="utf-8")
    joined = re.sub(r'"\n"', "", text)
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', joined, re.MULTILINE)
    return {known for known, said in pairs if known != said and re.search("[A-Za-z]{3}", known)}


class Languages(Case):
    def test_no_english(self):
        self.assertTrue(ENGLISH.search("'month' is no filter") and "Plans" in catalog("uk"), "the control")
        patterns = [(pattern, shape) for pattern, shape in patterns_of(self.installation.run("routes").stdout)
                    if not NO_PAGES.match(pattern)]
        association = Association(self.installation)
        association.furnish()
        faults, looked = set(), 0
        for language in ("uk", "be", "ru"):
            known = catalog(language)
            self.assertGreater(len(known), 300)
            for role in ("anonymous", "administrator"):
                association.browsers[role].cookies["lang"] = language
                pages, _ = association.walk(role, ["/", "/my", "/account", "/manage", "/manage/organisations",
                                                   "/events/1", "/plans/1/report", "/nowhere", "/?month=5",
                                                   "/?kind=xyzzy", "/?from=2026-13-45", "/plans?section=",
                                                   association.registration], patterns)
                for path, (_, pattern, text) in pages.items():
                    if "/outbox/" in path or "/manage/texts" in path:
                        continue  # mails are written in the language of who gets them
                    looked += 1
                    for said in Texts(text).found:
                        if said in known or (ENGLISH.search(said) and not re.search("[А-яІіЇїЄєЎў]", said)):
                            faults.add(f"{language} {pattern}: {said[:120]}")
        print(looked, "pages in three languages")
        self.assertGreater(looked, 150)
        self.assertEqual(sorted(faults), [], "\n" + "\n".join(sorted(faults)))


if __name__ == "__main__":
    main()
