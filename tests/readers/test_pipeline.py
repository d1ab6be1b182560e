"""The jobs of the pipeline that `casebook editors gitlab` writes, run in a repository as GitLab runs them.

What they ask GitLab for answers a stand-in for `curl`, which notes what it was asked.
"""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from ruamel.yaml import YAML
from site_under_test import CASEBOOK

CURL = """#!/bin/bash
all="$*"
printf 'curl %s\\n' "$*" >>"$SCRATCH/asked.txt"
for word in "$@"; do
  case "$word" in
    body@* | description@*) cat "${word#*@}" >>"$SCRATCH/asked.txt" ;;
  esac
done
case "$*" in
  *"--request "*) ;;
  */user) echo '{"id": 5}' ;;
  */notes?*) cat "$SCRATCH/notes-${all##*&page=}.json" ;;
  */issues/12) cat "$SCRATCH/issue.json" ;;
  */merge_requests?*) cat "$SCRATCH/requests.json" ;;
esac
"""

CARGO = """#!/bin/bash
all="$*"
root="${all##*--root }"
echo cargo >>"$SCRATCH/asked.txt"
mkdir -p "$root/bin"
cp "$(command -v casebook)" "$root/bin/casebook"
"""

FORM = "### Kind of page\n\nGuide\n\n### Title\n\nA guide\n\n### Summary\n\nWhat it is about.\n\n### Questions to ask\n\n{text}\n"


