// A button on each code block that copies it, without prompts.
(() => {
  const words = document.currentScript.dataset;

  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages that are no secure context have no clipboard but this one.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  const arm = (figure) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      const code = figure.querySelector("code").cloneNode(true);
      for (const prompt of code.querySelectorAll(".gp")) prompt.remove();
      await write(code.textContent);
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 1500);
    });
    figure.append(button);
  };

  const look = () => document.querySelectorAll("figure.code:not(:has(> .copy))").forEach(arm);
  look();
  document.addEventListener("diptych:update", look); // While the page is written.
})();
