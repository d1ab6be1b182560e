//! How a spreadsheet shows a number (ISO/IEC 29500-1, 18.8.30): what somebody typed as a date, a price or a share is a
//! number in the file, and its format alone says which.

use jiff::{ToSpan as _, civil};

/// What a format makes of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// The number as it is.
    #[default]
    General,
    /// A day, an hour of the day, or both.
    Moment(Shown),
    /// How long something took.
    Length,
    /// Figures with words around them.
    Figures(Figures),
}

/// The parts of a moment that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    year: bool,
    month: bool,
    day: bool,
    hour: bool,
}

/// Figures with words around them: `£1,250.50`, `45%`, `12 people`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    before: String,
    behind: String,
    /// How many figures there are at least before the point, and behind it.
    whole: usize,
    parts: usize,
    grouped: bool,
    percent: bool,
}

impl Format {
    /// The format that goes by a number and that no workbook spells out.
    pub fn built_in(id: u32) -> Self {
        let code = match id {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 | 41 | 42 => "#,##0",
            4 | 39 | 40 | 43 | 44 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            17 => "mmm-yy",
            14..=16 | 27..=31 | 36 | 50..=58 => "d/m/yyyy",
            18..=21 | 32..=35 => "h:mm",
            22 => "d/m/yyyy h:mm",
            45..=47 => "[h]:mm",
            _ => "General",
        };
        Self::of(code)
    }

    /// The format that a code describes. Of its sections the first counts; what it is for, such as numbers above a
    /// hundred, changes how a value looks and not what it is.
    pub fn of(code: &str) -> Self {
        let pieces = pieces(code);
        let has =
            |wanted: &[char]| pieces.iter().any(|piece| matches!(piece, Piece::Mark(mark) if wanted.contains(mark)));
        if pieces.contains(&Piece::Elapsed) {
            return Self::Length;
        }
        if has(&['y', 'd', 'm', 'h', 's']) {
            let (year, day, hour) = (has(&['y']), has(&['d']), has(&['h', 's']));
            // Beside an hour alone, an `m` is one of minutes, or of “AM/PM”.
            return Self::Moment(Shown { year, day, hour, month: has(&['m']) && (year || day || !hour) });
        }
        // Powers of ten, fractions, and texts: what they show is less than the number, or no other.
        if has(&['e', '/', '@', 'g']) || !has(&['0', '#', '?']) {
            return Self::General;
        }
        Self::Figures(figures(&pieces))
    }

    /// A number as people see it in its cell, but with all of its figures. `None` for a date that there is not.
    pub fn shown(&self, number: f64, from_1904: bool) -> Option<String> {
        match self {
            Self::General => Some(plain(number)),
            Self::Moment(shown) => shown.text(number, from_1904),
            Self::Length => {
                let seconds = (number * DAY).round();
                Some(format!("{}{}", (seconds / HOUR).trunc(), minutes(seconds.abs() % HOUR)))
            }
            Self::Figures(figures) => Some(figures.text(number)),
        }
    }
}

/// A piece of the first section of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// A sign that stands for something, in lower case.
    Mark(char),
    /// Words that are shown as they are.
    Words(String),
    /// Hours, minutes or seconds that are counted and not told by the clock.
    Elapsed,
}

fn pieces(code: &str) -> Vec<Piece> {
    let code = if code.eq_ignore_ascii_case("general") { "g" } else { code };
    let (mut pieces, mut rest) = (Vec::new(), code.chars());
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => pieces.push(Piece::Words(rest.by_ref().take_while(|c| *c != '"').collect())),
            '\\' => pieces.extend(rest.next().map(|c| Piece::Words(c.to_string()))),
            // As wide as the next sign, and that sign until the cell is full.
            '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let sign = inside.strip_prefix('$').and_then(|money| money.split('-').next());
                let counts = |c: char| "hmsHMS".contains(c);
                match sign {
                    Some(sign) => pieces.push(Piece::Words(sign.to_owned())),
                    None if !inside.is_empty() && inside.chars().all(counts) => pieces.push(Piece::Elapsed),
                    None => {}
                }
            }
            '0' | '#' | '?' | '.' | ',' | '%' | '/' | '@' => pieces.push(Piece::Mark(c)),
            c if c.is_ascii_alphabetic() => pieces.push(Piece::Mark(c.to_ascii_lowercase())),
            c => pieces.push(Piece::Words(c.to_string())),
        }
    }
    pieces
}

fn figures(pieces: &[Piece]) -> Figures {
    let mut figures = Figures::default();
    let (mut begun, mut in_parts) = (false, false);
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Mark('0') if in_parts => figures.parts += 1,
            Piece::Mark('0') => (figures.whole, begun) = (figures.whole + 1, true),
            Piece::Mark('#' | '?') => begun = true,
            Piece::Mark('.') => in_parts = true,
            // Behind the last figure it divides by a thousand, which is no longer the number.
            Piece::Mark(',') => figures.grouped |= matches!(pieces.get(at + 1), Some(Piece::Mark('0' | '#' | '?'))),
            Piece::Mark('%') => figures.percent = true,
            Piece::Words(words) if begun => figures.behind.push_str(words),
            Piece::Words(words) => figures.before.push_str(words),
            _ => {}
        }
    }
    figures
}

