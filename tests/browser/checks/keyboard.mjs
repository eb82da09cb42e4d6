// Everything can be reached without a mouse, and one sees where one is.

import { same } from "../site.mjs";

const focus = (page) =>
  page.evaluate(() => {
    const { activeElement: it } = document;
    const { outlineStyle, outlineWidth } = getComputedStyle(it.matches(".scheme input") ? it.parentElement : it);
    const box = it.getBoundingClientRect();
    return {
      tag: it.tagName,
      class: it.className,
      href: it.getAttribute("href"),
      outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
      seen: box.bottom > 0 && box.top < innerHeight,
    };
  });

export const checks = {
  "the first stop skips to the text": async (site) => {
    await site.with(site.url(site.pageWith(/class="site-nav"/)), {}, async (page) => {
      await page.keyboard.press("Tab");
      same((await focus(page)).class, "skip", "first stop");
      same((await focus(page)).seen, true, "seen");
      await page.keyboard.press("Enter");
      same(await page.evaluate(() => document.activeElement.id), "main", "focus");
    });
  },

  "every stop has a ring": async (site) => {
    await site.with(site.url(site.pageWith(/<pre tabindex/)), {}, async (page) => {
      for (let stop = 0; stop < 60; stop += 1) {
        await page.keyboard.press("Tab");
        const at = await focus(page);
        if (at.tag === "BODY") break;
        if (at.class === "skip") continue;
        same(at.outlined, true, `ring of ${at.tag}.${at.class} ${at.href}`);
      }
    });
  },

  "the drawer opens, takes the focus and closes by keys": async (site) => {
    await site.with(site.url(site.pageWith(/class="site-nav"/)), { width: 390 }, async (page) => {
      await page.focus(".bar-nav");
      await page.keyboard.press("Enter");
      same(await page.isVisible(".site-nav a"), true, "open");
      await page.keyboard.press("Tab");
      same(await page.evaluate(() => !!document.activeElement.closest(".site-nav")), true, "focus within");
      await page.keyboard.press("Escape");
      same(await page.isVisible(".site-nav a"), false, "closed");
      same((await focus(page)).class, "bar-nav", "focus back");
    });
  },

  "the colours are chosen by arrow keys": async (site) => {
    await site.with(site.url("index.html"), {}, async (page) => {
      await page.focus("#scheme-auto");
      await page.keyboard.press("ArrowRight");
      same(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark", "scheme");
    });
  },
};
