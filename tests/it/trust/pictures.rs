//! Pictures and tables that are not what they say.
