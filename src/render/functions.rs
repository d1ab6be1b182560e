//! What templates can call: words, addresses, sizes.

use super::{
    Addresses, Record,
    context::days,
    dates, draw,
    i18n::Messages,
    kept::Kept,
    noted::Noted,
    placeholders,
    statics::Statics,
    tokens::{self, Tokens},
};
use crate::{nearest::nearest, picture};
use jiff::civil::Date;
use std::{borrow::Cow, cell::Cell, sync::Arc};
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value, value::Key};

/// What the functions of one language's templates know.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) messages: Arc<Messages>,
    pub(super) addresses: Arc<Addresses>,
    pub(super) statics: Arc<Statics>,
    pub(super) tokens: Arc<Tokens>,
    pub(super) noted: Arc<Noted>,
    /// None before the library's terms are known; templates are compiled before.
    pub(super) maps: Arc<draw::Maps>,
    /// What the language's pages share; of use once the templates are ready.
    pub(super) kept: Arc<Kept>,
    /// The day of the build, by the one clock.
    pub(super) today: Date,
}

/// Gives templates the functions `t`, `asset`, `href`, `today`, `days_to`, `token` and `fit`, the filters `bytes`,
/// `kept`, `placeholders` and `t`, and what draws, in one language.
pub(super) fn register(tera: &mut Tera, known: &Known) {
    let Known { messages, addresses, statics, tokens, noted, maps, kept, today } = known.clone();
    draw::register(tera, &messages, &maps, &noted);
    tera.register_function("token", move |arguments: Kwargs, _: &State| token(&arguments, &tokens));
    let bound = noted.clone();
    tera.register_filter("kept", move |component: &str, arguments: Kwargs, _: &State| {
        kept.render(component, &arguments, &bound)
    });
    tera.register_function("range", |arguments: Kwargs, _: &State| range(&arguments));
    tera.register_function("fit", |arguments: Kwargs, _: &State| fit(&arguments));
    let (bound, lacking) = (messages.clone(), noted.clone());
    tera.register_function("t", move |arguments: Kwargs, _: &State| {
        say(arguments.must_get::<&str>("key")?, &arguments, &bound, &lacking)
    });
    let bound = messages.clone();
    tera.register_filter("t", move |key: &str, arguments: Kwargs, _: &State| say(key, &arguments, &bound, &noted));
    let bound = addresses.clone();
    tera.register_function("asset", move |arguments: Kwargs, _: &State| asset(&arguments, &statics, &bound));
    tera.register_function("href", move |arguments: Kwargs, _: &State| -> TeraResult<String> {
        Ok(addresses.href(arguments.must_get::<&str>("path")?))
    });
    let bound = messages.clone();
    tera.register_function("today", move |_: Kwargs, _: &State| -> TeraResult<Value> { Ok(dates::day(today, &bound)) });
    tera.register_function("days_to", move |arguments: Kwargs, _: &State| days_to(&arguments, today));
    tera.register_filter("placeholders", |text: StringInput<'_>, arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let declared = arguments.get::<&[Value]>("of")?.unwrap_or_default();
        let declared: Vec<_> = declared.iter().filter_map(placeholders::of_value).collect();
        let mark = if text.is_safe() { placeholders::marked } else { placeholders::marked_text };
        Ok(Value::safe_string(&mark(text.as_str(), &declared)))
    });
    tera.register_filter("bytes", move |size: f64, _: Kwargs, _: &State| messages.size(size));
}

/// How many numbers the templates of one page may count through.
const MOST_NUMBERS: usize = 1_000_000;

thread_local! {
    /// How many numbers the page that this thread makes may still count through.
    static NUMBERS_LEFT: Cell<usize> = const { Cell::new(MOST_NUMBERS) };
}

/// Lets the page that is made next on this thread count from the beginning.
pub(super) fn count_anew() {
    NUMBERS_LEFT.set(MOST_NUMBERS);
}

