// Comparisons: what a screen reader is told of them, their other views, their order.

import { none, same } from "../site.mjs";

const off = { javaScriptEnabled: false };

/** A page with a comparison of which a value is missing and a row asks for something. */
const path = (site) => site.pageWith(/<table class="compare-table"[^>]*data-sides[\s\S]*data-state="not-measured"/);

/** What Chromium tells assistive technology of each table: its name, then for each row the roles and names. */
async function told(page, context) {
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const within = function* (node) {
    for (const child of (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean)) {
      yield child;
      yield* within(child);
    }
  };
  const role = (node) => node.role?.value;
  const cells = ["columnheader", "rowheader", "cell", "gridcell"];
  const text = (node) => {
    if (role(node) === "StaticText" || role(node) === "image") return node.name?.value ?? "";
    if (node.ignored && !node.childIds?.length) return "";
    return (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean).map(text).filter(Boolean).join(" ");
  };
  const tables = nodes.filter((node) => role(node) === "table" && !node.ignored);
  return tables.map((table) => ({
    name: table.name?.value,
    rows: [...within(table)].filter((node) => role(node) === "row").map((row) =>
      [...within(row)].filter((node) => cells.includes(role(node))).map((node) => [
        role(node) === "gridcell" ? "cell" : role(node),
        text(node).replace(/\s+/g, " ").trim(),
      ]),
    ),
  }));
}

/** What the HTML of the first comparison says, row by row. */
const written = (page) =>
  page.$eval(".compare-table[data-sides]", (table) => ({
    caption: table.caption.textContent.trim(),
    sides: [...table.tHead.rows[0].cells].slice(1).map((it) => it.textContent.trim()),
    rows: [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => ({
      label: row.cells[0].firstChild.textContent.trim(),
      unit: row.querySelector("th .unit")?.textContent.trim() ?? "",
      states: [...row.cells].slice(1).map((it) => [it.dataset.state, it.querySelector("abbr")?.title ?? it.querySelector(".unseen")?.textContent.trim() ?? ""]),
    })),
  }));

