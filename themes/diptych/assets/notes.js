// Sorts and filters a list of notes. A list of many pages is read whole when it is first
// asked for more than this page shows.
(() => {
  const words = document.currentScript.dataset;
  const table = document.querySelector("table.notes");
  const count = document.querySelector(".note > .count");
  const { base, pages, number } = table.dataset;
  const LONGEST = 500;
  const bodies = [...table.tBodies];
  const language = document.documentElement.lang;
  let rows = read(document);
  let whole = Number(pages) === 1 || location.protocol === "file:"; // Files may not read each other.
  let [sorted, down] = [-1, false];

  function read(page, address = location.href) {
    return [...page.querySelectorAll("table.notes tbody tr:not(.group)")].map((tr) => {
      const link = tr.querySelector("a");
      link.href = new URL(link.getAttribute("href"), address).href;
      return { tr, cells: [...tr.cells].map((it) => it.textContent.trim()), text: tr.textContent.toLowerCase() };
    });
  }

  async function complete() {
    if (whole) return;
    whole = true;
    const all = Array.from({ length: Number(pages) }, async (_, at) => {
      if (at + 1 === Number(number)) return rows;
      const address = new URL(at ? base.replace(/index\.html$/, `~${at + 1}/index.html`) : base, location.href);
      const text = await (await fetch(address)).text();
      return read(new DOMParser().parseFromString(text, "text/html"), address);
    });
    rows = (await Promise.all(all)).flat();
    for (const [at, select] of selects) fill(select, at);
  }

  function show() {
    const asked = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = [...selects].filter(([, it]) => it.value);
    if (!asked.length && !chosen.length && sorted < 0) {
      table.replaceChildren(table.tHead, ...bodies);
      for (const { tr } of own) tr.hidden = false;
      count.textContent = before;
      document.querySelector(".pager")?.removeAttribute("hidden");
      return;
    }
    const found = rows.filter(
      (row) => asked.every((it) => row.text.includes(it)) && chosen.every(([at, it]) => row.cells[at] === it.value),
    );
    if (sorted >= 0) {
      const { compare } = new Intl.Collator(language, { numeric: true });
      // What says nothing comes last, whichever way it is sorted.
      found.sort(({ cells: { [sorted]: a } }, { cells: { [sorted]: b } }) =>
        a && b ? (down ? compare(b, a) : compare(a, b)) : !a - !b,
      );
    }
    const body = document.createElement("tbody");
    body.append(...found.slice(0, LONGEST).map((it) => it.tr.cloneNode(true)));
    table.replaceChildren(table.tHead, body);
    count.textContent = words.found.replace("N", Math.min(found.length, LONGEST)).replace("M", rows.length);
    document.querySelector(".pager")?.setAttribute("hidden", "");
  }

  const own = rows;
  const before = count.textContent;
  const update = () => complete().then(show);
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.setAttribute("role", "search");
  tools.setAttribute("aria-label", words.filter);
  const text = Object.assign(document.createElement("input"), { type: "search", placeholder: words.filter, autocomplete: "off" });
  text.setAttribute("aria-label", words.filter);
  text.addEventListener("input", update);
  tools.append(text);

  const fill = (select, at) => {
    const { value } = select;
    const values = [...new Set(rows.map((it) => it.cells[at]))].filter(Boolean).sort(new Intl.Collator(language).compare);
    const name = table.tHead.rows[0].cells[at].textContent.trim();
    select.replaceChildren(new Option(name, ""), ...values.map((it) => new Option(it, it, false, it === value)));
    select.setAttribute("aria-label", name);
    return values.length > 1;
  };
  const selects = new Map();
  for (const at of [1, 2, 3]) {
    const select = document.createElement("select");
    if (!fill(select, at) && whole) continue;
    select.addEventListener("change", update);
    select.addEventListener("focus", () => complete(), { once: true });
    selects.set(at, select);
    tools.append(select);
  }
  table.parentElement.before(tools);

  [...table.tHead.rows[0].cells].forEach((cell, at) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: cell.textContent });
    button.addEventListener("click", () => {
      // Up, down, and as the notes stand in their sections.
      if (sorted !== at) [sorted, down] = [at, false];
      else if (!down) down = true;
      else [sorted, down] = [-1, false];
      for (const it of table.tHead.rows[0].cells) it.removeAttribute("aria-sort");
      if (sorted >= 0) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      update();
    });
    cell.replaceChildren(button);
  });
})();
