#!/usr/bin/env python3
"""Measures builds. Each prints a table of Markdown, medians of several runs; progress goes to standard error.

    measure.py compare [PAGES]   the floor, Casebook, and Hugo, Zola and Eleventy where they are installed, in turn
    measure.py scale [SMALL] [LARGE]   time and peak memory of two libraries
    measure.py again [PAGES]     a build from nothing, and one after which nothing has changed
    measure.py start             how long `casebook --version` takes

Needed: Python 3.9 and Rust, or a `casebook` (CASEBOOK=path). The libraries are made by corpus.py. Nothing else may run
beside it. It works in memory where there is /dev/shm, or in --work DIR, which keeps the libraries for the next time.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import corpus
import peers

ROOT = corpus.ROOT


def say(text):
    print(text, file=sys.stderr, flush=True)


def made_by_cargo(kind, name):
    """The program that Cargo makes of a target."""
    command = ["cargo", "build", "--release", "--message-format", "json", kind, name]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    made = [message for message in map(json.loads, said.splitlines()) if message.get("executable")]
    return next(message["executable"] for message in made if message["target"]["name"] == name)


def casebook():
    return os.path.abspath(os.environ["CASEBOOK"]) if "CASEBOOK" in os.environ else made_by_cargo("--bin", "casebook")


def run(command, inside=None):
    """Runs a command; gives its seconds and its peak memory in MiB."""
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=inside, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{said.decode(errors='replace')[-2000:]}")
    # Darwin counts bytes, the others KiB.
    return seconds, used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def remove(folder):
    for name in ["public", ".casebook", ".public.casebook", "resources", ".hugo_build.lock"]:
        path = folder / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


class Library:
    """A library as one program wants it; one that is there already serves again."""

    def __init__(self, work, system, pages):
        self.system, self.pages, self.folder = system, pages, work / f"{system}-{pages}"
        if not self.folder.exists():
            say(f"writing {pages} pages for {system}")
            half = self.folder.with_suffix(".part")
            shutil.rmtree(half, ignore_errors=True)
            corpus.write(pages, system, half)
            half.rename(self.folder)

    def build(self, program):
        peer = peers.PEERS[self.system]
        inside = self.folder if getattr(peer, "inside", False) else None
        place = [] if inside else [self.folder]
        spent = run([program, *peer.command[1:], *place, *getattr(peer, "after", [])], inside)
        made = sum(1 for _ in (self.folder / "public").rglob("index.html"))
        if made < self.pages:
            sys.exit(f"{self.system} made {made} of {self.pages} pages")
        return spent

    def build_from_nothing(self, program):
        remove(self.folder)
        return self.build(program)


def median(numbers):
    return statistics.median(numbers)


def table(head, rows):
    print(f"| {' | '.join(head)} |\n|{' --- |' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def compare(work, asked):
    pages = asked.sizes[0] if asked.sizes else 10_000
    programs = {"casebook": casebook()}
    programs |= {name: path for name in ["hugo", "zola", "eleventy"] if (path := shutil.which(name))}
    for name in sorted(set(peers.PEERS) - set(programs)):
        say(f"{name} is not installed, and left out")
    floor = made_by_cargo("--bench", "floor")
    libraries = {name: Library(work, name, pages) for name in programs}

    def least():
        out = work / "floor"
        shutil.rmtree(out, ignore_errors=True)
        return run([floor, libraries["casebook"].folder / "content", out])

    spent = {name: [] for name in ["floor", *programs]}
    # One more than counts: the first fills the caches.
    for turn in range(asked.runs + 1):
        for name in spent:
            say(f"{name}, {turn} of {asked.runs}")
            result = least() if name == "floor" else libraries[name].build_from_nothing(programs[name])
            spent[name] += [result] if turn else []
    own = [seconds for seconds, _ in spent["casebook"]]
    rows = []
    for name, results in spent.items():
        ratio = median(ours / theirs for ours, (theirs, _) in zip(own, results))
        seconds, memory = (median(column) for column in zip(*results))
        rows.append([name, f"{seconds:.2f} s", f"{memory:.0f} MiB", f"{ratio:.3f}"])
    table([f"{pages} pages", "time", "peak memory", "Casebook's time to this"], rows)


def scale(work, asked):
    sizes = asked.sizes or [10_000, 100_000]
    program, rows, times = casebook(), [], []
    for pages in sizes:
        library = Library(work, "casebook", pages)
        results = [library.build_from_nothing(program) for _ in range(asked.runs + 1)][1:]
        seconds, memory = (median(column) for column in zip(*results))
        times.append(seconds)
        rows.append([str(pages), f"{seconds:.2f} s", f"{memory:.0f} MiB", f"{seconds / times[0]:.1f}"])
        remove(library.folder)
    table(["pages", "time", "peak memory", "times the first"], rows)


def stamps(folder):
    return {path: path.stat().st_mtime_ns for path in (folder / "public").rglob("*") if path.is_file()}


def again(work, asked):
    pages = asked.sizes[0] if asked.sizes else 10_000
    program, library = casebook(), Library(work, "casebook", pages)
    first, second = [], []
    for turn in range(asked.runs + 1):
        one = library.build_from_nothing(program)
        before = stamps(library.folder)
        two = library.build(program)
        if stamps(library.folder) != before:
            sys.exit("the second build touched files")
        if turn:
            first.append(one)
            second.append(two)
    rows = []
    for name, results in [("from nothing", first), ("again", second)]:
        seconds, memory = (median(column) for column in zip(*results))
        rows.append([name, f"{seconds:.2f} s", f"{memory:.0f} MiB"])
    table([f"{pages} pages", "time", "peak memory"], rows)
    ratio = median(two / one for (one, _), (two, _) in zip(first, second))
    print(f"\nThe second build took {ratio:.2f} of the first. No file was touched.")


def start(work, asked):
    program = casebook()
    times = [run([program, "--version"])[0] for _ in range(200)][100:]
    print(f"`casebook --version`: {median(times) * 1000:.1f} ms, median of 100, the start of a process included.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["compare", "scale", "again", "start"])
    parser.add_argument("sizes", type=int, nargs="*", help="how many pages")
    parser.add_argument("--runs", type=int, default=5, help="how many runs count [5]")
    parser.add_argument("--work", type=pathlib.Path, help="works there and keeps the libraries")
    asked = parser.parse_args()
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    work = asked.work or pathlib.Path(tempfile.mkdtemp(prefix="casebook-", dir=memory))
    work.mkdir(parents=True, exist_ok=True)
    try:
        {"compare": compare, "scale": scale, "again": again, "start": start}[asked.what](work.resolve(), asked)
    finally:
        if not asked.work:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
