// A page that is open while its note is written.

import { same } from "../site.mjs";
import { Writing, ofTheme } from "../writing.mjs";

const paragraphs = (from, count) =>
  Array.from({ length: count }, (_, at) => `Paragraph ${from + at} says something.\n`).join("\n");

const NOTE = `# Notes

First words.

${paragraphs(0, 60)}
<details>
<summary>More</summary>

Folded text.

</details>

${paragraphs(60, 60)}
`;

const has = (page, text) => page.waitForFunction((it) => document.body.innerText.includes(it), text);

/** Marks the page, to see whether it is loaded anew. */
const mark = (page) => page.evaluate(() => (window.isMarked = true));
const isMarked = (page) => page.evaluate(() => window.isMarked === true);
const strip = (page) => page.locator("diptych-faults");

/** It serves notes of its own. */
export const own = true;

export const checks = {
  "an edit keeps the scroll, what is unfolded, the focus and what was typed": (site) => {
    const field = '<input type="search" id="typed" aria-label="Typed">';
    const files = {
      "content/index.md": NOTE,
      "themes/diptych/parts/header.html": ofTheme("parts/header.html") + field,
    };
    return Writing.with(site, files, async (page, writing) => {
      await mark(page);
      await page.locator(".note summary", { hasText: "More" }).click();
      await page.locator("#typed").fill("half a wo");
      await page.locator(".note summary", { hasText: "More" }).scrollIntoViewIfNeeded();
      await page.locator("#typed").evaluate((it) => it.focus({ preventScroll: true }));
      const top = () => page.locator(".note summary", { hasText: "More" }).evaluate((it) => it.getBoundingClientRect().top);
      const before = await top();
      // More than one place, before and behind what is looked at.
      const changed = NOTE.replace("First words.", "New words.\n\nAnd one more.")
        .replace("Paragraph 3 ", "### A heading\n\nParagraph three ")
        .replace("Paragraph 70 says something.\n", "")
        .replace("Paragraph 90 ", "Paragraph ninety ");
      writing.write("content/index.md", changed);
      await has(page, "Paragraph ninety says");
      await has(page, "And one more.");
      same(await isMarked(page), true, "not loaded anew");
      same(await page.locator(".note details", { hasText: "Folded text." }).evaluate((it) => it.open), true, "unfolded");
      same(await page.evaluate(() => document.activeElement.id), "typed", "focus");
      same(await page.inputValue("#typed"), "half a wo", "typed");
      const moved = Math.abs((await top()) - before);
      same(moved < 2, true, `what is looked at stays where it was, but for ${moved} px`);
      const text = () => page.locator("article.note").evaluate((it) => it.innerText);
      const kept = await text();
      await page.reload();
      await page.locator(".note summary", { hasText: "More" }).click();
      same(kept, await text(), "the page as it is when it is loaded");
    });
  },

  "a style sheet changes without a reload": (site) =>
    Writing.with(site, { "content/index.md": NOTE }, async (page, writing) => {
      await mark(page);
      await page.evaluate(() => scrollTo(0, 900));
      const rule = ".note { outline: 3px solid rgb(1, 2, 3) }";
      writing.write("themes/diptych/assets/style.css", `${ofTheme("assets/style.css")}\n${rule}\n`);
      const outline = () => getComputedStyle(document.querySelector(".note")).outlineColor === "rgb(1, 2, 3)";
      await page.waitForFunction(outline);
      same(await page.evaluate(() => scrollY), 900, "scroll");
      writing.remove("themes");
      await page.waitForFunction(() => getComputedStyle(document.querySelector(".note")).outlineColor !== "rgb(1, 2, 3)");
      same(await isMarked(page), true, "not loaded anew");
    }),

  "a script of the theme that changes loads the page anew": (site) =>
    Writing.with(site, { "content/index.md": NOTE }, async (page, writing) => {
      await mark(page);
      writing.write("themes/diptych/assets/keys.js", `${ofTheme("assets/keys.js")}\ndocument.title = "Mine";\n`);
      await page.waitForFunction(() => document.title === "Mine" && !window.isMarked);
    }),

  "faults are a strip over the page that leads to their rule, and go": (site) => {
    const files = { "content/index.md": NOTE, "book.toml": 'diagnostics.dead-link = "error"\n' };
    return Writing.with(site, files, async (page, writing) => {
      same(await strip(page).count(), 0, "strips");
      writing.write("content/index.md", NOTE.replace("First words.", "First [words](gone.md)."));
      await strip(page).getByText("1 error").waitFor();
      const link = strip(page).locator("a");
      same(await link.innerText(), "content/index.md:3:15", "place");
      same(/\/rules\/dead-link\/$/.test(await link.getAttribute("href")), true, "the page of the rule");
      const { y, height } = await strip(page).locator("details").boundingBox();
      same(Math.round(y + height), 800, "its end is the window's");
      writing.write("content/index.md", NOTE);
      await strip(page).waitFor({ state: "detached" });
    });
  },

  "with a broken theme the last good page stays": (site) =>
    Writing.with(site, { "content/index.md": NOTE }, async (page, writing) => {
      const template = "themes/diptych/parts/foot.html";
      writing.write(template, "{{ nothing.there");
      await strip(page).getByText("bad-template").waitFor();
      same((await strip(page).locator("a").first().innerText()).startsWith(`${template}:1:`), true, "place");
      await has(page, "First words.");
      await page.reload();
      await strip(page).getByText("bad-template").waitFor();
      await has(page, "First words.");
      writing.remove("themes");
      await strip(page).waitFor({ state: "detached" });
    }),

  "what the reader chose stays": (site) =>
    Writing.with(site, { "content/index.md": NOTE }, async (page, writing) => {
      await page.evaluate(() => localStorage.setItem("scheme", "dark"));
      await page.reload();
      same(await page.evaluate(() => document.documentElement.dataset.scheme), "dark", "scheme");
      writing.write("content/index.md", NOTE.replace("First", "Other"));
      await has(page, "Other words.");
      same(await page.evaluate(() => document.documentElement.dataset.scheme), "dark", "scheme");
    }),

  "new code can be copied": (site) =>
    Writing.with(site, { "content/index.md": NOTE }, async (page, writing) => {
      await mark(page);
      writing.write("content/index.md", `${NOTE}\n\`\`\`python\nx = 1\n\`\`\`\n`);
      await page.locator("figure.code .copy").waitFor({ state: "attached" });
      writing.write("content/index.md", `${NOTE}\n\`\`\`python\nx = 2\n\`\`\`\n\nBetween.\n\n\`\`\`python\ny = 1\n\`\`\`\n`);
      await page.waitForFunction(() => document.querySelectorAll("figure.code > .copy:last-child").length === 2);
      same(await isMarked(page), true, "not loaded anew");
    }),

  "a note that is deleted is gone, and comes back": (site) => {
    const files = { "content/index.md": NOTE, "content/no-such-page.md": "# Second\n\nHere it is.\n" };
    return Writing.with(site, files, async (page, writing) => {
      await has(page, "Here it is.");
      writing.remove("content/no-such-page.md");
      await page.waitForFunction(() => !document.body.innerText.includes("Here it is."));
      writing.write("content/no-such-page.md", "# Second\n\nIt is back.\n");
      await has(page, "It is back.");
    }, "/no-such-page/");
  },

  "a table follows its data file, that is moved, deleted and made again too": (site) => {
    const csv = (value) => `metric,Research,Production\n"p99 latency (ms, lower)",95,${value}\n`;
    const link = (name) => `# Notes\n\n[Latency](../data/${name}.csv "compare id=latency")\n`;
    const files = { "content/index.md": link("latency"), "data/latency.csv": csv(180) };
    return Writing.with(site, files, async (page, writing) => {
      const cell = page.locator("#latency tbody td:last-child .value");
      const says = (value) => cell.getByText(value, { exact: true }).waitFor();
      await says("180");
      await mark(page);
      writing.write("data/latency.csv", csv(170));
      await says("170");
      // As editors save: another file takes the name.
      writing.write("data/latency.csv~", csv(160));
      writing.rename("data/latency.csv~", "data/latency.csv");
      await says("160");
      writing.rename("data/latency.csv", "data/other.csv");
      await cell.waitFor({ state: "detached" });
      await strip(page).getByText("dead-link").first().waitFor({ state: "attached" });
      writing.write("content/index.md", link("other"));
      await says("160");
      writing.write("data/other.csv", csv(150));
      await says("150");
      writing.remove("data");
      await cell.waitFor({ state: "detached" });
      writing.write("data/other.csv", csv(140));
      await says("140");
      writing.write("data/other.csv", csv(130));
      await says("130");
      same(await isMarked(page), true, "not loaded anew");
    });
  },

  "an image that changes is shown, below a base path too": (site) => {
    const image = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="50"/>`;
    const files = {
      "content/index.md": "# Notes\n\n![Figure](figure.svg)\n",
      "content/figure.svg": image(60),
      "book.toml": '[site]\nbase-url = "https://example.org/notes/"\n',
    };
    return Writing.with(site, files, async (page, writing) => {
      const isWide = (width) => page.waitForFunction((it) => document.querySelector(".note img").naturalWidth === it, width);
      await isWide(60);
      writing.write("content/figure.svg", image(80));
      await isWide(80);
    }, "/notes/");
  },

  "many pages may be open, and the server may end and begin again": (site) =>
    Writing.with(site, { "content/index.md": NOTE }, async (page, writing, context) => {
      const others = [];
      for (let it = 0; it < 9; it++) {
        others.push(await context.newPage());
        await others.at(-1).goto(writing.origin);
      }
      writing.write("content/index.md", NOTE.replace("First", "Second"));
      for (const it of [page, ...others]) await has(it, "Second words.");
      for (const it of others) await it.close();
      await writing.end();
      writing.write("content/index.md", NOTE.replace("First", "Third"));
      await writing.serve(new URL(writing.origin).port);
      await has(page, "Third words.");
    }),
};
