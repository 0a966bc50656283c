"""papertrack help: the overview, and the topics that are no command."""

from typing import Annotated

from papertrack import terminal
from papertrack.commands import COMMANDS, Command
from papertrack.errors import PapertrackError
from papertrack.folding import did_you_mean
from papertrack.session import NoPager, argument
from papertrack.terminal.console import page

EXAMPLES = (
    "papertrack help",
    "papertrack help query",
    "papertrack help json",
    "papertrack help done",
    "papertrack help schema",
)

_FIRST = """\
papertrack keeps a reading list of papers as data.

Start here:
  papertrack list                      the papers
  papertrack next                      what to read, and why
  papertrack add LINK                  a paper that you pasted, or its title
  papertrack done REFERENCE            you have read it

No list yet?  papertrack import README.md   or   papertrack init
"""

_LAST = """
papertrack help COMMAND explains a command; other topics are
{topics}.
You may shorten a command if it stays unique.
--catalogue PATH names another catalogue, before or after the command."""

_QUERY = """\
A query names papers. All of its terms must match:

  lab:Meta status:to-read year:2020..2023 "human feedback"

  FIELD:VALUE       the field has this value: lab:Meta tag:rlhf title:dialog
  FIELD:A,B         any of them: lab:Meta,OpenAI
  FIELD:A..B        from A to B, either may be left out: year:2020..2023
                    priority:..2 finished:2023-03.. 'year:>2020'
  -FIELD:VALUE      not this value: -tag:vision
  has:FIELD         the field is filled in: has:notes
  missing:FIELD     the field is empty: missing:year
  word              anywhere in what you see of a paper: key, name, title,
                    authors, lab, venue, year, DOI, arXiv id, tags, summary,
                    notes, own columns
  "some words"      these words in a row; quotes also hold a value, as in
                    lab:"Meta AI"
  -- -word          not this word, after a --

Fields   key name title authors lab venue source year doi arxiv links tags
         status priority added started finished summary notes; tag, author,
         link and note work too. source is venue and year.
         key, lab, tag and status must be equal to the value, other texts must
         contain it. column:Code means that your own column Code is filled in,
         and column:Code:github that it contains github.
Lab      by any of its names: lab:facebook finds Meta's
Status   to-read reading skimmed done dropped
Dates    2023-03-01, 2023-03, 2023, today, yesterday; -3d -2w -1m -1y is so
         long ago: finished:-1m.. is done within the last month; this-week,
         last-month, last-year
Case, width and accents do not count. A comma is the OR: status:done,skimmed.

A query works in list, next, stats, labs, tags, triage, fetch, export and
export-markdown, in the markers of Markdown blocks, and with --all in done,
start, skim, drop, mark, edit, tag, priority and remove.
The options --lab, --status, --tag and --year are the same terms spelled
another way.
"""

_CATALOGUE = """\
The catalogue is one TOML file: the nearest data/papers.toml or papers.toml, in
this folder or in one above it. --catalogue PATH or PAPERTRACK_CATALOGUE names
another.

  title = "Papers on alignment"

  [labs]                     # the order of the groups; each lab's other names
  Meta = ["Facebook", "FAIR"]

  [[paper]]
  key = "llama"              # its short name, unique here
  name = "LLaMA"
  title = "LLaMA: Open and Efficient Foundation Language Models"
  lab = "Meta"
  year = 2023
  arxiv = "2302.13971"
  status = "to-read"         # to-read reading skimmed done dropped

  [check]
  ignore = ["missing-year"]  # rules that papertrack check leaves out
  distinct = [["a", "b"]]    # keys of different papers, however alike they look

Only title is required. Fields: key name title authors lab venue year doi arxiv
links tags status priority added started finished summary notes.

Edit it by hand as you like: papertrack changes what you ask for and keeps every
other byte, comments too. papertrack check finds what is wrong. An editor that
knows TOML (Taplo, Even Better TOML) checks and completes it with a schema: run
papertrack help schema > papers.schema.json, and make this its first line:

  #:schema ./papers.schema.json
"""

_MARKDOWN = """\
Put a block into a Markdown file, and papertrack keeps the table in it:

  <!-- papertrack:begin lab:Meta -->
  <!-- papertrack:end -->

  papertrack export-markdown --into README.md            writes it
  papertrack export-markdown --into README.md --check    is it current?

A query follows begin; a file may have several blocks. look=NAME uses the look
[markdown.NAME] of the catalogue; without it a block uses [markdown]:

  [markdown]
  columns = ["title", "source", "summary", "status", "notes"]
  headers = ["名称", "来源", "说明", "状态", "备注"]
  group = "lab"            # or tag, status, year; left out: one plain table
  headings = "repeat"      # or first, sections
  tags = ["survey"]        # the tags to show; left out: every tag
  nothing = "NULL"         # the word for an empty cell
  statuses = { done = "✅" }     # your words for statuses
  brackets = "《》"        # around the title
  heading_marks = "**"     # around the name in a heading row
  line_break = "<br>"      # between the lines of a cell
  tag_break = ", "         # between tags
  markup = true            # links, **bold** in summary and notes are Markdown
  files = ["../README.md"] # for --all, relative to the catalogue

A column is a field of a paper, source (venue and year), title+link, link,
number, or column:HEADER (a column of your own, kept in [paper.columns]).
**name** is a name in bold. authors+column:By shows the authors as the column By
spells them, until you edit the field authors. Beside link+column:PDF, a column
links+column:Code has the links that lead to no paper.

papertrack import README.md imports a table, and the hand edits of a block; with
--adopt it puts the markers there itself. papertrack undo undoes that. Lists
of bullets are imported, but not regenerated: a block is a table.
"""

