// The search as readers see it: a dialog, and the same on the page `search/`.
(() => {
  const FACETS = ["kind", "status", "system", "tag"];
  /** How many notes are shown at once, and how many sections of each. */
  const NOTES = 8;
  const SECTIONS = 3;
  /** How long an excerpt is, and how much of it stands before the first word found. */
  const LENGTH = 200;
  const BEFORE = 50;

  const { root } = search;
  let front;
  let mounts = 0;
  let word = (key) => key;

  const make = (tag, parent, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text) element.textContent = text;
    parent?.append(element);
    return element;
  };

  // ---- Excerpts --------------------------------------------------------------------

  /** Where words that were looked for stand in a text, in order. */
  const hits = (text, match) => {
    const found = [];
    for (const [form, start, end] of search.words(text)) {
      const which = match(form);
      if (which >= 0) found.push({ which, form, start, end });
    }
    return found.sort((a, b) => a.start - b.start || b.end - a.end);
  };

  const distinct = (found) => new Set(found.map((it) => it.which)).size;

  /** The stretch of a text that has most of the words. */
  const stretch = (text, found) => {
    let [best, most] = [0, -1];
    for (const [at, { start }] of found.entries()) {
      const within = found.slice(at, at + 40).filter((it) => it.end <= start + LENGTH - BEFORE);
      const score = distinct(within) * 100 + within.length;
      if (score > most) [best, most] = [start, score];
    }
    let from = Math.max(0, best - BEFORE);
    const to = Math.min(text.length, from + LENGTH);
    if (from > 0) from += Math.max(0, text.slice(from, best).search(/\s/));
    const cut = to < text.length ? text.slice(from, to).replace(/\s+\S*$/u, "") : text.slice(from, to);
    return [from, from + (cut || text.slice(from, to)).length];
  };

  /** Puts a text into an element, with the words marked. */
  const fill = (element, text, found, [from, to] = [0, text.length]) => {
    if (from > 0) element.append("… ");
    let at = from;
    for (const { start, end } of found) {
      if (start < at || end > to) continue;
      element.append(text.slice(at, start));
      make("mark", element, {}, text.slice(start, end));
      at = end;
    }
    element.append(text.slice(at, to));
    if (to < text.length) element.append(" …");
  };

  // ---- The form and its results ----------------------------------------------------

  /** Builds the search inside an element; gives what its owner needs of it. */
  const mount = (parent, { close, changed }) => {
    const id = `search-${(mounts += 1)}`;
    const bar = make("div", parent, { class: "search-bar" });
    const input = make("input", bar, {
      type: "text", role: "combobox", id, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      enterkeyhint: "search", placeholder: word("search-placeholder"), "aria-label": word("search"),
      "aria-autocomplete": "list", "aria-controls": `${id}-list`, "aria-expanded": "false",
    });
    if (close) make("button", bar, { type: "button", class: "close" }, word("search-close")).addEventListener("click", close);
    const filters = make("div", parent, { class: "search-filters" });
    const selects = FACETS.filter((name) => front.facets[name]).map((name) => {
      const select = make("select", filters, { name, "aria-label": word(`search-${name}`) });
      make("option", select, { value: "" }, word(`search-any-${name}`));
      for (const value of front.facets[name]) make("option", select, { value }, said(name, value));
      select.addEventListener("change", () => run());
      return select;
    });
    const status = make("p", parent, { class: "search-status", role: "status" });
    const list = make("div", parent, { class: "search-list", role: "listbox", id: `${id}-list`, "aria-label": word("search-results") });
    const more = make("button", parent, { type: "button", class: "search-more", hidden: "" }, word("search-more"));
    const links = () => [...list.querySelectorAll("[role=option]")];
    let [turn, timer, shown, chosen, ran] = [0, 0, 0, -1, ""];
    let found;

    const choose = (at, scroll = true) => {
      const all = links();
      all[chosen]?.setAttribute("aria-selected", "false");
      chosen = all.length ? (at + all.length) % all.length : -1;
      const link = all[chosen];
      link?.setAttribute("aria-selected", "true");
      if (link) input.setAttribute("aria-activedescendant", link.id);
      else input.removeAttribute("aria-activedescendant");
      // The first brings its list's beginning with it.
      if (scroll) link?.scrollIntoView({ block: chosen === 0 ? "end" : "nearest" });
    };

    const option = (group, link, name) => {
      const element = make("a", group, { class: name, role: "option", href: link, tabindex: "-1", "aria-selected": "false" });
      element.id = `${id}-${list.querySelectorAll("[role=option]").length}`;
      return element;
    };

    const result = ({ title, address, values, sections }, match) => {
      const group = make("div", undefined, { role: "group", "aria-label": title });
      list.append(group);
      const rated = sections.map(([anchor, heading, text], place) => {
        const [inHeading, inText] = [hits(heading, match), hits(text, match)];
        const score = distinct([...inHeading, ...inText]) * 10 + distinct(inHeading) * 4 + Math.min(inText.length, 5);
        return { anchor, heading, text, place, inHeading, inText, score };
      });
      const best = rated.filter((it) => it.score > 0).sort((a, b) => b.score - a.score || a.place - b.place).slice(0, SECTIONS);
      best.sort((a, b) => a.place - b.place);
      const forms = new Set([...best.flatMap((it) => [...it.inHeading, ...it.inText]), ...hits(title, match)].map((it) => it.form));
      const mark = front.mark && forms.size ? `?${new URLSearchParams({ mark: [...forms].slice(0, 16).join(" ") })}` : "";
      const note = option(group, address + mark, "search-note");
      fill(make("span", note, { class: "search-title" }), title, hits(title, match));
      const place = [...decodeURI(address.slice(root.length)).split("/").slice(0, -2)].join(" / ");
      make("span", note, { class: "search-place" }, [place, ...values.slice(0, 2).flat().map((it) => said("", it))].filter(Boolean).join(" · "));
      const lead = best.find((it) => !it.anchor);
      if (lead?.inText.length) {
        fill(make("span", note, { class: "search-text" }), lead.text, lead.inText, stretch(lead.text, lead.inText));
      }
      for (const section of best.filter((it) => it.anchor)) {
        const link = option(group, `${address}${mark}#${encodeURIComponent(section.anchor)}`, "search-section");
        fill(make("span", link, { class: "search-heading" }), section.heading, section.inHeading);
        if (section.text) fill(make("span", link, { class: "search-text" }), section.text, section.inText, stretch(section.text, section.inText));
      }
    };

    const say = () => {
      const { notes, looked } = found;
      const meant = looked.find((it) => it.meant && it.meant !== it.word);
      const count = notes.length === 1 ? word("search-one") : word("search-many").replace("{count}", notes.length);
      const texts = [notes.length ? count : word("search-none")];
      if (meant) texts.push(word("search-meant").replace("{word}", meant.word).replace("{meant}", meant.meant));
      status.textContent = texts.join(". ");
    };

    /** Shows some more of what was found. */
    const extend = async (mine) => {
      const results = await search.show(found.notes.slice(shown, shown + NOTES));
      if (mine !== turn) return;
      if (shown === 0) list.replaceChildren();
      const match = search.matcher(found.looked);
      for (const it of results) result(it, match);
      shown += results.length;
      more.hidden = shown >= found.notes.length;
    };

    const asked = () => ({
      query: input.value.trim(),
      values: Object.fromEntries(selects.map((it) => [it.name, it.value])),
    });

    const run = async () => {
      const mine = (turn += 1);
      const { query, values } = asked();
      for (const select of selects) select.classList.toggle("is-set", select.value !== "");
      changed?.(address(asked()));
      if (!query && !Object.values(values).some(Boolean)) {
        list.replaceChildren();
        more.hidden = true;
        status.textContent = word("search-hint");
        input.setAttribute("aria-expanded", "false");
        return choose(-1);
      }
      try {
        const now = await search.find(input.value, values);
        if (mine !== turn) return;
        [found, shown] = [now, 0];
        await extend(mine);
        if (mine !== turn) return;
        say();
        input.setAttribute("aria-expanded", String(shown > 0));
        ran = input.value;
        chosen = -1;
        choose(0, Boolean(close));
      } catch (error) {
        if (mine !== turn) return;
        status.textContent = word("search-failed");
        throw error;
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(run, 120);
    });
    more.addEventListener("click", async () => {
      const at = links().length;
      await extend(turn);
      input.focus();
      choose(at);
    });
    input.addEventListener("keydown", async (event) => {
      if (event.isComposing) return;
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps) {
        event.preventDefault();
        choose(chosen + steps[event.key]);
      } else if (event.key === "Enter") {
        event.preventDefault();
        clearTimeout(timer);
        if (ran !== input.value) await run();
        const { href } = links()[chosen] ?? {};
        if (!href) return;
        if (event.ctrlKey || event.metaKey) window.open(href);
        else go(href);
      }
    });
    const go = (href) => {
      close?.();
      location.assign(href);
    };
    list.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
      if (target.closest("a") && !ctrlKey && !metaKey && !shiftKey) close?.();
    });
    status.textContent = word("search-hint");
    return { input, selects, run, asked };
  };

  /** A value as readers see it. */
  const said = (name, value) => (name === "status" || name === "" ? value.replaceAll("-", " ") : value);

  /** The address of a search, to be sent to others. */
  const address = ({ query, values }) => {
    const set = Object.entries({ q: query, ...values }).filter(([, it]) => it);
    return `${root}search/index.html${set.length ? `?${new URLSearchParams(set)}` : ""}`;
  };

  const prepare = async () => {
    front ??= await search.begin();
    word = (key) => front.words[key] ?? key;
  };

  // ---- The dialog ------------------------------------------------------------------

  let dialog;
  let own;

  search.dialog = async () => {
    await prepare();
    if (!dialog) {
      dialog = make("dialog", document.body, { class: "search", "aria-label": word("search") });
      const body = make("div", dialog, { class: "search-body" });
      let share;
      own = mount(body, { close: () => dialog.close(), changed: (it) => share && (share.href = it) });
      const foot = make("div", dialog, { class: "search-foot" });
      for (const [keys, text] of [["↑ ↓", "move"], ["↵", "open"], ["Esc", "close"]]) {
        const hint = make("span", foot, { class: "search-key" });
        make("kbd", hint, {}, keys);
        hint.append(` ${word(`search-key-${text}`)}`);
      }
      share = make("a", foot, { href: address(own.asked()) }, word("search-share"));
      dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    }
    if (!dialog.open) dialog.showModal();
    own.input.focus();
    own.input.select();
  };

  // ---- The page --------------------------------------------------------------------

  search.fill = async (place) => {
    await prepare();
    const given = new URLSearchParams(location.search);
    place.replaceChildren();
    const { input, selects, run } = mount(place, {
      changed: (it) => history.replaceState(null, "", it),
    });
    input.value = given.get("q") ?? "";
    for (const select of selects) {
      const value = given.get(select.name) ?? "";
      // A value that is not offered can still be asked for.
      if (value && ![...select.options].some((it) => it.value === value)) make("option", select, { value }, value);
      select.value = value;
    }
    input.focus();
    await run();
  };
})();
