//! The lines of iCalendar (RFC 5545, section 3.1): folded, with their texts escaped.

/// The most octets of a line, without its end.
const OCTETS: usize = 75;

/// Lines that are written.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A property with a value that needs no escaping.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut length = 0;
        for c in line.chars().filter(|c| !c.is_control()) {
            if length + c.len_utf8() > OCTETS {
                self.0.push_str("\r\n ");
                // The space counts.
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is text (section 3.3.11).
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len());
        for c in text.replace("\r\n", "\n").chars() {
            match c {
                '\\' | ';' | ',' => value.extend(['\\', c]),
                '\n' => value.push_str("\\n"),
                c => value.push(c),
            }
        }
        self.put(name, &value);
    }

    /// All of them.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, text: &str) -> String {
        let mut lines = Lines::default();
        lines.text(name, text);
        String::from_utf8(lines.bytes()).unwrap()
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_character_is_split() {
        let text = "ŵ".repeat(200);
        let written = written("SUMMARY", &text);
        let lines: Vec<&str> = written.strip_suffix("\r\n").unwrap().split("\r\n").collect();
        assert!(lines.iter().all(|line| (73..=OCTETS).contains(&line.len()) || lines.last() == Some(line)));
        assert_eq!(written.replace("\r\n ", ""), format!("SUMMARY:{text}\r\n"));
        assert!(lines.len() > 4);
    }

    #[test]
    fn a_text_can_not_become_a_property() {
        assert_eq!(written("SUMMARY", "a\r\nEND:VEVENT\rX:y\0; \\n"), "SUMMARY:a\\nEND:VEVENTX:y\\; \\\\n\r\n");
    }
}
