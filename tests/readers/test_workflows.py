"""The steps of the workflows that `casebook editors github` writes, run in a repository as GitHub runs them.

What they ask GitHub for answers a stand-in for its program, `gh`, which notes what it was asked.
"""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from ruamel.yaml import YAML
from site_under_test import CASEBOOK

GH = """#!/bin/bash
printf 'gh %s\\n' "$*" >>"$SCRATCH/asked.txt"
for word in "$@"; do
  case "$word" in
    body=@*) cat "${word#body=@}" >>"$SCRATCH/asked.txt" ;;
  esac
  [ "$before" = --body-file ] && cat "$word" >>"$SCRATCH/asked.txt"
  [ "$before" = --input ] && cp "$word" "$SCRATCH/review.json"
  before="$word"
done
case "$*" in
  *"/pulls "*) cat "$SCRATCH/pulls.json" ;;
  *"/pulls/7/comments?"*) cat "$SCRATCH/reviewed.json" ;;
  *"/reviews "*) [ ! -e "$SCRATCH/refused" ] || exit 1 ;;
  *--paginate*) cat "$SCRATCH/comments.json" ;;
  "pr list "*) cat "$SCRATCH/known.txt" 2>/dev/null ;;
esac
exit 0
"""

# A title, a text and a branch by somebody who wishes nobody well.
WORSE = '"; touch "$SCRATCH/pwned"; echo $(touch "$SCRATCH/pwned") `touch "$SCRATCH/pwned"` @everyone'

PAGE = "---\ntitle: {title}\nsummary: What it is about.\n---\n\n{text}\n"

FORM = """\
### Kind of page

Guide

### Title

A guide that was sent in

### Summary

What it is about.

### Questions to ask

{worse}
"""


