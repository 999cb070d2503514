// Brings the scripts of tables to the pages that have one; all others do without them.
//
//   reader.tables().then(() => reader.table({ … }))   // for a script of your own, see table.js
(() => {
  if (!globalThis.reader || reader.tables) return;
  const run = (name) => reader.script(`assets/javascripts/${name}.js`);

  reader.tables = () => Promise.all(["table_rows", "table_controls"].map(run)).then(() => run("table"));

  const name = document.querySelector("[data-rows]")?.dataset.rows;
  if (name) reader.tables().then(() => run(`${name}_table`));
})();
