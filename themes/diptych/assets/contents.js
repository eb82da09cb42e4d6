// Marks in the contents the heading that is being read, and keeps it and the entry of
// the navigation in sight.
(() => {
  let links;
  let headings;
  const look = () => {
    links = [...document.querySelectorAll(".contents a")];
    headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  };
  look();
  const panel = document.querySelector(".contents");
  let current;

  const within = (box, element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const { top: from, bottom: to } = box.getBoundingClientRect();
    if (top < from || bottom > to) box.scrollTop += top - from - (to - from) / 3;
  };

  const mark = () => {
    const line = innerHeight / 4;
    let at = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < line);
    if (scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2) at = links.length - 1;
    if (links[at] === current) return;
    current?.removeAttribute("aria-current");
    current = links[at];
    current?.setAttribute("aria-current", "true");
    if (current && panel.clientHeight) within(panel, current);
  };

  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      mark();
    });
  };
  if (links.length > 0) {
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask, { passive: true });
    panel.addEventListener("toggle", ask);
    mark();
    document.addEventListener("diptych:update", () => {
      look();
      mark();
    });
  }

  // What was asked for from the sheet is to be read.
  panel?.addEventListener("click", ({ target }) => {
    if (target.closest("a") && panel.matches(":popover-open")) panel.hidePopover();
  });
  const nav = document.querySelector(".site-nav");
  const here = nav?.querySelector("[aria-current]");
  if (here && nav.clientHeight) within(nav, here);
})();
