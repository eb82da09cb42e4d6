// What a page must not do: fail, complain, ask another host, need an inline script.

import { none } from "../site.mjs";

export const checks = {
  "no page logs an error, breaks the policy or asks another host": async (site) => {
    const faults = [];
    for (const path of site.pages) {
      await site.with(site.url(path), {}, async (page) => page.waitForLoadState("networkidle"))
        .catch((error) => faults.push(`${path}: ${error.message}`));
    }
    none(faults);
  },

  "no page holds an inline script, style or handler": async (site) => {
    const faults = [];
    for (const path of site.pages) {
      const html = site.read(path).replace(/<pre[\s\S]*?<\/pre>/g, "");
      const found = html.match(/<script(?![^>]*\ssrc=)[^>]*>|<style|<[a-z][^<>]*\s(style|on\w+)="[^>]*/i);
      if (found) faults.push(`${path}: ${found[0].slice(0, 80)}`);
    }
    none(faults);
  },
};
