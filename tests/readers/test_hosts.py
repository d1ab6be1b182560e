"""What `casebook editors` writes, held against the schemas that the hosts' own editors use."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema.validators import validator_for
from ruamel.yaml import YAML
from site_under_test import CASEBOOK

REPOSITORY = Path(__file__).resolve().parents[2]

KIND = """\
name: made-up
folder: made-ups
label: Made-up
plural: Made-ups
description: A kind that nobody has seen before.
template: page.html
order: 1
fields:
  - {name: "yes", type: yes-no, label: "Yes"}
  - {name: none, type: choice, many: true, label: None, options: [{id: a, label: None}, {id: b, label: "No, never"}]}
  - {name: odd-name, type: text, label: "“Odd” # : - name", help: "A: b # c\\n\\n- d"}
"""


def validator(name):
    schema = get_builtin_schema(name)
    return validator_for(schema)(schema)


class Hosts(unittest.TestCase):
    """Every file, of the kinds of the theme and of one made up here."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = Path(cls.folder.name)
        cls.write("casebook.yaml", "title: Test\nbase_url: https://example.org/\ntheme: own\ncontribute: /contribute.md\n")
        cls.write("content/contribute.md", "---\ntitle: Contribute\n---\n")
        cls.write("content/_data/themes.yaml", "".join(f"- {{id: t{n}, label: 'Theme {n}'}}\n" for n in range(150)))
        cls.write("themes/own/theme.yaml", "name: own\nversion: 0.1.0\nextends: civic\n")
        cls.write("themes/own/kinds/made-up.yaml", KIND)
        for host in ["github", "gitlab"]:
            subprocess.run([CASEBOOK, "editors", host, "--quiet"], cwd=cls.root, check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def write(cls, path, text):
        path = cls.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def holds(self, pattern, schema, but=()):
        """Every file of a pattern is what a schema takes, here and in this repository, where there is one."""
        check = validator(schema)
        files = [path for path in sorted(self.root.glob(pattern)) if path.name not in but]
        self.assertTrue(files, pattern)
        files += [path for path in sorted(REPOSITORY.glob(pattern)) if path.name not in but]
        for path in files:
            with self.subTest(str(path)):
                data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
                self.assertEqual([error.message for error in check.iter_errors(data)], [])

    def test_forms_are_forms(self):
        self.holds(".github/ISSUE_TEMPLATE/*.yml", "vendor.github-issue-forms", but=["config.yml"])
        self.assertTrue((self.root / ".github/ISSUE_TEMPLATE/made-up.yml").exists())

    def test_the_chooser_is_one(self):
        self.holds(".github/ISSUE_TEMPLATE/config.yml", "vendor.github-issue-config")

    def test_workflows_are_workflows(self):
        self.holds(".github/workflows/*.yml", "vendor.github-workflows")

    def test_the_pipeline_is_one(self):
        self.holds(".gitlab-ci.yml", "vendor.gitlab-ci")

    def test_wrong_ones_are_refused(self):
        for schema, wrong in [
            ("vendor.github-issue-forms", {"name": "A", "description": "B", "body": [{"type": "no-such"}]}),
            ("vendor.github-workflows", {"on": "push", "jobs": {"a": {"steps": []}}}),
            ("vendor.gitlab-ci", {"a": {"script": 7}}),
        ]:
            self.assertFalse(validator(schema).is_valid(wrong), schema)


if __name__ == "__main__":
    unittest.main()
