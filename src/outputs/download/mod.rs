//! What is made of an entry for people to take away. One file or room a format.
#![allow(dead_code, reason = "nothing asks for these formats yet")]

pub(crate) mod text;

#[cfg(test)]
mod sample;
