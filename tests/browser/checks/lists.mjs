// Lists of notes: sorted, filtered, and whole where a page shows only a few.

import { follow, none, same } from "../site.mjs";

const off = { javaScriptEnabled: false };
const list = (site) => site.pageWith(/<table class="notes"[^>]*data-number="1"/);
const rows = "table.notes tbody tr:not(.group)";

/** What a column says, from top to bottom. */
const column = (page, at) => page.$$eval(rows, (all, at) => all.filter((it) => !it.hidden).map((it) => it.cells[at].textContent.trim()), at);

export const checks = {
  "all notes are listed by their sections, without scripts too": async (site) => {
    await site.with(site.url(list(site)), off, async (page) => {
      const total = Number((await page.textContent(".note > .count")).match(/\d+/)[0]);
      const listed = await page.locator(rows).count();
      const pages = await page.locator(".pager a").count();
      same(pages ? listed <= total : listed === total, true, `${listed} of ${total}`);
      same((await page.locator("table.notes .group").count()) > 1, true, "sections");
    });
  },

  "a column sorts up, down and back": async (site) => {
    await site.with(site.url(list(site)), {}, async (page) => {
      const before = await column(page, 0);
      const head = page.locator("table.notes thead th").first();
      const sorted = (values, sign) => {
        const { compare } = new Intl.Collator("en", { numeric: true });
        none(values.flatMap((it, at) => (at > 0 && sign * compare(values[at - 1], it) > 0 ? [`${values[at - 1]} before ${it}`] : [])));
      };
      await head.locator("button").focus();
      await page.keyboard.press("Enter");
      same(await head.getAttribute("aria-sort"), "ascending", "sorted");
      sorted(await column(page, 0), 1);
      await head.locator("button").click();
      same(await head.getAttribute("aria-sort"), "descending", "sorted");
      sorted(await column(page, 0), -1);
      await head.locator("button").click();
      same(await head.getAttribute("aria-sort"), null, "sorted");
      same(JSON.stringify(await column(page, 0)), JSON.stringify(before), "as the notes stand in their sections");
    });
  },

  "what says nothing comes last": async (site) => {
    await site.with(site.url(list(site)), {}, async (page) => {
      const day = page.locator("table.notes thead th").last().locator("button");
      for (const _ of [1, 2]) {
        await day.click();
        const days = await column(page, 4);
        const first = days.indexOf("");
        same(first === -1 || days.slice(first).every((it) => it === ""), true, "empty ones at the end");
        same(days[0] !== "", true, "a day at the beginning");
      }
    });
  },

  "a text and a status keep the notes that have them": async (site) => {
    await site.with(site.url(list(site)), {}, async (page) => {
      const all = await page.locator(rows).count();
      const select = page.locator(".tools select").nth(1);
      await select.focus();
      const status = await select.evaluate((it) => (it.selectedIndex = 1) && it.value);
      await select.selectOption(status);
      await page.waitForFunction(() => document.querySelector(".note > .count").textContent.match(/\d+/g).length === 2);
      const found = await column(page, 2);
      same(found.length > 0 && found.length < all && found.every((it) => it === status), true, `${found.length} of ${all} are ${status}`);
      const [title] = await column(page, 0);
      await page.fill(".tools input", title);
      await page.waitForFunction((it) => document.querySelectorAll(it).length < 50, rows);
      same((await column(page, 0)).every((it) => it.includes(title)), true, `all are ${title}`);
      await page.fill(".tools input", "no note says this");
      await page.waitForFunction((it) => document.querySelectorAll(it).length === 0, rows);
      await page.fill(".tools input", "");
      await select.selectOption("");
      await page.waitForFunction(([it, all]) => document.querySelectorAll(it).length === all, [rows, all]);
    });
  },

  "a section of more notes than its page lists leads to all of them": async (site) => {
    await site.with(site.url(site.pageWith(/class="listing"[\s\S]*<li class="more"><a /)), off, async (page) => {
      const title = await page.textContent("h1");
      const hidden = Number((await page.textContent(".listing .more")).match(/\d+/)[0]);
      const shown = await page.locator(".listing li:not(.more)").count();
      await follow(page, ".listing .more a");
      const { label, notes } = await page.evaluate(() => {
        const group = document.querySelector(":target");
        return { label: group.textContent, notes: group.closest("tbody").rows.length - 1 };
      });
      same(label.includes(title.replace("#", "").trim()), true, `${label} is ${title}`);
      // The page of the section itself is listed too.
      same(notes - 1, shown + hidden, "notes");
    });
  },

  "a note that more notes link to than its page shows leads to all of them": async (site) => {
    await site.with(site.url(site.pageWith(/class="backlinks"[\s\S]*<li class="more"><a /)), off, async (page) => {
      const hidden = Number((await page.textContent(".backlinks .more")).match(/\d+/)[0]);
      const shown = await page.locator(".backlinks li:not(.more)").count();
      await follow(page, ".backlinks .more a");
      same(Number((await page.textContent(".note > .count")).match(/\d+/)[0]), shown + hidden, "notes");
      same(await page.locator(rows).count() > shown, true, "listed");
    });
  },
};
