// Sites that are built for the checks.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Site } from "./site.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The program that builds and serves. */
export const PROGRAM = process.env.DIPTYCH ?? join(ROOT, "target/debug/diptych");

/** Where sites are built: each in a folder of its name. */
const PLACE = join(ROOT, "target/browser");

/** How many notes the longest section of the specimen has. */
export const MANY = 230;

/** The pages of the many notes, of which one is like the other. */
export const ALIKE = /^many\/note-(?!001)/;

/** Builds a site of these files, and gives the folder that it is in. */
export function build(name, files) {
  const folder = join(PLACE, name);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const { status, stderr, error } = spawnSync(PROGRAM, ["build", "--root", folder], { encoding: "utf8" });
  if (error) throw new Error(`${PROGRAM} does not run; name another in DIPTYCH: ${error.message}`);
  if (status !== 0) throw new Error(`no site of ${name}:\n${stderr}`);
  return join(folder, "public");
}

/** Builds a site of these files, hands it to `use` and closes it. */
export async function built({ browser }, name, files, use) {
  const site = await Site.open(build(name, files), browser, Infinity);
  try {
    return await use(site);
  } finally {
    await site.close();
  }
}

/** The files of the specimen: one of everything that a page may show, and many notes. */
export function specimen(config = "") {
  const files = { ...folder("specimen"), ...many() };
  files["book.toml"] = `${files["book.toml"]}\n${config}`;
  return files;
}

/** The files of a folder beside this one. */
export function folder(name) {
  const root = fileURLToPath(new URL(`${name}/`, import.meta.url));
  const paths = readdirSync(root, { recursive: true }).filter((it) => statSync(join(root, it)).isFile());
  return Object.fromEntries(paths.map((it) => [it.replaceAll("\\", "/"), readFileSync(join(root, it))]));
}

/** More notes than a page lists, all of which link to one. */
function many() {
  const pick = (list, at) => list[at % list.length];
  const files = {};
  for (let at = 1; at <= MANY; at += 1) {
    const number = String(at).padStart(3, "0");
    files[`content/many/note-${number}.md`] = `---
title: Note ${number}
status: ${pick(["draft", "proposed", "accepted", "deprecated"], at)}
kind: ${pick(["reference", "design", "decision"], at)}
owners: [${pick(["ann", "bo"], at)}]
created: 2026-0${1 + (at % 9)}-${String(1 + (at % 28)).padStart(2, "0")}
tags: [${pick(["batch", "stream"], at)}]
summary: The ${number}. of many notes, with a summary of one line.
---

# Note ${number}

It leans on [the hub](../ref/hub.md), like all of them.
`;
  }
  return files;
}
