// What the server sends, for all pages of the site that are open.
const pages = new Set();
let last;

onconnect = ({ ports: [page] }) => {
  pages.add(page);
  if (last) page.postMessage(last);
};

const listen = () => {
  const source = new EventSource("events");
  source.onmessage = ({ data }) => {
    last = data;
    for (const page of pages) page.postMessage(data);
  };
  // Another server may have the port for a while.
  source.onerror = () => source.readyState === EventSource.CLOSED && setTimeout(listen, 1000);
};
listen();
