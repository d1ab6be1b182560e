//! Addresses and numbers that are no person's: those of teams and of organisations, and those kept free for examples.

/// Parts of the names of hosts that name nobody.
const SUFFIXES: [&str; 10] = ["ac", "co", "com", "gov", "ltd", "net", "nhs", "org", "sch", "www"];

/// Words of more letters than these tell wherever they stand in the name of a mailbox; shorter ones may be in a name.
const SHORT: usize = 4;

/// Numbers that nobody has, without the zero before them: Ofcom keeps them free for drama and for examples ("Numbers for
/// use in TV and radio drama").
const DRAMA: [&str; 18] = [
    "113496", "114496", "115496", "116496", "117496", "118496", "121496", "131496", "141496", "151496", "161496",
    "1632960", "191498", "207946", "289649", "292018", "7700900", "3069990",
];

/// True for the mailbox of a team or of an organisation, and for one that can't be.
pub(super) fn is_shared(mail: &str, mailboxes: &[String]) -> bool {
    let lower = mail.to_lowercase();
    let Some((name, host)) = lower.rsplit_once('@') else { return false };
    let parts = || name.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty());
    let is_named = |word: &String| match word.chars().count() {
        0..=SHORT => parts().any(|part| part.ends_with(word.as_str())),
        _ => name.contains(word.as_str()),
    };
    let mut labels = host.split('.').filter(|label| label.len() > 2 && !SUFFIXES.contains(label));
    is_example(host)
        || mailboxes.iter().any(is_named)
        || labels.any(|label| parts().any(|part| part.starts_with(label)))
}

/// True for a host that RFC 2606 and RFC 6761 keep for examples.
fn is_example(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    match labels.next() {
        Some("example" | "test" | "invalid" | "localhost") => true,
        Some("com" | "net" | "org") => labels.next() == Some("example"),
        _ => false,
    }
}

/// True for a number of the United Kingdom that a person may have. Others are charged alike from everywhere, end in the
/// noughts of a switchboard, or are nobody's.
pub(super) fn may_be_a_persons(written: &str) -> bool {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("44").unwrap_or(&digits);
    let national = national.trim_start_matches('0');
    matches!(national.len(), 9 | 10)
        && national.starts_with(['1', '2', '7'])
        && !national.ends_with("000")
        && !DRAMA.iter().any(|free| national.starts_with(free))
}

/// The lines of an address that end at a place: what stands there without a longer word in small letters, or the end of a
/// sentence, in between.
pub(super) fn address_before(words: &str, end: usize) -> &str {
    let before = words.get(..end).unwrap_or_default();
    let is_address = |word: &str| {
        let small = word.starts_with(char::is_lowercase) && word.chars().filter(|c| c.is_alphabetic()).count() > 3;
        !small && !word.ends_with(['.', '!', '?', ';', ':'])
    };
    let mut start = end;
    for word in before.split_inclusive(char::is_whitespace).rev() {
        if !is_address(word.trim_end()) {
            break;
        }
        start -= word.len();
    }
    words.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_of_teams_are_told_from_those_of_people() {
        let mailboxes = ["info", "policy", "care"].map(str::to_owned);
        for (mail, expected) in [
            ("jane.doe@northam.gov.uk", false),
            ("ymcareyes@northam.gov.uk", false),
            ("m.carey@northam.gov.uk", false),
            ("leaving.care@northam.gov.uk", true),
            ("leavingcare2@northam.gov.uk", true),
            ("iqts.policyteam@northam.gov.uk", true),
            ("northamyouth@northam.gov.uk", true),
            ("orgill@northam.org.uk", false),
            ("jane.doe@example.org", true),
            ("jane.doe@sub.example.com", true),
            ("jane.doe@northam.example", true),
            ("jane.doe@example.org.uk", false),
            // Two letters of a host are those of a country, not of a team.
            ("ukridge@northam.gov.uk", false),
        ] {
            assert_eq!(is_shared(mail, &mailboxes), expected, "{mail}");
        }
    }

    #[test]
    fn numbers_of_people_are_told_from_others() {
        for (number, expected) in [
            ("01632 123456", true),
            ("+44 1632 123456", true),
            ("07000 000001", true),
            ("01632 123000", false),
            ("01632 960123", false),
            ("07700 900123", false),
            ("0300 123 4567", false),
            ("01632 1234", false),
        ] {
            assert_eq!(may_be_a_persons(number), expected, "{number}");
        }
    }

    #[test]
    fn an_address_ends_at_its_postcode() {
        for (words, expected) in [
            ("Write to us. Town Hall, 2 High Street, ", "Town Hall, 2 High Street, "),
            ("Department for Children and Families, Northam ", "Department for Children and Families, Northam "),
            ("Northam Council moved him to ", "him to "),
            ("Council: 2 High Street, ", "2 High Street, "),
        ] {
            let words = format!("{words}HR1 2AB");
            let end = words.len() - "HR1 2AB".len();
            assert_eq!(address_before(&words, end), expected, "{words}");
        }
    }
}
