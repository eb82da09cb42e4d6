// Loads the search once it is asked for: by its button, by Ctrl-K, by the page.
(() => {
  const { dataset, src: here } = document.currentScript;
  for (const name of ["src", "view", "style", "marker"]) dataset[name] = new URL(dataset[name], here).href;
  const button = document.querySelector(".search-button");

  const ask = (what) => {
    if (window.search) return search[what]?.();
    const script = document.createElement("script");
    Object.assign(script.dataset, dataset, { what });
    script.src = dataset.src;
    // Without it the button leads to the page that says how to get on.
    script.onerror = () => location.assign(button.href);
    document.head.append(script);
  };

  const open = (event) => {
    event.preventDefault();
    ask("open");
  };
  button?.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || open(event));
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key === "k" && ctrlKey !== metaKey && !altKey && !shiftKey && !document.querySelector("dialog[open]")) open(event);
  });

  if (document.querySelector(".search-page")) ask("page");
  else if (new URLSearchParams(location.search).has("mark")) ask("mark");
})();
