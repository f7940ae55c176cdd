"""The pages of the documentation: which there are, their blocks, and what is wrong with them before any block runs."""
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```[ \t]*$", re.S | re.M)


def pages(arguments):
    if arguments:
        return [pathlib.Path(page).resolve() for page in arguments]
    first = [page for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md") if page.exists()]
    return first + sorted((ROOT / "docs").rglob("*.md"))


def blocks(text):
    """The blocks of a page: language, content, line, and whether it directly follows the block before."""
    end = None
    for match in FENCE.finditer(text):
        follows = end is not None and not text[end:match.start()].strip()
        yield match[1], match[2], text.count("\n", 0, match.start()) + 2, follows
        end = match.end()


def dead_links(page):
    """Links to files and headings that are not there."""
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"^```.*?^```", "", page.read_text(), flags=re.S | re.M)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists():
            yield f"{page.relative_to(ROOT)}: the link `{target}` leads nowhere"
        elif heading and heading not in headings(file):
            yield f"{page.relative_to(ROOT)}: `{target}`: there is no such heading"


def headings(page):
    """The anchors of a page, as GitHub names them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def dependencies():
    """Every direct dependency, of crates and of packages, and every library of this workspace."""
    for manifest in [ROOT / "Cargo.toml", *ROOT.glob("*/Cargo.toml"), *ROOT.glob("crates/*/Cargo.toml")]:
        kind = ""
        for line in manifest.read_text().splitlines():
            if line.startswith("["):
                kind = line.strip("[]")
            elif kind in ("dependencies", "dev-dependencies", "build-dependencies") and (name := re.match(r"([\w-]+)", line)):
                yield name[1]
    # A library of this workspace is described before the server uses it.
    yield from (manifest.parent.name for manifest in ROOT.glob("crates/*/Cargo.toml"))
    for manifest in ("web/package.json", "tests/clients/package.json"):
        package = json.loads((ROOT / manifest).read_text())
        yield from package.get("dependencies", {})
        yield from package.get("devDependencies", {})


def dead_paths(page):
    """The source files that a page or script names and that are not there. `x` stands for any concept."""
    for path in sorted(set(re.findall(r"\b(?:src|crates|entity|migration|tests|bench)/[\w/.-]*\.rs\b", page.read_text()))):
        if not (ROOT / path).exists() and not re.search(r"(?:^|/)x(?:/|\.rs$)", path):
            yield f"{page.relative_to(ROOT)} names {path}, which does not exist"


def static_failures():
    """What is wrong with the pages before any of them runs."""
    index = (ROOT / "docs/README.md").read_text()
    for page in pages([]):
        yield from dead_links(page)
        if page.is_relative_to(ROOT / "docs") and page.name != "README.md" and str(page.relative_to(ROOT / "docs")) not in index:
            yield f"docs/README.md does not list {page.relative_to(ROOT / 'docs')}"
    for page in [*pages([]), ROOT / "tests/build-times", ROOT / "bench/run", ROOT / "Makefile"]:
        yield from dead_paths(page)
    first_cells = re.findall(r"^\| (.*?) \|", (ROOT / "docs/dependencies.md").read_text(), re.M)
    second_cells = re.findall(r"^\| `[\w-]+` \| (`.*?) \|", (ROOT / "docs/dependencies.md").read_text(), re.M)
    named = set(re.findall(r"`([^`]+)`", " ".join(first_cells + second_cells)))
    direct = set(dependencies())
    for name in sorted(direct - named):
        yield f"docs/dependencies.md does not say what `{name}` is for"
    for name in sorted(named - direct - {"entity", "migration", "bench", "image-intake", "mrz", "openapi-python-client", "verigraph.toml"}):
        yield f"docs/dependencies.md names `{name}`, which is no direct dependency"
