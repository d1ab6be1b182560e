//! What is made of an entry for people to take away. One file or room a format.
#![allow(dead_code, reason = "nothing asks for these formats yet")]

pub(crate) mod csv;
pub(crate) mod text;
mod words;

#[cfg(test)]
mod sample;
