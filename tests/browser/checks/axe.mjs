// Accessibility, by axe-core.

import axe from "axe-core";
import { none } from "../site.mjs";

export const checks = {};
for (const scheme of ["light", "dark"]) {
  checks[`no violation on any page, ${scheme}, at 320, 768 and 1280 px`] = async (site) => {
    const faults = [];
    await site.with("about:blank", { scheme }, async (page) => {
      for (const path of site.pages) {
        await page.goto(site.url(path));
        await page.evaluate(axe.source);
        for (const width of [320, 768, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
          for (const { id, nodes } of violations) {
            faults.push(`${path} ${width}px ${id}: ${nodes.length}× ${nodes[0].html.slice(0, 120)} ${nodes[0].any[0]?.message ?? ""}`);
          }
        }
      }
    });
    none(faults);
  };
}
