// Runs the checks of a site in Chromium.
//
//   node run.mjs [FOLDER] [--only NAME[,NAME]] [--sample N] [--update]
//
// FOLDER is a built site. Checks for which it has no page are left out, and so are those
// that need no site of others. Without FOLDER the specimen is built and checked: it has a
// page for every check, so none may be left out.
//
// `--update` writes the pictures anew that checks/pictures.mjs compares pages with.
//
// Ends with `N passed, N failed`; exit code 1 when a check failed.

import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { ALIKE, build, specimen } from "./building.mjs";
import { Missing, Site } from "./site.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, sample: { type: "string" }, update: { type: "boolean" } },
});
if (positionals.length > 1) {
  console.error("usage: node run.mjs [FOLDER] [--only NAME[,NAME]] [--sample N] [--update]");
  process.exit(2);
}

const whole = positionals.length === 0;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Letters look the same on every machine that has the font.
  args: ["--no-sandbox", "--disable-background-networking", "--font-render-hinting=none", "--disable-lcd-text"],
});
const folder = whole ? build("specimen", specimen()) : positionals[0];
const site = await Site.open(folder, browser, Number(values.sample ?? Infinity));
if (whole) site.pages = site.pages.filter((path) => !ALIKE.test(path));
site.update = values.update ?? false;
const wanted = values.only?.split(",");
const names = readdirSync(new URL("checks/", import.meta.url))
  .filter((name) => name.endsWith(".mjs"))
  .map((name) => name.replace(".mjs", ""))
  .filter((name) => !wanted || wanted.includes(name));

let [passed, failed] = [0, 0];
for (const name of names) {
  const { checks, own = false } = await import(`./checks/${name}.mjs`);
  if (own && !whole) continue;
  for (const [sentence, check] of Object.entries(checks)) {
    const start = performance.now();
    try {
      await check(site);
      passed += 1;
      console.log(`ok   ${name}: ${sentence} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      if (error instanceof Missing && !whole) {
        console.log(`skip ${name}: ${sentence}: ${error.message}`);
        continue;
      }
      failed += 1;
      console.log(`FAIL ${name}: ${sentence}\n     ${String(error.message).replaceAll("\n", "\n     ")}`);
    }
  }
}
await site.close();
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
