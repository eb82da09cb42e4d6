// Shows beside a link to a note what it leads to: the section, or how the note begins.
(() => {
  if (location.protocol === "file:") { // Files may not read each other.
    document.documentElement.classList.add("no-previews");
    return;
  }
  const LONGEST = 900;
  const pages = new Map();

  const read = async (address) => {
    if (!pages.has(address)) {
      const page = fetch(address)
        .then((response) => (response.ok ? response.text() : ""))
        .then((text) => new DOMParser().parseFromString(text, "text/html"))
        .catch(() => undefined);
      pages.set(address, page);
    }
    return pages.get(address);
  };

  const level = (element) => Number(/^H([1-6])$/.exec(element.tagName)?.[1] ?? 7);

  /** From an element on, as far as its section goes. */
  const section = (first) => {
    const found = [first];
    let length = 0;
    for (let it = first.nextElementSibling; it && length < LONGEST; it = it.nextElementSibling) {
      if (level(it) < 7 && (level(it) <= level(first) || level(first) === 1)) break;
      if (it.matches(".facts, .listing, .footnotes")) continue;
      found.push(it);
      length += it.textContent.length;
    }
    return found;
  };

  const preview = async (link) => {
    const [address, id] = link.href.split("#");
    const own = address === location.href.split("#")[0];
    const page = own ? document : await read(address);
    const note = page?.querySelector("article.note");
    const target = id && page?.getElementById(decodeURIComponent(id));
    const block = target?.closest(".note > *, li, tr") ?? target;
    const first = target ? (level(target) < 7 ? target : block) : note?.querySelector("h1");
    if (!first) return undefined;
    const parts = level(first) < 7 ? section(first) : [first];
    return parts.map((part) => {
      const copy = document.importNode(part, true);
      for (const name of ["href", "src"]) {
        for (const it of copy.querySelectorAll(`[${name}]`)) {
          it.setAttribute(name, new URL(it.getAttribute(name), address).href);
        }
      }
      return copy;
    });
  };

  const links = [...document.querySelectorAll(".note p a, .note li a, .note td a, .note dd a, .backlinks a")];
  const leads = (link) =>
    link.origin === location.origin &&
    /(\/|\.html)$/.test(link.pathname) &&
    !link.matches(".anchor, .footnote-back, .footnote-ref a, .web, .file, .listing a, .fact-tags a");
  card(links.filter(leads), preview);
})();
