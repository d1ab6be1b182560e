//! Templates and themes that are broken, or go round in circles.
