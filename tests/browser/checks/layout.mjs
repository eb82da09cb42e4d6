// How the page lies: phones, columns, lines.

import { Missing, none, same } from "../site.mjs";

export const checks = {
  "no page is wider than the screen": async (site) => {
    const faults = [];
    await site.with("about:blank", {}, async (page) => {
      for (const path of site.pages) {
        await page.goto(site.url(path));
        for (const width of [320, 390, 768, 1000, 1280, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          if (wide > width) faults.push(`${path}: ${wide} px at ${width}`);
        }
      }
    });
    none(faults);
  },

  "a line has 66 to 75 characters": async (site) => {
    const path = site.all
      .filter((it) => site.read(it).includes('class="page-foot"'))
      .map((it) => [it, [...site.read(it).matchAll(/<p>(?:(?!<\/p>)[\s\S]){300,}/g)].length])
      .sort(([, a], [, b]) => b - a)[0][0];
    await site.with(site.url(path), { width: 1440 }, async (page) => {
      const average = await page.evaluate(() => {
        const counts = [];
        for (const paragraph of document.querySelectorAll(".note > p")) {
          const range = document.createRange();
          range.selectNodeContents(paragraph);
          const lines = new Set([...range.getClientRects()].map((it) => Math.round(it.bottom / 12))).size;
          const { lineHeight } = getComputedStyle(paragraph);
          const rows = Math.round(paragraph.getBoundingClientRect().height / parseFloat(lineHeight));
          if (rows >= 3 && lines) counts.push([paragraph.textContent.length, rows]);
        }
        // The last line of a paragraph is half full on the average.
        const characters = counts.reduce((sum, [it]) => sum + it, 0);
        const rows = counts.reduce((sum, [, it]) => sum + it - 0.5, 0);
        return characters / rows;
      });
      if (!(average >= 66 && average <= 75)) throw new Error(`${path}: ${average.toFixed(1)} on the average`);
    });
  },

  "text is 16 to 18 px at 1.6 to 1.75": async (site) => {
    for (const width of [390, 1440]) {
      await site.with(site.url("index.html"), { width }, async (page) => {
        const [size, height] = await page.$eval("main", (it) => {
          const { fontSize, lineHeight } = getComputedStyle(it);
          return [parseFloat(fontSize), parseFloat(lineHeight)];
        });
        same(size >= 16 && size <= 18 && height / size >= 1.6 && height / size <= 1.75, true, `${size}/${height}`);
      });
    }
  },

  "what is wide may be wider than the text": async (site) => {
    const path = site.pageWith(/<div class="table"/);
    await site.with(site.url(path), { width: 1440 }, async (page) => {
      const [text, wide, most] = await page.evaluate(() => {
        // A text and a table that would be as wide as they may.
        const note = document.querySelector("article.note");
        const table = document.querySelector(".note > .table, .note > section > .table") ?? document.querySelector(".note .table");
        const long = Object.assign(document.createElement("p"), { textContent: "word ".repeat(500) });
        const copy = table.cloneNode(true);
        copy.querySelector("td").textContent = "word ".repeat(30).replaceAll(" ", "\u00a0");
        note.append(long, copy);
        return [long, copy, note].map((it) => it.getBoundingClientRect().width);
      });
      same(wide > text + 20 && wide <= most, true, `text ${text} px, table ${wide} px of ${most}`);
    });
  },

  "a page without contents has their column": async (site) => {
    const path = site.all.find((it) => /class="site-nav"/.test(site.read(it)) && !/class="contents"/.test(site.read(it)) && it !== "404.html");
    if (!path) throw new Missing("every page has contents");
    await site.with(site.url(path), { width: 1440 }, async (page) => {
      const [main, layout] = await page.evaluate(() => ["main", ".layout"].map((it) => document.querySelector(it).getBoundingClientRect().right));
      same(main, layout, "right edge of the page");
    });
  },

  "the columns turn round where text runs from right to left": async (site) => {
    const path = site.pageWith(/class="site-nav"/);
    await site.with(site.url(path), { width: 1440 }, async (page) => {
      await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
      const [nav, main] = await page.evaluate(() =>
        [".site-nav", "main"].map((it) => document.querySelector(it).getBoundingClientRect().left),
      );
      same(nav > main, true, "navigation on the right");
      same(await page.evaluate(() => document.documentElement.scrollWidth), 1440, "width");
    });
  },
};
