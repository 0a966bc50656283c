"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const papers = data.papers.map((row, place) => {
    const paper = { place };
    data.fields.forEach((field, at) => { paper[field] = row[at]; });
    return paper;
  });
  const STEP = 50; // rows drawn at a time: thousands at once make a page slow
  const FILTERS = ["lab", "status", "tag", "year"];
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const $ = (id) => document.getElementById(id);
  const rows = $("rows");
  let shown = papers;
  let drawn = 0;
  let lastGroup = null;

  // Case, width, accents, curly quotes and hyphens do not matter, nor do letters typed without marks.
  const ALIKE = { "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-" };
  const ODD = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "g");
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(ODD, (letter) => ALIKE[letter]).replace(/([぀-ヿ㐀-鿿가-힣]) (?=[぀-ヿ㐀-鿿가-힣])/g, "$1");
  const folded = (paper) => {
    paper.folded ??= fold([paper.title, paper.name, paper.key, paper.authors, paper.lab, paper.source, paper.year,
      paper.tags.join("\n"), paper.ids, paper.summary, paper.notes].join("\n"));
    return paper.folded;
  };

  // ── terms of a query, as `papertrack help query` has them: lab:Meta -tag:vision year:2020.. ──
  const foldName = (text) => fold(text).replace(/[-_\s]+/g, " ").trim();
  const LABS = new Map(data.labs.flatMap(([lab, ...others]) => others.map((other) => [foldName(other), foldName(lab)])));
  papers.forEach((paper) => { paper.names = { lab: [foldName(paper.lab)], tag: paper.tags.map(foldName) }; });
  const NAMES = Object.fromEntries(["lab", "tag"].map((field) => [field, new Set(papers.flatMap((paper) => paper.names[field]))]));
  // A name is meant whole; until it is one, what begins so is shown.
  const isNamed = (field, value) => {
    const wanted = (field === "lab" && LABS.get(foldName(value))) || foldName(value);
    const whole = NAMES[field].has(wanted);
    return (paper) => paper.names[field].some((name) => (whole ? name === wanted : name !== "" && name.startsWith(wanted)));
  };
  const isInYears = (value) => {
    const [, sign, bound] = value.match(/^([<>]=?)(\d{4})$/) ?? [];
    const [, low, range, high] = value.match(/^(\d{4})?(\.\.+)?(\d{4})?$/) ?? [];
    if (sign) return (paper) => paper.year !== null && { "<": paper.year < bound, ">": paper.year > bound,
      "<=": paper.year <= bound, ">=": paper.year >= bound }[sign];
    if (!low && !high) return () => true; // it is still being typed
    return (paper) => paper.year !== null && (low ?? 0) <= paper.year && paper.year <= (high ?? (range ? 9999 : low));
  };
  const holds = (field, value) => (paper) => fold(paper[field]).includes(fold(value));
  const isStatus = (value) => (paper) =>
    [paper.status, words.statuses[paper.status]].some((word) => foldName(word).startsWith(foldName(value)));
  const TESTS = { lab: isNamed.bind(null, "lab"), tag: isNamed.bind(null, "tag"), status: isStatus, year: isInYears,
    title: holds.bind(null, "title"), author: holds.bind(null, "authors"), source: holds.bind(null, "source"),
    venue: holds.bind(null, "source"), key: holds.bind(null, "key") };
  const unquoted = (text) => text.replaceAll('"', "");
  const testOf = (term) => {
    const [, not, field = "", text] = term.match(/^(-?)([a-z]+)[:：](.*)$/i) ?? [];
    const name = [field.toLowerCase(), field.toLowerCase().replace(/s$/, "")].find((known) => Object.hasOwn(TESTS, known));
    if (!name) {
      const wanted = fold(unquoted(term));
      return (paper) => folded(paper).includes(wanted);
    }
    const tests = (text.match(/(?:"[^"]*"?|[^,，"])+/g) ?? []).map(unquoted).filter(Boolean).map((value) => TESTS[name](value));
    return (paper) => !tests.length || tests.some((each) => each(paper)) !== Boolean(not);
  };
  const testsOf = (query) => (query.replace(/[“”]/g, '"').match(/(?:"[^"]*"?|[^\s"])+/g) ?? []).map(testOf);

  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    if (text) element.textContent = text;
    return element;
  };
  const anchor = (text, address) => {
    const link = make("a", text);
    link.href = address; // Python let only http and https pass
    link.rel = "noopener noreferrer";
    return link;
  };
  const ADDRESS = /(https?:\/\/[!-~]*[\w/#=&%+~-])/;
  const withLinks = (text) => text.split(ADDRESS).map((part, at) => (at % 2 ? anchor(part, part) : part));
  const below = (text) => { // below the first line, in which nothing can be clicked but the line itself
    const [first, ...lines] = text.split("\n");
    const addresses = first.split(ADDRESS).filter((_, at) => at % 2);
    const box = make("div", "", "rest");
    box.append(...withLinks([...addresses, ...lines].join("\n")));
    return box;
  };
  const cell = (text, kind) => make("td", text, kind);

  const titleCell = (paper) => {
    const box = cell("", "title");
    const [first, ...others] = paper.links;
    box.append(first ? anchor(paper.title, first) : make("span", paper.title));
    if (paper.tags.length || others.length) {
      const more = make("p", "", "more");
      others.forEach((address, at) => more.append(anchor(paper.sites[at + 1], address)));
      more.append(paper.tags.join(" · "));
      box.append(more);
    }
    const long = [paper.summary, paper.notes].filter(Boolean).join("\n\n");
    if (long) {
      const details = make("details");
      const summary = make("summary", long);
      details.append(summary);
      details.addEventListener("toggle", () => {
        summary.textContent = details.open ? long.split("\n", 1)[0] : long;
        if (!details.querySelector(".rest")) details.append(below(long));
      });
      box.append(details);
    }
    return box;
  };
  const row = (paper) => {
    const line = make("tr");
    line.append(titleCell(paper));
    if (data.people) line.append(cell(paper.people, "people"));
    if (data.sources) line.append(cell(paper.source, "source"));
    line.append(cell(words.statuses[paper.status], `status is-${paper.status}`));
    return line;
  };
  const columns = () => [...document.querySelectorAll("thead th")]
    .filter((head) => getComputedStyle(head).display !== "none").length;
  const heading = (name) => {
    const line = make("tr", "", "group");
    const head = make("th", name);
    head.colSpan = columns();
    head.scope = "rowgroup";
    line.append(head);
    return line;
  };

  const draw = (most = STEP) => {
    const part = document.createDocumentFragment();
    for (const paper of shown.slice(drawn, drawn + most)) {
      if (!state.sort && paper.group && paper.group !== lastGroup) part.append(heading(paper.group));
      lastGroup = paper.group;
      part.append(row(paper));
    }
    drawn = Math.min(drawn + most, shown.length);
    rows.append(part);
    $("next").hidden = drawn >= shown.length;
  };

  // ── what is asked for, kept in the address ──
  const state = { q: "", lab: "", status: "", tag: "", year: "", sort: "" };
  const read = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    Object.keys(state).forEach((name) => { state[name] = chosen.get(name) ?? ""; });
    $("q").value = state.q;
    FILTERS.forEach((name) => { if ($(name)) $(name).value = state[name]; });
  };
  const keep = () => {
    const chosen = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
    const hash = chosen.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };

  const fits = (paper, tests) =>
    (!state.lab || paper.lab === state.lab) &&
    (!state.status || paper.status === state.status) &&
    (!state.tag || paper.tags.includes(state.tag)) &&
    (!state.year || String(paper.year) === state.year) &&
    tests.every((test) => test(paper));

  // Titles are sorted without their first article; what is absent comes last either way.
  const ORDERS = {
    title: (paper) => paper.title.replace(/^(the|an?)\s+/i, ""),
    authors: (paper) => paper.people,
    lab: (paper) => paper.lab,
    source: (paper) => (paper.year ? `${paper.year} ${paper.source}` : paper.source),
    year: (paper) => paper.year,
    status: (paper) => data.statuses.indexOf(paper.status),
  };
  const sorted = (list) => {
    const name = state.sort.replace(/^-/, "");
    const order = ORDERS[name];
    if (!order) return list;
    const turn = state.sort.startsWith("-") ? -1 : 1;
    const none = (value) => value === "" || value === null || value === undefined;
    return list.map((paper) => [order(paper), paper]).sort(([a, one], [b, other]) => {
      if (none(a) || none(b)) return none(a) - none(b) || one.place - other.place;
      const way = typeof a === "number" ? a - b : collator.compare(a, b);
      return turn * way || one.place - other.place;
    }).map(([, paper]) => paper);
  };

  const show = () => {
    const tests = testsOf(state.q);
    shown = sorted(papers.filter((paper) => fits(paper, tests)));
    rows.replaceChildren();
    rows.parentElement.classList.toggle("by-lab", data.by_lab && !state.sort); // headings name it
    drawn = 0;
    lastGroup = null;
    draw();
    if (!shown.length) {
      const line = make("tr");
      const none = cell(words.none, "none");
      none.colSpan = columns();
      line.append(none);
      rows.append(line);
    }
    const count = new Intl.NumberFormat(document.documentElement.lang);
    const [some, all] = [count.format(shown.length), count.format(papers.length)];
    $("count").textContent = shown.length === papers.length
      ? (papers.length === 1 ? words.one : words.all.replace("{}", all))
      : words.some.replace("{}", some).replace("{}", all);
    document.querySelectorAll("thead th").forEach((head) => {
      const mine = state.sort.replace(/^-/, "") === head.dataset.sort;
      if (mine) head.setAttribute("aria-sort", state.sort.startsWith("-") ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  const change = (name, value) => { state[name] = value; keep(); show(); };

  FILTERS.forEach((name) => $(name)?.addEventListener("change", (event) => change(name, event.target.value)));
  $("q").addEventListener("input", (event) => change("q", event.target.value));
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll("thead button").forEach((button) => button.addEventListener("click", () => {
    const name = button.parentElement.dataset.sort; // up, down, then the list's own order again
    change("sort", { "": name, [name]: `-${name}`, [`-${name}`]: "" }[state.sort] ?? name);
  }));
  $("next").addEventListener("click", () => draw());
  new IntersectionObserver(([seen]) => { if (seen.isIntersecting && drawn < shown.length) draw(); },
    { rootMargin: "400px" }).observe($("next"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      $("q").focus();
    } else if (event.key === "Escape" && event.target === $("q")) {
      $("q").value = "";
      change("q", "");
    }
  });
  addEventListener("beforeprint", () => {
    draw(shown.length);
    document.querySelectorAll("details").forEach((each) => { each.open = true; });
  });
  addEventListener("hashchange", () => { read(); show(); });
  read();
  show();
})();
