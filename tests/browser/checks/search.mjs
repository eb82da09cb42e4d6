// The search: by keys, by mouse, on its page, from a disk, without a server's help.

import { gzipSync } from "node:zlib";
import axe from "axe-core";
import { BASE, Missing, none, same } from "../site.mjs";

/** A page with a search; without one, the checks are left out. */
const start = (site) => site.pageWith(/class="search-button"/);

const input = "dialog.search [role=combobox]";
const options = (where = "dialog.search") => `${where} [role=option]`;

/** Opens the search by a key and types; waits until there are results, or none. */
async function look(page, query) {
  await page.keyboard.press("/");
  await page.waitForSelector("dialog.search[open]");
  await page.keyboard.type(query);
  await settled(page);
}

/** Waits until the results are those of what is typed. */
async function settled(page, where = "dialog.search") {
  await page.waitForTimeout(150);
  await page.waitForFunction((where) => /\d|No note/.test(document.querySelector(`${where} [role=status]`)?.textContent ?? ""), where);
  await page.waitForTimeout(50);
}

/** A word of a heading of few notes, and a note that has it. */
function heading(site) {
  if (site.heading) return site.heading;
  const places = new Map();
  for (const path of site.all.filter((it) => it !== "404.html")) {
    const article = site.read(path).match(/<article[\s\S]*<\/article>/)?.[0] ?? "";
    for (const [, id, word] of article.matchAll(/<h2 id="([^"]+)"[^>]*>\s*([A-Z][a-z]{5,}) /g)) {
      const key = word.toLowerCase();
      places.set(key, [...(places.get(key) ?? []), { path, id, word: key }]);
    }
  }
  const few = [...places.values()].sort((a, b) => a.length - b.length)[0];
  if (!few || few.length > 10) throw new Missing("the site has no heading of its own on a page");
  return (site.heading = few[0]);
}

