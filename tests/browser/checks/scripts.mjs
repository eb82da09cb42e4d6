// The small pleasures that scripts add.

import { same } from "../site.mjs";

const wide = { width: 1440 };

export const checks = {
  "the contents follow the scroll": async (site) => {
    const path = site.pageWith(/id="contents"(?:[\s\S]*?<li>){4}/);
    await site.with(site.url(path), wide, async (page) => {
      const target = await page.$eval(".contents li:nth-child(3) > a", (it) => it.hash.slice(1));
      await page.evaluate((id) => document.getElementById(decodeURIComponent(id)).scrollIntoView(), target);
      await page.waitForFunction(() => document.querySelector(".contents [aria-current]"));
      const marked = await page.$$eval(".contents [aria-current]", (all) => all.length);
      same(marked, 1, "marked entries");
    });
  },

  "code is copied without prompts": async (site) => {
    const path = site.pageWith(/<article(?:(?!<details|<figure)[\s\S])*<figure class="code"/);
    await site.with(site.url(path), { ...wide, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.hover("figure.code");
      await page.click("figure.code .copy");
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const code = await page.$eval("figure.code code", (it) => {
        const copy = it.cloneNode(true);
        for (const prompt of copy.querySelectorAll(".gp")) prompt.remove();
        return copy.textContent;
      });
      same(copied, code, "copied");
    });
  },

  "a link to a note shows what it leads to, and Escape hides it": async (site) => {
    const path = site.pageWith(/<article[\s\S]*<p>[^<]*<a href="[^"#]*index\.html"/);
    await site.with(site.url(path), wide, async (page) => {
      const link = page.locator('.note p a[href$="index.html"]').first();
      await link.hover();
      await page.waitForSelector(".card:popover-open");
      const text = await page.$eval(".card", (it) => it.textContent.trim().length);
      same(text > 0, true, "has text");
      await page.keyboard.press("Escape");
      same(await page.isVisible(".card"), false, "shown");
    });
  },

  "a link to a section shows that section and not the whole note": async (site) => {
    const path = site.pageWith(/<article[\s\S]*<(p|li|td)>[^<]*<a href="[^"#]*index\.html#[^"]+"/);
    await site.with(site.url(path), wide, async (page) => {
      const link = page.locator('.note :is(p, li, td) > a[href*="index.html#"]').first();
      const href = await link.evaluate((it) => it.href);
      await link.hover();
      await page.waitForSelector(".card:popover-open");
      const [shown, wanted] = await page.evaluate(async (href) => {
        const text = await (await fetch(href)).text();
        const target = new DOMParser().parseFromString(text, "text/html").getElementById(decodeURIComponent(href.split("#")[1]));
        const plain = (it) => it.textContent.replace(/#\s*$/, "").trim().slice(0, 40);
        return [plain(document.querySelector(".card").firstElementChild), plain(target)];
      }, href);
      same(shown.includes(wanted) || wanted.includes(shown), true, `${shown} / ${wanted}`);
    });
  },

  "a footnote is shown beside its number": async (site) => {
    const path = site.pageWith(/class="footnote-ref"/);
    await site.with(site.url(path), wide, async (page) => {
      await page.hover(".footnote-ref a");
      await page.waitForSelector(".card:popover-open");
      same((await page.textContent(".card")).trim().length > 0, true, "has text");
    });
  },

  "what is folded opens when a link leads inside": async (site) => {
    const path = site.pageWith(/<details(?:(?!<\/details>)[\s\S])*<h\d id="/);
    await site.with(site.url(path), wide, async (page) => {
      const id = await page.$eval("details :is(h1, h2, h3, h4, h5, h6)[id]", (it) => it.id);
      await page.evaluate((id) => (location.hash = id), id);
      await page.waitForSelector(`details[open] [id="${id}"]`);
    });
  },

  "an image is shown larger, by mouse and by keys": async (site) => {
    const path = site.pageWith(/<article[\s\S]*<img /);
    await site.with(site.url(path), wide, async (page) => {
      await page.locator(".note img").first().scrollIntoViewIfNeeded();
      await page.waitForLoadState("networkidle");
      await page.reload();
      await page.locator(".zooms").first().click();
      same(await page.isVisible("dialog.zoom img"), true, "open");
      await page.keyboard.press("Escape");
      same(await page.isVisible("dialog.zoom"), false, "closed");
      await page.focus(".zooms");
      await page.keyboard.press("Enter");
      same(await page.isVisible("dialog.zoom img"), true, "open by a key");
    });
  },

  "keys are listed on ?, lead on, and can be switched off": async (site) => {
    const path = site.pageWith(/rel="next"/);
    await site.with(site.url(path), wide, async (page) => {
      await page.keyboard.press("?");
      same(await page.isVisible("dialog.keys"), true, "list");
      await page.click("dialog.keys input");
      await page.keyboard.press("Escape");
      await page.keyboard.press("n");
      await page.waitForTimeout(200);
      same(page.url(), site.url(path), "switched off");
      await page.keyboard.press("?");
      await page.click("dialog.keys input");
      await page.keyboard.press("Escape");
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("n")]);
      same(page.url() === site.url(path), false, "switched on");
    });
  },
};
