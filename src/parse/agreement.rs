//! Do the files of a theme agree with each other?

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Field, FieldPath, FieldType, Kind, SourceFile, Step, TaxonomyDeclaration, Theme},
    yaml,
};

/// Reports kinds that get in each other's way, and fields that feed an index that the theme doesn't have.
pub(super) fn check(theme: &Theme, kinds: &[SourceFile], manifest: Option<&SourceFile>) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = manifest.into_iter().flat_map(|file| derivations(theme, file)).collect();
    for (index, kind) in theme.kinds.iter().enumerate() {
        let earlier = theme.kinds.get(..index).unwrap_or_default();
        let mut report = |path: &[&str], message: String, help: &str| {
            let path: FieldPath = path.iter().map(|key| Step::Key((*key).to_owned())).collect();
            let file = kinds.iter().find(|file| file.path == kind.path);
            let span = file.map(|file| yaml::locate(&file.text, &path).value).unwrap_or_default();
            diagnostics.push(Diagnostic::new(Code::InvalidThemeFile, message).at(&kind.path, span).help(help));
        };
        if let Some(other) = earlier.iter().find(|other| other.name == kind.name) {
            let message = format!("There are two kinds called “{}”: the other is in {}", kind.name, other.path);
            report(&["name"], message, "Give one of them another name.");
        }
        if let Some(other) = earlier.iter().find(|other| other.folder == kind.folder) {
            let (message, help) = match &kind.folder {
                Some(folder) => (
                    format!("The folder “{folder}” is that of two kinds: “{}” has it as well", other.name),
                    "Give one of them another folder.",
                ),
                None => (
                    format!("Two kinds have no folder: “{}” has none either", other.name),
                    "Only one kind can take all other pages: give this one a `folder`.",
                ),
            };
            report(&["folder"], message, help);
        }
        if let Some(series) = kind.series.as_deref().filter(|series| kind.field(series).is_none()) {
            let message = format!("A series is told by the field “{series}”, and the kind has no such field");
            report(&["series"], message, "Name one of its fields.");
        }
        for (field, from) in lost_counts(&kind.fields, kind) {
            let message =
                format!("The days of “{field}” count from “{from}”, which is no date or reference of the kind");
            report(&["fields"], message, "Name a field of the entry that is a date, or refers to an entry with dates.");
        }
        for (field, facet) in unfit_facets(kind, theme) {
            let message = format!("The field “{field}” can't feed the index “{facet}”");
            report(
                &["fields"],
                message,
                "An index is declared in theme.yaml, and takes choices, references, dates and numbers.",
            );
        }
    }
    if theme.fallback().is_none() {
        let message = "No kind takes the pages that lie in no kind's folder";
        diagnostics.push(
            Diagnostic::new(Code::InvalidThemeFile, message).help("Leave `folder` out of one kind, such as `page`."),
        );
    }
    diagnostics
}

/// Reports taxonomies that are worked out from what the theme doesn't have.
fn derivations(theme: &Theme, manifest: &SourceFile) -> Vec<Diagnostic> {
    let faulty = |taxonomy: &&TaxonomyDeclaration| match (&taxonomy.from, &taxonomy.column) {
        (None, None) => false,
        (Some(from), Some(_)) => {
            !theme.taxonomies.iter().any(|other| other.name == *from && other.from.is_none() && *from != taxonomy.name)
        }
        _ => true,
    };
    let told = |taxonomy: &TaxonomyDeclaration| {
        let message = format!("The index “{}” is worked out from nothing", taxonomy.name);
        let place = yaml::locate(&manifest.text, &[Step::Key("taxonomies".to_owned())]).key;
        Diagnostic::new(Code::InvalidThemeFile, message).at(&manifest.path, place).help(
            "`from` names another index, whose terms stand in a register, and `column` a column there. Give both.",
        )
    };
    theme.taxonomies.iter().filter(faulty).map(told).collect()
}

/// The fields, in groups too, that count days from what gives no date.
fn lost_counts<'a>(fields: &'a [Field], kind: &'a Kind) -> Vec<(&'a str, &'a str)> {
    let gives_date = |name: &str| {
        let field_type = kind.field(name).map(|field| &field.field_type);
        matches!(field_type, Some(FieldType::Date { .. } | FieldType::DateTime | FieldType::Reference(_)))
    };
    let lost = |field: &'a Field| match &field.field_type {
        FieldType::Group(inner) => lost_counts(inner, kind),
        _ => field
            .days_from
            .iter()
            .filter(|from| !gives_date(from))
            .map(|from| (field.name.as_str(), from.as_str()))
            .collect(),
    };
    fields.iter().flat_map(lost).collect()
}

/// The fields whose facet the theme doesn't declare, or whose type no index can take.
fn unfit_facets<'a>(kind: &'a Kind, theme: &'a Theme) -> impl Iterator<Item = (&'a str, &'a str)> {
    kind.fields.iter().filter_map(|field| {
        let facet = field.facet.as_deref()?;
        let declared = theme.taxonomies.iter().any(|taxonomy| taxonomy.name == facet);
        let fits = matches!(
            field.field_type,
            FieldType::Choice(_)
                | FieldType::Reference(_)
                | FieldType::Date { .. }
                | FieldType::DateTime
                | FieldType::Number { .. }
        );
        (!declared || !fits).then_some((field.name.as_str(), facet))
    })
}