_JSON = """\
--json makes a command answer in JSON on stdout: UTF-8, one value, two spaces of
indentation. Field names are those of the catalogue. Every field that papertrack
knows is there: null where nothing is known, [] for an empty list; dates are
written 2023-03-01. Messages stay on stderr, and the exit status is the same.

A paper
  key title status                  text
  name lab venue doi arxiv summary notes   text or null
  year priority                     number or null
  authors links tags                list of texts
  added started finished            date or null
  columns bibtex                    object of texts, as in the catalogue

A share: papers, and of them to-read, reading, skimmed, done, dropped: numbers

show REF          a paper
list, filter-by-lab
                  list of papers
next              list of papers with why: list of texts
labs              list of shares with lab (null: papers without one) and others:
                  list of texts
tags              list of shares with tag
stats             a share, and
                  labs, tags        lists of shares with lab or tag
                  months, years     lists of {period, added, finished}
                  last_90_days      {added, finished}
                  waiting_days, reading_days   {papers, median, longest}
                                    or null
                  finished_undated  number
check             list of {file, line, rule, key, message, advice, fixable};
                  key is null where a finding is not about one paper
history           list of {number, when, typed, undone, files}, oldest first;
                  number is how many changes undo, or redo, goes to reach it
undo, redo        the same, of the changes undone or redone
import            {files, added, updated, unchanged, left_out, changes,
                  duplicates, conflicts, removed, unread, doubts, adopted}:
                  numbers, and lists of
  files           {file, tables}, a table {line, header, rows, papers, headings,
                  placeholders, continued, skipped, unread, rescued, section,
                  reason}, its unread rows {line, last, size, reason, section,
                  items}; a bibliography {file, format, entries, papers, again,
                  volumes, skipped, doubts}, its skipped {line, key, reason},
                  its doubts {line, key, message, suggestion}
  changes         {key, field, before, after}
  duplicates      {file, line, key, by, first}
  conflicts       {file, line, key, field, here, there, verdict}
  removed         {file, key, title, tag}
  doubts          {file, line, message, suggestion}
  adopted         {file, line, query, look, placeholders, rescued, repeated,
                  joined, filled, changed, headings, tags, moved}
fetch             {asked, filled, published, unknown, unanswered}: a number, and
                  lists of {key, fields}, {key, where}, {key, message}

  papertrack list status:to-read --json
  papertrack show llama --json
"""

_AGENTS = """\
For a program that keeps a reading list on somebody's behalf. Every command
works without a terminal: it asks nothing. Where it would ask, it refuses and
names the option to give instead.

Read with --json (papertrack help json), never from tables:

  papertrack list status:to-read lab:Meta --json
  papertrack show llama --json
  papertrack next --json

Name papers by key: it is unique and stays. A title, DOI or arXiv id works too
if it means one paper; if it means several, nothing is changed, the exit status
is 1 and stderr lists their keys.

Change with one command for one intent; several papers are all or nothing:

  papertrack add "Highway Networks" --author "Rupesh Srivastava" --year 2015
  papertrack start llama
  papertrack done llama peer --on 2024-03-01
  papertrack tag llama peer +rlhf
  papertrack priority llama 1
  papertrack note llama -- "-5% on MMLU after quantization"
  papertrack edit llama --set venue=arXiv --unset priority
  papertrack remove peer --yes
  papertrack done --all lab:OpenAI year:..2019 --yes

Exit status
  0   yes: also where nothing had to change
  1   no: not found, ambiguous, a duplicate, findings of check, a stale block
  2   trouble: bad usage, a malformed value, an invalid catalogue, no catalogue
  130 interrupted
stdout has the answer; stderr has one sentence that says what is wrong, where,
and what to type instead. Do what it says, or show it.

Before adding, look whether it is there; add refuses a duplicate and names it:

  papertrack list 1706.03762 --json

After a change, bring the tables up to date and look for mistakes:

  papertrack export-markdown --into README.md
  papertrack check --json

Do not edit a generated block of a README: edit the catalogue. You may edit
data/papers.toml by hand; run papertrack check afterwards. You can undo
every change, so try rather than ask:

  papertrack history --json
  papertrack undo
"""

