// A sheet of all kinds of page, for people to look at: out/index.html.

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const out = fileURLToPath(new URL("../out/", import.meta.url));

/** The kinds of page: by what the page holds, or by where it is. */
const KINDS = {
  "start page": (html, path) => path === "index.html",
  section: (html) => /class="listing"/.test(html),
  note: (html) => /class="facts"[\s\S]*<h2[\s\S]*class="backlinks"/.test(html),
  code: (html) => /<figure class="code"[\s\S]*class="line/.test(html),
  table: (html) => /<article[\s\S]*<div class="table"(?![\s\S]*class="notes")/.test(html),
  callouts: (html) => /class="callout/.test(html),
  comparison: (html) => /<table class="compare-table"/.test(html),
  "model or dataset": (html) => /class="sheet/.test(html),
  scorecard: (html) => /class="scorecard/.test(html),
  superseded: (html) => /class="banner"/.test(html),
  comparisons: (html) => /class="compare-table matrix"/.test(html),
  gap: (html) => /class="compare-table gap"/.test(html),
  systems: (html, path) => path === "overview/index.html",
  system: (html, path) => /^overview\/.+\/index/.test(path),
  decisions: (html, path) => path === "decision-log/index.html",
  timeline: (html, path) => path === "timeline/index.html",
  options: (html, path) => path === "options/index.html",
  rubrics: (html, path) => path === "rubrics/index.html",
  rubric: (html, path) => /^rubrics\/.+\/index/.test(path),
  reviews: (html, path) => path === "reviews/index.html",
  glossary: (html, path) => path === "terms/index.html",
  "all notes": (html, path) => path === "notes/index.html",
  tags: (html, path) => path === "tags/index.html",
  tag: (html, path) => /^tags\/.+\/index/.test(path),
  search: (html, path) => path === "search/index.html",
  "no such page": (html, path) => path === "404.html",
};

export const checks = {
  "a contact sheet is written": async (site) => {
    mkdirSync(out, { recursive: true });
    const rows = [];
    for (const [kind, is] of Object.entries(KINDS)) {
      const path = site.all.find((it) => is(site.read(it), it));
      if (!path) continue;
      const shots = [];
      for (const scheme of ["light", "dark"]) {
        for (const width of [360, 768, 1280]) {
          const name = `${kind.replaceAll(" ", "-")}-${width}-${scheme}.png`;
          await site.with(site.url(path), { width, scheme, height: 1000 }, (page) => page.screenshot({ path: out + name }));
          shots.push(`<a href="${name}"><img src="${name}" height="420" alt="${scheme} at ${width} px"></a>`);
        }
      }
      rows.push(`<h2>${kind}</h2>\n<p>${path}</p>\n<p>${shots.join("\n")}</p>`);
    }
    if (rows.length < 5) throw new Error(`only ${rows.length} kinds of page`);
    writeFileSync(`${out}index.html`, `<!DOCTYPE html>\n<meta charset="utf-8">\n<title>Contact sheet</title>\n${rows.join("\n")}\n`);
  },
};
