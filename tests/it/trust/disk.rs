//! What happens to the site when the disk, or whoever works on it, fails.
