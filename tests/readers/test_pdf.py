"""PDF as programs that are not ours read it: poppler, pikepdf, and pdfua's rules of PDF/UA-1.

SITE is the folder of a built site, CASEBOOK the program.
"""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import pdfua
import pikepdf

SITE = Path(os.environ["SITE"])
CASEBOOK = os.environ["CASEBOOK"]
A4 = (595, 842)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def text_of(path):
    return run("pdftotext", "-layout", path, "-")


def info_of(path):
    lines = (line.partition(":") for line in run("pdfinfo", path).splitlines())
    return {name: value.strip() for name, _, value in lines}


def elements(node):
    """The elements of a structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def attribute(element, name):
    attributes = element.get("/A", pikepdf.Array())
    attributes = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((owner[name] for owner in attributes if name in owner), None)


def letter_sizes(pdf):
    """The sizes in which text is set, in points: that of the font times the scale of the matrices."""
    for page in pdf.pages:
        size, scale, text, saved = 0.0, 1.0, 1.0, []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "q":
                    saved.append(scale)
                case "Q":
                    scale = saved.pop()
                case "cm":
                    scale *= abs(float(operands[3]))
                case "Tf":
                    size = float(operands[1])
                case "Tm":
                    text = abs(float(operands[3]))
                case "TJ" | "Tj":
                    yield size * scale * text


class EveryDocument(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.paths = sorted(SITE.glob("**/*.pdf"))
        cls.large = [path for path in cls.paths if path.stem.endswith("-large-print")]

    def each(self, look, paths=None):
        """Looks at each document by itself, so that one that fails hides no other."""
        for path in self.paths if paths is None else paths:
            with self.subTest(str(path.relative_to(SITE))), pikepdf.open(path) as pdf:
                look(path, pdf)

    def test_there_are_documents_in_both_sizes(self):
        self.assertGreater(len(self.paths), 20)
        self.assertGreater(len(self.large), 5)

    def test_no_rule_of_pdf_ua_is_broken(self):
        def look(path, pdf):
            self.assertEqual([finding.message for finding in pdfua.validate(path).findings], [])

        self.each(look)

    def test_title_language_and_conformance_are_told(self):
        def look(path, pdf):
            page = (path.parent / "index.html").read_text()
            language = re.search(r'<html[^>]* lang="?([\w-]+)', page).group(1)
            self.assertEqual(str(pdf.Root.Lang), language)
            self.assertTrue(bool(pdf.Root.ViewerPreferences.DisplayDocTitle))
            self.assertTrue(bool(pdf.Root.MarkInfo.Marked))
            with pdf.open_metadata() as said:
                self.assertEqual(said["pdfuaid:part"], "1")
                self.assertEqual(said["dc:title"], str(pdf.docinfo["/Title"]))

        self.each(look)

    def test_headings_start_with_the_title_and_leave_out_no_level(self):
        def look(path, pdf):
            kinds = [str(element.S) for element in elements(pdf.Root.StructTreeRoot.K)]
            levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
            self.assertEqual(levels[0], 1)
            self.assertEqual(levels.count(1), 1)
            for before, after in zip(levels, levels[1:]):
                self.assertLessEqual(after, before + 1)

        self.each(look)

    def test_tables_have_headers_and_figures_are_described(self):
        tables = []

        def look(path, pdf):
            for element in elements(pdf.Root.StructTreeRoot.K):
                if element.S == "/Table":
                    tables.append(path)
                    headers = [cell for cell in elements(element.K) if cell.S == "/TH"]
                    self.assertTrue(headers)
                    self.assertTrue(all(attribute(cell, "/Scope") == "/Column" for cell in headers))
                if element.S == "/Figure":
                    self.assertTrue(str(element.Alt).strip())

        self.each(look)
        self.assertGreater(len(tables), 5)

    def test_bookmarks_name_the_sections_and_lead_to_pages(self):
        def look(path, pdf):
            sections = [str(element.get("/T", "")) for element in elements(pdf.Root.StructTreeRoot.K) if element.S == "/H2"]
            with pdf.open_outline() as outline:
                self.assertEqual([item.title for item in outline.root], sections)
                self.assertTrue(all(item.destination is not None or item.action is not None for item in outline.root))

        self.each(look)

    def test_pages_are_a4_and_as_many_as_the_page_says(self):
        def look(path, pdf):
            for page in pdf.pages:
                self.assertEqual(tuple(round(float(side)) for side in page.mediabox[2:]), A4)
            info = info_of(path)
            self.assertEqual((info["Tagged"], info["Encrypted"], info["JavaScript"]), ("yes", "no", "no"))
            page = (path.parent / "index.html").read_text()
            offer = page[page.index(path.name) :][:600]
            self.assertRegex(offer, rf"\b{len(pdf.pages)} pages?\b")

        self.each(look)

    def test_words_can_be_read_and_the_title_is_among_them(self):
        def look(path, pdf):
            squeezed = re.sub(r"\s+", "", text_of(path))
            self.assertIn(re.sub(r"\s+", "", str(pdf.docinfo["/Title"])), squeezed)
            self.assertNotIn("\ufffd", squeezed)

        self.each(look)

    def test_fonts_are_embedded(self):
        def look(path, pdf):
            for line in run("pdffonts", path).splitlines()[2:]:
                self.assertRegex(line, r"NotoSans.* yes yes yes ")

        self.each(look)

    def test_large_print_is_large_and_upright(self):
        def look(path, pdf):
            self.assertGreaterEqual(min(letter_sizes(pdf)), 17.99)
            self.assertNotIn("Italic", run("pdffonts", path))

        self.each(look, self.large)


HOSTILE = r"""---
title: "Wythnos: tŷ a ŵyl"
summary: '#read("/etc/passwd") $x$'
published: 2026-01-01
---

#read("/etc/passwd") and #import "@preview/x:1.0.0": y and $x^2$ and @label and <label>.

## Ŵyl #panic("no")

| A | B |
|---|---|
| #read("/etc/hostname") | w&#770; |
"""


class HostileText(unittest.TestCase):
    def build(self, root):
        (root / "content/guides").mkdir(parents=True)
        (root / "casebook.yaml").write_text("title: Test\nbase_url: https://example.org/\n")
        (root / "content/guides/a.md").write_text(HOSTILE)
        run(CASEBOOK, "build", "--root", root, "--now", "2026-11-21T12:00")
        return root / "public/guides/a/a.pdf"

    def test_text_is_text_and_two_builds_give_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            made = self.build(Path(one) / "a")
            text = re.sub(r"\s+", " ", text_of(made))
            for written in ('#read("/etc/passwd")', '#import "@preview/x:1.0.0": y', "$x^2$", "@label", '#panic("no")'):
                self.assertIn(written, text)
            self.assertIn('#read("/etc/hostname")', text)
            self.assertIn("Wythnos: tŷ a ŵyl", text)
            self.assertIn("ŵ", text.split("hostname")[1])
            self.assertNotIn("root:", text)
            self.assertEqual(made.read_bytes(), self.build(Path(two) / "other").read_bytes())


if __name__ == "__main__":
    unittest.main()
