// The controls of a table: free text, order, one list for each filter with how many rows each choice leaves,
// the number of rows, "clear" and "download". They know nothing of the rows (table.js does).
(() => {
  if (!globalThis.reader || reader.tableControls) return;
  const { element, button } = reader;
  const { labeled, finder, list } = reader.fields;
  const LONGEST = 200; // choices that a list offers; other filters bring up the rest
  const WIDE = matchMedia("(min-width: 48em)"); // as in the styles: below, rows are cards

  const { compare } = new Intl.Collator("en", { numeric: true });

  const ORDERS = {
    name: ([, one], [, other]) => compare(one, other),
    newest: ([one], [other]) => (Number(other) || 0) - (Number(one) || 0), // what is no year stands last
    count: ([, one, many], [, other, more]) => more - many || compare(one, other),
  };

  const choices = ({ any = "All", order = "count", name = String }, offered, chosen) => {
    const listed = offered.filter(([value, , count]) => count > 0 && value !== chosen);
    const most = listed.sort((one, other) => other[2] - one[2]).slice(0, LONGEST);
    if (chosen) most.push(offered.find(([value]) => value === chosen) || [chosen, name(chosen), 0]);
    const options = most.sort(ORDERS[order]).map(([value, words, count]) =>
      element("option", { value, selected: value === chosen }, `${words} (${count.toLocaleString("en")})`));
    const left = listed.length - LONGEST;
    if (left > 0) options.push(element("option", { disabled: true }, `and ${left.toLocaleString("en")} more: narrow down first`));
    return [element("option", { value: "", selected: !chosen }, any), ...options];
  };

  const orders = (first, sorts) => [["", first], ...sorts.flatMap(({ key, label, down, up }) => [
    ...(down ? [[`-${key}`, `${label}: ${down}`]] : []),
    ...(up ? [[key, `${label}: ${up}`]] : []),
  ])];

  const folding = (...fields) => {
    const folded = element("details", { class: "table-controls", open: WIDE.matches },
      element("summary", {}, element("span", {}, "Find, filter and sort")),
      element("div", { class: "table-filters" }, ...fields));
    WIDE.addEventListener("change", () => (folded.open = WIDE.matches));
    return folded;
  };

  // `offered` gives each filter's choices as [value, words, how many rows]; null leaves them as they are.
  const offer = (facets, fields, lists, chosen, offered) => lists.forEach((made, n) => {
    const { key } = facets[n];
    made.classList.toggle("chosen", Boolean(chosen[key]));
    if (!offered) return;
    fields[n].hidden = !chosen[key] && (offered[key] || []).length < 2; // one choice is none
    made.replaceChildren(...choices(facets[n], offered[key] || [], chosen[key]));
  });

  reader.tableControls = ({ first = "Newest first", facets, sorts, words, change, clear, more, save }) => {
    const query = finder((find) => change({ find }, false));
    const order = list("sort", orders(first, sorts), change);
    const lists = facets.map(({ key }) => list(key, [], change));
    const fields = lists.map((made, n) => labeled(facets[n].label, made));
    const folded = folding(labeled(`Find in the ${words[1]}`, query), labeled("Sort by", order), ...fields);
    const count = element("span", { class: "table-count" }); // told aloud from the first change on
    const clearing = button("Clear filters", () => clear().then(() => query.focus()), { hidden: true });
    const further = button("", more);
    const below = element("p", { class: "table-more", hidden: true }, further);
    const line = element("p", { class: "table-line" }, count, clearing, button("Download what I see", save));
    let counted = "";

    return {
      above: element("div", { class: "table-tools" }, folded, line),
      below,
      busy: (sentence) => (count.textContent = sentence || counted),
      rest: (left, next) => {
        below.hidden = !left;
        further.textContent = `Show ${next} more of ${left.toLocaleString("en")}`;
      },
      show: (state, offered, sentence) => {
        counted = sentence;
        if (count.textContent !== counted) count.textContent = counted;
        requestAnimationFrame(() => count.setAttribute("role", "status"));
        if (document.activeElement !== query) query.value = state.query;
        query.classList.toggle("chosen", Boolean(state.query));
        order.value = state.sort;
        const set = facets.filter(({ key }) => state.chosen[key]).length + Boolean(state.query);
        clearing.hidden = !set && !state.sort;
        folded.querySelector("span").dataset.set = set || "";
        offer(facets, fields, lists, state.chosen, offered);
      },
    };
  };
})();
