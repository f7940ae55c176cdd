//! Compiles the explorer's page in again when it was built again, and scenarios when there are others. Writes the table of
//! how many digits the telephone numbers of each country have: at run time nothing else is needed of their metadata.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write,
    fs,
    path::Path,
};

use phonenumber::metadata::DATABASE;

fn main() -> Result<(), Box<dyn Error>> {
    // A path that is not there would make every build a rebuild; its parent's change tells that it has appeared.
    let built = Path::new("web/dist");
    let watched = if built.exists() { built } else { Path::new("web") };
    println!("cargo:rerun-if-changed={}", watched.display());
    println!("cargo:rerun-if-changed=scenarios");
    let table = Path::new(&env::var("OUT_DIR")?).join("phone_lengths.rs");
    Ok(fs::write(table, phone_lengths()?)?)
}

/// Rust source of `LENGTHS`: calling codes in order, each with the lengths that a national number can have.
fn phone_lengths() -> Result<String, Box<dyn Error>> {
    let mut lengths: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
    // Not all at once: in that list the networks without a country replace each other.
    for (code, country) in
        (1..=999).flat_map(|code| DATABASE.by_code(&code).into_iter().flatten().map(move |it| (code, it)))
    {
        // The general description has no lengths of its own: they are those of all kinds of number. Numbers that cannot
        // be called from abroad are left out, as a country's code before them leads nowhere.
        let kinds = country.descriptors();
        let kinds = [
            kinds.fixed_line(),
            kinds.mobile(),
            kinds.toll_free(),
            kinds.premium_rate(),
            kinds.shared_cost(),
            kinds.personal_number(),
            kinds.voip(),
            kinds.pager(),
            kinds.uan(),
            kinds.voicemail(),
        ];
        for length in kinds.into_iter().flatten().flat_map(phonenumber::metadata::Descriptor::possible_length)
        {
            lengths.entry(code).or_default().insert(*length);
        }
    }
    let mut source = "/// Calling codes, and how many digits national numbers have.\n".to_owned();
    writeln!(source, "const LENGTHS: &[(u16, &[usize])] = &[")?;
    for (code, lengths) in lengths {
        writeln!(source, "    ({code}, &{:?}),", Vec::from_iter(lengths))?;
    }
    writeln!(source, "];")?;
    Ok(source)
}
