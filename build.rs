//! Has the crate compiled again when the built-in theme changes, since it is embedded in the program.

fn main() {
    println!("cargo:rerun-if-changed=themes/civic");
}
