//! What people bring in: texts as they wrote them, to pages of the library. Nothing here reads or writes a file.

mod anew;
mod dates;
pub mod docx;
mod draft;
mod issue;
mod known;
mod lists;
mod office;
mod page;
mod table;
mod terms;
mod text;
mod value;
mod word;

pub use draft::{Draft, has_drafts};
pub use issue::issue;
pub use known::{Known, PageName};
pub use page::{Import, Page, stem};
pub use table::{Asked, table};
pub use text::clean;
pub use value::{Misread, Reading, by_name as field_by_name, read};
pub use word::{Place, Said, word};
