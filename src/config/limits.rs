//! How large the files of a library may be, so that one by mistake does not take all of a machine.

use super::{Faults, keys};
use crate::diagnostic::Code;
use serde::Deserialize;
use serde_yaml::Value;

/// The greatest sizes, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of a text file: a page, a register, the settings.
    pub text: u64,
    /// Of one line of a text file.
    pub line: u64,
    /// Of any other file: a picture, a document.
    pub file: u64,
}

const MEGABYTE: u64 = 1_000_000;

impl Default for Limits {
    /// Many times what people write, and little enough to be read a hundred times a day.
    fn default() -> Self {
        Self { text: 10 * MEGABYTE, line: MEGABYTE, file: 200 * MEGABYTE }
    }
}

/// `limits:` as it is written: each a text such as `10 MB`, or a number of bytes.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Loose {
    text: Option<Value>,
    line: Option<Value>,
    file: Option<Value>,
}

pub(super) fn resolve(loose: Loose, faults: &mut Faults<'_>) -> Limits {
    let Loose { text, line, file } = loose;
    let usual = Limits::default();
    let mut limit = |name: &str, written: Option<Value>, usual: u64| {
        let Some(written) = written else { return usual };
        bytes(&written).unwrap_or_else(|| {
            let message = format!("The limit “{name}” is no size");
            let help = "Write a number and a unit (KB, MB or GB), such as 20 MB.";
            faults.report_path(&keys(&["limits", name]), Code::InvalidSettings, message, help);
            usual
        })
    };
    Limits {
        text: limit("text", text, usual.text),
        line: limit("line", line, usual.line),
        file: limit("file", file, usual.file),
    }
}

/// The bytes of `20 MB`, or of a plain number; `None` for what is no size, or none at all.
fn bytes(written: &Value) -> Option<u64> {
    let number = match written {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => {
            let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
            let unit = match text.get(digits.len()..)?.trim().to_ascii_uppercase().as_str() {
                "" | "B" | "BYTES" => 1,
                "KB" => 1_000,
                "MB" => MEGABYTE,
                "GB" => 1_000 * MEGABYTE,
                _ => return None,
            };
            digits.parse::<u64>().ok()?.checked_mul(unit)
        }
        _ => None,
    };
    number.filter(|number| *number > 0)
}

/// A size in words, not less than it is: `10 MB`, `900 KB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..MEGABYTE => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(MEGABYTE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_and_a_unit() {
        let of = |text: &str| bytes(&serde_yaml::from_str(text).unwrap());
        assert_eq!(of("20 MB"), Some(20_000_000));
        assert_eq!(of("5kb"), Some(5_000));
        assert_eq!(of("2 GB"), Some(2_000_000_000));
        assert_eq!(of("1234"), Some(1234));
        for wrong in ["0", "-1", "1.5 MB", "MB", "10 miles", "99999999999999 GB", "[1]", "true", "''"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
        assert_eq!([1, 1_000, 999_999, 10_000_001].map(size), ["1 bytes", "1 KB", "1000 KB", "11 MB"]);
    }
}
