// Keys to get about with, and a list of them on `?`. A reader can switch them off.
(() => {
  const words = document.currentScript.dataset;
  const go = (selector) => () => document.querySelector(selector)?.click();
  const keys = [
    ["?", words.help, () => help()],
    ["n", words.next, go('.around [rel="next"]'), '.around [rel="next"]'],
    ["p", words.previous, go('.around [rel="prev"]'), '.around [rel="prev"]'],
    ["h", words.start, go(".site-title")],
    ["/", words.search, go(".search-button"), ".search-button"],
  ].filter(([, , , needs]) => !needs || document.querySelector(needs));

  const stored = () => {
    try {
      return localStorage.getItem("keys") !== "off";
    } catch {
      return true; // Storage may be off.
    }
  };
  let on = stored();
  let dialog;

  const make = (tag, parent, text, properties = {}) => {
    const element = Object.assign(document.createElement(tag), properties);
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  };

  const help = () => {
    if (!dialog) {
      dialog = make("dialog", document.body, "", { className: "keys" });
      make("h2", dialog, words.title, { id: "keys-title" });
      dialog.setAttribute("aria-labelledby", "keys-title");
      const list = make("dl", dialog);
      for (const [key, text] of keys) {
        make("kbd", make("dt", list), key);
        make("dd", list, text);
      }
      const label = make("label", dialog);
      const box = make("input", label, "", { type: "checkbox", checked: on });
      label.append(` ${words.on}`);
      box.addEventListener("change", () => {
        on = box.checked;
        try {
          localStorage.setItem("keys", on ? "on" : "off");
        } catch {
          // It holds for this page.
        }
      });
      make("button", dialog, words.close, { type: "button", className: "close" }).addEventListener("click", () => dialog.close());
    }
    if (!dialog.open) dialog.showModal();
  };

  addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || event.defaultPrevented) return;
    // The focus may still be on what a dialog held that was just closed.
    if (target.closest?.("input, textarea, select, [contenteditable], dialog")?.checkVisibility()) return;
    // The list itself can always be had: it is where the keys are switched on again.
    if (!on && key !== "?") return;
    const action = keys.find(([it]) => it === key)?.[2];
    if (!action) return;
    event.preventDefault();
    action();
  });
})();
