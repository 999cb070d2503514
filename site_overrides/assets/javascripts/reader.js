// What our scripts share, as `reader`: where the site is, its data files, what this browser remembers,
// what is told to screen readers, copied and downloaded. It stands first among the scripts; each other
// script does one thing, works on what it finds in the page, and may run twice.
(() => {
  if (globalThis.reader) return;
  const root = new URL("../../", document.currentScript.src);
  const fromDisk = location.protocol === "file:";
  const asked = new Map(); // path of a data file → its promise
  const arrived = new Map(); // path → what to call with a value that came as a script

  // The address of a page or file of the site; from disk a folder's page is a file.
  const address = (path) => {
    const url = new URL(path, root);
    if (fromDisk && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  };

  // The address of a passage of this page as one cites it: what the page calls its own, without what
  // was searched for. The pages of earlier versions call themselves by the document's; their own is below.
  // From disk a page that does not know its address has one within the site: folders are nobody's business.
  const cited = (id = "") => {
    const canonical = document.querySelector('link[rel="canonical"]');
    if (fromDisk && !canonical) return location.pathname.slice(root.pathname.length).replace(/[^/]*$/, id && `#${id}`);
    const url = new URL(canonical ? canonical.href : location.href);
    const version = canonical && location.pathname.match(/versions\/[0-9a-f]{12}\//);
    if (version) url.pathname += version[0];
    url.search = "";
    url.hash = id;
    return url.href;
  };

  const fetched = async (path) => {
    const answer = await fetch(address(path));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  };

  // Runs a script of the site ("assets/javascripts/search_words.js") once, when it is first needed.
  const script = (path) => {
    if (!asked.has(path)) {
      const ran = new Promise((resolve, reject) => {
        const made = element("script", { src: address(path) });
        made.async = false; // those that are asked for together run in that order
        made.onload = () => resolve();
        made.onerror = () => reject(new Error(`${path}: not there`));
        document.head.append(made);
      });
      ran.catch(() => asked.delete(path));
      asked.set(path, ran);
    }
    return asked.get(path);
  };

  // A page from disk may not fetch, but it may run a script: the copy for disk has one beside each file.
  const asScript = (path) =>
    new Promise((resolve, reject) => {
      arrived.set(path, resolve);
      const nothing = () => reject(new Error(`${path}: cut off`)); // no matter once the value is here
      script(`${path}.js`).then(nothing, reject);
    });

  // What a file of the site holds; each is asked for once.
  const once = (path, read) => {
    if (!asked.has(path)) {
      const value = fromDisk ? asScript(path) : fetched(path).then(read);
      value.catch(() => asked.delete(path)); // it may be there the next time
      asked.set(path, value);
    }
    return asked.get(path);
  };

  // The value of a JSON file ("data/figures/2024.json"), and the text of one that is for other programs.
  const data = (path) => once(path, (answer) => answer.json());
  const text = (path) => once(path, (answer) => answer.text());

  const remembered = (key, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };

  const remember = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // A browser that stores nothing still reads.
    }
  };

  // Characters that act on the layout are shown by their names, as on the page: "U+202E".
  const ACTING = /([\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb])/;
  const shown = (child) => {
    if (typeof child !== "string" || !ACTING.test(child)) return [child];
    return child.split(ACTING).map((part, at) => {
      if (at % 2 === 0) return part;
      return element("span", { class: "sign" }, `U+${part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
    });
  };

  // element("a", { href: "x", class: "y", hidden: true }, "text", child): text is never read as HTML.
  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(key, "");
      else if (value !== false && value != null) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child != null).flatMap(shown));
    return made;
  };

  const button = (label, act, attributes = {}) => {
    const made = element("button", { type: "button", ...attributes }, label);
    made.addEventListener("click", act);
    return made;
  };

  const counted = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

  // Says a sentence to who listens and does not look.
  const tell = (sentence) => {
    let region = document.getElementById("told");
    if (!region) {
      region = element("p", { id: "told", class: "only-heard", role: "status" });
      document.body.append(region);
    }
    region.textContent = sentence;
  };

  // Copies a text, with its HTML for programs that keep italics; where the browser does not let us (no
  // HTTPS), by a selection of our own.
  const copy = async (text, html = "") => {
    if (html && globalThis.ClipboardItem && navigator.clipboard?.write) {
      const forms = Object.entries({ "text/plain": text, "text/html": html });
      const item = new ClipboardItem(Object.fromEntries(forms.map(([type, one]) => [type, new Blob([one], { type })])));
      return navigator.clipboard.write([item]);
    }
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = element("textarea", { class: "only-heard", readonly: true });
    field.value = text;
    (document.querySelector("dialog[open]") || document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("this browser does not copy");
  };

  const download = (name, type, text) => {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000); // milliseconds; the browser has begun by then
  };

  // Rows as CSV (RFC 4180), its cells as in the files below data/: what would be a formula has an apostrophe.
  const FORMULA =
    /^['"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]*[=+\-@\t\r\n＝＋－＠]./s;
  const guarded = (cell) => (typeof cell === "string" && FORMULA.test(cell) ? `'${cell}` : String(cell ?? ""));
  const csv = (rows) =>
    rows
      .map((row) =>
        row
          .map((cell) => guarded(Array.isArray(cell) ? cell.join("|") : cell))
          .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
          .join(","),
      )
      .join("\r\n") + "\r\n";

  // What a page shows is in its address, so that it can be shared; empty values are left out. With
  // `isNew`, "back" leads to what was shown before.
  const state = () => new URLSearchParams(location.search);
  const setState = (values, isNew = false) => {
    const url = new URL(location.href);
    for (const [key, value] of Object.entries(values)) {
      if (value) url.searchParams.set(key, value);
      else url.searchParams.delete(key);
    }
    if (isNew && url.href !== location.href) history.pushState(null, "", url);
    else history.replaceState(history.state, "", url);
  };

  globalThis.reader = {
    root, fromDisk, address, cited, data, text, script, remembered, remember, element, button, counted, tell, copy, download, csv,
    state, setState,
    given: (path, value) => arrived.get(path)?.(value),
  };
})();
