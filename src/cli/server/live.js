// Keeps the page as its source is, while the author writes. Served by `diptych serve`
// alone; no published page has it.
(() => {
  const home = new URL("./", document.currentScript.src);

  // What the server sent last, before other scripts have added to it; each of its nodes
  // has a twin on the page. A change is made to the twins of what differs, so that
  // whatever the reader or a script did elsewhere stays: scroll, focus, what is unfolded.
  let sent = document.documentElement.cloneNode(true);
  const twins = new WeakMap();

  const pair = (node, twin) => {
    twins.set(node, twin);
    node.childNodes.forEach((child, at) => twin.childNodes[at] && pair(child, twin.childNodes[at]));
  };

  const keep = (old, next) => {
    twins.set(next, twins.get(old));
    next.childNodes.forEach((child, at) => keep(old.childNodes[at], child));
  };

  const make = (node) => {
    const twin = document.importNode(node, true);
    pair(node, twin);
    return twin;
  };

  const change = (old, next) => {
    if (old.isEqualNode(next)) return keep(old, next);
    const twin = twins.get(old);
    if (old.nodeName !== next.nodeName) return twin?.replaceWith(make(next));
    twins.set(next, twin);
    if (!twin) return;
    if (next.nodeType !== Node.ELEMENT_NODE) {
      twin.nodeValue = next.nodeValue;
      return;
    }
    attributes(old, next, twin);
    children(old, next, twin);
  };

  const attributes = (old, next, twin) => {
    for (const { name } of old.attributes) if (!next.hasAttribute(name)) twin.removeAttribute(name);
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) twin.setAttribute(name, value);
    }
  };

  // What is alike at both ends is kept; what is between is changed one by one.
  const children = (old, next, twin) => {
    const from = [...old.childNodes];
    const to = [...next.childNodes];
    let ahead = null;
    while (from.length && to.length && from[0].isEqualNode(to[0])) keep(from.shift(), to.shift());
    while (from.length && to.length && from.at(-1).isEqualNode(to.at(-1))) {
      ahead = twins.get(from.at(-1)) ?? ahead;
      keep(from.pop(), to.pop());
    }
    while (from.length && to.length) change(from.shift(), to.shift());
    for (const node of from) twins.get(node)?.remove();
    for (const node of to) twin.insertBefore(make(node), ahead?.parentNode === twin ? ahead : null);
  };

  // A new style sheet is waited for before the old one goes, so that nothing flashes.
  const sheets = async (next) => {
    const links = [...next.querySelectorAll('head link[rel="stylesheet"]')];
    const isNew = (link) => !document.querySelector(`link[href="${CSS.escape(link.getAttribute("href"))}"]`);
    await Promise.all(links.filter(isNew).map((link) => new Promise((done) => {
      const early = document.importNode(link);
      early.onload = early.onerror = () => done();
      document.head.append(early);
      setTimeout(() => early.remove(), 1000);
      setTimeout(done, 500);
    })));
  };

  const update = async () => {
    const answer = await fetch(location.href, { cache: "no-cache" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").documentElement;
    if (sent.isEqualNode(next)) return;
    await sheets(next);
    change(sent, next);
    sent = next;
    document.dispatchEvent(new Event("diptych:update"));
  };

  // Files keep their address when they change, so the browser is told to look again.
  const reload = (files) => {
    for (const element of document.querySelectorAll("img[src], source[src], video[src], audio[src]")) {
      const address = new URL(element.src, location.href);
      if (!files.includes(address.origin + address.pathname)) continue;
      address.searchParams.set("changed", Date.now());
      element.src = address.href;
    }
  };

  // The faults of the notes, over the page.
  const strip = document.createElement("diptych-faults");
  const shadow = strip.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
    details { font: 14px/1.5 system-ui, sans-serif; color: #222; background: #fff6d6; border-top: 2px solid #b58900; }
    details.error { background: #ffe9e6; border-color: #c62828; }
    summary { padding: .4em 1em; cursor: pointer; font-weight: 600; }
    ol { margin: 0; padding: 0 1em .6em 2.5em; max-height: 40vh; overflow: auto; }
    a { color: #0b57d0; font-family: ui-monospace, monospace; }
    small { display: block; color: #444; }
  `);
  shadow.adoptedStyleSheets = [sheet];

  const element = (name, text, inner = []) => {
    const made = document.createElement(name);
    made.append(text, ...inner);
    return made;
  };

  const entry = ({ severity, rule, file, line, column, message, hints, url }) => {
    const place = line ? `${file}:${line}:${column}` : file;
    const link = element("a", place);
    link.href = url;
    link.target = "_blank";
    const hint = hints.map((it) => element("small", it));
    return element("li", link, [` ${severity}[${rule}] ${message}`, ...hint]);
  };

  const show = ({ errors, warnings, faults }) => {
    if (errors + warnings === 0) return strip.remove();
    const counts = [[errors, "error"], [warnings, "warning"]].filter(([count]) => count > 0);
    const title = counts.map(([count, noun]) => `${count} ${noun}${count > 1 ? "s" : ""}`).join(", ");
    const was = shadow.querySelector("details");
    const details = element("details", element("summary", title), [element("ol", "", faults.map(entry))]);
    details.className = errors > 0 ? "error" : "warning";
    details.open = was && was.className === details.className ? was.open : errors > 0;
    shadow.replaceChildren(details);
    if (!strip.isConnected) document.documentElement.append(strip);
  };

  pair(sent, document.documentElement);
  let working = Promise.resolve();
  new EventSource(new URL("events", home)).onmessage = ({ data }) => {
    const news = JSON.parse(data);
    show(news);
    reload(news.files.map((it) => new URL(it, new URL("../", home)).href));
    // One after the other, for each starts from what the last one left.
    working = working.then(update).catch(() => {});
  };
})();
