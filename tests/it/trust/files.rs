//! Files as they come from a hundred desks.
