//! The imports of every file, with re-exports resolved to the file that defines a name.

use std::collections::BTreeMap;

use super::{Source, at, sources};

/// The path of a module from the root of the crate.
pub type Module = Vec<String>;
/// The imports of a file by name: what each name stands for.
pub type Names = BTreeMap<String, Vec<String>>;

/// One import.
pub struct Import {
    pub from: Module,
    pub to: Module,
    pub place: String,
}

/// Splits a use tree into its paths, each with the name that it brings.
fn leaves(tree: &str, prefix: &[String], found: &mut Vec<(Vec<String>, String)>) {
    let tree = tree.trim();
    if tree.is_empty() {
        return;
    }
    if let Some(open) = tree.find('{') {
        let mut prefix = prefix.to_vec();
        prefix.extend(segments(&tree[..open]));
        let inside = tree[open + 1..].trim_end().trim_end_matches('}');
        let (mut depth, mut begin) = (0, 0);
        for (index, sign) in inside.char_indices() {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    leaves(&inside[begin..index], &prefix, found);
                    begin = index + 1;
                }
                _ => {}
            }
        }
        leaves(&inside[begin..], &prefix, found);
        return;
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
    let mut path: Vec<String> = prefix.iter().cloned().chain(segments(path)).collect();
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    if let Some(last) = path.last() {
        let name = alias.map_or_else(|| last.clone(), |alias| alias.trim().to_owned());
        found.push((path, name));
    }
}

fn segments(path: &str) -> impl Iterator<Item = String> {
    path.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)
}

/// The `use` statements of a file: offset, whether it is a re-export, the tree.
fn uses(code: &str) -> Vec<(usize, bool, &str)> {
    let mut found = Vec::new();
    let mut offset = 0;
    while let Some(next) = code[offset..].find("use ") {
        let begin = offset + next;
        let line = code[..begin].rfind('\n').map_or(0, |end| end + 1);
        let before = code[line..begin].trim();
        offset = begin + 4;
        if before.is_empty() || before.starts_with("pub") {
            let end = code[offset..].find(';').map_or(code.len(), |end| offset + end);
            found.push((begin, !before.is_empty(), &code[offset..end]));
            offset = end;
        }
    }
    found
}

/// The names that a file brings in, private ones too: its children can use them.
pub fn names(source: &Source) -> Names {
    let mut names = Names::new();
    for (_, _, tree) in uses(&source.code) {
        let mut found = Vec::new();
        leaves(tree, &[], &mut found);
        names.extend(found.into_iter().map(|(path, name)| (name, path)));
    }
    names
}

/// A path as written in a file, from the root of the crate; `None` for other crates.
fn absolute(source: &Source, path: &[String]) -> Option<Module> {
    let module = &source.module;
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some(module.iter().chain(&path[1..]).cloned().collect()),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let kept = module.len().checked_sub(ups)?;
            Some(module[..kept].iter().chain(&path[ups..]).cloned().collect())
        }
        child if declares(source, child) => Some(module.iter().chain(path).cloned().collect()),
        _ => None,
    }
}

fn declares(source: &Source, child: &str) -> bool {
    let declaration = format!("mod {child};");
    source.code.lines().any(|line| line.trim_end().ends_with(&declaration))
}

/// The file that defines what a path names.
fn resolve(sources: &BTreeMap<Module, Source>, names: &BTreeMap<Module, Names>, path: &[String]) -> Module {
    let mut path = path.to_vec();
    for _ in 0..16 {
        let known = (0..=path.len()).rev().find(|length| sources.contains_key(&path[..*length]));
        let file = path[..known.unwrap_or(0)].to_vec();
        let Some(name) = path.get(file.len()) else { return file };
        let Some(target) = names.get(&file).and_then(|names| names.get(name)) else { return file };
        let Some(target) = absolute(&sources[&file], target).filter(|target| target[..] != path[..]) else {
            return file;
        };
        path = target.into_iter().chain(path[file.len() + 1..].iter().cloned()).collect();
    }
    panic!("{path:?} is a circle of re-exports");
}

/// Every import of every file. A re-export is none: who uses it imports what it stands for.
pub fn imports() -> Vec<Import> {
    let sources = sources();
    let names: BTreeMap<Module, Names> =
        sources.iter().map(|(module, source)| (module.clone(), names(source))).collect();
    let mut imports = Vec::new();
    for source in sources.values() {
        let mut paths: Vec<(usize, Vec<String>)> = Vec::new();
        for (offset, is_reexport, tree) in uses(&source.code) {
            let mut found = Vec::new();
            leaves(tree, &[], &mut found);
            if !is_reexport {
                paths.extend(found.into_iter().map(|(path, _)| (offset, path)));
            }
        }
        for (offset, path) in written(&source.code) {
            let head = &path[0];
            let known = names[&source.module].get(head);
            match known {
                Some(known) => {
                    let path = known.iter().cloned().chain(path[1..].iter().cloned()).collect();
                    paths.push((offset, path));
                }
                None => paths.push((offset, path)),
            }
        }
        for (offset, path) in paths {
            let Some(path) = absolute(source, &path) else { continue };
            let to = resolve(&sources, &names, &path);
            if to != source.module && !to.is_empty() {
                imports.push(Import { from: source.module.clone(), to, place: at(source, offset) });
            }
        }
    }
    imports
}

/// The paths in the code of a file, outside of `use`.
fn written(code: &str) -> Vec<(usize, Vec<String>)> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = code.as_bytes();
    let in_use: Vec<_> =
        uses(code).iter().map(|(offset, _, tree)| *offset..offset + 4 + tree.len()).collect();
    let (mut found, mut index) = (Vec::new(), 0);
    while index < bytes.len() {
        if !is_word(bytes[index]) {
            index += 1;
            continue;
        }
        let begin = index;
        let mut path = Vec::new();
        loop {
            let word = index;
            while index < bytes.len() && is_word(bytes[index]) {
                index += 1;
            }
            path.push(code[word..index].to_owned());
            if !code[index..].starts_with("::") || !bytes.get(index + 2).copied().is_some_and(is_word) {
                break;
            }
            index += 2;
        }
        let is_inside = in_use.iter().any(|range| range.contains(&begin));
        if path.len() > 1 && !is_inside && !code[..begin].ends_with("::") {
            found.push((begin, path));
        }
    }
    found
}
