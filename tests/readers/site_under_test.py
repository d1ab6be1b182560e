"""The built site that the tests look at, and a tiny library that they build themselves.

SITE is the folder of a built site, CASEBOOK the program.
"""

import functools
import os
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

SITE = Path(os.environ["SITE"]).resolve()
CASEBOOK = str(Path(os.environ["CASEBOOK"]).resolve())

# The moment of every build here that names no other.
NOW = "2026-11-22T09:00"

SETTINGS = """\
title: Tŷ Agored
description: What works.
base_url: https://library.example/
"""

WEEK = """\
---
title: The week
summary: A week in October.
start: 2027-10-25
end: 2027-11-01
confirmed: no
published: 2026-11-21
---
"""

PACK = """\
---
title: Pack for the week
summary: What to say, and when.
published: {published}
campaign: week
messages: [Ask first.]
posts:
  - channel: x
    text: "Heddiw mae {{{{council}}}} yn dechrau’r wythnos. Tŷ, ŵyl a chartref i bawb, meddai pawb o’r cyngor heddiw."
    image: door.png
    alt: A door stands open.
    when: 2027-10-25T09:00
  - channel: facebook
    text: |-
      First line

      Second line, "quoted"; with a comma
    when: 2027-11-01T09:00
  - channel: newsletter
    text: "=1+1 is what it opens with"
    when: 2027-10-26T09:00
press_release:
  headline: "{{{{council}}}} makes a promise"
  body: |
    {{{{council}}}} is marking the week. {{{{speaker}}}} said so.
  placeholders:
    - name: council
      label: Council name
    - name: speaker
      label: Who speaks
checklist:
  - task: Ask young people what they want
    due_days: -14
  - task: Report to the board, and say when; in public
    due_days: 35
assets:
  - file: door.png
    alt: A door stands open.
    credit: Exampleshire Council
    licence: CC0 1.0
    consent_until: 2027-12-31
---

Read this first.[^1]

[^1]: Counted in March.

## Before

- one
  - within it

1. first
2. second

### What we know

| Year | Young people |
| --- | ---: |
| 2025 | 40 |
| 2026 | 80 |

## After

[Our site](https://library.example/about/) says **more**.
"""

def png():
    """A grey picture of 40 by 20 pixels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * 40 for _ in range(20))
    header = struct.pack(">IIBBBBB", 40, 20, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


class Library:
    """A library of a week and its pack in a folder that goes with it."""

    def __init__(self, published="2026-11-21"):
        self.root = Path(tempfile.mkdtemp(prefix="casebook-readers-"))
        pack = self.root / "content" / "packs" / "week-2027"
        events = self.root / "content" / "events"
        pack.mkdir(parents=True)
        events.mkdir(parents=True)
        (self.root / "casebook.yaml").write_text(SETTINGS, encoding="utf-8")
        (events / "week.md").write_text(WEEK, encoding="utf-8")
        (pack / "index.md").write_text(PACK.format(published=published), encoding="utf-8")
        (pack / "door.png").write_bytes(png())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root)

    def build(self, now=NOW):
        """Builds the site, and says where its pack is."""
        command = [CASEBOOK, "build", "--root", str(self.root), "--now", now]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return self.root / "public" / "packs" / "week-2027"

    def file(self, name):
        """A file of the built site."""
        return self.root / "public" / name


def of_ending(ending):
    """The files of the site that end so, by their paths there."""
    return {str(path.relative_to(SITE)): path for path in sorted(SITE.rglob(f"*{ending}"))}


def of_each(test):
    """A test of each thing in `things` of its class by itself, so that one that fails hides no other."""

    @functools.wraps(test)
    def run(self):
        for name, thing in self.things.items():
            with self.subTest(name):
                test(self, thing)

    return run


def downloads(library):
    """Every file that a build made to be taken away, by its path in the site."""
    public = library.root / "public"
    endings = {".csv", ".docx", ".ics", ".pdf", ".txt", ".zip"}
    found = (path for path in sorted(public.rglob("*")) if path.suffix in endings)
    return {str(path.relative_to(public)): path.read_bytes() for path in found}
