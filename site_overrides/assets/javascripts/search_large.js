// Searches a big collection: what is asked goes to a worker of its own (search_large_worker.js), which
// fetches of the index only what the words need. The page stays free while it works. Pages written by hand
// are searched as a small collection is, after the first answer: what that needs is fetched then.
(() => {
  if (!globalThis.reader || reader.engines?.shards) return;

  // The pages written by hand that answer, beside documents or alone.
  const handWritten = async (query, options, beside) => {
    if (Object.values(options.filters ?? {}).some((values) => values.length)) return [];
    return (await (await reader.engine("passages")).search(query, { ...options, beside })).other ?? [];
  };

  // A worker that is ready to be asked; what fails to start is begun anew with the next question.
  const start = async (about, failed) => {
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
      worker.terminate();
      failed();
    });
    try {
      await ask({ about, root: reader.root.href });
    } catch (reason) {
      worker.terminate();
      throw reason;
    }
    return ask;
  };

  reader.engines = reader.engines ?? {};
  reader.engines.shards = (about) => {
    let worker;
    const ready = () => {
      const fail = () => (worker = undefined);
      if (!worker) (worker = start(about, fail)).catch(fail);
      return worker;
    };
    ready().catch(() => {}); // it is told with the first answer
    const search = async (query, options = {}) => {
      const ask = await ready();
      const answer = await ask({ query, options });
      for (const found of answer.documents) {
        const only = { filters: { document: [found.address] }, limit: 1, every: true };
        found.every = async () => (await ask({ query, options: only })).documents[0].passages;
      }
      const other = () => handWritten(query, options, answer.total > 0 && !answer.partly).catch(() => []);
      if (answer.total) return { ...answer, later: other };
      answer.other = await other();
      if (answer.other.some((page) => !page.lacks.length)) answer.near = [];
      return answer;
    };
    return { get ready() { return ready(); }, search };
  };
})();
