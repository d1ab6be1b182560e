//! What is made of an entry for people to take away. One file or room a format.
#![allow(dead_code, reason = "nothing asks for these formats yet")]

mod archive;
pub(crate) mod csv;
pub(crate) mod text;
mod words;
pub(crate) mod zip;

#[cfg(test)]
mod sample;
