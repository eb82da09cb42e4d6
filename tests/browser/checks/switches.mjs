// Each script of the pages can be switched off, and every page does without it.

import { built, specimen } from "../building.mjs";
import { same } from "../site.mjs";

/** It builds sites of its own. */
export const own = true;

const wide = { width: 1440 };
const TEXT = "blocks/text/index.html";

/** For each switch: its script, a page that would load it, and what the page does without. */
const SWITCHES = {
  contents: ["contents.js", TEXT, async (page) => {
    await page.click(".contents a >> nth=2");
    same(await page.locator(".contents [aria-current]").count(), 0, "marked");
    same(await page.locator(":target").count(), 1, "the heading is found");
  }],
  copy: ["copy.js", "blocks/code/index.html", async (page) => {
    same(await page.locator(".copy").count(), 0, "buttons");
    same(await page.isVisible("figure.code"), true, "code");
  }],
  footnotes: ["footnotes.js", TEXT, async (page) => {
    await page.hover(".footnote-ref a");
    await page.waitForTimeout(600);
    same(await page.locator(".card").count(), 0, "cards");
    await page.click(".footnote-ref a");
    same(await page.locator(".footnotes :target").count(), 1, "the footnote is found");
  }],
  previews: ["previews.js", TEXT, async (page) => {
    await page.hover('.note li a[href$="tables/index.html"]');
    await page.waitForTimeout(600);
    same(await page.locator(".card").count(), 0, "cards");
    await page.hover(".footnote-ref a");
    await page.waitForSelector(".card:popover-open"); // Footnotes have their own switch.
  }],
  zoom: ["zoom.js", TEXT, async (page) => {
    same(await page.locator(".zooms").count(), 0, "images to be shown larger");
    await page.locator(".note img").first().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector(".note img").naturalWidth > 0);
  }],
  details: ["details.js", TEXT, async (page) => {
    await page.click("details:has(h3) > summary");
    same(await page.isVisible("details h3"), true, "it opens by hand");
  }],
  keys: ["keys.js", TEXT, async (page) => {
    await page.keyboard.press("?");
    await page.keyboard.press("n");
    await page.waitForTimeout(300);
    same(await page.locator("dialog").count(), 0, "lists of keys");
    same(page.url().endsWith(TEXT), true, "still here");
  }],
  notes: ["notes.js", "notes/index.html", async (page) => {
    same(await page.locator(".tools, table.notes button").count(), 0, "tools");
    same((await page.locator("table.notes tbody tr").count()) > 200, true, "notes");
  }],
  compare: ["compare.js", "blocks/comparisons/index.html", async (page) => {
    same(await page.locator("button.sort").count(), 0, "buttons");
    same(await page.isVisible(".compare-table td"), true, "cells");
  }],
};

/** The scripts that a page of a site asks for, named as the theme names them. */
async function asked(site, path, use) {
  return site.with("about:blank", wide, async (page) => {
    const names = new Set();
    page.on("request", (request) => {
      const name = /assets\/([\w-]+)\.[0-9a-f]+\.js$/.exec(request.url());
      if (name) names.add(`${name[1]}.js`);
    });
    await page.goto(site.url(path), { waitUntil: "networkidle" });
    await use(page);
    return names;
  });
}

export const checks = {};
for (const [name, [script, path, without]] of Object.entries(SWITCHES)) {
  checks[`[theme] ${name}`] = async (site) => {
    await built(site, `without-${name}`, specimen(`[theme]\n${name} = false\n`), async (other) => {
      same((await asked(other, path, without)).has(script), false, `${script} is loaded`);
    });
    // Otherwise it is loaded: at once, or with the first link that is pointed at.
    const names = await asked(site, path, async (page) => {
      const link = page.locator(".note p a[href]").first();
      if (await link.count()) await link.hover();
      await page.waitForTimeout(300);
    });
    same(names.has(script), true, `${script} is loaded where it is on`);
  };
}

checks["[search] enabled"] = async (site) => {
  await built(site, "without-search", specimen("[search]\nenabled = false\n"), async (other) => {
    same(other.all.includes("search/index.html"), false, "a page of the search");
    const names = await asked(other, TEXT, async (page) => {
      await page.keyboard.press("Control+k");
      await page.waitForTimeout(300);
      same(await page.locator(".search-button, dialog").count(), 0, "a search");
    });
    same(names.has("search-open.js"), false, "the script is loaded");
  });
};

checks["[search] mark"] = async (site) => {
  /** What is marked on the page that the search opens, and what its address asks for. */
  const opened = (site) =>
    site.with(site.url("index.html"), wide, async (page) => {
      await page.keyboard.press("Control+k");
      await page.waitForSelector("dialog.search[open]");
      await page.keyboard.type("wide table");
      const result = page.locator('dialog.search [role=option][href*="tables/index.html"]').first();
      await result.waitFor();
      same(await page.locator("dialog.search mark").count() > 0, true, "marked in the results");
      const address = await result.evaluate((it) => it.href);
      await Promise.all([page.waitForEvent("load"), result.click()]);
      await page.waitForTimeout(500);
      const marked = await page.evaluate(() => CSS.highlights.get("search")?.size ?? 0);
      return [address.includes("mark="), marked > 0].join();
    });
  await built(site, "without-mark", specimen("[search]\nmark = false\n"), async (other) => {
    same(await opened(other), "false,false", "marked where it is off");
  });
  same(await opened(site), "true,true", "marked where it is on");
};

checks["all of them"] = async (site) => {
  const off = Object.keys(SWITCHES).map((it) => `${it} = false`).join("\n");
  await built(site, "without-any", specimen(`[theme]\n${off}\n[search]\nenabled = false\n`), async (other) => {
    for (const path of [TEXT, "blocks/code/index.html", "notes/index.html", "index.html"]) {
      const names = await asked(other, path, (page) => page.isVisible("main h1"));
      same([...names].join(" "), "scheme.js", `scripts of ${path}`);
    }
  });
};
