"""Word documents, as python-docx reads them."""

import io
import subprocess
import unittest

import docx
from docx.oxml.ns import qn

from site_under_test import CASEBOOK, Library, of_each, of_ending

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


def headings(document):
    """The levels and words of the headings, by the styles that Word knows."""
    styled = ((paragraph.style.name, paragraph.text) for paragraph in document.paragraphs)
    return [(int(name.removeprefix("Heading ")), text) for name, text in styled if name.startswith("Heading ")]


def all_in(document, name):
    return list(document.element.body.iter(qn(name)))


class TheSitesDocuments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.things = {name: docx.Document(path) for name, path in of_ending(".docx").items()}

    def test_there_are_some(self):
        self.assertGreater(len(self.things), 10)

    @of_each
    def test_they_say_what_they_are_and_in_which_language(self, document):
        about = document.core_properties
        self.assertTrue(about.title and about.author and about.identifier.startswith("http"))
        defaults = document.styles.element.find(qn("w:docDefaults"))
        language = next(defaults.iter(qn("w:lang"))).get(qn("w:val"))
        self.assertRegex(language, "^(en|cy)")
        self.assertEqual(about.language, language)

    @of_each
    def test_headings_are_real_and_skip_no_level(self, document):
        found = headings(document)
        levels = [0] + [level for level, _ in found]
        jumps = [pair for pair in zip(levels, levels[1:]) if pair[1] > pair[0] + 1]
        self.assertEqual(jumps, [])
        self.assertTrue(all(text.strip() for _, text in found))
        titles = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Title"]
        self.assertEqual(len(titles), 1)

    @of_each
    def test_what_is_saved_again_has_the_same_headings(self, document):
        again = io.BytesIO()
        document.save(again)
        self.assertEqual(headings(docx.Document(again)), headings(document))

    @of_each
    def test_the_first_row_of_a_table_is_its_header_and_no_other_is(self, document):
        for table in document.tables:
            marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
            self.assertEqual(marked, [True] + [False] * (len(marked) - 1))
            self.assertTrue(all(len(row.cells) == len(table.columns) for row in table.rows))

    @of_each
    def test_pictures_have_words_or_are_decoration(self, document):
        described = all_in(document, "wp:docPr")
        self.assertEqual(len({picture.get("id") for picture in described}), len(described))
        for picture in described:
            self.assertTrue(picture.get("descr") or next(picture.iter(DECORATIVE), None) is not None)

    @of_each
    def test_links_lead_somewhere(self, document):
        relations = document.part.rels
        marks = {mark.get(qn("w:name")) for mark in all_in(document, "w:bookmarkStart")}
        for link in all_in(document, "w:hyperlink"):
            relation, anchor = link.get(qn("r:id")), link.get(qn("w:anchor"))
            if relation:
                self.assertRegex(relations[relation].target_ref, "^(https?|mailto|tel):")
            else:
                self.assertIn(anchor, marks)

    @of_each
    def test_every_style_that_is_used_is_there(self, document):
        known = {style.style_id for style in document.styles}
        used = [named.get(qn("w:val")) for name in ("w:pStyle", "w:rStyle", "w:tblStyle") for named in all_in(document, name)]
        self.assertEqual(set(used) - known, set())

    @of_each
    def test_pages_are_numbered(self, document):
        footer = document.sections[0].footer._element
        fields = [field.get(qn("w:instr")).strip() for field in footer.iter(qn("w:fldSimple"))]
        self.assertEqual(fields, ["PAGE", "NUMPAGES"])


