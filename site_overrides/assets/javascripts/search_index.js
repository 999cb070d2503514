// The words of passages, each with its places: what search_small.js looks words up in, as `reader.WordIndex`.
(() => {
  if (!globalThis.reader || reader.WordIndex) return;

  const SLICE = 25; // milliseconds of work before the page may breathe
  const PREFIXES = 60; // words that an unfinished word may become

  // A message comes at once, where a timer would wait for some milliseconds each time.
  const channel = new MessageChannel();
  const breathe = () =>
    new Promise((resolve) => {
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null);
    });

  // Where a word stands is one number, for there are many: passage, position, and how many words it spans.
  const LONGEST = 2 ** 16, WIDEST = 2 ** 6;
  const place = (number, at, length) => (number * LONGEST + Math.min(at, LONGEST - 1)) * WIDEST + Math.min(length, WIDEST - 1);
  const unfold = (code) => {
    const length = code % WIDEST, key = (code - length) / WIDEST, at = key % LONGEST;
    return [(key - at) / LONGEST, at, length];
  };

  reader.WordIndex = class {
    // Entries have a `text` and what is misprinted there, `also`; they are told their `size` in words.
    constructor(entries) {
      this.entries = entries;
      this.places = new Map();
      this.forms = new Map(); // base → words that may be a form of it
    }

    async build() {
      let begun = performance.now();
      for (let number = 0; number < this.entries.length; number++) {
        this.add(number);
        if (performance.now() - begun > SLICE) {
          await breathe();
          begun = performance.now();
        }
      }
      this.vocabulary = [...this.places.keys()].sort();
      for (const word of this.vocabulary) {
        for (const base of reader.words.bases(word)) this.forms.set(base, [...(this.forms.get(base) ?? []), word]);
      }
      return this;
    }

    add(number) {
      const { read } = reader.words, entry = this.entries[number];
      const { words, more } = read(entry.text);
      entry.size = words.length;
      const put = (word, at, length) => {
        const listed = this.places.get(word);
        if (listed) listed.push(place(number, at, length));
        else this.places.set(word, [place(number, at, length)]);
      };
      const right = new Map(entry.also.map(([printed, reading]) => [read(printed).words[0], read(reading).words]));
      words.forEach((word, at) => {
        put(word, at, 1);
        for (const reading of right.get(word) ?? []) put(reading, at, 1);
      });
      for (const [at, length, term] of more) put(term, at, length);
    }

    // The places of a word, as [passage, position, words].
    of(word) {
      return (this.places.get(word) ?? []).map(unfold);
    }

    // Other words that are forms of the same.
    formsOf(word) {
      const forms = new Set(reader.words.bases(word).flatMap((base) => this.forms.get(base) ?? []));
      forms.delete(word);
      return forms;
    }

    // Each word with how often it stands there.
    *counts() {
      for (const [word, places] of this.places) yield [word, places.length];
    }

    beginning(prefix) {
      let low = 0, high = this.vocabulary.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.vocabulary[middle] < prefix) low = middle + 1;
        else high = middle;
      }
      const found = [];
      while (found.length < PREFIXES && this.vocabulary[low]?.startsWith(prefix)) found.push(this.vocabulary[low++]);
      return found;
    }

    // Where words stand one after the other, as [passage, position]; the last may only begin so.
    sequence(words, begins) {
      let ends = null;
      for (const [step, word] of words.entries()) {
        const here = new Set();
        for (const one of begins && step === words.length - 1 ? this.beginning(word) : [word]) {
          for (const code of this.places.get(one) ?? []) {
            const key = Math.floor(code / WIDEST);
            if (code % WIDEST === 1 && (!ends || ends.has(key - 1))) here.add(key);
          }
        }
        ends = here;
      }
      return [...ends].map((key) => [Math.floor(key / LONGEST), (key % LONGEST) - words.length + 1]);
    }
  };
})();
