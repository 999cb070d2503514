// By what a search can be narrowed, as `reader.facets`: which documents pass, and how many each value
// would leave. A document here is anything with `address` and `facets` ({facet: [values]}).
(() => {
  if (!globalThis.reader || reader.facets) return;

  const passes = (document, filters, but) =>
    Object.entries(filters).every(
      ([facet, values]) => facet === but || !values.length || values.some((value) => of(document, facet).includes(value)),
    );
  const of = (document, facet) => (facet === "document" ? [document.address] : (document.facets[facet] ?? []));

  const counted = (documents, filters, facets) => {
    const counts = {}; // values may be called as what every object has: "constructor"
    for (const facet of facets) {
      counts[facet] = Object.create(null);
      for (const document of documents) {
        if (!passes(document, filters, facet)) continue;
        for (const value of of(document, facet)) counts[facet][value] = (counts[facet][value] ?? 0) + 1;
      }
    }
    return counts;
  };

  reader.facets = { passes, counted };
})();
