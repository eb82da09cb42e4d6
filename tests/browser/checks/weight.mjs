// What a page weighs.

import { gzipSync } from "node:zlib";
import { none } from "../site.mjs";

const KB = 1024;

/** What a page loads at first, compressed: all of it, and the scripts alone. */
async function load(site, path) {
  return site.with("about:blank", {}, async (page) => {
    let [all, scripts] = [0, 0];
    const seen = [];
    page.on("response", (response) => seen.push(response));
    await page.goto(site.url(path), { waitUntil: "networkidle" });
    for (const response of seen) {
      const type = response.request().resourceType();
      if (type === "image" || type === "media") continue; // The note's own.
      const { length } = gzipSync(await response.body(), { level: 6 });
      all += length;
      if (type === "script") scripts += length;
    }
    return { all, scripts };
  });
}

export const checks = {
  "no note loads more than 30 KB at first, 6 KB of it scripts": async (site) => {
    const faults = [];
    let [most, mostScripts] = [0, 0];
    // The page of the search is the search in use, which `search.mjs` weighs.
    for (const path of site.pages.filter((it) => !it.endsWith("search/index.html"))) {
      const { all, scripts } = await load(site, path);
      most = Math.max(most, all);
      mostScripts = Math.max(mostScripts, scripts);
      // A long note is its author's; 15 KB of the 30 are left to it.
      const own = gzipSync(own_text(site.read(path)), { level: 6 }).length;
      if (all - Math.max(0, own - 15 * KB) > 30 * KB) faults.push(`${path}: ${all} bytes`);
      if (scripts > 6 * KB) faults.push(`${path}: ${scripts} bytes of scripts`);
    }
    console.log(`     heaviest first load ${(most / KB).toFixed(1)} KB, scripts ${(mostScripts / KB).toFixed(1)} KB`);
    none(faults);
  },

  "no page has more than 12 KB of HTML beyond its note": async (site) => {
    const sizes = site.pages.map((path) => {
      const html = site.read(path);
      return [path, Buffer.byteLength(html) - Buffer.byteLength(own_text(html))];
    });
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    console.log(`     ${(total / sizes.length / KB).toFixed(1)} KB on the average, ${(Math.max(...sizes.map(([, it]) => it)) / KB).toFixed(1)} KB at most`);
    none(sizes.filter(([, size]) => size > 12 * KB).map(([path, size]) => `${path}: ${size} bytes`));
  },
};

/** The HTML of the note itself. */
function own_text(html) {
  return html.match(/<article[\s\S]*<\/article>/)?.[0] ?? "";
}
