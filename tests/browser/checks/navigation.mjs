// Finding one's way: links, contents, neighbours, backlinks.

import { BASE, follow, none, same } from "../site.mjs";

/** Every link of a page that stays on the site. */
const links = (page) =>
  page.$$eval("a[href]", (all) => all.map((it) => new URL(it.getAttribute("href"), document.baseURI).href).filter((it) => it.startsWith(location.origin)));

export const checks = {
  "every link of a page leads to a page": async (site) => {
    const seen = new Map();
    await site.with("about:blank", { javaScriptEnabled: true }, async (page) => {
      for (const path of site.pages.filter((it) => it !== "404.html")) {
        await page.goto(site.url(path));
        for (const link of await links(page)) {
          const [address] = link.split("#");
          if (!seen.has(address)) seen.set(address, path);
        }
      }
    });
    const faults = [];
    for (const [address, from] of seen) {
      const response = await fetch(address);
      await response.arrayBuffer();
      if (!response.ok) faults.push(`${from} links to ${address}: ${response.status}`);
    }
    none(faults);
  },

  "every link to a place finds it": async (site) => {
    const ids = new Map();
    const idsOf = (path) => {
      if (!ids.has(path)) ids.set(path, new Set([...site.read(path).matchAll(/\sid="([^"]*)"/g)].map((it) => it[1])));
      return ids.get(path);
    };
    const faults = [];
    await site.with("about:blank", {}, async (page) => {
      for (const path of site.pages.filter((it) => it !== "404.html")) {
        await page.goto(site.url(path));
        for (const link of await links(page)) {
          const { pathname, hash } = new URL(link);
          const target = decodeURIComponent(pathname.slice(site.base.length)).replace(/(^|\/)$/, "$1index.html");
          const id = decodeURIComponent(hash.slice(1));
          if (!id || !target.endsWith(".html") || !site.all.includes(target)) continue;
          if (!idsOf(target).has(id)) faults.push(`${path}: ${target} has no #${id}`);
        }
      }
    });
    none(faults);
  },

  "the pages before and after lead there and back": async (site) => {
    const path = site.pageWith(/rel="next"/);
    await site.with(site.url(path), {}, async (page) => {
      await follow(page, 'a[rel="next"]');
      await follow(page, 'a[rel="prev"]');
      same(page.url(), site.url(path), "back at");
    });
  },

  "exactly one entry of the navigation is the page": async (site) => {
    const path = site.pageWith(/class="site-nav"[\s\S]*aria-current="page"/);
    await site.with(site.url(path), {}, async (page) => {
      const current = await page.$$eval(".site-nav [aria-current]", (all) => all.map((it) => it.href));
      same(current.length, 1, "entries");
      same(current[0], page.url(), "entry");
    });
  },

  "an overview is marked in the navigation": async (site) => {
    const path = site.pageWith(/<table class="notes"[^>]*data-number="1"/);
    await site.with(site.url(path), {}, async (page) => {
      const current = await page.$$eval(".site-nav [aria-current]", (all) => all.map((it) => it.href));
      same(current.join(), page.url(), "entry");
    });
  },

  "a heading that is asked for is not hidden under the header": async (site) => {
    const path = site.pageWith(/class="contents"[\s\S]*class="contents"|id="contents"/);
    for (const width of [390, 1000, 1440]) {
      await site.with(site.url(path), { width }, async (page) => {
        const id = await page.$eval(".contents li:last-child > a", (it) => it.hash.slice(1));
        await page.goto(`${site.url(path)}#${id}`);
        const covered = await page.evaluate((id) => {
          const heading = document.getElementById(decodeURIComponent(id));
          const { top, left } = heading.getBoundingClientRect();
          if (top < 0) return true;
          return !heading.contains(document.elementFromPoint(left + 4, top + 6));
        }, id);
        same(covered, false, `covered at ${width} px`);
      });
    }
  },

  "the site works below a path": async (site) => {
    const path = site.pageWith(/rel="next"/);
    await site.with(site.url(path, BASE), {}, async (page) => {
      await follow(page, 'a[rel="next"]');
      same(new URL(page.url()).pathname.startsWith(BASE), true, "below the path");
      const font = await page.$eval("main", (it) => getComputedStyle(it).fontSize);
      same(font, "17px", "styled");
    });
  },

  "the site works from files": async (site) => {
    const path = site.pageWith(/rel="next"/);
    await site.with(site.file(path), {}, async (page) => {
      const { length } = await page.$$('a[rel="next"]');
      same(length, 1, "neighbours");
      await follow(page, 'a[rel="next"]');
      same(page.url().endsWith("index.html"), true, "a file");
      await follow(page, ".site-title");
      same(page.url(), site.file("index.html"), "start page");
      await page.click('label:has(#scheme-dark)');
      same(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark", "scheme");
    });
  },

  "an address that does not exist shows the page that says so": async (site) => {
    await site.with(site.url("no-such-page/at/all/"), {}, async (page) => {
      same(await page.$$eval("h1", (all) => all.length), 1, "headings");
      same(await page.$eval("main", (it) => getComputedStyle(it).fontSize), "17px", "styled");
    });
  },
};
