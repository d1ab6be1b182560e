//! What `git diff` says, taken apart: which lines of which files came, with those around them.

/// Lines that changed together, in the file as it is now.
pub(super) struct Hunk<'a> {
    /// The file's path now; none where the file is gone.
    pub(super) path: Option<String>,
    /// The number of the first of its lines; where there are none, that of the line before it.
    pub(super) first: usize,
    /// The lines that came and those around them, each without its line feed.
    pub(super) now: Vec<&'a str>,
}

/// The hunks of a diff with any number of lines around the changes.
pub(super) fn hunks(diff: &str) -> Vec<Hunk<'_>> {
    let mut hunks = Vec::new();
    let mut path = None;
    let mut lines = diff.split('\n');
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("+++ ") {
            path = Some(name.trim_end_matches('\t')).filter(|name| *name != "/dev/null").map(unquoted);
        } else if let Some((old, first, new)) = line.strip_prefix("@@ -").and_then(header) {
            hunks.push(Hunk { path: path.clone(), first, now: lines_now(&mut lines, old, new) });
        }
    }
    hunks
}

/// The lines of a hunk that are there now. They are counted, as a line of the text may itself begin like a header.
fn lines_now<'a>(lines: &mut impl Iterator<Item = &'a str>, mut old: usize, mut new: usize) -> Vec<&'a str> {
    let mut now = Vec::new();
    while old + new > 0
        && let Some(line) = lines.next()
    {
        let (sign, text) = line.split_at_checked(1).unwrap_or((" ", ""));
        if sign == " " || sign == "-" {
            old = old.saturating_sub(1);
        }
        if sign == " " || sign == "+" {
            new = new.saturating_sub(1);
            now.push(text);
        }
    }
    now
}

/// How many lines there were, and the first and the number of those that are there now, of `12,3 +14,2 @@`.
fn header(header: &str) -> Option<(usize, usize, usize)> {
    let mut sides = header.split(" @@").next()?.split(" +");
    let side = |side: &str| {
        let (start, count) = side.split_once(',').unwrap_or((side, "1"));
        Some((start.parse::<usize>().ok()?, count.parse::<usize>().ok()?))
    };
    let (_, old) = side(sides.next()?)?;
    let (first, new) = side(sides.next()?)?;
    Some((old, first, new))
}

/// A name as git writes it: where it has a quotation mark or a character that is no ASCII, in quotation marks and with
/// each such byte in octal.
fn unquoted(name: &str) -> String {
    let Some(inside) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) else {
        return name.to_owned();
    };
    let mut bytes = Vec::new();
    let mut rest = inside.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(first @ b'0'..=b'3') => {
                let digits = [Some(first), rest.next(), rest.next()].into_iter().flatten();
                bytes.push(
                    digits.fold(0u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit.wrapping_sub(b'0'))),
                );
            }
            Some(b't') => bytes.push(b'\t'),
            Some(b'n') => bytes.push(b'\n'),
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
