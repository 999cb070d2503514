// What reference managers read of a page that has no files for them: an index page, a work without an
// author, seen today. A document's own files come from the builder.
(() => {
  if (!globalThis.reader || reader.citationRecord) return;
  const said = (property) => document.querySelector(`meta[property="og:${property}"]`)?.content ?? "";
  const now = new Date();
  const [year, month, day] = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const two = (number) => String(number).padStart(2, "0");
  const line = (text) => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").trim();

  const page = () => ({ title: line(said("title")), site: line(said("site_name")), url: reader.cited() });

  // What acts in TeX is written out, and the title kept in its own capitals.
  const TEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "{": "\\{", "}": "\\}" };
  const tex = (text) => text.replace(/[\\{}~^#$%&_]/g, (sign) => TEX[sign] ?? `\\${sign}`);
  const bibtex = () => {
    const { title, site, url } = page();
    const key = new URL(url).pathname.split("/").filter(Boolean).slice(-2).join("-").replace(/[^\w-]/g, "") || "page";
    const fields = {
      title: `{${tex(title)}}`,
      howpublished: tex(site),
      url: url.replace(/[{}\\]/g, encodeURIComponent),
      urldate: `${year}-${two(month)}-${two(day)}`,
    };
    const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},\n`);
    return `@misc{${key},\n${lines.join("")}}\n`;
  };

  const ris = () => {
    const { title, site, url } = page();
    const fields = [["TY", "ELEC"], ["TI", title], ["T2", site], ["UR", url], ["Y2", `${year}/${two(month)}/${two(day)}/`], ["ER", ""]];
    return fields.map(([tag, value]) => `${tag}  - ${value}\r\n`).join("");
  };

  const csl = () => {
    const { title, site, url } = page();
    const item = { id: url, type: "webpage", title, "container-title": site, URL: url, accessed: { "date-parts": [[year, month, day]] } };
    return `${JSON.stringify([item], null, 2)}\n`;
  };

  reader.citationRecord = { bibtex, ris, csl };
})();
