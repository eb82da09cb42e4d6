// Sorts the rows of a comparison by a column: a button in each header, pressed once for
// rising, twice for falling, three times for the order of the author.
(() => {
  const { sort } = document.currentScript.dataset;
  const rows = (body) => [...body.rows].filter((row) => !row.classList.contains("group"));

  // Numbers come before words, numbers of one unit together, and what has no value last.
  const key = (row, column) => {
    const cell = row.cells[column];
    const { state = "value", value = cell.innerText.trim() } = cell.dataset;
    const known = column === 0 || state === "value" || state === "estimated";
    const number = column === 0 || value === "" ? NaN : Number(value);
    const rank = !known ? 2 : Number.isNaN(number) ? 1 : 0;
    return { rank, unit: rank ? "" : row.dataset.unit ?? "", number, text: cell.innerText };
  };
  const compare = (a, b, sign) =>
    a.rank - b.rank
    || a.unit.localeCompare(b.unit)
    || sign * (a.rank ? a.text.localeCompare(b.text, undefined, { numeric: true }) : a.number - b.number);

  const arrange = (order, column, direction) => {
    for (const [body, original] of order) {
      let sorted = original;
      if (direction !== "none") {
        const sign = direction === "ascending" ? 1 : -1;
        const keyed = original.map((row) => [row, key(row, column)]);
        sorted = keyed.sort(([, a], [, b]) => compare(a, b, sign)).map(([row]) => row);
      }
      body.append(...sorted);
    }
  };

  for (const table of document.querySelectorAll(".compare-table")) {
    const order = [...table.tBodies].map((body) => [body, rows(body)]);
    if (!order.some(([, rows]) => rows.length > 1)) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.ariaLabel = `${sort} ${(head.firstChild?.textContent ?? "").trim()}`;
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "none" }[head.ariaSort] ?? "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next !== "none") head.ariaSort = next;
        arrange(order, column, next);
      });
      head.append(button);
    });
  }
})();
