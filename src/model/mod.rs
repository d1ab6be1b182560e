//! The nouns that the stages share. Nothing here reads, writes or decides.

mod asset;
mod component;
mod entry;
mod facet;
mod field;
mod job;
mod kind;
mod labels;
mod library;
mod output;
mod recipe;
mod register;
mod source;
mod span;
mod taxonomy;
mod text;
mod theme;
mod value;

pub use asset::{AssetFile, Picture};
pub use component::{Component, ComponentBody, ComponentRules, Setting};
pub use entry::{Entry, PageReference, State};
pub use facet::{Facet, facets};
pub use field::{ChoiceOption, Field, FieldPath, FieldType, Step, TextLimit};
pub use job::{FeedOf, Job, ListingOf};
pub use kind::{Kind, Order};
pub use labels::Labels;
pub use library::{Library, Target};
pub use output::{Content, Output};
pub use recipe::Recipe;
pub use register::{Register, Registers, SEPARATOR, Term, cell_values};
pub use source::{Document, SourceFile};
pub use span::{Position, Span};
pub use taxonomy::{Index, Taxonomy, TaxonomyDeclaration, TaxonomyTerm, TermOrder, TermSchema};
pub use text::{ComponentBlock, Heading, Link, LinkKind, PageText, Place};
pub use theme::{App, Cards, Icon, PictureSizes, StaticFile, Theme, ThemeFiles};
pub use value::{DateTime, Fields, PartialDate, Value};