export const checks = {
  "nothing of the search is loaded before it is opened": async (site) => {
    await site.with("about:blank", {}, async (page) => {
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(site.url(start(site)), { waitUntil: "networkidle" });
      same(asked.filter((it) => /search(-view)?\.[^/]*\.(js|css)|assets\/search\//.test(it)).length, 0, "files");
    });
  },

  "it is used by keys alone": async (site) => {
    const { word } = heading(site);
    await site.with(site.url(start(site)), {}, async (page) => {
      for (const keys of ["Control+k", "/"]) {
        await page.keyboard.press(keys);
        await page.waitForSelector("dialog.search[open]");
        same(await page.evaluate(() => document.activeElement.getAttribute("role")), "combobox", `focus after ${keys}`);
        await page.keyboard.press("Escape");
        same(await page.isVisible("dialog.search"), false, "closed by Escape");
      }
      await look(page, word);
      const active = () => page.$eval(input, (it) => it.getAttribute("aria-activedescendant"));
      const first = await active();
      same(await page.$eval(`[id="${first}"]`, (it) => it.getAttribute("aria-selected")), "true", "the first is chosen");
      await page.keyboard.press("ArrowDown");
      same((await active()) === first, false, "the same after an arrow");
      await page.keyboard.press("ArrowUp");
      same(await active(), first, "back");
      const href = await page.$eval(`[id="${first}"]`, (it) => it.href);
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
      same(new URL(page.url()).pathname, new URL(href).pathname, "page");
    });
  },

  "what is typed is not taken for a shortcut, and what is selected stays in sight": async (site) => {
    const { word } = heading(site);
    await site.with(site.url(start(site)), { height: 500 }, async (page) => {
      await look(page, "a/b the");
      same(await page.inputValue(input), "a/b the", "typed");
      await page.fill(input, word.slice(0, 1));
      await settled(page);
      for (let step = 0; step < 12; step += 1) {
        await page.keyboard.press("ArrowDown");
        const seen = await page.evaluate(() => {
          const [it, frame] = [document.querySelector("[aria-selected=true]"), document.querySelector(".search-body")];
          const [a, b] = [it.getBoundingClientRect(), frame.getBoundingClientRect()];
          return a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
        });
        same(seen, true, `in sight after ${step + 1}`);
      }
    });
  },

  "results are notes and sections, with the words marked": async (site) => {
    const { path, id, word } = heading(site);
    await site.with(site.url(start(site)), {}, async (page) => {
      await look(page, word);
      const links = await page.$$eval(options(), (all) => all.map((it) => decodeURIComponent(it.href)));
      const wanted = links.some((it) => it.includes(path) && it.endsWith(`#${id}`));
      same(wanted, true, `${path}#${id} for ${word} among ${links.length}`);
      const marked = await page.$$eval("dialog.search mark", (all) => all.map((it) => it.textContent.toLowerCase()));
      same(marked.some((it) => it.startsWith(word.slice(0, 4))), true, "marked");
      same(await page.locator("dialog.search [role=group]").count() > 0, true, "groups");
      same(/\d+ note/.test(await page.textContent("dialog.search [role=status]")), true, "count");
    });
  },

  "beginnings and slips are found": async (site) => {
    const { word } = heading(site);
    await site.with(site.url(start(site)), {}, async (page) => {
      await look(page, word.slice(0, 4));
      same(await page.locator(options()).count() > 0, true, `results for ${word.slice(0, 4)}`);
      await page.fill(input, "qqqqxz");
      await settled(page);
      same(await page.locator(options()).count(), 0, "results for nothing");
      // The last two letters in the wrong order.
      await page.fill(input, `${word.slice(0, -2)}${word.at(-1)}${word.at(-2)} `);
      await settled(page);
      same(await page.locator(options()).count() > 0, true, "results for a slip");
    });
  },

  "a filter keeps what has its value, with and without words": async (site) => {
    await site.with(site.url(start(site)), {}, async (page) => {
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      if (!(await page.$("dialog.search select"))) throw new Missing("no note has a kind");
      const value = await page.$eval("dialog.search select", (it) => {
        it.selectedIndex = 1;
        it.dispatchEvent(new Event("change"));
        return it.value;
      });
      await settled(page);
      const places = await page.$$eval("dialog.search .search-place", (all) => all.map((it) => it.textContent));
      same(places.length > 0 && places.every((it) => it.includes(value)), true, `all are ${value}: ${places}`);
    });
  },

  "a search has an address": async (site) => {
    const { word } = heading(site);
    await site.with(site.url(start(site)), {}, async (page) => {
      await look(page, word);
      const found = await page.$$eval(options(), (all) => all.length);
      await page.click(".search-foot a");
      await page.waitForURL(/search\/index\.html\?q=/);
      await page.waitForSelector(options(".search-page"));
      await settled(page, ".search-page");
      same(await page.locator(options(".search-page")).count(), found, "results on the page");
      await page.fill(".search-page [role=combobox]", "latency");
      await page.waitForURL(/q=latency/);
    });
  },

  "words are marked on the page, until Escape": async (site) => {
    const { word } = heading(site);
    await site.with(site.url(start(site)), {}, async (page) => {
      await look(page, word);
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
      await page.waitForFunction(() => CSS.highlights.get("search")?.size > 0);
      same(new URL(page.url()).search, "", "address");
      await page.keyboard.press("Escape");
      same(await page.evaluate(() => CSS.highlights.has("search")), false, "marked after Escape");
    });
  },

  "it works below another path and from a disk": async (site) => {
    const { word } = heading(site);
    for (const address of [site.url(start(site), BASE), site.file(start(site))]) {
      await site.with(address, {}, async (page) => {
        await look(page, word);
        same(await page.locator(options()).count() > 0, true, `results at ${address}`);
        await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
        same(await page.isVisible("main h1"), true, "the page of a result");
      });
    }
  },

  "without JavaScript the button leads to a page that leads on": async (site) => {
    await site.with(site.url(start(site)), { javaScriptEnabled: false }, async (page) => {
      await Promise.all([page.waitForEvent("load"), page.click(".search-button")]);
      same(await page.isVisible(".search-page p >> nth=0"), true, "text");
      await Promise.all([page.waitForEvent("load"), page.click(".search-page a")]);
      same((await page.locator("table.notes tbody tr").count()) > 1, true, "the list of all notes");
    });
  },

  "it can be used where an address does not exist": async (site) => {
    const { word } = heading(site);
    await site.with(site.url("no-such-page/at/all/"), {}, async (page) => {
      await look(page, word);
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
      same(await page.isVisible("main h1"), true, "the page of a result");
    });
  },

  "the open search breaks no rule of accessibility, and fits on a phone": async (site) => {
    const { word } = heading(site);
    const faults = [];
    for (const scheme of ["light", "dark"]) {
      for (const width of [320, 1280]) {
        await site.with(site.url(start(site)), { scheme, width, height: 700 }, async (page) => {
          await page.click(".search-button");
          await page.waitForSelector("dialog.search[open]");
          await page.keyboard.type(word);
          await settled(page);
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
          for (const { id, nodes } of violations) faults.push(`${scheme} ${width}px ${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].any[0]?.message ?? ""}`);
          const wide = await page.$eval(".search-body", (it) => it.scrollWidth - it.clientWidth);
          if (wide > 0) faults.push(`${scheme} ${width}px: ${wide} px too wide`);
        });
      }
    }
    none(faults);
  },

  "every word of a page's paragraphs finds the page": async (site) => {
    // The longest note.
    const notes = site.all.filter((it) => site.read(it).includes('class="page-foot"'));
    const path = notes.sort((a, b) => site.read(b).length - site.read(a).length)[0];
    await site.with(site.url(path), {}, async (page) => {
      await look(page, "a");
      const lost = await page.evaluate(async (path) => {
        const texts = [...document.querySelectorAll(".note > p")].map((it) => it.textContent);
        const words = [...new Set(texts.flatMap((it) => [...search.words(it, false)].map(([word]) => word)))];
        const lost = [];
        for (const word of words.slice(0, 400)) {
          // A space behind it: the whole word, and not the beginning of another.
          const { notes } = await search.find(`${word} `, {});
          const shown = await search.show(notes);
          if (!shown.some(({ address }) => decodeURI(address).endsWith(path))) lost.push(word);
        }
        return lost;
      }, path);
      none(lost);
    });
  },

  "a first search loads at most 155 KB": async (site) => {
    // A word of any heading: on generated sites all notes have it, which costs most.
    const [, word] = /<h2 id="([a-z]{5,})/.exec(site.read(site.pageWith(/<article[\s\S]*<h2 id="[a-z]{5,}/)));
    await site.with(site.url(start(site)), {}, async (page) => {
      const seen = [];
      page.on("response", (response) => seen.push(response));
      await look(page, `${word} note`);
      await page.waitForLoadState("networkidle");
      let total = 0;
      for (const response of seen) total += gzipSync(await response.body(), { level: 6 }).length;
      console.log(`     a first search loads ${(total / 1024).toFixed(1)} KB in ${seen.length} files`);
      same(total <= 155 * 1024, true, `${total} bytes`);
    });
  },
};