/// `range(start=0, end=10, step_by=1)`: the numbers from one up to the other, which is not one of them. The engine's
/// own has no end of all that a page asks for together.
fn range(arguments: &Kwargs) -> TeraResult<Vec<i64>> {
    let start = arguments.get::<i64>("start")?.unwrap_or_default();
    let end = arguments.must_get::<i64>("end")?;
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    let too_many = || Error::message(format!("A page may count through {MOST_NUMBERS} numbers, and here are more"));
    if step == 0 || (start > end && step > 0) {
        return Err(Error::message(
            "`range` takes a `start` that is no more than `end`, and a `step_by` that is not 0",
        ));
    }
    let span = if step > 0 { end.checked_sub(start) } else { start.checked_sub(end) };
    let count = span.ok_or_else(too_many)?.max(0).unsigned_abs().div_ceil(step.unsigned_abs());
    let left = usize::try_from(count).ok().and_then(|count| NUMBERS_LEFT.get().checked_sub(count));
    NUMBERS_LEFT.set(left.ok_or_else(too_many)?);
    Ok((0..count.cast_signed()).map(|place| start + place * step).collect())
}

/// `t(key="listing.count", count=3)`, or `"listing.count" | t(count=3)`: the message of a key, in the form for the
/// count, its placeholders filled.
fn say(key: &str, arguments: &Kwargs, messages: &Messages, noted: &Noted) -> TeraResult<String> {
    let mut filling = Vec::new();
    for (name, value) in arguments.iter().filter_map(|(name, value)| Some((name.as_str()?, value))) {
        if name != "key" {
            filling.push((name, text(name, value, messages)?));
        }
    }
    let count = arguments.get::<f64>("count")?;
    Ok(messages.fill(key, count, &filling).unwrap_or_else(|| {
        noted.lacks(key);
        key.to_owned()
    }))
}

fn text<'a>(name: &str, value: &'a Value, messages: &Messages) -> TeraResult<Cow<'a, str>> {
    if value.is_undefined() {
        return Err(Error::message(format!("The argument `{name}` of `t` is not defined")));
    }
    Ok(match (value.as_str(), value.as_i64()) {
        (Some(text), _) => Cow::Borrowed(text),
        (_, Some(count)) if name == "count" => Cow::Owned(messages.whole(count)),
        _ => Cow::Owned(value.to_string()),
    })
}

/// `asset(path="css/site.css")`: the address of a file of the theme, under the name that it has in the site.
fn asset(arguments: &Kwargs, statics: &Statics, addresses: &Addresses) -> TeraResult<String> {
    let file = arguments.must_get::<&str>("path")?;
    let path = statics.path(file).ok_or_else(|| {
        let near = nearest(file, statics.names()).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
        Error::message(format!("The theme has no file `static/{file}`{near}"))
    })?;
    Ok(addresses.href(path))
}

/// `days_to(date=page.values.start)`: how many days a date or moment is ahead of the build, below nothing where it is
/// past.
fn days_to(arguments: &Kwargs, today: Date) -> TeraResult<i32> {
    let date = arguments.must_get::<&Value>("date")?;
    let iso = date.as_map().and_then(|date| date.get(&Key::Str("iso"))).unwrap_or(date).as_str();
    let day = iso.and_then(|iso| iso.get(..10)?.parse::<Date>().ok());
    let day = day.ok_or_else(|| Error::message("The argument `date` of `days_to` is not a whole date"))?;
    Ok(days(today, day))
}

/// `token(name="action", dark=true)`: the value of a custom property of the theme, by day or by night.
fn token(arguments: &Kwargs, tokens: &Tokens) -> TeraResult<String> {
    let name = arguments.must_get::<&str>("name")?;
    let dark = arguments.get::<bool>("dark")?.unwrap_or(false);
    tokens.get(name, dark).map(str::to_owned).ok_or_else(|| {
        let near = nearest(name, tokens.names()).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
        Error::message(format!("static/{} has no `--{name}`{near}", tokens::SHEET))
    })
}

