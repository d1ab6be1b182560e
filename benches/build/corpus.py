#!/usr/bin/env python3
"""Writes a library of N pages for Casebook or one of its peers: the same text for each, the same every time.

    corpus.py --pages 10000 --out DIR [--system casebook|hugo|zola|eleventy] [--seed 1]

The words come from the pages of this repository, put together anew by chance: each word follows two that it follows
there. To these come invented words, a few of them often and most of them seldom, as names do in real texts. A page
has about 550 words, one to three of 24 themes, one of 150 councils, links to two others, and now and then a table or
a piece of code.
"""

import argparse
import itertools
import pathlib
import random
import re
import sys

import peers

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["case-studies"] * 16 + ["guides"] * 3 + ["packs"]
PARTS = "ash beck cold dun east fen glen holm ivel kirk long mar nor oak pen rad stan thorn wen yar".split()
ENDS = "borough bridge bury dale field ford ham hill ley mere port shire stead ton wick worth".split()
SOUNDS = "ba cre di fo gul har ki lo mun na pel ro si tav ul ven wy zo an eth or is".split()
THEMES = """adoption advice apprenticeships arts budgets celebration communication education employment fostering
friendship governance health housing leaving-care mentoring participation police research scrutiny sport training
transport voice""".split()


class Writer:
    """Texts by chance."""

    def __init__(self, seed, pages):
        self.chance = random.Random(seed)
        texts = sorted((ROOT / "content").rglob("*.md"))
        plain = " ".join(re.sub(r"(?s)^---.*?\n---\n|```.*?```|\]\([^)]*\)", " ", p.read_text("utf8")) for p in texts)
        words = re.findall(r"[A-Za-z][A-Za-z'’-]*[,;]?", plain)
        self.follows = {}
        for first, second, third in zip(words, words[1:], words[2:]):
            self.follows.setdefault((first, second), []).append(third)
        self.starts = list(self.follows)
        # The number of different words grows with a library, more slowly than the library (Heaps' law).
        count = max(400, int(140 * pages**0.6))
        self.invented = ["".join(self.chance.choices(SOUNDS, k=self.chance.randint(2, 4))) for _ in range(count)]

    def words(self, count):
        chance = self.chance
        pair = chance.choice(self.starts)
        words = list(pair)
        while len(words) < count:
            follows = self.follows.get(pair)
            if follows is None:
                pair = chance.choice(self.starts)
                continue
            word = follows[int(chance.random() * len(follows))]
            pair = (pair[1], word)
            if chance.random() < 0.03:
                word = self.invented[int(len(self.invented) * chance.random() ** 3)]
            words.append(word)
        return " ".join(words[:count]).rstrip(",;")

    def sentence(self, least, most):
        text = self.words(self.chance.randint(least, most))
        return text[0].upper() + text[1:] + "."

    def phrase(self, least, most):
        return re.sub("[,;]", "", self.words(self.chance.randint(least, most))).lower()

    def paragraph(self, least, most):
        return " ".join(self.sentence(8, 22) for _ in range(self.chance.randint(least, most)))


def councils(seed):
    names = sorted({part.capitalize() + end for part, end in itertools.product(PARTS, ENDS)})
    return sorted(random.Random(seed).sample(names, 150))


def slug(text):
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def library(pages, seed):
    """Each page as a dictionary; its body has `@@number@@` where a link leads to another page."""
    writer, places = Writer(seed, pages), councils(seed)
    chance = writer.chance
    heads = []
    for number in range(pages):
        council = chance.choice(places)
        title = f"{council}: {writer.phrase(4, 8)}"
        heads.append({
            "folder": chance.choice(FOLDERS),
            "council": council,
            "title": title,
            "name": f"{slug(title)[:56].strip('-')}-{number}",
            "themes": sorted(chance.sample(THEMES, chance.randint(1, 3))),
            "date": f"{chance.randint(2008, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        })
    for head in heads:
        blocks = [writer.paragraph(2, 4)]
        for section in range(chance.randint(3, 6)):
            blocks += [f"## {writer.phrase(2, 5).capitalize()}", writer.paragraph(4, 7)]
            if section == 0:
                blocks.append("\n".join(f"- {writer.sentence(7, 12)}" for _ in range(4)))
            if section == 1:
                for _ in range(2):
                    other = chance.randrange(pages)
                    blocks.append(f"See [{heads[other]['title']}](@@{other}@@) for **more** of {writer.phrase(3, 5)}.")
        if chance.random() < 0.2:
            rows = [f"| {writer.phrase(2, 4)} | {chance.randint(1, 99)} | {chance.randint(1, 99)} |" for _ in range(4)]
            blocks.append("\n".join(["| What | Before | After |", "| --- | --- | --- |", *rows]))
        if chance.random() < 0.025:
            blocks.append("```python\ndef share(rows):\n    return sum(row.good for row in rows) / len(rows)\n```")
        head["summary"] = writer.sentence(14, 20)
        head["body"] = "\n\n".join(blocks) + "\n"
        yield head, heads


def write(pages, system, out, seed=1):
    """Writes the library into a folder that is not there yet."""
    peer = peers.PEERS[system]
    for path, text in peer.files(THEMES, [(slug(name), name) for name in councils(seed)]).items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text)
    for folder in set(FOLDERS):
        (out / "content" / folder).mkdir(parents=True, exist_ok=True)
    for page, heads in library(pages, seed):
        body = re.sub(r"@@(\d+)@@", lambda found: peer.link(heads[int(found[1])]), page["body"])
        text = f"---\n{peer.front(page, slug(page['council']))}---\n\n{body}"
        (out / "content" / page["folder"] / f"{page['name']}.md").write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--system", choices=sorted(peers.PEERS), default="casebook")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.out.exists() and any(asked.out.iterdir()):
        sys.exit(f"{asked.out} is not empty")
    write(asked.pages, asked.system, asked.out, asked.seed)


if __name__ == "__main__":
    main()
