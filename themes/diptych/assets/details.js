// Unfolds what a link leads into.
(() => {
  const unfold = () => {
    const target = document.querySelector(":target");
    if (!target) return;
    let folded = false;
    for (let it = target.closest("details"); it; it = it.parentElement.closest("details")) {
      folded ||= !it.open;
      it.open = true;
    }
    if (folded) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
