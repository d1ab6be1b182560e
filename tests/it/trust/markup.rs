//! Text and HTML that are made to run, or to take for ever.