class Pipeline(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.scratch = Path(folder.name)
        self.root = self.scratch / "library"
        self.remote = self.scratch / "name/library.git"
        programs = self.scratch / "bin"
        programs.mkdir()
        (programs / "casebook").symlink_to(CASEBOOK)
        for name, text in [("curl", CURL), ("cargo", CARGO), ("apt-get", "#!/bin/sh\n")]:
            (programs / name).write_text(text, encoding="utf-8")
            (programs / name).chmod(0o755)
        self.env = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(self.scratch),
            "SCRATCH": str(self.scratch),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.file://{self.scratch}/.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://oauth2:secret@gitlab.example/",
            "CASEBOOK_TOKEN": "secret",
            "CASEBOOK_ISSUE": "12",
            "CASEBOOK_SOURCE": f"file://{self.root}",
            "CASEBOOK_REVISION": "main",
            "CI_API_V4_URL": "https://gitlab.example/api/v4",
            "CI_DEFAULT_BRANCH": "main",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_PROJECT_ID": "3",
            "CI_PROJECT_DIR": str(self.root),
            "CI_PROJECT_ID": "3",
            "CI_PROJECT_PATH": "name/library",
            "CI_SERVER_HOST": "gitlab.example",
        }
        self.write("casebook.yaml", "title: Test\nbase_url: https://example.org/\n")
        self.write(".gitignore", "/public/\n/.casebook/\n/issue.md\n")
        self.git("init", "--quiet", "--initial-branch", "main")
        subprocess.run(["casebook", "editors", "gitlab", "--quiet"], cwd=self.root, env=self.env, check=True)
        self.commit()
        self.git("clone", "--quiet", "--bare", ".", str(self.remote))

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def git(self, *arguments):
        done = subprocess.run(["git", *arguments], cwd=self.root, env=self.env, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self):
        self.git("add", "--force", ".")
        self.git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Change")

    def job(self, name, part="script"):
        """What a job asked for, with its exit status. Its files in /tmp lie in the scratch folder."""
        pipeline = YAML(typ="safe").load((self.root / ".gitlab-ci.yml").read_text(encoding="utf-8"))
        job = pipeline[name]
        script = "\n".join(job[part]).replace("/tmp/", f"{self.scratch}/")
        env = {**self.env, **job.get("variables", {})}
        ran = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=self.root, env=env, capture_output=True, text=True)
        self.said = ran.stdout + ran.stderr
        path = self.scratch / "asked.txt"
        asked = path.read_text(encoding="utf-8") if path.exists() else ""
        path.unlink(missing_ok=True)
        return asked, ran.returncode

    def notes(self, page, notes):
        (self.scratch / f"notes-{page}.json").write_text(json.dumps(notes), encoding="utf-8")

    def test_only_a_comment_of_its_own_is_renewed_however_late_it_stands(self):
        self.write("report.md", "Report for @everyone")
        forged = {"id": 1, "author": {"id": 6}, "body": "<!-- casebook -->\nforged"}
        others = [{"id": n, "author": {"id": 6}, "body": "Words"} for n in range(2, 101)]
        self.notes(1, [forged, *others])
        self.notes(2, [{"id": 101, "author": {"id": 5}, "body": "<!-- casebook -->\nold"}])
        asked, status = self.job("comment")
        self.assertEqual(status, 0, self.said)
        self.assertIn("--request PUT", asked)
        self.assertIn("/projects/3/merge_requests/7/notes/101\n", asked)
        self.assertNotIn("@everyone", asked)
        self.notes(2, [])
        asked, status = self.job("comment")
        self.assertEqual(status, 0, self.said)
        self.assertIn("--request POST", asked)

    def test_a_comment_fits_however_long_the_report_is(self):
        self.notes(1, [])
        # No character is cut through, wherever the last one stands.
        for first in ["", "x"]:
            self.write("report.md", first + "Ö" * 70_000)
            asked, status = self.job("comment")
            self.assertEqual(status, 0, self.said)
            self.assertTrue(50_000 < len(asked) < 62_000, len(asked))

    def issue(self, text, requests=(), form=FORM):
        (self.scratch / "issue.json").write_text(json.dumps({"description": form.format(text=text)}), encoding="utf-8")
        (self.scratch / "requests.json").write_text(json.dumps(list(requests)), encoding="utf-8")
        asked = self.job("page from an issue")
        self.git("switch", "--quiet", "main")
        return asked

    def page(self):
        return self.git("--git-dir", str(self.remote), "show", "casebook/issue-12:content/guides/a-guide.md")

    def test_a_merge_request_says_what_could_not_be_placed_and_is_renewed(self):
        asked, status = self.issue("First.\n\n### Nobody asked\n\nText.")
        self.assertEqual(status, 0, self.said)
        self.assertIn("--request POST", asked)
        self.assertIn("Closes #12", asked)
        self.assertIn("Nobody asked", asked)
        self.git("branch", "-D", "casebook/issue-12")
        asked, status = self.issue("Second.", [{"iid": 9}])
        self.assertEqual(status, 0, self.said)
        self.assertIn("--request PUT", asked)
        self.assertIn("/projects/3/merge_requests/9\n", asked)
        self.assertIn("Second.", self.page())

    def test_a_page_that_has_faults_yet_is_a_merge_request_that_says_them(self):
        self.write("stray.md", "This is no part of the page.")
        unknown = "".join(f"### Ö @all question {n}\n\nText.\n\n" for n in range(1_000))
        form = FORM.replace("What it is about.", "_No response_")
        asked, status = self.issue("Text.\n\n" + unknown, form=form)
        self.assertEqual(status, 0, self.said)
        body = asked.split("Closes #12\n\n")[1].split("curl ")[0]
        self.assertGreater((self.scratch / "said.txt").stat().st_size, 65_536)
        self.assertLess(len(body), 65_536)
        self.assertIn("question 0", body)
        self.assertNotIn("@all", body)
        self.assertEqual([line for line in body.splitlines() if line and not line.startswith("    ")], [])
        changed = self.git("--git-dir", str(self.remote), "diff", "--name-only", "main", "casebook/issue-12")
        self.assertEqual(changed, "content/guides/a-guide.md")

    def test_an_issue_that_is_no_page_or_no_number_makes_nothing(self):
        asked, status = self.issue("Text.", form="Hello {text}")
        self.assertEqual((status, "merge_requests" in asked), (1, False))
        self.assertIn("issue.md", self.said)
        for wrong in ["12; touch $SCRATCH/pwned", "../12", "-12"]:
            self.env["CASEBOOK_ISSUE"] = wrong
            self.assertEqual(self.job("page from an issue"), ("", 1), wrong)
            self.assertIn("is the number of an issue", self.said)
        self.assertFalse((self.scratch / "pwned").exists())

    def test_what_somebody_has_worked_on_stays(self):
        self.issue("First.")
        self.git("switch", "--quiet", "casebook/issue-12")
        self.write("content/guides/a-guide.md", "By an editor.\n")
        self.commit()
        self.git("push", "--quiet", str(self.remote), "casebook/issue-12")
        self.git("switch", "--quiet", "main")
        self.git("branch", "-D", "casebook/issue-12")
        asked, status = self.issue("Second.")
        self.assertEqual((status, self.page()), (1, "By an editor."), self.said)
        self.assertIn("Somebody has worked on", self.said)
        self.assertNotIn("merge_requests", asked)

    def test_a_program_that_lies_in_the_repository_is_not_run(self):
        self.write(".casebook-program/bin/casebook", "#!/bin/sh\n")
        (self.root / ".casebook-program/bin/casebook").chmod(0o755)
        # From the cache it is no file of the repository.
        self.assertEqual(self.job(".casebook", "before_script"), ("", 0), self.said)
        self.commit()
        self.assertEqual(self.job(".casebook", "before_script"), ("cargo\n", 0), self.said)
        self.assertNotEqual((self.root / ".casebook-program/bin/casebook").read_bytes(), b"#!/bin/sh\n")


if __name__ == "__main__":
    unittest.main()