class ADocumentOfAPack(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Library() as library:
            folder = library.build()
            cls.pack = docx.Document(folder / "week-2027.docx")
            cls.release = docx.Document(folder / "week-2027-press-release.docx")

    def test_its_headings_are_those_of_the_page(self):
        found = headings(self.pack)
        self.assertEqual(found[:3], [(1, "Before"), (2, "What we know"), (1, "After")])
        self.assertIn((1, "Posts"), found)
        self.assertIn((2, "Facebook"), found)

    def test_its_lists_are_lists(self):
        marks = {}
        for paragraph in self.pack.paragraphs:
            number = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if number is not None:
                marks[paragraph.text] = tuple(int(part.get(qn("w:val"))) for part in number)
        self.assertEqual((marks["one"], marks["within it"]), ((0, 1), (1, 1)))
        self.assertEqual(marks["first"], marks["second"])
        self.assertNotEqual(marks["first"][1], marks["one"][1])

    def test_its_table_is_whole(self):
        rows = [[cell.text for cell in row.cells] for row in self.pack.tables[0].rows]
        self.assertEqual(rows, [["Year", "Young people"], ["2025", "40"], ["2026", "80"]])

    def test_a_placeholder_is_a_field_of_that_name_everywhere(self):
        for document in (self.pack, self.release):
            fields = {}
            for field in document.element.body.iter(qn("w:sdt")):
                about = field.find(qn("w:sdtPr"))
                name = about.find(qn("w:tag")).get(qn("w:val"))
                if name.startswith("casebook:"):
                    # Around a chart or a box, by which it is known when the document comes back.
                    continue
                shown = "".join(text.text for text in field.iter(qn("w:t")))
                bound = about.find(qn("w:dataBinding")).get(qn("w:xpath"))
                self.assertIsNotNone(about.find(qn("w:showingPlcHdr")))
                fields.setdefault(name, set()).add((about.find(qn("w:alias")).get(qn("w:val")), shown, bound))
            self.assertEqual({name: len(seen) for name, seen in fields.items()}, {"council": 1, "speaker": 1})
            self.assertEqual([label for label, *_ in fields["council"]], ["Council name"])
            self.assertEqual([shown for _, shown, _ in fields["speaker"]], ["[Who speaks]"])
            self.assertEqual(len({bound for seen in fields.values() for *_, bound in seen}), 2)

    def test_its_footnote_is_one(self):
        notes = next(part for part in self.pack.part.package.iter_parts() if part.partname == "/word/footnotes.xml")
        self.assertIn("Counted in March.", notes.blob.decode())
        self.assertEqual(len(all_in(self.pack, "w:footnoteReference")), 1)


if __name__ == "__main__":
    unittest.main()


class AFormThatComesBack(unittest.TestCase):
    """A form, filled in and saved by python-docx as somebody's own program might, to the page that it becomes."""

    ANSWERS = {
        "title": ["A week of open doors"],
        "summary": ["What a council did in the week."],
        "campaign": ["The week"],
        "year": ["2027"],
        "messages": ["Every door opens."],
        "posts/channel": ["X", "Facebook"],
        "posts/text": ["Come in.", "Come in, all of you."],
        "posts/when": ["21 June 2027, 9am"],
        "body": ["Read on elsewhere."],
    }

    def control(self, tag, place=0):
        tagged = (
            control
            for control in self.form.element.body.iter(qn("w:sdt"))
            if (mark := control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")) is not None and mark.get(qn("w:val")) == tag
        )
        return next(control for at, control in enumerate(tagged) if at == place)

    def fill(self, tag, place, answer):
        control = self.control(tag, place)
        properties = control.find(qn("w:sdtPr"))
        properties.remove(properties.find(qn("w:showingPlcHdr")))
        run = next(control.find(qn("w:sdtContent")).iter(qn("w:r")))
        run.remove(run.find(qn("w:rPr")))
        run.find(qn("w:t")).text = answer

    def test_it_becomes_a_page_that_passes_check(self):
        with Library() as library:
            ran = lambda *arguments: subprocess.run(
                [CASEBOOK, *arguments, "--root", str(library.root)], capture_output=True, text=True, check=False
            )
            path = library.root / "form.docx"
            made = ran("template", "pack", "--output", str(path))
            self.assertEqual(made.returncode, 0, made.stderr)
            self.form = docx.Document(path)
            self.assertEqual(self.form.core_properties.language, "en-GB")
            self.assertEqual(headings(self.form)[0], (1, "What we need"))
            for tag, answers in self.ANSWERS.items():
                for place, answer in enumerate(answers):
                    self.fill(tag, place, answer)
            self.form.save(path)
            taken = ran("import", str(path))
            self.assertEqual(taken.returncode, 0, taken.stdout + taken.stderr)
            page = (library.root / "content" / "packs" / "a-week-of-open-doors.md").read_text(encoding="utf-8")
            for part in ("campaign: week\n", "year: 2027\n", "channel: x\n", "when: 2027-06-21T09:00\n", "status: draft\n"):
                self.assertIn(part, page)
            self.assertEqual(page.count("channel:"), 2)
            self.assertTrue(page.endswith("\nRead on elsewhere.\n"))
            checked = ran("check")
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
