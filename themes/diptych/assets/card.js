// A card beside a link that shows what the link leads to; footnotes.js and previews.js
// say what that is.
(() => {
  let card;
  let shown;
  let timer;

  const hide = () => {
    clearTimeout(timer);
    card?.hidePopover();
    shown = undefined;
  };

  const place = (link) => {
    const { left, right, top, bottom } = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const rtl = getComputedStyle(link).direction === "rtl";
    const start = rtl ? right - width : left;
    const below = bottom + height + 12 < innerHeight || top < height + 12;
    card.style.left = `${Math.max(12, Math.min(start, innerWidth - width - 12))}px`;
    card.style.top = `${below ? bottom + 8 : top - height - 8}px`;
  };

  const show = async (link, content) => {
    const nodes = await content(link);
    if (!nodes?.length || shown !== link) return;
    if (!card) {
      card = document.createElement("div");
      card.className = "card note";
      card.popover = "manual";
      card.addEventListener("pointerenter", () => clearTimeout(timer));
      card.addEventListener("pointerleave", later);
      document.body.append(card);
    }
    card.replaceChildren(...nodes);
    for (const it of card.querySelectorAll("[id]")) it.removeAttribute("id");
    for (const it of card.querySelectorAll(".anchor, .copy, .footnote-back")) it.remove();
    card.showPopover();
    card.scrollTop = 0;
    place(link);
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, 250);
  };

  /** Shows a card at these links while they are pointed at or have the focus. */
  window.card = (links, content, delay = 300) => {
    for (const link of links) {
      const ask = ({ pointerType }) => {
        if (pointerType === "touch" || shown === link) return clearTimeout(timer);
        clearTimeout(timer);
        timer = setTimeout(() => {
          card?.hidePopover();
          shown = link;
          show(link, content);
        }, delay);
      };
      link.addEventListener("pointerenter", ask);
      link.addEventListener("focus", () => link.matches(":focus-visible") && ask({}));
      link.addEventListener("pointerleave", later);
      link.addEventListener("blur", later);
    }
  };

  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  addEventListener("pagehide", hide);
})();
