"""papertrack export-markdown."""

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

from papertrack import blocks, formats, query, session, store, terminal
from papertrack.blocks import Rendered
from papertrack.blocks.views import look_named
from papertrack.errors import PapertrackError, RefusedError, how_many
from papertrack.files import as_typed, read, target_of
from papertrack.markdown.escaping import link
from papertrack.markdown.writing import dumps
from papertrack.models import Catalogue, Paper
from papertrack.patterns import pattern
from papertrack.session import flag, option
from papertrack.terminal import outcome

EXAMPLES = (
    "papertrack export-markdown",
    "papertrack export-markdown lab:Meta status:to-read",
    "papertrack export-markdown --into README.md",
    "papertrack export-markdown --into README.md --check",
    "papertrack export-markdown --into README.md --link-to list.html",
)

_FEW = 8
_TABLE = pattern(rb"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*\||<table", re.IGNORECASE | re.MULTILINE)

Into = Annotated[
    list[Path] | None,
    option(
        "--into", "FILE", "Update the blocks of these files: --into README.md, --into topics/*.md."
    ),
]
All = Annotated[bool, flag("--all", "Update the blocks of all files that [markdown] names.")]
LookName = Annotated[
    str | None, option("--look", "NAME", "Use the look [markdown.NAME].", default="[markdown]")
]


LinkTo = Annotated[
    str | None,
    option(
        "--link-to",
        "PAGE",
        "Add a link to this page below the last block, unless there is one already.",
    ),
]


def export_markdown(
    terms: session.Terms = None,
    *,
    into: Into = None,
    everything: All = False,
    check: Annotated[bool, flag("--check", "Only say what is stale; exit 1 if any is.")] = False,
    diff: Annotated[bool, flag("--diff", "Only show what would change in the files.")] = False,
    force: Annotated[bool, flag("--force", "Overwrite what was edited by hand.")] = False,
    look: LookName = None,
    link_to: LinkTo = None,
    no_pager: session.NoPager = False,
    lab: session.LabOption = None,
    status: session.StatusOption = None,
    tag: session.TagOption = None,
    year: session.YearOption = None,
) -> None:
    """Write Markdown tables, to stdout or into blocks of files."""
    options = {"lab": lab, "status": status, "tag": tag, "year": year}
    if link_to is not None:
        _check_page(link_to)
    if not into and not everything:
        if check or diff or force:
            raise PapertrackError("which file? write --into README.md, or --all")
        _print(terms, look, options, link_to)
        return
    if look or any(options.values()):
        raise _in_the_marker("--look" if look else next(f"--{it}" for it in options if options[it]))
    path = session.catalogue_path()
    files = [*(into or ()), *_files(terms), *(_configured_files(path) if everything else ())]
    made = _render(path, files, link_to, write=not (check or diff), force=force or diff)
    if diff:
        texts = [(made.before[name], it.text, name) for name, it in made.files.items()]
        outcome.diff(*texts, paged=not no_pager)
    _tell(made.files, check=check, diff=diff)
    if everything:
        _name_missing(made.missing)
    if check:
        _refuse_stale(made.files, link_to)


def _print(
    terms: Sequence[str] | None,
    look: str | None,
    options: dict[str, list[str] | None],
    link_to: str | None,
) -> None:
    with session.reading() as known:
        words = session.spelled(terms, **options)
        wanted = query.parse(words, today=session.today(), labs=known.labs)
        papers, shape = session.chosen(known, words), look_named(known, look)
        if not papers and (file := next(filter(_is_markdown, terms or ()), None)):
            raise PapertrackError(
                f"no paper matches {file}: to update that file, write --into {shlex.quote(file)}"
            )
        terminal.print_verbatim(
            dumps(papers, shape, labs=known.labs, own_tags=wanted.values_of("tag"))
        )
        if words and not papers:
            session.say_unmatched(words, known.papers)
        if link_to:
            terminal.print_verbatim(f"\n{link(_words_for_page(known), link_to)}\n")


class _Made(NamedTuple):
    before: Mapping[str, str]
    files: Mapping[str, Rendered]
    missing: Sequence[Paper]
    """The papers that no block shows."""


def _render(
    path: Path, files: Sequence[Path], link_to: str | None, *, write: bool, force: bool
) -> _Made:
    with store.edit_with_files(path, files, session.TYPED.get(), tell=terminal.say) as change:
        paths = {as_typed(file): file for file in change.texts}
        texts = {name: change.texts[file] for name, file in paths.items()}
        known = change.draft.catalogue
        versions = {
            name: session.unmerged_versions(target_of(paths[name]))
            for name, text in texts.items()
            if "<<<<<<<" in text  # git could not merge it
        }
        rendered = blocks.render_all(
            texts, known, today=session.today(), force=force, versions=versions
        )
        if link_to:
            rendered = {
                name: blocks.linked(
                    done, _words_for_page(known), _seen_from(paths[name], link_to), where=name
                )
                for name, done in rendered.items()
            }
        missing = blocks.missing(known, texts, today=session.today())
        if write:
            change.texts.update({paths[name]: done.text for name, done in rendered.items()})
    return _Made(texts, rendered, missing)


