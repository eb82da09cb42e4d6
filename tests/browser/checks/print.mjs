// A page on paper.

import { same } from "../site.mjs";

export const checks = {
  "what surrounds the note is not printed": async (site) => {
    const path = site.pageWith(/class="site-nav"[\s\S]*rel="(next|prev)"/);
    await site.with(site.url(path), {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      for (const part of [".site-header", ".site-nav", ".page-bar", ".contents", ".around"]) {
        if (await page.$(part)) same(await page.isVisible(part), false, part);
      }
      same(await page.isVisible("main h1"), true, "the note");
    });
  },

  "links show their addresses": async (site) => {
    const path = site.pageWith(/<a class="web"/);
    await site.with(site.url(path), {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      const shown = await page.$eval(".note a.web", (it) => getComputedStyle(it, "::after").content);
      same(shown.includes("http"), true, shown);
    });
  },

  "no table is cut, and dark pages are printed light": async (site) => {
    const path = site.pageWith(/class="table"/);
    await site.with(site.url(path), { scheme: "dark", width: 700 }, async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const cut = await page.$$eval(".table", (all) => all.filter((it) => it.scrollWidth > it.clientWidth + 1).length);
      same(cut, 0, "tables cut");
      const [text] = await page.$eval(".note", (it) => getComputedStyle(it).color.match(/[\d.]+/g).map(Number));
      same(text < 0.4 || text < 100, true, "dark text");
    });
  },

  "a page becomes a PDF": async (site) => {
    const path = site.pageWith(/class="table"/);
    await site.with(site.url(path), {}, async (page) => {
      const pdf = await page.pdf({ format: "A4" });
      same(pdf.subarray(0, 5).toString(), "%PDF-", "a PDF");
      same(pdf.length > 10_000, true, `${pdf.length} bytes`);
    });
  },
};