impl Figures {
    fn text(&self, number: f64) -> String {
        let number = if self.percent { number * 100.0 } else { number };
        let figures = plain(number.abs());
        let (whole, parts) = figures.split_once('.').unwrap_or((&figures, ""));
        let whole = format!("{whole:0>least$}", least = self.whole);
        let mut text = if self.grouped { grouped(&whole) } else { whole };
        if self.parts.max(parts.len()) > 0 {
            text.push_str(&format!(".{parts:0<least$}", least = self.parts));
        }
        let sign = if number < 0.0 { "-" } else { "" };
        let percent = if self.percent { "%" } else { "" };
        format!("{sign}{}{text}{percent}{}", self.before.trim_start(), self.behind.trim_end())
    }
}

/// Commas between groups of three.
fn grouped(whole: &str) -> String {
    let mut text = String::new();
    for (at, c) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text
}

impl Shown {
    fn text(self, number: f64, from_1904: bool) -> Option<String> {
        let seconds = (number * DAY).round();
        let (day, second) = ((seconds / DAY).floor(), seconds.rem_euclid(DAY));
        let hour = format!("{:02}{}", (second / HOUR).floor(), minutes(second % HOUR));
        let is_hour_alone = !(self.year || self.month || self.day);
        // The day before the first is none, whatever the format shows: an hour alone, or a cell that counts as empty.
        if (is_hour_alone || !from_1904) && number < 1.0 {
            return (self.hour && number >= 0.0).then_some(hour);
        }
        let date = date(day, from_1904)?.to_string();
        Some(match self {
            _ if self.hour && second != 0.0 => format!("{date} {hour}"),
            Self { year: true, month: true, day: false, .. } => date.get(..7)?.to_owned(),
            Self { year: true, month: false, day: false, .. } => date.get(..4)?.to_owned(),
            _ => date,
        })
    }
}

/// How many seconds there are in a day and in an hour.
const DAY: f64 = 86_400.0;
const HOUR: f64 = 3600.0;

/// What stands behind an hour: `:30`, and `:30:15` where there are seconds.
fn minutes(seconds: f64) -> String {
    let (minutes, seconds) = ((seconds / 60.0).floor(), seconds % 60.0);
    if seconds == 0.0 { format!(":{minutes:02}") } else { format!(":{minutes:02}:{seconds:02}") }
}

/// The day of a number. Excel counts a 29 February 1900 that never was, so days before it are one later.
fn date(day: f64, from_1904: bool) -> Option<civil::Date> {
    /// The last day that Excel has: 31 December 9999.
    const LAST: f64 = 2_958_465.0;
    if !(0.0..=LAST).contains(&day) {
        return None;
    }
    let (year, month, first) = match from_1904 {
        true => (1904, 1, 1),
        false if day < 60.0 => (1899, 12, 31),
        false => (1899, 12, 30),
    };
    #[allow(clippy::cast_possible_truncation, reason = "held against both ends above")]
    let days = day as i64;
    civil::Date::new(year, month, first).ok()?.checked_add(days.days()).ok()
}

/// A number with the fifteen figures that a spreadsheet keeps, and no more of them than it needs.
pub(super) fn plain(number: f64) -> String {
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // There is a zero below zero.
    format!("{}", kept + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_its_cell_shows() {
        for (code, number, shown) in [
            ("General", 2011.0, "2011"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", -0.0, "0"),
            ("@", 7.0, "7"),
            ("0", 12.0, "12"),
            ("00000", 1582.0, "01582"),
            ("0.00", 1250.5, "1250.50"),
            ("#,##0", 1_250_000.0, "1,250,000"),
            ("#,##0.00_);[Red](#,##0.00)", -1250.5, "-1,250.50"),
            ("\"£\"#,##0.00", 1250.5, "£1,250.50"),
            ("[$£-809]#,##0", 999.25, "£999.25"),
            ("_-[$£-809]* #,##0.00_-;-[$£-809]* #,##0.00_-", 3.0, "£3.00"),
            ("#,##0.00\\ [$€-407]", 5.0, "5.00 €"),
            ("0%", 0.45, "45%"),
            ("0.0%", 0.1234, "12.34%"),
            ("0\" people\"", 12.0, "12 people"),
            ("0.00E+00", 1250.0, "1250"),
            ("# ?/?", 0.5, "0.5"),
            ("d/m/yyyy", 46_712.0, "2027-11-21"),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", 46_712.0, "2027-11-21"),
            ("mmm-yy", 46_692.0, "2027-11"),
            ("yyyy", 46_692.0, "2027"),
            ("d mmm", 46_712.0, "2027-11-21"),
            ("yyyy\\-mm\\-dd\\Thh:mm", 46_712.395_833_333, "2027-11-21 09:30"),
            ("d/m/yyyy h:mm", 46_712.0, "2027-11-21"),
            ("h:mm AM/PM", 0.895_833_333, "21:30"),
            ("h:mm", 46_712.5, "2027-11-21 12:00"),
            ("d/m/yyyy h:mm", 0.375, "09:00"),
            ("[h]:mm:ss", 1.5, "36:00"),
            ("[mm]:ss", -0.000_347_222, "-0:00:30"),
            ("d/m/yyyy", 1.0, "1900-01-01"),
            ("d/m/yyyy", 61.0, "1900-03-01"),
        ] {
            assert_eq!(Format::of(code).shown(number, false).as_deref(), Some(shown), "{code} {number}");
        }
        assert_eq!(Format::built_in(14).shown(0.0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(Format::built_in(9).shown(0.07, false).as_deref(), Some("7%"));
        for wrong in [-1.0, 0.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Format::built_in(14).shown(wrong, false), None, "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_format_shows_any_number(code in "\\PC{0,20}|[0#?.,%ymdhs\"\\\\\\[\\]$;_*/ ]{0,20}", number: f64) {
            let _ = Format::of(&code).shown(number, false);
        }
    }
}
