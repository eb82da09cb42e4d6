// Finds notes: reads of the index what a query needs. The index is made by `diptych`,
// whose words are read by the same rules here (src/search/).
window.search = (() => {
  const { root, what, view, style, marker } = document.currentScript.dataset;
  const LEVELS = "!#$%&()*";
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const PART = /[\p{Alphabetic}\p{M}\p{Nd}\p{Join_C}]+/gu;
  const SPACELESS =
    "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
  const RUN = new RegExp(`[${SPACELESS}]+|[^${SPACELESS}]+`, "gu");
  const IS_SPACELESS = new RegExp(`^[${SPACELESS}]`, "u");
  const HUMP = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/;
  /** How many shards are read for the beginnings of a word. */
  const SHARDS = 3;
  const LIST = 32;

  const fold = (word) =>
    word.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\s]/g, "").normalize("NFC").slice(0, 40).replace(/ß/g, "ss");

  /** The words of a text with their places. In a query `camelCase` is one word. */
  function* words(text, humps = true) {
    for (const { 0: whole, index } of text.matchAll(PART)) {
      for (const { 0: run, index: at } of whole.matchAll(RUN)) {
        const start = index + at;
        if (IS_SPACELESS.test(run)) {
          const letters = [...run];
          let from = start;
          for (const [place, letter] of letters.entries()) {
            const pair = letter + (letters[place + 1] ?? "");
            if (humps || letters.length === 1 || place < letters.length - 1) yield [fold(pair), from, from + pair.length];
            from += letter.length;
          }
          continue;
        }
        const pieces = humps && /^[\x00-\x7f]*$/.test(run) ? run.split(HUMP) : [run];
        let from = start;
        if (pieces.length > 1) {
          for (const piece of pieces) {
            yield [fold(piece), from, from + piece.length];
            from += piece.length;
          }
        }
        yield [fold(run), start, start + run.length];
      }
    }
  }

  // ---- The files of the index ------------------------------------------------------

  const files = new Map();
  let front;

  const load = (name) => {
    if (!files.has(name)) {
      const loaded = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}assets/search/${name}`;
        script.found = resolve;
        script.onload = () => script.remove();
        script.onerror = () => {
          script.remove();
          files.delete(name);
          reject(new Error(name));
        };
        document.head.append(script);
      });
      files.set(name, loaded);
    }
    return files.get(name);
  };

  /** Reads what is read first, once. */
  const begin = async () => {
    front ??= await load("index.js");
    front.continues ??= new Set(numbers(front.rest));
    return front;
  };

  /** Does something with the index; if the site has been published anew, with the new one. */
  const fresh = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!error.message.endsWith(".js")) throw error;
      front = await load(`index.js?${Date.now()}`);
      front.continues = new Set(numbers(front.rest));
      return work();
    }
  };

  /** Rising numbers from the distances between them. */
  const numbers = (text) => {
    const found = [];
    let [last, value, shift] = [-1, 0, 0];
    for (const letter of text) {
      const digit = DIGITS.indexOf(letter);
      value += (digit & 31) << shift;
      shift += 5;
      if (digit >= 32) continue;
      last += value + 1;
      found.push(last);
      [value, shift] = [0, 0];
    }
    return found;
  };

  /** Calls `take(part, weight)` for each place of a word, the heaviest first. */
  const places = (text, take) => {
    for (const [, mark, distances] of text.matchAll(/([!#$%&()*])([^!#$%&()*]*)/g)) {
      const weight = (LEVELS.indexOf(mark) + 1) / LEVELS.length;
      for (const part of numbers(distances)) take(part, weight);
    }
  };

  /** The shard that a word is in. */
  const shardOf = (word) => {
    let [low, high] = [0, front.keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (front.keys[middle] <= word) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  };

  const shard = async (at) => {
    const [groups, elsewhere] = await load(`${front.shards[at]}.js`);
    return { groups, elsewhere };
  };

  /** The groups of a word, and of those that begin with it. */
  const groupsOf = async (word, beginnings) => {
    if (front.shards.length === 0) return [];
    const first = shardOf(word);
    const last = beginnings ? Math.min(shardOf(`${word}\uffff`), first + SHARDS - 1) : first;
    const shards = await Promise.all(Array.from({ length: last - first + 1 }, (_, at) => shard(first + at)));
    const found = new Map();
    const fits = (it) => (it === word ? 2 : beginnings && it.startsWith(word) ? 1 : 0);
    const note = ([forms, text, all], fit) => {
      const key = forms.split(" ")[0];
      if (fit > (found.get(key)?.fit ?? 0)) found.set(key, { forms: forms.split(" "), text, all, fit });
    };
    const away = new Map();
    for (const { groups, elsewhere } of shards) {
      for (const group of groups) {
        const fit = Math.max(...group[0].split(" ").map(fits));
        if (fit > 0) note(group, fit);
      }
      for (const [form, heads] of Object.entries(elsewhere)) {
        for (const head of fits(form) ? heads : []) away.set(head, Math.max(fits(form), away.get(head) ?? 0));
      }
    }
    await Promise.all(
      [...away].map(async ([head, fit]) => {
        const { groups } = await shard(shardOf(head));
        const group = groups.find(([forms]) => forms.split(" ")[0] === head);
        if (group) note(group, fit);
      }),
    );
    return [...found.values()];
  };

  /** How many letters must change, at most `most`, swaps of neighbours counted once. */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  /** The word that is most like one that no note has. */
  const nearest = async (word) => {
    if (word.length < 4 || front.shards.length === 0) return undefined;
    const most = word.length < 8 ? 1 : 2;
    const { groups } = await shard(shardOf(word));
    let best;
    for (const [forms, text] of groups) {
      for (const form of forms.split(" ")) {
        const far = form.includes(":") ? most + 1 : distance(word, form, most);
        if (far <= most && (!best || far < best.far || (far === best.far && text.length > best.many))) {
          best = { form, far, many: text.length };
        }
      }
    }
    return best?.form;
  };

  // ---- Queries ---------------------------------------------------------------------

  const noteOf = (part) => {
    while (front.continues.has(part)) part -= 1;
    return part;
  };

  /** What a word of the query finds: for each note its weight and its best part. */
  const look = async (word, last) => {
    let meant = word;
    let groups = await groupsOf(word, last || word.length > 2);
    if (groups.length === 0) {
      meant = await nearest(word);
      groups = meant ? await groupsOf(meant, false) : [];
    }
    const notes = new Map();
    let everywhere = false;
    for (const { text, all, fit, forms } of groups) {
      if (forms[0].includes(":")) continue;
      // A word that is nearly everywhere keeps no note out.
      everywhere ||= fit === 2 && all > 0;
      const found = [];
      places(text, (part, weight) => found.push([part, weight]));
      const rare = Math.log(1 + front.parts / (all ?? found.length));
      for (const [part, weight] of found) {
        const score = weight * rare * (fit === 2 ? 1 : 0.45);
        const note = noteOf(part);
        const known = notes.get(note);
        if (!known || known.score < score) notes.set(note, { score, parts: (known?.parts ?? new Map()).set(part, score) });
        else known.parts.set(part, Math.max(score, known.parts.get(part) ?? 0));
      }
    }
    return { word, meant, notes, everywhere, forms: new Set(groups.flatMap((it) => it.forms)) };
  };

  /** The notes that have one of these values. */
  const having = async (name, value) => {
    const entry = `${name}:${value}`;
    const groups = await groupsOf(entry, false);
    const notes = new Set();
    for (const { text } of groups) places(text, (part) => notes.add(noteOf(part)));
    return notes;
  };

  /** The notes that have all words and all values, the best first. */
  const find = (query, values) =>
    fresh(async () => {
      const asked = [...new Set([...words(query, false)].map(([word]) => word))].filter(Boolean);
      const open = /[\p{Alphabetic}\p{M}\p{Nd}\p{Join_C}]$/u.test(query);
      const looked = await Promise.all(asked.map((word, at) => look(word, open && at === asked.length - 1)));
      const sets = await Promise.all(Object.entries(values).filter(([, it]) => it).map(([name, it]) => having(name, it)));
      const strict = looked.filter((it) => !it.everywhere);
      const all = strict.length ? strict : looked;
      const few = all.reduce((a, b) => (b.notes.size < (a?.notes.size ?? Infinity) ? b : a), undefined);
      const notes = [];
      for (const note of few ? few.notes.keys() : (sets[0] ?? [])) {
        if (!all.every((it) => it.notes.has(note)) || !sets.every((it) => it.has(note))) continue;
        const parts = new Map();
        let score = 0;
        for (const { notes } of looked) {
          const found = notes.get(note);
          score += found?.score ?? 0;
          for (const [part, it] of found?.parts ?? []) parts.set(part, (parts.get(part) ?? 0) + it);
        }
        const best = [...parts].reduce((a, b) => (b[1] > a[1] ? b : a), [note, 0])[0];
        notes.push({ note, part: best, score });
      }
      notes.sort((a, b) => b.score - a.score || a.note - b.note);
      return { notes, looked };
    });

  /** What is shown of some results: title, address, and the text of their best part. */
  const show = (results) =>
    fresh(() =>
      Promise.all(
        results.map(async ({ note, part }) => {
          const line = async (at) => (await load(`${front.lists[Math.floor(at / LIST)]}.js`))[at % LIST];
          const [[title, address, file, values], own] = await Promise.all([line(note), line(part)]);
          const sections = await load(`${part === note ? file : own}.js`);
          return { title, address: root + address, values, sections };
        }),
      ),
    );

  /** Whether a word of a text is one that was looked for: its place among those, or -1. */
  const matcher = (looked) => (word) =>
    looked.findIndex((it) => it.forms.has(word));

  // ---- What is loaded with it -------------------------------------------------------

  const added = new Map();

  /** Adds a script or a style sheet to the page, once. */
  const add = (address) => {
    if (!added.has(address)) {
      const done = new Promise((resolve, reject) => {
        const sheet = { rel: "stylesheet", href: address, onload: resolve, onerror: resolve };
        const script = { src: address, onload: resolve, onerror: reject };
        const [name, is] = address.endsWith(".css") ? ["link", sheet] : ["script", script];
        document.head.append(Object.assign(document.createElement(name), is));
      });
      done.catch(() => added.delete(address));
      added.set(address, done);
    }
    return added.get(address);
  };

  /** Opens the dialog; where that fails, the page that says how to get on. */
  const open = async () => {
    try {
      await Promise.all([add(view), add(style)]);
      await window.search.dialog();
    } catch {
      location.assign(`${root}search/index.html`);
    }
  };

  /** Shows the search on its page. */
  const page = async () => {
    await Promise.all([add(view), add(style)]);
    await window.search.fill(document.querySelector(".search-page"));
  };

  /** Marks what led to the page. */
  const mark = () => Promise.all([add(marker), add(style)]);

  const asked = { open, page, mark };
  queueMicrotask(() => asked[what]?.());
  return { root, begin, find, show, words, matcher, ...asked };
})();
