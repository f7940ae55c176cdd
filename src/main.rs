//! The command line of verigraph.

use std::process::ExitCode;

/// Faster than the system allocator for many small objects on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    verigraph::cli::main()
}
