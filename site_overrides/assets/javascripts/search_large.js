// Searches a big collection: what is asked goes to a worker of its own (search_large_worker.js), which
// fetches of Pagefind's index only what the words need. The page stays free while it works.
(() => {
  if (!globalThis.reader || reader.engines?.pagefind) return;

  reader.engines = reader.engines ?? {};
  reader.engines.pagefind = (about) => {
    const worker = new Worker(new URL("assets/javascripts/search_large_worker.js", reader.root), { type: "module" });
    const waiting = new Map(); // number of a question → how its promise ends
    let asked = 0;
    const ask = (question) =>
      new Promise((resolve, reject) => {
        waiting.set(++asked, { resolve, reject });
        worker.postMessage({ number: asked, ...question });
      });
    worker.addEventListener("message", ({ data: { number, answer, failure } }) => {
      const { resolve, reject } = waiting.get(number);
      waiting.delete(number);
      if (failure) reject(new Error(failure));
      else resolve(answer);
    });
    worker.addEventListener("error", (event) => {
      for (const { reject } of waiting.values()) reject(new Error(event.message || "the search did not start"));
      waiting.clear();
    });
    const ready = ask({ about, root: reader.root.href });
    ready.catch(() => {}); // it is told with the first answer
    return { ready, search: (query, options) => ready.then(() => ask({ query, options })) };
  };
})();
