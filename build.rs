//! Compiles the explorer's page in again when it was built again, and scenarios when there are others.

use std::path::Path;

fn main() {
    // A path that is not there would make every build a rebuild; its parent's change tells that it has appeared.
    let built = Path::new("web/dist");
    let watched = if built.exists() { built } else { Path::new("web") };
    println!("cargo:rerun-if-changed={}", watched.display());
    println!("cargo:rerun-if-changed=scenarios");
}
