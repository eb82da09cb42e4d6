// Pages compared with stored pictures of them: what nobody meant to change has not changed.
//
// `node run.mjs --only pictures --update` writes the pictures anew; look at them before
// they are committed. What differs is written to out/pictures/.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { built, folder } from "../building.mjs";
import { none } from "../site.mjs";

/** It shows pages of the specimen, which change only with the theme. */
export const own = true;

const stored = fileURLToPath(new URL("../pictures/", import.meta.url));
const out = fileURLToPath(new URL("../out/pictures/", import.meta.url));

/** Machines have different fonts: these are shown wherever the tests run. */
const FONTS = { sans: "DejaVu Sans", mono: "DejaVu Sans Mono" };

/** How unlike two pixels may be, from 0 to 1: programs smooth the edges of letters in many ways. */
const UNLIKE = 0.2;

/** How many of a thousand pixels may be unlike. A line that moves changes more. */
const MOST = 2;

/** Page, width, scheme, and what is done before the picture is taken. */
const VIEWS = {
  note: ["blocks/text/index.html", 1280, "light"],
  contents: ["blocks/text/index.html", 1280, "dark", (page) => page.evaluate(() => document.getElementById("quotations").scrollIntoView())],
  code: ["blocks/code/index.html", 900, "dark"],
  callouts: ["blocks/blocks/index.html", 768, "light"],
  table: ["blocks/tables/index.html", 1280, "light", (page) => page.evaluate(() => document.getElementById("a-wide-table").scrollIntoView())],
  comparison: ["blocks/comparisons/index.html", 390, "light"],
  section: ["blocks/index.html", 390, "dark"],
  drawer: ["blocks/text/index.html", 390, "light", (page) => page.click(".bar-nav")],
  list: ["notes/index.html", 1280, "dark"],
};

/** A picture of half the size, in which it counts for less how letters are smoothed. */
function halved(png) {
  const half = new PNG({ width: png.width >> 1, height: png.height >> 1 });
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        const at = (dx, dy) => png.data[4 * ((2 * y + dy) * png.width + 2 * x + dx) + channel];
        half.data[4 * (y * half.width + x) + channel] = (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
      }
    }
  }
  return half;
}

/** The picture of a page, and the fonts that it was written with. */
async function picture(site, [path, width, scheme, act]) {
  const options = { width, height: 640, scheme, reducedMotion: "reduce" };
  return site.with("about:blank", options, async (page, context) => {
    await context.route("**/style.*.css", async (route) => {
      const response = await route.fetch();
      const fonts = `:root { --sans: "${FONTS.sans}"; --mono: "${FONTS.mono}"; }`;
      await route.fulfill({ response, body: `${await response.text()}\n${fonts}` });
    });
    await page.goto(site.url(path), { waitUntil: "networkidle" });
    await act?.(page);
    const session = await context.newCDPSession(page);
    await session.send("DOM.enable");
    await session.send("CSS.enable");
    const { root } = await session.send("DOM.getDocument");
    const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: "h1" });
    const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
    await page.waitForTimeout(100);
    return { png: halved(PNG.sync.read(await page.screenshot())), fonts: fonts.map((it) => it.familyName) };
  });
}

/** What is wrong with a picture, if something is. */
function fault(name, png) {
  const file = `${stored}${name}.png`;
  if (!existsSync(file)) return "there is none; --update writes it";
  const before = PNG.sync.read(readFileSync(file));
  const { width, height } = png;
  if (before.width !== width || before.height !== height) return `${before.width}×${before.height}, not ${width}×${height}`;
  const diff = new PNG({ width, height });
  const unlike = pixelmatch(before.data, png.data, diff.data, width, height, { threshold: UNLIKE });
  if (unlike <= (MOST / 1000) * width * height) return undefined;
  mkdirSync(out, { recursive: true });
  writeFileSync(`${out}${name}.png`, PNG.sync.write(png));
  writeFileSync(`${out}${name}-unlike.png`, PNG.sync.write(diff));
  return `${((1000 * unlike) / width / height).toFixed(1)} ‰ of the pixels are not as they were; see out/pictures/${name}-unlike.png, and --update if it is meant`;
}

/** Compares views of a site, or stores them. */
async function compare(site, views, update) {
  const faults = [];
  for (const [name, view] of Object.entries(views)) {
    const { png, fonts } = await picture(site, view);
    if (!fonts.includes(FONTS.sans)) throw new Error(`the pictures need the font ${FONTS.sans} (Debian: fonts-dejavu-core), not ${fonts}`);
    if (update) {
      mkdirSync(stored, { recursive: true });
      writeFileSync(`${stored}${name}.png`, PNG.sync.write(png, { deflateLevel: 9, colorType: 2 }));
    } else {
      const found = fault(name, png);
      if (found) faults.push(`${name}: ${found}`);
    }
  }
  none(faults);
}

export const checks = {
  "pages look as they did": (site) => compare(site, VIEWS, site.update),

  "so do those that are written from right to left": (site) =>
    built(site, "arabic", folder("arabic"), (arabic) => compare(arabic, { arabic: ["guide/latency/index.html", 1280, "light"] }, site.update)),
};
