// Runs the checks of a built site in Chromium.
//
//   node run.mjs FOLDER [--only NAME[,NAME]] [--sample N]
//
// Ends with `N passed, N failed`; exit code 1 when a check failed.

import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { Missing, Site } from "./site.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, sample: { type: "string" } },
});
if (positionals.length !== 1) {
  console.error("usage: node run.mjs FOLDER [--only NAME[,NAME]] [--sample N]");
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
const site = await Site.open(positionals[0], browser, Number(values.sample ?? Infinity));
const wanted = values.only?.split(",");
const names = readdirSync(new URL("checks/", import.meta.url))
  .filter((name) => name.endsWith(".mjs"))
  .map((name) => name.replace(".mjs", ""))
  .filter((name) => !wanted || wanted.includes(name));

let [passed, failed] = [0, 0];
for (const name of names) {
  const { checks } = await import(`./checks/${name}.mjs`);
  for (const [sentence, check] of Object.entries(checks)) {
    const start = performance.now();
    try {
      await check(site);
      passed += 1;
      console.log(`ok   ${name}: ${sentence} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      if (error instanceof Missing) {
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
