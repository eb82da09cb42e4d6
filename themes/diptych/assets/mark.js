// Marks on the page the words that led to it, until Escape is pressed.
(() => {
  const address = new URL(location.href);
  const forms = new Set((address.searchParams.get("mark") ?? "").split(" "));
  address.searchParams.delete("mark");
  history.replaceState(null, "", address);

  const ranges = [];
  const walker = document.createTreeWalker(document.querySelector(".note"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    for (const [form, start, end] of search.words(node.data)) {
      if (!forms.has(form)) continue;
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  if (ranges.length === 0) return;

  let remove;
  if (CSS.highlights) {
    CSS.highlights.set("search", new Highlight(...ranges));
    remove = () => CSS.highlights.delete("search");
  } else {
    const marks = ranges.reverse().map((range) => {
      const mark = document.createElement("mark");
      range.surroundContents(mark);
      return mark;
    });
    remove = () => {
      for (const mark of marks) mark.replaceWith(...mark.childNodes);
    };
  }
  addEventListener("keydown", ({ key }) => key === "Escape" && !document.querySelector("dialog[open]") && remove());
})();
