// Light and dark: chosen, kept, without a flash, and with enough contrast.

import { follow, none, same } from "../site.mjs";

const scheme = (page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);

/** Gives the page a function: the contrast of an element's text to what is behind it. */
const measures = (page) =>
  page.evaluate(() => {
    const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgb = (colour) => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour) => {
      const [r, g, b] = rgb(colour).map((it) => (it /= 255) <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let it = element; it; it = it.parentElement) {
        const { backgroundColor } = getComputedStyle(it);
        if (rgb(backgroundColor)[3] === 255) return backgroundColor;
      }
      return "white";
    };
    window.contrast = (element) => {
      const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    };
  });

/** The lowest contrast of the text of paragraphs against what is behind it. */
const contrast = async (page) => {
  await measures(page);
  return page.evaluate(() => {
    const texts = document.querySelectorAll(".note > p, .note > :is(ul, ol) > li, .note .callout > p:not(.callout-title), .note td, .note blockquote > p");
    return Math.min(...[...texts].map((it) => window.contrast(it)));
  });
};

export const checks = {
  "what was chosen is kept for the next page": async (site) => {
    const path = site.pageWith(/rel="next"/);
    await site.with(site.url(path), {}, async (page) => {
      await page.click("label:has(#scheme-dark)");
      await follow(page, 'a[rel="next"]');
      same(await scheme(page), "dark", "scheme");
      same(await page.isChecked("#scheme-dark"), true, "shown as chosen");
      await page.click("label:has(#scheme-auto)");
      await page.reload();
      same(await scheme(page), "light dark", "scheme");
    });
  },

  "the choice holds before the first paint": async (site) => {
    await site.with(site.url("index.html"), {}, async (page) => {
      await page.evaluate(() => localStorage.setItem("scheme", "dark"));
      await page.addInitScript(() => {
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          window.atBody = document.documentElement.dataset.scheme;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
      });
      await page.reload();
      same(await page.evaluate(() => window.atBody), "dark", "scheme when the body begins");
    });
  },

  "the text has a contrast of 7 to 1": async (site) => {
    const faults = [];
    for (const scheme of ["light", "dark"]) {
      await site.with("about:blank", { scheme }, async (page) => {
        for (const path of site.pages) {
          await page.goto(site.url(path));
          const ratio = await contrast(page);
          if (ratio < 7) faults.push(`${path} ${scheme}: ${ratio.toFixed(2)}`);
        }
      });
    }
    none(faults);
  },

  "every colour of code has a contrast of 4.5 to 1, on every ground": async (site) => {
    const path = site.pageWith(/<figure class="code"/);
    const faults = [];
    for (const scheme of ["light", "dark"]) {
      await site.with(site.url(path), { scheme }, async (page) => {
        await measures(page);
        const ratios = await page.evaluate(() => {
          // The classes are those that the style sheet names.
          const names = new Set();
          const walk = (rules) => {
            for (const rule of rules) {
              const name = /^\.code \.([a-z]{1,2})$/.exec(rule.selectorText ?? "")?.[1];
              if (name && rule.style.color) names.add(name);
              if (rule.cssRules) walk(rule.cssRules);
            }
          };
          for (const sheet of document.styleSheets) walk(sheet.cssRules);
          const code = document.querySelector("figure.code code");
          const grounds = [["span", "plain"], ["span", "line hl"], ["ins", "line"], ["del", "line"]];
          return [...names].flatMap((name) =>
            grounds.map(([tag, ground]) => {
              const line = Object.assign(document.createElement(tag), { className: ground });
              const token = Object.assign(document.createElement("span"), { className: name, textContent: "x" });
              line.append(token);
              code.append(line);
              return [name, `${tag} ${ground}`, window.contrast(token)];
            }),
          );
        });
        same(ratios.length >= 4 * 15, true, `${ratios.length} pairs`);
        for (const [name, ground, ratio] of ratios) {
          if (ratio < 4.5) faults.push(`.${name} on ${ground}, ${scheme}: ${ratio.toFixed(2)}`);
        }
      });
    }
    none(faults);
  },

  "forced colours leave signs and states to be seen": async (site) => {
    const path = site.pageWith(/aria-current="page"/);
    await site.with(site.url(path), { forcedColors: "active" }, async (page) => {
      const outline = await page.$eval(".site-nav [aria-current]", (it) => getComputedStyle(it).outlineStyle);
      same(outline, "solid", "outline of the current entry");
    });
  },

  "nothing moves for those who ask for it": async (site) => {
    await site.with(site.url("index.html"), { reducedMotion: "reduce" }, async (page) => {
      const moving = await page.$$eval("*", (all) =>
        all.filter((it) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(it);
          return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
        }).length,
      );
      same(moving, 0, "elements that move");
    });
  },
};
