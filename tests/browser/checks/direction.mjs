// A site in a language that is written from right to left.

import { built, folder } from "../building.mjs";
import { none, same } from "../site.mjs";

/** It builds a site of its own. */
export const own = true;

const NOTE = "guide/latency/index.html";

/** Hands the Arabic site to `use`. */
const arabic = (site, use) => built(site, "arabic", folder("arabic"), use);

export const checks = {
  "the language says which way text runs": (site) =>
    arabic(site, (arabic) =>
      arabic.with(arabic.url(NOTE), { width: 1440 }, async (page) => {
        const said = await page.$eval("html", (it) => `${it.lang} ${it.dir}`);
        same(said, "ar rtl", "language and direction");
      }),
    ),

  "columns, lists, tables and quotations begin on the right": (site) =>
    arabic(site, (arabic) =>
      arabic.with(arabic.url(NOTE), { width: 1440 }, async (page) => {
        const box = (selector) => page.$eval(selector, (it) => it.getBoundingClientRect().toJSON());
        const [nav, main, contents] = [await box(".site-nav"), await box("article"), await box(".contents")];
        same(nav.left > main.right - 1 && main.left > contents.right - 1, true, "navigation, note and contents from the right");
        same((await box(".site-title")).left > (await box(".scheme")).left, true, "the title right of the colours");
        const [first, second] = [await box(".note thead th:nth-child(1)"), await box(".note thead th:nth-child(2)")];
        same(first.left > second.left, true, "the first column on the right");
        const edge = await page.$eval(".note blockquote", (it) => [getComputedStyle(it).borderRightWidth, getComputedStyle(it).borderLeftWidth]);
        same(edge.join(), "3px,0px", "the edge of a quotation");
        same(await page.$eval(".note pre", (it) => getComputedStyle(it).direction), "ltr", "direction of code");
        const [button, frame] = [await box(".code .copy"), await box("figure.code")];
        same(button.left > frame.left + frame.width / 2, true, "the button of code where its lines end");
        const day = await page.$eval(".fact-created time", (it) => getComputedStyle(it).unicodeBidi);
        same(day, "plaintext", "a day in the order of its own words");
      }),
    ),

  "no page is wider than the screen, and the drawer comes from the right": (site) =>
    arabic(site, async (arabic) => {
      const faults = [];
      for (const path of arabic.all) {
        for (const width of [320, 768, 1280]) {
          await arabic.with(arabic.url(path), { width }, async (page) => {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            if (wide > width) faults.push(`${path}: ${wide} px at ${width}`);
          });
        }
      }
      none(faults);
      await arabic.with(arabic.url(NOTE), { width: 390 }, async (page) => {
        await page.click(".bar-nav");
        await page.waitForTimeout(400);
        const right = await page.$eval(".site-nav", (it) => it.getBoundingClientRect().right);
        same(Math.round(right), 390, "the right edge of the drawer");
      });
    }),

  "words are found, and their beginnings": (site) =>
    arabic(site, (arabic) =>
      arabic.with(arabic.url(NOTE), {}, async (page) => {
        await page.keyboard.press("/");
        await page.waitForSelector("dialog.search[open]");
        await page.keyboard.type("الاستج");
        await page.waitForSelector("dialog.search [role=option]");
        const links = await page.$$eval("dialog.search [role=option]", (all) => all.map((it) => it.href));
        same(links.some((it) => it.includes("guide/latency")), true, links.join());
      }),
    ),
};
