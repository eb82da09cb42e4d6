// Loads what shows cards beside links once the first of them is pointed at or has the
// focus: of most pages no link is.
(() => {
  const { dataset, src: here } = document.currentScript;
  const scripts = dataset.scripts.split(" ").map((name) => new URL(name, here).href);
  const links = ".note a, .backlinks a";

  const load = ({ type, target, pointerType }) => {
    const link = target.closest?.(links);
    if (!link || pointerType === "touch") return;
    for (const name of ["pointerover", "focusin"]) removeEventListener(name, load);
    scripts.forEach((src, at) => {
      const script = document.createElement("script");
      script.src = src;
      script.async = false;
      // The link that was pointed at first is shown too.
      const again = type === "focusin" ? new FocusEvent("focus") : new PointerEvent("pointerenter");
      if (at === scripts.length - 1) script.onload = () => link.matches(":hover, :focus") && link.dispatchEvent(again);
      document.head.append(script);
    });
  };
  for (const name of ["pointerover", "focusin"]) addEventListener(name, load);
})();
