// A built site: its pages, and a server for them.

import { readFileSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** What the pages must do with. */
export const POLICY = "default-src 'self'";

/** Where the server shows the site too, beside the place it was built for. */
export const BASE = "/some/where/";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".xml": "application/xml",
  ".csv": "text/csv; charset=utf-8",
  ".wasm": "application/wasm",
};

/** The site has nothing that could be checked. */
export class Missing extends Error {}

export class Site {
  /** Reads the pages of a folder and serves it. */
  static async open(folder, browser, sample) {
    const site = new Site();
    site.folder = resolve(folder);
    site.browser = browser;
    const files = readdirSync(site.folder, { recursive: true }).map((it) => it.replaceAll("\\", "/"));
    const read = (path) => readFileSync(join(site.folder, path), "utf8");
    // A page that only leads on is no page of the theme.
    const pages = files
      .filter((it) => it.endsWith(".html"))
      .filter((it) => !read(it).includes('http-equiv="refresh"'))
      .sort();
    /** The pages to be checked, below the root. */
    site.pages = pages.filter((_, at) => at % Math.max(1, Math.ceil(pages.length / sample)) === 0);
    if (pages.length === 0) throw new Error(`${folder} holds no pages`);
    site.all = pages;
    site.read = read;
    // The page for what does not exist alone knows where the site will be.
    site.base = /(?:href|src)="([^"]*)assets\//.exec(files.includes("404.html") ? read("404.html") : "")?.[1] || "/";
    site.server = createServer((request, response) => site.answer(request, response));
    await new Promise((done) => site.server.listen(0, "127.0.0.1", done));
    site.origin = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  async answer(request, response) {
    let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    for (const base of [BASE, this.base]) {
      if (path.startsWith(base)) path = path.slice(base.length - 1);
    }
    if (path.endsWith("/")) path += "index.html";
    const head = { "Content-Security-Policy": POLICY, "Cache-Control": "no-store" };
    try {
      const body = await readFile(join(this.folder, path));
      response.writeHead(200, { ...head, "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      const body = await readFile(join(this.folder, "404.html")).catch(() => "");
      response.writeHead(404, { ...head, "Content-Type": TYPES[".html"] });
      response.end(body);
    }
  }

  /** The address of a page. */
  url(path, base = this.base) {
    return this.origin + base + path.split("/").map(encodeURIComponent).join("/");
  }

  /** The address of a page's file. */
  file(path) {
    return pathToFileURL(join(this.folder, path)).href;
  }

  /** The first page whose HTML matches; without one, the check is left out. */
  pageWith(pattern) {
    const found = this.all.find((path) => path !== "404.html" && pattern.test(this.read(path)));
    if (!found) throw new Missing(`the site has no page with ${pattern}`);
    return found;
  }

  /** Opens a page, hands it to `use` and closes it; faults on the page are thrown. */
  async with(address, options, use, origin = this.origin) {
    const { width = 1280, height = 800, scheme = "light", ...rest } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      ...rest,
    });
    const page = await context.newPage();
    const faults = watch(page, origin);
    try {
      await page.goto(address);
      const result = await use(page, context);
      if (faults.length) throw new Error(faults.join("\n"));
      return result;
    } finally {
      await context.close();
    }
  }
}

/** Collects what no page may do: errors, blocked or failed requests, other hosts. */
function watch(page, origin) {
  const faults = [];
  const expected = (url) => url.endsWith("404.html") || url.includes("/no-such-page");
  page.on("console", (message) => {
    const { url } = message.location();
    if (["error", "warning"].includes(message.type()) && !expected(url)) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, origin: from } = new URL(request.url());
    if (!["file:", "data:", "blob:"].includes(protocol) && from !== origin) {
      faults.push(`a request leaves the site: ${request.url()}`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !expected(response.url())) {
      faults.push(`${response.status()} ${response.url()}`);
    }
  });
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()}`);
  });
  return faults;
}

/** Throws all that is in a list, a line each. */
export function none(faults) {
  if (faults.length > 0) {
    const more = faults.length > 20 ? [`… and ${faults.length - 20} more`] : [];
    throw new Error([...faults.slice(0, 20), ...more].join("\n"));
  }
}

/** Throws unless two values are equal. */
export function same(found, expected, what) {
  if (found !== expected) throw new Error(`${what}: ${found}, not ${expected}`);
}

/** Clicks a link and waits for the page that it leads to. */
export async function follow(page, link) {
  await Promise.all([page.waitForEvent("load"), page.click(link)]);
}