def _check_page(page: str) -> None:
    """Refuse what is neither a web page nor a file, `javascript:…`; warn of a file not there."""
    if not page.strip() or not page.isprintable() or link("x", page) == "x":
        raise PapertrackError(f'--link-to "{page}" is not a page: write --link-to list.html')
    file = page.partition("#")[0].partition("?")[0]
    if "://" in page or not file or Path(page).exists() or Path(file).exists():
        return
    export = f": `papertrack export --into {shlex.quote(file)}` writes it"
    is_made = formats.of_name(file) is formats.Format.HTML
    terminal.warn(f"{file} does not exist{export if is_made else ''}")


def _words_for_page(known: Catalogue) -> str:
    from papertrack.page import words_of  # for a link only

    return words_of(known).link


def _seen_from(file: Path, page: str) -> str:
    """Return the address of a page as a link in a file has it: relative to the file's folder."""
    if "://" in page:
        return page
    return Path(os.path.relpath(page, file.parent)).as_posix()


def _tell(rendered: Mapping[str, Rendered], *, check: bool, diff: bool) -> None:
    alone = len(rendered) == 1
    write = not (check or diff)
    for name, done in rendered.items():
        if not (alone or done.differs):
            continue
        for warning in done.warnings:
            terminal.warn(warning)
        if write or diff or not done.differs:
            terminal.say(f"{name}: {done.summary(written=not diff)}")
    if not alone and (write or diff):
        stale = sum(1 for done in rendered.values() if done.differs)
        papers = sum(done.papers for done in rendered.values())
        verb = "would change" if diff else "changed"
        changed = f"{how_many(stale, 'file')} {verb}" if stale else "nothing to change"
        terminal.say(f"{how_many(len(rendered), 'file')}, {how_many(papers, 'row')}: {changed}")


def _name_missing(papers: Sequence[Paper]) -> None:
    if papers:
        names = ", ".join(paper.key for paper in papers[:_FEW])
        more = f" and {len(papers) - _FEW:,} more" if len(papers) > _FEW else ""
        stand = how_many(len(papers), "paper stands", "papers stand")
        terminal.say(f"{stand} in no block: {names}{more}")


def _refuse_stale(rendered: Mapping[str, Rendered], link_to: str | None) -> None:
    stale = {name: done for name, done in rendered.items() if done.differs}
    if not stale:
        return
    details: list[str] = []
    for name, done in stale.items():
        details += blocks.shortened(done.stale)
        details += [f"{name}: no link to {done.link}"] if done.link else []
    words = f"--into {shlex.join(stale)}"
    if link_to and any(done.link for done in stale.values()):
        words += f" --link-to {shlex.quote(link_to)}"
    raise RefusedError(
        f"stale: {', '.join(stale)}; `papertrack export-markdown {words}` updates it",
        details=details,
    )


def _files(words: Sequence[str] | None) -> list[Path]:
    """Return the words behind `--into FILE` as files, which `--into *.md` makes of them."""
    for word in words or ():
        if not _is_markdown(word) and not Path(word).is_file():
            raise _in_the_marker(word)
    return [Path(word) for word in words or ()]


def _is_markdown(word: str) -> bool:
    return word.lower().endswith((".md", ".markdown"))


def _configured_files(path: Path) -> list[Path]:
    files = store.load(path).catalogue.files
    if not files:
        beside = os.path.relpath(target_of(Path("README.md")), target_of(path).parent)
        name = Path(beside).as_posix()
        text = read(Path("README.md"))
        may_adopt = text is None or _TABLE.search(text)  # a list of bullets becomes no block
        adopt = ", or let `papertrack import README.md --adopt` make blocks of its tables"
        raise PapertrackError(
            f"{as_typed(path)} names no files: papertrack export-markdown --into README.md "
            f'writes one file that has markers; for --all write files = ["{name}"] under '
            f"[markdown]{adopt if may_adopt else ''}"
        )
    return [path.parent / file for file in files]


def _in_the_marker(word: str) -> PapertrackError:
    return PapertrackError(
        f"{word}: a block says itself which papers it holds and how it looks, in its marker: "
        "<!-- papertrack:begin look=NAME lab:Meta -->; with --into give files only"
    )
