//! A component: a fenced block in Markdown whose body is data.

use super::{Field, Labels};

/// What the theme says of a component.
#[derive(Clone, Debug)]
pub struct Component {
    /// The word after the fence: `quote`.
    pub name: String,
    /// What editors call it.
    pub label: Labels,
    /// What it is for.
    pub description: Labels,
    /// How its body is written.
    pub body: ComponentBody,
    /// The fields of the body.
    pub fields: Vec<Field>,
    /// What a body must keep to that fields can't say.
    pub rules: Option<ComponentRules>,
    /// The settings of the library that it shows, without which it can't be used.
    pub needs: Option<Setting>,
}

/// Rules for a component's fields taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComponentRules {
    /// Those of a chart: `type`, `series`, `out_of` and `rows` of `label`, `value` and `second` fit each other.
    Chart,
}

/// A part of the settings that a component may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// What the library says of its own accessibility.
    Accessibility,
}

impl Setting {
    /// Its name in `casebook.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accessibility => "accessibility",
        }
    }
}

/// The notation of a component's body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ComponentBody {
    /// A YAML mapping of the fields.
    #[default]
    Yaml,
    /// Rows of comma-separated values under a header, as the field `rows`; options stand in the info string.
    Csv,
    /// CSV where the info string has options, else YAML.
    Either,
}
