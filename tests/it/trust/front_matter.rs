//! Front matter that is broken, ambiguous or made to break the reader.
