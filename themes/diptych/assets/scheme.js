// Light, dark or as the system says: keeps what the reader chose. Loaded before the
// page is painted, so that it does not flash.
(() => {
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("scheme");
    } catch {
      return null; // Storage may be off.
    }
  };
  const show = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    const radio = document.getElementById(`scheme-${scheme}`);
    if (radio) radio.checked = true;
  };
  show(read());
  document.addEventListener("DOMContentLoaded", () => show(read() ?? "auto"));
  addEventListener("storage", (event) => event.key === "scheme" && show(event.newValue ?? "auto"));
  document.addEventListener("change", ({ target }) => {
    if (target.name !== "scheme") return;
    try {
      localStorage.setItem("scheme", target.value);
    } catch {
      // It holds for this page.
    }
    show(target.value);
  });
})();
