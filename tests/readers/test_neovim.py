"""The language server in Neovim, set up by the very lines that docs/lsp.md gives."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from site_under_test import CASEBOOK

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent.parent / "docs" / "lsp.md"

FILES = {
    "casebook.yaml": "title: Test\nbase_url: https://example.org/\n",
    "content/_data/themes.yaml": "- id: mentoring\n  label: Mentoring\n- id: housing\n  label: Housing\n",
    "content/guides/one.md": "---\nthemes: [mentring]\ntitle: One\nsummary: The first.\n---\n\n👩 [two](two.md#the-end).\n",
    "content/guides/two.md": "---\ntitle: Two\nsummary: The second.\nthemes: [housing]\n---\n\n## The end\n\nText.\n",
}


def version(nvim):
    told = subprocess.run([nvim, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(number) for number in re.match(r"NVIM v(\d+)\.(\d+)", told).groups())


def documented(nvim):
    """The lines of docs/lsp.md for this version: those for 0.11 and later come first, then those for earlier ones."""
    section = DOCS.read_text(encoding="utf-8").split("\n## Neovim\n")[1].split("\n## ")[0]
    new, old = re.findall(r"```lua\n(.*?)```", section, re.DOTALL)
    return new if version(nvim) >= (0, 11) else old


class Neovim(unittest.TestCase):
    def test_somebody_writes_in_it(self):
        nvim = shutil.which("nvim")
        self.assertIsNotNone(nvim, "Neovim is missing: sudo apt-get install neovim")
        with tempfile.TemporaryDirectory() as folder:
            root, bin = Path(folder, "library").resolve(), Path(folder, "bin")
            for path, text in FILES.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            bin.mkdir()
            (bin / "casebook").symlink_to(CASEBOOK)
            (bin / "init.lua").write_text(documented(nvim), encoding="utf-8")
            seen = Path(folder, "seen.json")
            environment = {
                "HOME": folder,
                "LANG": "C.UTF-8",
                "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
                "SEEN": str(seen),
            }
            command = [nvim, "--headless", "-n", "-u", bin / "init.lua", "-c", f"luafile {HERE / 'neovim.lua'}"]
            ran = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=550)
            self.assertTrue(seen.exists(), ran.stderr)
            saw = json.loads(seen.read_text(encoding="utf-8"))
            self.assertEqual((ran.returncode, saw.get("missed")), (0, None), ran.stderr)

            message = "“mentring” is not in the list of themes.\nDid you mean `mentoring`?"
            self.assertEqual(saw["fault"], [1, 9, 17, "CB0304", message])
            self.assertIn("Themes", saw["hover"])
            self.assertEqual(saw["offered"], ["mentoring", "housing"])
            self.assertEqual(saw["action"], "Replace “mentring” with “mentoring”")
            self.assertEqual(saw["mended"], "themes: [mentoring]")
            self.assertEqual(saw["led"], "## The end")
            one = (root / "content/guides/one.md").read_text(encoding="utf-8")
            front = "---\ntitle: One\nsummary: The first.\nthemes: [mentoring]\n---\n"
            self.assertEqual(one, f"{front}\n👩 [two](second.md#the-end).\n")
            second = (root / "content/guides/second.md").read_text(encoding="utf-8")
            self.assertIn("aliases:\n  - /guides/two/\n", second)
            self.assertFalse((root / "content/guides/two.md").exists())
            checked = subprocess.run([CASEBOOK, "check", "--root", root], capture_output=True, text=True)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)


if __name__ == "__main__":
    unittest.main()
