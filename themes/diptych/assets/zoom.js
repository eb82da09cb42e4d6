// Shows an image as large as the window lets it be.
(() => {
  const words = document.currentScript.dataset;
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", words.zoom);
  dialog.addEventListener("click", () => dialog.close());

  const zoom = (image) => {
    const copy = new Image();
    copy.src = image.currentSrc || image.src;
    copy.alt = image.alt;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = words.close;
    dialog.replaceChildren(close, copy);
    document.body.append(dialog);
    dialog.showModal();
  };

  const arm = (image) => {
    if (image.matches("a *, .zooms") || image.width < 120) return;
    image.classList.add("zooms");
    image.tabIndex = 0;
    image.setAttribute("role", "button");
    if (!image.alt) image.setAttribute("aria-label", words.zoom);
    image.addEventListener("click", () => zoom(image));
    image.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      zoom(image);
    });
  };

  const look = () => {
    for (const image of document.querySelectorAll(".note img")) {
      if (image.complete && image.width) arm(image);
      else image.addEventListener("load", () => arm(image), { once: true });
    }
  };
  look();
  document.addEventListener("diptych:update", look); // While the page is written.
})();
