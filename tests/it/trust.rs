//! That nothing breaks it, nothing is lost, and nobody gets in. docs/reliability.md lists the cases.

mod desk;
mod disk;
mod files;
mod front_matter;
mod markup;
mod pictures;
mod server;
mod themes;
