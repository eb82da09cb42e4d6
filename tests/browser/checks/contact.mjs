// A sheet of all kinds of page, for people to look at: out/index.html.

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const out = fileURLToPath(new URL("../out/", import.meta.url));

export const checks = {
  "a contact sheet is written": async (site) => {
    mkdirSync(out, { recursive: true });
    const rows = [];
    for (const path of site.pages.slice(0, 16)) {
      const shots = [];
      for (const scheme of ["light", "dark"]) {
        for (const width of [390, 768, 1440]) {
          const name = `${path.replaceAll("/", "_")}-${width}-${scheme}.png`;
          await site.with(site.url(path), { width, scheme, height: 1000 }, (page) => page.screenshot({ path: out + name }));
          shots.push(`<a href="${name}"><img src="${name}" height="420" alt="${scheme} at ${width} px"></a>`);
        }
      }
      rows.push(`<h2>${path}</h2>\n<p>${shots.join("\n")}</p>`);
    }
    writeFileSync(`${out}index.html`, `<!DOCTYPE html>\n<meta charset="utf-8">\n<title>Contact sheet</title>\n${rows.join("\n")}\n`);
  },
};
