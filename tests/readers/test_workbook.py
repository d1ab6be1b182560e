"""Workbooks as openpyxl saves them, to the pages that they become."""

import datetime
import subprocess
import unittest

import openpyxl
from openpyxl.comments import Comment

from site_under_test import CASEBOOK, Library

HEADER = ["Title", "Summary", "Campaign", "Year", "Published", "Messages", "Body", "Share", "Price", "Code", "Shown"]
ROW = [
    "A week of open doors",
    "What a council did in the week.",
    "The week",
    2027,
    datetime.datetime(2027, 6, 21),
    "Every door opens.\nAsk first.",
    "Read on elsewhere.\n\n- one\n- two",
    0.45,
    1250.5,
    1582,
    datetime.datetime(2027, 6, 1),
]
FORMATS = {"Published": "dd/mm/yyyy", "Share": "0%", "Price": '"£"#,##0.00', "Code": "00000", "Shown": "mmm yyyy"}


def workbook(path):
    """A list as somebody keeps it: words above the table, a sheet before it and a hidden one behind."""
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["How to use this list"])
    sheet = book.create_sheet("Our packs")
    sheet.append(["Packs of 2027"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(HEADER)
    sheet.append(ROW)
    sheet.append(["A second", "Another.", "The wekk", 2027, "ongoing"])
    for name, code in FORMATS.items():
        sheet.cell(4, HEADER.index(name) + 1).number_format = code
    sheet.cell(4, 2).hyperlink = "https://library.example/week/"
    sheet.cell(5, 1).comment = Comment("Is this one done?", "Jo")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["H"].hidden = True
    book.create_sheet("Lists").sheet_state = "hidden"
    book.save(path)


class AWorkbook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Library() as library:
            path = library.root / "packs.xlsx"
            workbook(path)
            command = [CASEBOOK, "import", "packs.xlsx", "--kind", "pack", "--map", "published=Published"]
            cls.ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=library.root)
            folder = library.root / "content" / "packs"
            cls.pages = {page.stem: page.read_text(encoding="utf-8") for page in folder.glob("*.md")}

    def test_a_row_becomes_the_page_that_excel_shows(self):
        page = self.pages["a-week-of-open-doors"]
        for part in (
            "title: A week of open doors\n",
            "campaign: week\n",
            "year: 2027\n",
            "published: 2027-06-21\n",
            "  - Every door opens.\n  - Ask first.\n",
            "# Share: 45%\n",
            "# Price: £1,250.50\n",
            "# Code: 01582\n",
            "# Shown: 2027-06\n",
            "# Summary (link): https://library.example/week/\n",
            "\n\nRead on elsewhere.\n\n- one\n- two\n",
        ):
            self.assertIn(part, page)

    def test_what_excel_shows_otherwise_is_told_with_its_cell(self):
        for cell, words in (
            ("A1", "“Packs of 2027”"),
            ("H3", "Column H is hidden"),
            ("A5", "Row 5 is hidden"),
            ("A5", "“Is this one done?”"),
            ("C5", "There is no event called “The wekk”"),
            ("E5", "“ongoing” goes on, and is no date"),
        ):
            lines = [line for line in self.ran.stderr.splitlines() if line.startswith(f"packs.xlsx:'Our packs'!{cell}: ")]
            self.assertTrue(any(words in line for line in lines), f"{cell} {words}: {self.ran.stderr}")
        self.assertIn("This is the sheet “Our packs”. Others are left: “Read me”, “Lists” (hidden).", self.ran.stdout)


if __name__ == "__main__":
    unittest.main()