_BROWSE = r"""
Search and read with fzf, a picker (https://github.com/junegunn/fzf). Put this
into ~/.bashrc or ~/.zshrc, then type pt:

  pt() {
    local list='papertrack list --columns key,status,year,lab,title'
    [ $# -eq 0 ] || list="$list $(printf '%q ' "$@")"
    eval "$list" | fzf --delimiter='\t' --with-nth=2.. --tabstop=10 \
     --layout=reverse --preview-window=down,60% \
     --header='enter show, ^D done, ^S start, ^O open, ^R reload, esc leave' \
     --preview='FORCE_COLOR=1 COLUMNS=$((FZF_PREVIEW_COLUMNS - 1)) \
       papertrack show {1}' \
     --bind="enter:execute(FORCE_COLOR=1 papertrack show {1} | less -R)" \
     --bind="ctrl-d:execute-silent(papertrack done {1})+reload:$list" \
     --bind="ctrl-s:execute-silent(papertrack start {1})+reload:$list" \
     --bind="ctrl-o:execute(papertrack open {1}; sleep 1)" \
     --bind="ctrl-r:reload:$list"
  }

A query narrows the list, and a paper leaves it once it is done:
pt status:to-read. fzf searches status, year, lab and title for what you type.

Any list goes through $PAPERTRACK_PAGER, else $PAGER, else less -FRX where it is
longer than the screen; PAPERTRACK_PAGER=cat or --no-pager print it at once.
NO_COLOR=1 leaves colours out, FORCE_COLOR=1 keeps them in a pipe: papertrack
list then prints the table of the terminal.
"""

_ENVIRONMENT = """
Variables that papertrack reads:

  PAPERTRACK_CATALOGUE     the catalogue, in place of the nearest papers.toml
  PAPERTRACK_STATE         the folder for undo and what was last imported
  PAPERTRACK_LOCK_TIMEOUT  seconds to wait for another change to end: 30
  PAPERTRACK_MAILTO        your mail address, sent to the services
  PAPERTRACK_SERVICES      one address in place of all services, as of a mirror
  PAPERTRACK_PAGER, PAGER  the pager for long lists; cat prints them at once
  VISUAL, EDITOR           the editor for papertrack edit and note
  NO_COLOR, FORCE_COLOR    no colours, or colours in a pipe too
"""

TOPICS = {
    "query": _QUERY,
    "catalogue": _CATALOGUE,
    "markdown": _MARKDOWN,
    "json": _JSON,
    "agents": _AGENTS,
    "browse": _BROWSE,
    "environment": _ENVIRONMENT,
}

SCHEMA = "schema"
"""The topic that is JSON, for editors."""

Topic = Annotated[str | None, argument("TOPIC", f"{', '.join((*TOPICS, SCHEMA))}, or a command.")]


def help_(topic: Topic = None, *, no_pager: NoPager = False) -> None:
    """Explain a command, or the query language."""
    if topic is None:
        page(overview(), paged=not no_pager)
    elif topic == SCHEMA:
        from papertrack import models  # for this topic only

        terminal.print_verbatim(models.schema_text())
    elif topic in TOPICS:
        page(TOPICS[topic].strip(), paged=not no_pager)
    elif longer := [row.name for row in COMMANDS if row.name.startswith(f"{topic} ")]:
        helps = " or ".join(f"papertrack help {name}" for name in longer)
        raise PapertrackError(f"{topic} is the first word of a command: see {helps}")
    else:
        known = (*TOPICS, SCHEMA)
        choices = (*known, *(row.name for row in COMMANDS))
        hint = did_you_mean(topic, choices, f"the topics are {', '.join(known)}")
        raise PapertrackError(f'no topic "{topic}": {hint}')


def first_things() -> str:
    """Return what to type first, and the names of the commands in their groups."""
    groups = [
        (group, " ".join(row.name for row in rows if " " not in row.name))
        for group, rows in _in_groups()
    ]
    width = max(len(group) for group, _ in groups)
    lines = [f"  {group:<{width}}  {names}" for group, names in groups]
    return "\n".join([_FIRST, "Commands, which papertrack help explains:", *lines])


def overview() -> str:
    """Return what to type first, and the commands in their groups with what each does."""
    width = max(len(row.name) for row in COMMANDS)
    lines = [_FIRST]
    for group, rows in _in_groups():
        lines.append(f"{group}:")
        lines += [f"  {row.name:<{width}}  {row.help}" for row in rows]
    return "\n".join([*lines, _LAST.format(topics=", ".join((*TOPICS, SCHEMA)))])


def _in_groups() -> list[tuple[str, list[Command]]]:
    groups = dict.fromkeys(row.group for row in COMMANDS)
    return [
        (group, [row for row in COMMANDS if row.group == group and not row.hidden])
        for group in groups
    ]
