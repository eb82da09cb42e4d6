// A site that is served while a check writes its notes.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { PROGRAM, ROOT } from "./building.mjs";
import { POLICY } from "./site.mjs";

export class Writing {
  /** Serves a folder with these files. */
  static async open(files) {
    const writing = new Writing();
    writing.folder = mkdtempSync(join(tmpdir(), "writing-"));
    for (const [path, text] of Object.entries(files)) writing.write(path, text);
    await writing.serve(0);
    return writing;
  }

  async serve(port) {
    const options = ["serve", "--watch", "--port", String(port), "--root", this.folder];
    this.process = spawn(PROGRAM, options, { stdio: ["ignore", "ignore", "pipe"] });
    this.ended = new Promise((done) => this.process.on("exit", done));
    this.origin = await new Promise((found, failed) => {
      this.process.on("error", () => failed(new Error(`there is no ${PROGRAM}; name another in DIPTYCH`)));
      this.process.on("exit", (code) => failed(new Error(`the server ended with ${code}`)));
      createInterface(this.process.stderr).on("line", (line) => {
        const link = /serving (http:\/\/[^/]+)/.exec(line);
        if (link) found(link[1]);
      });
    });
  }

  /** Ends the server, and waits until it has ended. */
  async end() {
    this.process.kill("SIGTERM");
    await this.ended;
  }

  async close() {
    await this.end();
    rmSync(this.folder, { recursive: true });
  }

  write(path, text) {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  remove(path) {
    rmSync(join(this.folder, path), { recursive: true });
  }

  rename(from, to) {
    renameSync(join(this.folder, from), join(this.folder, to));
  }

  /** Opens a page of it, hands it to `use` and closes it; faults on the page are thrown. */
  static async with(site, files, use, path = "/") {
    const writing = await Writing.open(files);
    try {
      await site.with("about:blank", {}, async (page, context) => {
        // As a published site may be told to be kept.
        await context.route("**/*", async (route) => {
          if (route.request().resourceType() !== "document") return route.continue();
          const response = await route.fetch();
          await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": POLICY } });
        });
        await page.goto(writing.origin + path);
        await use(page, writing, context);
      }, writing.origin);
    } finally {
      await writing.close();
    }
  }
}

/** A file of the built-in theme. */
export const ofTheme = (path) => readFileSync(join(ROOT, "themes/diptych", path), "utf8");
