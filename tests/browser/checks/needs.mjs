// Each page loads the scripts that it has use for, and no others.

import { none } from "../site.mjs";

const article = (html) => html.match(/<article[\s\S]*<\/article>/)?.[0] ?? "";
const text = (html) => article(html).replace(/<section class="listing"[\s\S]*?<\/section>|<div class="facts">[\s\S]*?<\/dl>\s*(?:<\/details>\s*)?<\/div>/g, "");

/** What is on pages that have use for a script. */
const NEEDS = {
  "scheme.js": () => true,
  "keys.js": () => true,
  "search-open.js": () => true,
  "contents.js": (html) => html.includes('class="site-nav"'),
  "copy.js": (html) => /<figure class="code"/.test(article(html)),
  "details.js": (html, note) => note && /<details/.test(text(html)),
  "zoom.js": (html) => /<img /.test(article(html)),
  "footnotes.js": (html) => /class="footnote-ref"/.test(article(html)),
  "previews.js": (html, note) => note && (/<a href="(?:#|[^"]*\.html)/.test(text(html)) || html.includes('class="map"')),
  "notes.js": (html) => /<table class="notes" data-base=/.test(html),
  "compare.js": (html) => /<table class="compare-table/.test(html),
};

export const checks = {
  "every page loads what it has use for, and nothing else": async (site) => {
    const faults = [];
    for (const path of site.all) {
      const html = site.read(path);
      const asked = [...html.matchAll(/<script[^>]*>/g)].join(" ");
      const note = /class="page-foot"[\s\S]* min/.test(html);
      for (const [name, needs] of Object.entries(NEEDS)) {
        const loads = new RegExp(`[/" ]${name.replace(".js", "")}\\.[0-9a-f]+\\.js`).test(asked);
        if (loads !== Boolean(needs(html, note))) faults.push(`${path} ${loads ? "loads" : "lacks"} ${name}`);
      }
    }
    none(faults);
  },
};
