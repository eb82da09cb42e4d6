// Valid HTML and CSS, by the checker of the W3C.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { none } from "../site.mjs";

const jar = fileURLToPath(import.meta.resolve("vnu-jar")).replace(/[^/\\]*$/, "build/dist/vnu.jar");

export const checks = {
  "no error on any page": async (site) => {
    const files = site.pages.map((path) => join(site.folder, path));
    const report = await new Promise((done) => {
      const options = { maxBuffer: 1 << 28 };
      const args = ["-Xss4m", "-jar", jar, "--errors-only", "--exit-zero-always", "--format", "json", ...files];
      execFile("java", args, options, (error, _, told) => done(error ? `{"messages":[{"message":${JSON.stringify(error.message)}}]}` : told));
    });
    const { messages } = JSON.parse(report);
    none(messages.map(({ url, lastLine, message, extract }) => `${url?.replace(/.*\//, "")}:${lastLine} ${message} ${extract ?? ""}`));
  },
};
