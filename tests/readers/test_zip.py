"""ZIP files, as Python's zipfile and Info-ZIP read them, and what is in them."""

import csv
import hashlib
import io
import subprocess
import unittest
import zipfile
from pathlib import Path

from site_under_test import Library, downloads, of_each, of_ending


class TheSitesArchives(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.things = {name: zipfile.ZipFile(path) for name, path in of_ending(".zip").items()}

    @classmethod
    def tearDownClass(cls):
        for archive in cls.things.values():
            archive.close()

    def test_there_are_some(self):
        self.assertTrue(self.things)

    @of_each
    def test_they_are_sound(self, archive):
        self.assertIsNone(archive.testzip())
        said = subprocess.run(["unzip", "-tq", archive.filename], capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)

    @of_each
    def test_names_are_in_order_and_stay_in_the_folder(self, archive):
        names = archive.namelist()
        self.assertEqual(names, sorted(set(names)))
        self.assertFalse([name for name in names if name.startswith("/") or ".." in name or "\\" in name])

    @of_each
    def test_all_files_have_one_time(self, archive):
        self.assertEqual(len({file.date_time for file in archive.infolist()}), 1)

    @of_each
    def test_every_file_has_its_sum(self, archive):
        lines = archive.read("SHA256SUMS").decode().splitlines()
        sums = dict(reversed(line.split("  ", 1)) for line in lines)
        self.assertEqual(set(sums), set(archive.namelist()) - {"SHA256SUMS"})
        found = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sums}
        self.assertEqual(found, sums)

    @of_each
    def test_the_readme_names_every_file(self, archive):
        lines = archive.read("README.txt").decode().splitlines()
        self.assertEqual(set(archive.namelist()) - set(lines), {"README.txt"})

    @of_each
    def test_what_the_site_offers_beside_it_is_in_it_byte_for_byte(self, archive):
        path = Path(archive.filename)
        beside = (file for file in path.parent.iterdir() if file.name.startswith(path.stem) and file != path)
        offered = {file.name: file.read_bytes() for file in beside}
        self.assertTrue(offered)
        self.assertEqual({name: archive.read(name) for name in offered}, offered)


class TheArchiveOfAPack(unittest.TestCase):
    def test_two_builds_in_two_folders_give_the_same_bytes(self):
        with Library() as one, Library() as other:
            one.build()
            other.build("2027-01-05T18:30")
            first, second = downloads(one), downloads(other)
        self.assertGreaterEqual({name.rpartition(".")[2] for name in first}, {"zip", "docx", "ics", "csv", "txt"})
        self.assertEqual([name for name in first if first[name] != second.get(name)], [])
        self.assertEqual(set(first), set(second))

    def test_it_holds_what_a_team_needs(self):
        with Library() as library:
            archive = zipfile.ZipFile(io.BytesIO((library.build() / "week-2027.zip").read_bytes()))
        names = set(archive.namelist())
        wanted = {"week-2027.docx", "week-2027.ics", "week-2027.txt", "week-2027-posts.csv", "files/door.png"}
        self.assertEqual(wanted - names, set())
        self.assertIn("[Council name] is marking the week.", archive.read("press-release.txt").decode())
        self.assertEqual(len([name for name in names if name.startswith("posts/")]), 3)
        readme = archive.read("README.txt").decode()
        for said in ("A door stands open.", "Exampleshire Council", "CC0 1.0"):
            self.assertIn(said, readme)

    def test_its_table_of_posts_is_one_that_a_spreadsheet_takes(self):
        with Library() as library:
            data = (library.build() / "week-2027-posts.csv").read_bytes()
        self.assertTrue(data.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        self.assertEqual(rows[0], ["Channel", "Text", "Picture", "Picture description", "When to post"])
        self.assertEqual([row[0] for row in rows[1:]], ["X", "Facebook", "Newsletter"])
        self.assertIn("[Council name]", rows[1][1])
        self.assertEqual(rows[2][1], 'First line\n\nSecond line, "quoted"; with a comma')
        self.assertEqual(rows[1][2:], ["door.png", "A door stands open.", "2027-10-25 09:00"])
        self.assertEqual(rows[3][1], "'=1+1 is what it opens with")


class TheSitesTexts(unittest.TestCase):
    def test_no_line_is_longer_than_braille_has_room_for(self):
        texts = of_ending(".txt")
        texts.pop("robots.txt", None)
        self.assertTrue(texts)
        for name, path in texts.items():
            with self.subTest(name):
                lines = path.read_text(encoding="utf-8").splitlines()
                self.assertLessEqual(max(map(len, lines)), 40)


if __name__ == "__main__":
    unittest.main()