export const checks = {
  "a screen reader is told caption, side, row, unit and state": async (site) => {
    await site.with(site.url(path(site)), off, async (page, context) => {
      const { caption, sides, rows } = await written(page);
      const table = (await told(page, context)).find((it) => it.name?.startsWith(caption.slice(0, 20)));
      if (!table) throw new Error(`no table is called ${caption}`);
      const faults = [];
      const [head, ...body] = table.rows;
      const heads = head.filter(([role]) => role === "columnheader").map(([, name]) => name);
      sides.forEach((side, at) => {
        if (heads[at + 1]?.replace(/\s/g, "") !== side.replace(/\s/g, "")) faults.push(`side ${side} is ${heads[at + 1]}`);
      });
      same(body.length, rows.length, "rows");
      rows.forEach(({ label, unit, states }, at) => {
        const [[role, name], ...cells] = body[at];
        if (role !== "rowheader") faults.push(`${label} is a ${role}`);
        if (!name.includes(label) || !name.includes(unit)) faults.push(`${label} (${unit}) is ${name}`);
        if (cells.length !== states.length) faults.push(`${label} has ${cells.length} cells of ${states.length}`);
        states.forEach(([state, words], side) => {
          const told = cells[side]?.[1] ?? "";
          if (!told) faults.push(`${label}, ${sides[side]}: nothing is told`);
          if (state !== "value" && !(words && told.includes(words))) faults.push(`${label}, ${sides[side]}: ${state} is told as ${told}`);
        });
      });
      none(faults);
    });
  },

  "it is told the same, in the same order, in every view": async (site) => {
    const seen = [];
    const view = async (options, click) =>
      site.with(site.url(path(site)), { ...off, ...options }, async (page, context) => {
        if (click) await page.click(click);
        seen.push(JSON.stringify(await told(page, context)));
      });
    await view({ width: 1280 });
    await view({ width: 1280 }, ".compare-turned");
    await view({ width: 320 });
    await view({ width: 320 }, ".compare-stacked");
    same(new Set(seen).size, 1, "different trees");
  },

  "on a phone a row stands alone, its sides below each other": async (site) => {
    await site.with(site.url(path(site)), { ...off, width: 320 }, async (page) => {
      const measure = () =>
        page.$eval(".compare-table[data-sides]", (table) => {
          const row = [...table.querySelectorAll("tbody tr:not(.group)")][0];
          const [first, second] = [...row.querySelectorAll("td")].map((it) => it.getBoundingClientRect());
          const label = getComputedStyle(row.querySelector("td"), "::before").content;
          return { below: second.top >= first.bottom - 1, label, wide: table.parentElement.scrollWidth > table.parentElement.clientWidth };
        });
      const side = await page.$eval(".compare-table[data-sides] td", (it) => it.dataset.side);
      const stacked = await measure();
      same(stacked.below, true, "the second side below the first");
      same(stacked.label.includes(side), true, `${stacked.label} is ${side}`);
      same(stacked.wide, false, "scrolls sideways");
      await page.click(".compare-stacked");
      same((await measure()).below, false, "below after it is a table again");
    });
  },

  "sides can be rows": async (site) => {
    await site.with(site.url(path(site)), off, async (page) => {
      const places = () =>
        page.$eval(".compare-table[data-sides]", (table) => {
          const of = (selector) => table.querySelector(selector).getBoundingClientRect();
          const [first, second] = [...table.querySelectorAll("tbody tr:not(.group)")].slice(0, 2).map((it) => it.cells[0].getBoundingClientRect());
          const cells = [...table.querySelector("tbody tr:not(.group)").cells].map((it) => it.getBoundingClientRect());
          const heads = [...table.tHead.rows[0].cells].map((it) => it.getBoundingClientRect());
          return {
            rowsSideBySide: Math.abs(first.top - second.top) < 1 && second.left > first.left,
            sidesBelow: cells.every((it, at) => at === 0 || it.top >= cells[at - 1].bottom - 1),
            aligned: cells.every((it, at) => Math.abs(it.top - heads[at].top) < 1),
            caption: of("caption").top < first.top,
          };
        });
      same((await places()).rowsSideBySide, false, "turned at first");
      await page.click(".compare-turned");
      same(JSON.stringify(await places()), JSON.stringify({ rowsSideBySide: true, sidesBelow: true, aligned: true, caption: true }), "turned");
    });
  },

  "rows without a difference can be left out": async (site) => {
    const page = site.pageWith(/class="compare-differing"/);
    await site.with(site.url(page), off, async (page) => {
      const figure = page.locator(".compare:has(.compare-differing)").first();
      const [same_, differs] = [figure.locator("tr.same").first(), figure.locator("tr.differs, tbody tr:not(.same, .group)").first()];
      same(await same_.isVisible(), true, "a row without a difference at first");
      for (const turn of [false, true]) {
        if (turn && (await figure.locator(".compare-turned").count())) await figure.locator(".compare-turned").click();
        if (!turn) await figure.locator(".compare-differing").click();
        same(await same_.locator("td").first().isVisible(), false, `without a difference, turned: ${turn}`);
        same(await differs.locator("td").first().isVisible(), true, `with a difference, turned: ${turn}`);
      }
    });
  },

  "a column can be sorted, one at a time, and back": async (site) => {
    await site.with(site.url(path(site)), {}, async (page) => {
      const table = page.locator(".compare-table").first();
      const labels = () => table.evaluate((it) => [...it.tBodies].map((body) => [...body.rows].map((row) => row.cells[0].textContent)));
      const sorts = () => table.evaluate((it) => [...it.tHead.rows[0].cells].map((head) => head.ariaSort ?? "-").join(" "));
      const before = await labels();
      const buttons = table.locator("thead button");
      await buttons.first().press("Enter");
      same((await sorts()).startsWith("ascending -"), true, "sorted by the first column");
      const names = await table.evaluate((it) =>
        [...it.tBodies].map((body) => [...body.rows].filter((row) => !row.classList.contains("group")).map((row) => row.cells[0].innerText)),
      );
      for (const group of names) {
        const sorted = [...group].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
        same(group.join("|"), sorted.join("|"), "names");
      }
      await buttons.nth(1).click();
      same(await sorts(), (await sorts()).replace(/^\S+ \S+/, "- ascending"), "only the second is sorted");
      const numbers = await table.evaluate((it) =>
        [...it.tBodies].map((body) =>
          [...body.rows]
            .filter((row) => row.cells[1]?.dataset.value !== undefined)
            .map((row) => [row.dataset.unit ?? "", Number(row.cells[1].dataset.value)]),
        ),
      );
      for (const group of numbers) {
        group.forEach(([unit, value], at) => {
          const [other, last] = group[at - 1] ?? [];
          if (other === unit && last > value) throw new Error(`${last} before ${value}`);
        });
      }
      await buttons.nth(1).click();
      await buttons.nth(1).click();
      same(JSON.stringify(await labels()), JSON.stringify(before), "the order of the author");
    });
  },
};
