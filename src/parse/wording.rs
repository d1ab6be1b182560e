//! Advice files of a theme: `advice/<language>.yaml`.

use crate::model::{Better, People, ReadingAge, Wording};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LooseWording {
    longest_sentence: Option<usize>,
    reading_age: Option<ReadingAge>,
    #[serde(default)]
    stops: Vec<String>,
    #[serde(default)]
    known: Vec<String>,
    #[serde(default)]
    plain: BTreeMap<String, Say>,
    #[serde(default)]
    spelling: BTreeMap<String, Say>,
    #[serde(default)]
    care: Vec<LooseBetter>,
    #[serde(default)]
    people: People,
    #[serde(default)]
    picture_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseBetter {
    words: Vec<String>,
    say: Say,
    #[serde(default)]
    why: String,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
}

/// One thing to say, or several to choose from.
#[derive(Deserialize)]
#[serde(untagged)]
enum Say {
    One(String),
    Some(Vec<String>),
}

impl Say {
    fn all(self) -> Vec<String> {
        match self {
            Self::One(say) => vec![say],
            Self::Some(say) => say,
        }
    }
}

/// Lays the advice of a nearer theme over that of one further up: a single value takes the place of the other, a list
/// goes on, and of what is said of one word twice the last counts.
pub(super) fn laid(over: LooseWording, under: &mut Wording) {
    let LooseWording { longest_sentence, reading_age, stops, known, plain, spelling, care, people, picture_names } =
        over;
    under.longest_sentence = longest_sentence.or(under.longest_sentence);
    under.reading_age = reading_age.or(under.reading_age);
    under.stops.extend(stops);
    under.known.extend(known);
    under.plain.extend(listed(plain));
    under.spelling.extend(listed(spelling));
    let better = |LooseBetter { words, say, why, unless, with }: LooseBetter| {
        let say = say.all();
        Better { words, say, why, unless, with }
    };
    under.care.extend(care.into_iter().map(better));
    under.picture_names.extend(picture_names);
    under.people.add(people);
}

/// `utilise, utilize: use`: the forms that stand before the colon, and what to say for each of them.
fn listed(list: BTreeMap<String, Say>) -> impl Iterator<Item = Better> {
    list.into_iter().map(|(words, say)| Better {
        words: words.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect(),
        say: say.all(),
        ..Better::default()
    })
}