/// `fit(text=title, width=1000, height=300, sizes=[72, 60], leading=1.2, bold=true)`: the size and the lines in which
/// a text fits into a box of a drawing: `{size, lines}`.
fn fit(arguments: &Kwargs) -> TeraResult<Value> {
    let sizes = arguments.must_get::<Vec<f64>>("sizes")?;
    let sizes: Vec<f32> = sizes.into_iter().map(|size| size as f32).collect();
    let frame = picture::Frame {
        width: arguments.must_get::<f64>("width")? as f32,
        height: arguments.must_get::<f64>("height")? as f32,
        leading: arguments.get::<f64>("leading")?.unwrap_or(1.2) as f32,
        sizes: &sizes,
        bold: arguments.get::<bool>("bold")?.unwrap_or(false),
    };
    let picture::Lettering { size, lines } = picture::letter(arguments.must_get::<&str>("text")?, frame);
    Ok(Record::new()
        .set("size", f64::from(size))
        .set("lines", lines.into_iter().map(Value::from).collect::<Vec<_>>())
        .value())
}

#[cfg(test)]
mod tests {
    use super::{super::i18n, *};

    const ENGLISH: &str = "
listing.count: {one: '{count} page', other: '{count} pages'}
greet: 'Hello {name}'
number.thousands: ','
size.bytes: {one: '{count} byte', other: '{count} bytes'}
size.kilobytes: '{n} KB'
size.megabytes: '{n} MB'
";

    fn tera() -> (Tera, Arc<Noted>) {
        let theme = crate::model::Theme::default();
        let known = Known {
            messages: Arc::new(i18n::messages("en", ENGLISH)),
            addresses: Arc::new(Addresses::at("https://example.org/casebook/")),
            statics: Arc::new(Statics::new(&theme).0),
            tokens: Arc::default(),
            noted: Arc::default(),
            maps: Arc::default(),
            kept: Arc::default(),
            today: jiff::civil::date(2026, 11, 21),
        };
        let mut tera = Tera::new();
        register(&mut tera, &known);
        (tera, known.noted)
    }

    fn shown(template: &str) -> String {
        let context = tera::context! { n => &1200, name => "<b>" };
        tera().0.render_str(template, &context, true).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn words_take_a_count_and_arguments_and_are_escaped() {
        assert_eq!(shown("{{ t(key='listing.count', count=1) }}"), "1 page");
        assert_eq!(shown("{{ t(key='listing.count', count=n) }}"), "1,200 pages");
        assert_eq!(shown("{{ t(key='greet', name=name) }}"), "Hello &lt;b&gt;");
        assert_eq!(shown("{{ 'greet' | t(name=name) }}"), "Hello &lt;b&gt;");
        assert_eq!(shown("{{ 'listing.count' | t(count=n) }}"), "1,200 pages");
        assert!(shown("{{ t(key='greet', name=nobody) }}").contains("`name`"));
    }

    #[test]
    fn a_missing_message_is_its_key_and_is_told_once_a_page() {
        let (tera, noted) = tera();
        let context = tera::Context::new();
        for _ in 0..2 {
            assert_eq!(
                tera.render_str("{{ t(key='no.such') }}{{ t(key='no.such') }}", &context, true).unwrap(),
                "no.suchno.such"
            );
            assert_eq!(noted.take().lacking.into_iter().collect::<Vec<_>>(), ["no.such"]);
        }
        assert!(noted.take().lacking.is_empty());
    }

    #[test]
    fn addresses_have_the_folder_of_the_site() {
        assert_eq!(shown("{{ href(path='/themes/') }}"), "/casebook/themes/");
        assert!(shown("{{ asset(path='css/none.css') }}").contains("The theme has no file `static/css/none.css`"));
    }

    #[test]
    fn sizes_are_rounded_as_people_do() {
        let of = |size: u32| shown(&format!("{{{{ {size} | bytes }}}}"));
        assert_eq!(
            [1, 512, 1024, 1536, 348_160, 5_242_880].map(of),
            ["1 byte", "512 bytes", "1 KB", "1.5 KB", "340 KB", "5 MB"]
        );
    }
}