class Workflows(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.scratch = Path(folder.name)
        self.root = self.scratch / "library"
        programs = self.scratch / "bin"
        programs.mkdir()
        (programs / "casebook").symlink_to(CASEBOOK)
        (programs / "gh").write_text(GH, encoding="utf-8")
        (programs / "gh").chmod(0o755)
        (self.scratch / "runner").mkdir()
        self.env = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(self.scratch),
            "SCRATCH": str(self.scratch),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_PATH": str(self.scratch / "event.json"),
            "GITHUB_REPOSITORY": "name/library",
            "GITHUB_SERVER_URL": f"file://{self.scratch}",
            "GITHUB_STEP_SUMMARY": str(self.scratch / "summary.md"),
            "RUNNER_TEMP": str(self.scratch / "runner"),
            "GH_TOKEN": "none",
        }
        self.write("casebook.yaml", "title: Test\nbase_url: https://example.org/\n")
        self.write(".gitignore", "/public/\n/.casebook/\n/report/\n")
        self.write("content/_data/themes.yaml", "- {id: mentoring, label: Mentoring}\n")
        self.write("content/guides/one.md", PAGE.format(title="One", text="Text."))
        self.run_in("git", "init", "--quiet", "--initial-branch", "main")
        self.run_in("casebook", "editors", "github", "--quiet")
        self.commit()
        self.base = self.run_in("git", "rev-parse", "HEAD")
        remote = self.scratch / "name/library"
        self.run_in("git", "clone", "--quiet", "--bare", ".", str(remote))

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_in(self, *command):
        done = subprocess.run(command, cwd=self.root, env=self.env, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self):
        self.run_in("git", "add", ".")
        self.run_in("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Change")

    def steps(self, name, values, but=("Install Casebook",)):
        """The exit status of each script of a workflow, by the name of its step. After one that fails come only those
        that run whatever happens."""
        workflow = YAML(typ="safe").load((self.root / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))
        done, failed = {}, False
        for step in (step for job in workflow["jobs"].values() for step in job["steps"]):
            runs = not failed or "!cancelled()" in str(step.get("if"))
            if "run" not in step or step["name"] in but or not runs:
                continue
            given = {name: values.get(name, str(value)) for name, value in step.get("env", {}).items()}
            script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            ran = subprocess.run(script, cwd=self.root, env={**self.env, **given}, capture_output=True, text=True)
            done[step["name"]] = ran.returncode
            if ran.returncode != 0:
                self.said = ran.stdout + ran.stderr
                self.faults = self.said if step["name"] == "Look for faults" else getattr(self, "faults", "")
                failed = failed or not step.get("continue-on-error")
        self.assertFalse((self.scratch / "pwned").exists(), name)
        return done

    def asked(self):
        path = self.scratch / "asked.txt"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.unlink(missing_ok=True)
        return text

    def test_a_pull_request_is_checked_built_and_reported(self):
        self.write("content/guides/two.md", PAGE.format(title="Two " + WORSE.replace('"', "'"), text="Text."))
        self.commit()
        head = self.run_in("git", "rev-parse", "HEAD")
        done = self.steps("casebook-check", {"BASE": self.base, "HEAD": head})
        self.assertEqual(set(done.values()), {0}, done)
        self.assertEqual(len(done), 4)
        self.assertTrue((self.root / "public/guides/two/index.html").exists())
        self.assertTrue((self.root / "report/report.html").exists())
        other = {"number": 3, "head": {"sha": self.base}}
        (self.scratch / "pulls.json").write_text(json.dumps([other, {"number": 7, "head": {"sha": head}}]))
        comments = [{"id": 1, "user": {"login": "somebody"}, "body": "<!-- casebook -->"}]
        # Other workflows comment under the same name.
        comments.append({"id": 2, "user": {"login": "github-actions[bot]"}, "body": "Words of another workflow"})
        values = {"HEAD": WORSE, "SHA": head, "RUN": "https://example.org/run"}
        for known, expected in [([], "--method POST repos/name/library/issues/7/comments"), ([9], "PATCH repos/name/library/issues/comments/9")]:
            own = [{"id": n, "user": {"login": "github-actions[bot]"}, "body": "<!-- casebook -->\nold"} for n in known]
            (self.scratch / "comments.json").write_text(json.dumps(comments) + json.dumps(own))
            self.assertEqual(set(self.steps("casebook-comment", values).values()), {0})
            asked = self.asked()
            self.assertIn(expected, asked)
            self.assertIn("/guides/two", asked)
            self.assertIn("https://example.org/run#artifacts", asked)

    def test_a_report_that_somebody_forged_calls_nobody_and_fits_into_a_comment(self):
        self.write("report/report.md", "@everyone  " + "@" * 50_000 + "Ö" * 200_000)
        (self.scratch / "pulls.json").write_text(json.dumps([{"number": 7, "head": {"sha": self.base}}]))
        (self.scratch / "comments.json").write_text("[]")
        values = {"HEAD": "a:b", "SHA": self.base, "RUN": "https://example.org/run"}
        self.assertEqual(set(self.steps("casebook-comment", values).values()), {0}, getattr(self, "said", ""))
        comment = self.asked().split("<!-- casebook -->")[1]
        self.assertIn("everyone", comment)
        self.assertNotIn("@everyone", comment)
        self.assertLess(len(comment), 65_000)
        # A report that leads to another file is none.
        self.write("secret.md", "Secret.")
        (self.root / "report/report.md").unlink()
        (self.root / "report/report.md").symlink_to(self.root / "secret.md")
        self.assertEqual(set(self.steps("casebook-comment", values).values()), {0})
        self.assertNotIn("Secret.", self.asked())

    def suggested(self, review, known=()):
        """The review that is made of one, and what the steps end with."""
        (self.scratch / "pulls.json").write_text(json.dumps([{"number": 7, "head": {"sha": self.base}}]))
        (self.scratch / "comments.json").write_text("[]")
        (self.scratch / "reviewed.json").write_text(json.dumps(list(known)))
        (self.scratch / "review.json").unlink(missing_ok=True)
        self.write("report/report.md", "Text.")
        self.write("report/review.json", review if isinstance(review, str) else json.dumps(review))
        values = {"HEAD": "a:b", "SHA": self.base, "RUN": "https://example.org/run"}
        done = self.steps("casebook-comment", values)
        self.assertEqual([done["Find the pull request"], done["Comment"]], [0, 0])
        posted = self.scratch / "review.json"
        return json.loads(posted.read_text(encoding="utf-8")) if posted.exists() else None, done["Suggest"]

    def test_what_a_program_can_mend_is_suggested_at_its_lines_and_once(self):
        text = "[a](one.html) and [everyone](one.html)"
        self.write("content/guides/two.md", PAGE.format(title="Two", text=f"Text for @everyone.\n\n#### Costs ````\n\n{text}"))
        self.commit()
        # The request is checked as it would be merged, where its lines may have other numbers.
        head = self.run_in("git", "rev-parse", "HEAD")
        self.write("content/guides/two.md", PAGE.format(title="Two", text="More.\n\nText."))
        self.commit()
        self.steps("casebook-check", {"BASE": self.base, "HEAD": head})
        made = json.loads((self.root / "report/review.json").read_text(encoding="utf-8"))
        self.assertEqual((made["commit_id"], [one["line"] for one in made["comments"]]), (head, [8, 10]))
        review, ended = self.suggested(made)
        self.assertEqual((review, ended), ({**made, "commit_id": self.base}, 0))
        self.assertEqual(set(review["comments"][0]), {"path", "line", "side", "body"})
        self.assertIn("pulls/7/reviews", self.asked())

        def known(one, **more):
            return {"user": {"login": "github-actions[bot]"}, "line": 3, "body": one["body"].replace("\n", "\r\n"), **more}

        first, second = made["comments"]
        for there, expected in [
            ([known(first)], [second]),
            ([known(first, line=None)], [first, second]),
            ([known(first, user={"login": "somebody"})], [first, second]),
            ([known(first), known(second)], None),
        ]:
            review, ended = self.suggested(made, there)
            self.assertEqual((review and review["comments"], ended), (expected, 0))

    def test_where_github_takes_no_review_the_comment_stands(self):
        (self.scratch / "refused").touch()
        mark = "<!-- casebook 0123456789abcdef -->"
        comment = {"path": "a.md", "line": 1, "body": f"{mark}\nWords\n\n```suggestion\na\n```\n"}
        _, ended = self.suggested({"body": "Words.", "comments": [comment]})
        self.assertEqual(ended, 1)
        self.assertIn("issues/7/comments", self.asked())
        workflow = YAML(typ="safe").load((self.root / ".github/workflows/casebook-comment.yml").read_text(encoding="utf-8"))
        self.assertTrue(workflow["jobs"]["comment"]["steps"][-1]["continue-on-error"])

    def test_a_review_that_somebody_forged_is_no_more_than_suggestions(self):
        mark = "<!-- casebook 0123456789abcdef -->"

        def comment(body=f"{mark}\nFor @all\n\n```suggestion\n@all\n```\n", **more):
            return {"path": "content/a.md", "line": 7, "body": body, **more}

        good = {"path": "content/a.md", "line": 7, "side": "RIGHT", "body": f"{mark}\nFor @\u200ball\n\n```suggestion\n@all\n```\n"}
        fence = "```suggestion\na\n```"
        for what, one, expected in [
            ("words that call somebody", comment(), good),
            ("keys of its own", comment(side="LEFT", position=1, subject_type="file", in_reply_to=3), good),
            ("several lines", comment(start_line=3, start_side="LEFT"), {**good, "start_line": 3, "start_side": "RIGHT"}),
            ("lines that go", comment(f"{mark}\nWords\n\n```suggestion\n```\n"), {**good, "body": f"{mark}\nWords\n\n```suggestion\n```\n"}),
            ("no lines", comment(line=None), None),
            ("a line that is a text", comment(line="7"), None),
            ("a line that is none", comment(line=0), None),
            ("half a line", comment(line=1.5), None),
            ("lines the wrong way round", comment(start_line=7), None),
            ("a path out of the repository", comment(path="../a.md"), None),
            ("a path from the root", comment(path="/etc/passwd"), None),
            ("a path with a line break", comment(path="a\nb"), None),
            ("no path", comment(path=7), None),
            ("no text", comment(body=["a"]), None),
            ("no mark", comment(f"Words\n\n{fence}\n"), None),
            ("a mark with more in it", comment(f"{mark} @all\n\n{fence}\n"), None),
            ("no suggestion", comment(f"{mark}\nWords\n"), None),
            ("words after it", comment(f"{mark}\nWords\n\n{fence}\n@all\n"), None),
            ("a word after it", comment(f"{mark}\nWords\n\n{fence}\n@all"), None),
            ("a fence that its lines end", comment(f"{mark}\nWords\n\n```suggestion\n````\n@all\n```\n"), None),
            ("a fence that nothing ends", comment(f"{mark}\nWords\n\n```suggestion\n@all\n"), None),
        ]:
            with self.subTest(what):
                review, ended = self.suggested({"body": "For @all", "event": "APPROVE", "commit_id": "x", "comments": [one]})
                whole = {"commit_id": self.base, "event": "COMMENT", "body": "For @\u200ball", "comments": [expected]}
                self.assertEqual((review, ended), (whole if expected else None, 0))
        self.assertEqual(len(self.suggested({"body": "", "comments": [comment()] * 50})[0]["comments"]), 20)
        one = json.dumps({"body": "", "comments": [comment()]})
        self.assertEqual(len(self.suggested(one + one)[0]["comments"]), 1)
        numbers = '{"body": 1, "comments": []}', '{"body": "", "comments": 7}'
        for wrong in ["", "no JSON", "[]", "{}", *numbers, " " * 300_001 + one, "[" * 100_000]:
            self.assertIsNone(self.suggested(wrong)[0], wrong[:20])
        self.write("secret.json", one)
        (self.root / "report/review.json").unlink()
        (self.root / "report/review.json").symlink_to(self.root / "secret.json")
        self.steps("casebook-comment", {"HEAD": "a:b", "SHA": self.base, "RUN": "https://example.org/run"})
        self.assertFalse((self.scratch / "review.json").exists())

    def test_a_pull_request_that_is_gone_gets_no_comment(self):
        (self.scratch / "pulls.json").write_text("[]")
        values = {"HEAD": "a:b", "SHA": self.base, "RUN": "https://example.org/run"}
        self.write("report/report.md", "Text.")
        self.assertEqual(set(self.steps("casebook-comment", values).values()), {0})
        self.assertNotIn("comments", self.asked())

    def test_faults_fail_the_check_and_are_told_at_their_lines(self):
        self.write("content/guides/one.md", PAGE.format(title="One", text="[x](nowhere-before.md)"))
        self.commit()
        base = self.run_in("git", "rev-parse", "HEAD")
        self.write("content/guides/two.md", PAGE.format(title="Two", text="[x](nowhere.md)"))
        self.commit()
        values = {"BASE": base, "HEAD": self.run_in("git", "rev-parse", "HEAD")}
        faults = {"Look for faults": 1}
        done = self.steps("casebook-check", values)
        self.assertEqual(done, faults | {"Say what it does to the site": 0, "Offer what a program can mend": 0})
        self.assertIn("::error", self.said)
        self.assertIn("file=content/guides/two.md", self.said)
        self.assertNotIn("nowhere-before", self.said)
        # On the main branch there is nothing to hold it against, and all of it counts.
        self.assertEqual(self.steps("casebook-check", {"BASE": ""})["Look for faults"], 1)
        self.assertIn("nowhere-before", self.faults)

    def issue(self, body):
        event = {"issue": {"number": 12, "title": WORSE, "body": body}}
        (self.scratch / "event.json").write_text(json.dumps(event), encoding="utf-8")
        return self.steps("casebook-issue", {"NUMBER": "12", "MAIN": "main"}, but=("Install Casebook", "Say why there is no page"))

    def test_an_issue_becomes_a_pull_request_of_one_page(self):
        done = self.issue(FORM.format(worse=WORSE))
        self.assertEqual(set(done.values()), {0}, done)
        changed = self.run_in("git", "--git-dir", str(self.scratch / "name/library"), "diff", "--name-only", "main", "casebook/issue-12")
        self.assertEqual(changed, "content/guides/a-guide-that-was-sent-in.md")
        self.assertIn("@everyone", (self.root / changed).read_text(encoding="utf-8"))
        asked = self.asked()
        self.assertIn("gh pr create --base main --head casebook/issue-12", asked)
        self.assertIn("Closes #12", asked)
        self.assertIn(f"gh workflow run casebook-check.yml --ref casebook/issue-12 --field base={self.base}", asked)
        self.run_in("casebook", "check", "--strict", "--drafts")

    def test_an_issue_that_was_corrected_renews_its_branch_and_its_pull_request(self):
        remote = ("git", "--git-dir", str(self.scratch / "name/library"))
        self.assertEqual(set(self.issue(FORM.format(worse="The first text.")).values()), {0})
        self.asked()
        # The next run begins with a new copy of the main branch.
        self.run_in("git", "switch", "--quiet", "main")
        self.run_in("git", "branch", "--quiet", "-D", "casebook/issue-12")
        (self.scratch / "known.txt").write_text("7\n")
        self.assertEqual(set(self.issue(FORM.format(worse="The second text.")).values()), {0}, getattr(self, "said", ""))
        page = "casebook/issue-12:content/guides/a-guide-that-was-sent-in.md"
        self.assertIn("The second text.", self.run_in(*remote, "show", page))
        asked = self.asked()
        self.assertIn("gh pr edit 7 --body-file", asked)
        self.assertNotIn("gh pr create", asked)
        self.assertIn("gh workflow run casebook-check.yml --ref casebook/issue-12", asked)

    def test_work_that_somebody_put_on_the_branch_of_an_issue_stays(self):
        remote = ("git", "--git-dir", str(self.scratch / "name/library"))
        self.assertEqual(set(self.issue(FORM.format(worse="The first text.")).values()), {0})
        self.write("content/guides/a-guide-that-was-sent-in.md", PAGE.format(title="A guide", text="By an editor."))
        self.commit()
        self.run_in("git", "push", "--quiet", remote[2], "casebook/issue-12")
        self.run_in("git", "switch", "--quiet", "main")
        self.run_in("git", "branch", "--quiet", "-D", "casebook/issue-12")
        self.assertEqual(list(self.issue(FORM.format(worse="The second text.")).values()), [0, 1])
        self.assertIn("By an editor.", self.run_in(*remote, "show", "casebook/issue-12:content/guides/a-guide-that-was-sent-in.md"))
        said = (self.scratch / "runner/said.txt").read_text(encoding="utf-8")
        self.assertIn("Somebody has worked on", said)
        self.assertNotIn("Wrote", said)

    def test_a_page_that_has_faults_yet_is_a_pull_request_that_says_them(self):
        form = FORM.format(worse="Text.").replace("What it is about.", "_No response_") + "\n### @everyone\n\nText.\n"
        self.assertEqual(set(self.issue(form).values()), {0}, getattr(self, "said", ""))
        body = self.asked().split("--body-file")[1].split("Closes #12\n\n")[1].split("gh workflow run")[0]
        self.assertIn("missing-field", body)
        self.assertIn("@everyone", body)
        # What is said stands as code: it calls nobody, and nothing in it is markup.
        self.assertEqual([line for line in body.splitlines() if line and not line.startswith("    ")], [])

    def test_what_is_said_of_a_long_issue_fits_into_a_pull_request(self):
        unknown = "".join(f"### Ö question that nobody asked {n}\n\nText.\n\n" for n in range(1_000))
        self.assertEqual(set(self.issue(FORM.format(worse="Text.") + "\n" + unknown).values()), {0}, getattr(self, "said", ""))
        body = self.asked().split("--body-file")[1].split("\n", 1)[1].split("gh workflow run")[0]
        self.assertGreater((self.scratch / "runner/about.txt").stat().st_size, 65_536)
        self.assertLess(len(body), 65_536)
        self.assertIn("\n    ", body)

    def test_an_issue_that_is_no_page_is_told_why(self):
        for body in ["", None, "Hello\n\n### Title\n\nNo kind"]:
            done = self.issue(body)
            self.assertEqual(list(done.values()), [1], body)
            steps = ("Install Casebook", "Make a page of the issue", "Make a pull request of the page")
            self.assertEqual(self.steps("casebook-issue", {"NUMBER": "12", "RUN": "https://example.org/run"}, but=steps), {"Say why there is no page": 0})
            asked = self.asked()
            self.assertIn("gh issue comment 12 --repo name/library", asked)
            self.assertIn("    issue.md", asked)
            self.assertEqual(self.run_in("git", "status", "--porcelain", "content"), "")


if __name__ == "__main__":
    unittest.main()
