// Without JavaScript nothing that one reads by is missing.

import { none, same } from "../site.mjs";

const off = { javaScriptEnabled: false };

export const checks = {
  "every page shows its text": async (site) => {
    const faults = [];
    await site.with("about:blank", off, async (page) => {
      for (const path of site.pages) {
        await page.goto(site.url(path));
        if (!(await page.isVisible("main h1"))) faults.push(path);
      }
    });
    none(faults);
  },

  "the navigation is there on wide screens": async (site) => {
    await site.with(site.url(site.pageWith(/class="site-nav"/)), { ...off, width: 1440 }, async (page) => {
      same(await page.isVisible(".site-nav a"), true, "navigation");
    });
  },

  "drawer and contents open on a phone": async (site) => {
    const path = site.pageWith(/class="bar-nav"[\s\S]*class="bar-contents"/);
    await site.with(site.url(path), { ...off, width: 390 }, async (page) => {
      for (const [button, panel] of [[".bar-nav", ".site-nav"], [".bar-contents", ".contents"]]) {
        same(await page.isVisible(panel), false, `${panel} at first`);
        await page.click(button);
        same(await page.isVisible(panel), true, `${panel} open`);
        await page.click(`${panel} .close`);
        same(await page.isVisible(panel), false, `${panel} closed`);
      }
    });
  },

  "the filters of a rubric leave the other notes out": async (site) => {
    const path = site.pageWith(/id="only-kind-1"/);
    await site.with(site.url(path), off, async (page) => {
      const shown = async () => page.$$eval(".grid tbody tr", (rows) => rows.filter((it) => it.checkVisibility()).length);
      const all = await shown();
      await page.click("label:has(#only-kind-1)");
      const count = Number(await page.textContent("label:has(#only-kind-1) .count"));
      same(await shown(), count, "notes of the kind");
      same(count < all, true, "fewer than all");
    });
  },

  "the scheme follows the system, and can be chosen for the page": async (site) => {
    for (const scheme of ["light", "dark"]) {
      await site.with(site.url("index.html"), { ...off, scheme }, async (page) => {
        const paper = async () => page.$eval("html", (it) => getComputedStyle(it).backgroundColor);
        const before = await paper();
        await page.click(`label:has(#scheme-${scheme})`);
        same(await paper(), before, `the same when ${scheme} is asked for`);
        await page.click(`label:has(#scheme-${scheme === "dark" ? "light" : "dark"})`);
        same((await paper()) === before, false, "the same when the other is asked for");
      });
    }
  },
};
