//! Who may ask the preview, and for what.
