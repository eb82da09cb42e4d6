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

  // A script runs once, and one that comes with new text too: it is made by hand, for
  // what is only parsed never runs.
  const ran = new Set();
  const revive = (script) => {
    if (ran.has(script.src)) return;
    ran.add(script.src);
    const fresh = document.createElement("script");
    for (const { name, value } of script.attributes) fresh.setAttribute(name, value);
    document.head.append(fresh);
    fresh.remove();
  };

  const make = (node) => {
    const twin = document.importNode(node, true);
    pair(node, twin);
    if (node.nodeName === "SCRIPT") revive(twin);
    return twin;
  };

  const change = (old, next) => {
    if (old.isEqualNode(next)) return keep(old, next);
    const twin = twins.get(old);
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
    for (const { name } of old.attributes) {
      // Of the page as a whole, scripts have said something before it was looked at.
      if (old !== sent && !next.hasAttribute(name)) twin.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) twin.setAttribute(name, value);
    }
  };

  // Nodes that are alike stay, however much comes before them or goes; of the others,
  // those of a kind are changed into each other.
  const children = (old, next, twin) => {
    const [from, to] = [[...old.childNodes], [...next.childNodes]];
    const matches = match(from, to, [
      (node) => node.outerHTML ?? `${node.nodeType} ${node.nodeValue}`,
      (node) => `${node.nodeName} ${node.id ?? ""}`,
      (node) => node.nodeName,
    ]);
    const kept = new Set(matches.values());
    for (const node of from) if (!kept.has(node)) twins.get(node)?.remove();
    let ahead = null;
    for (const node of to.reverse()) {
      if (matches.has(node)) change(matches.get(node), node);
      else twin.insertBefore(make(node), ahead);
      const here = twins.get(node);
      if (here?.parentNode === twin) ahead = here;
    }
  };

  // Which of the old nodes each new one was, in order: first by the first key, then what
  // lies between by the next.
  const match = (from, to, [key, ...others]) => {
    const matches = new Map();
    if (!key || !from.length || !to.length) return matches;
    let [i, j] = [0, 0];
    for (const [at, to_at] of [...run(from.map(key), to.map(key)), [from.length, to.length]]) {
      const between = match(from.slice(i, at), to.slice(j, to_at), others);
      for (const [node, was] of between) matches.set(node, was);
      if (at < from.length) matches.set(to[to_at], from[at]);
      [i, j] = [at + 1, to_at + 1];
    }
    return matches;
  };

  // The longest run of places, in order, at which two lists are alike.
  const run = (a, b) => {
    let [start, a_end, b_end] = [0, a.length, b.length];
    const found = [];
    while (start < a_end && start < b_end && a[start] === b[start]) found.push([start, start++]);
    while (a_end > start && b_end > start && a[a_end - 1] === b[b_end - 1]) [a_end, b_end] = [a_end - 1, b_end - 1];
    const [height, width] = [a_end - start, b_end - start];
    // A page that is another one altogether is not compared word for word.
    if (height * width < 4e6) {
      const best = Array.from({ length: height + 1 }, () => new Uint16Array(width + 1));
      for (let i = height - 1; i >= 0; i--) {
        for (let j = width - 1; j >= 0; j--) {
          const alike = a[start + i] === b[start + j];
          best[i][j] = alike ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
        }
      }
      for (let [i, j] = [0, 0]; i < height && j < width; ) {
        if (a[start + i] === b[start + j]) found.push([start + i++, start + j++]);
        else if (best[i + 1][j] >= best[i][j + 1]) i++;
        else j++;
      }
    }
    for (let it = 0; a_end + it < a.length; it++) found.push([a_end + it, b_end + it]);
    return found;
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

  const scripts = (root) => [...root.querySelectorAll("script[src]")].map((it) => new URL(it.getAttribute("src"), location.href).href);

  const update = async () => {
    const answer = await fetch(location.href, { cache: "no-cache" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").documentElement;
    if (sent.isEqualNode(next)) return;
    if (scripts(next).some((it) => !ran.has(it)) && [...ran].some((it) => !scripts(next).includes(it))) {
      // A script that was exchanged for another cannot be taken back.
      return location.reload();
    }
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
  const shadow = strip.attachShadow({ mode: "open" });
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
  for (const it of scripts(sent)) ran.add(it);
  let working = Promise.resolve();
  const hear = ({ data }) => {
    const news = JSON.parse(data);
    show(news);
    reload(news.files.map((it) => new URL(it, new URL("../", home)).href));
    // One after the other, for each starts from what the last one left.
    working = working.then(update).catch(() => {});
  };
  // A browser opens few connections to one server: all pages share one.
  if (globalThis.SharedWorker) {
    const worker = new SharedWorker(new URL("news.js", home));
    worker.port.onmessage = hear;
  } else {
    new EventSource(new URL("events", home)).onmessage = hear;
  }
})();
