// Shows a footnote beside the number that refers to it.
card(
  document.querySelectorAll(".footnote-ref a"),
  (link) => {
    const footnote = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return footnote && [...footnote.cloneNode(true).childNodes];
  },
  120,
);
