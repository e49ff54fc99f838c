// Count the text of an article while it is typed, by the rules of magazine/length.py.
(() => {
  const FIELDS = "[data-length-panel]";
  const WORD = /[\p{L}\p{N}_]+(?:['’-][\p{L}\p{N}_]+)*/gu;
  const EVERY = 1000;
  const QUIET = 4000;

  const signsOf = (text) => Array.from(text.replace(/[ \t\n\r\f]+/g, " ").replace(/^ +| +$/g, "")).length;
  const wordsOf = (text) => (text.match(WORD) || []).length;

  // A paragraph of the editor without the signs that stand for notes, and what the notes say.
  // The editor's raw state counts in code points.
  const readBlock = (block, entities) => {
    const signs = Array.from(block.text);
    const notes = [];
    [...block.entityRanges].sort((a, b) => b.offset - a.offset).forEach(({ key, offset, length }) => {
      const entity = entities[key];
      if (!entity || entity.type !== "FOOTNOTE") return;
      signs.splice(offset, length);
      notes.push(entity.data.html === undefined ? entity.data.text : plain(entity.data.html));
    });
    return { text: signs.join(""), notes };
  };

  const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

  const known = new WeakMap();

  // What one field counts; the answer is kept until its value changes.
  const count = (field) => {
    const { value } = field;
    const before = known.get(field);
    if (before && before.value === value) return before;
    const counted = { value, signs: 0, words: 0, notes: 0 };
    const add = (text) => {
      counted.signs += signsOf(text);
      counted.words += wordsOf(text);
    };
    if ("rawContentState" in field) {
      const state = JSON.parse(value || "null") || { blocks: [], entityMap: {} };
      state.blocks.forEach((block) => {
        const read = readBlock(block, state.entityMap);
        add(read.text);
        read.notes.forEach((note) => {
          counted.notes += signsOf(note);
        });
      });
    } else {
      add(value);
    }
    known.set(field, counted);
    return counted;
  };

  const named = (form, name) => form.elements.namedItem(name);
  const valueOf = (form, name) => (named(form, name) || {}).value;

  // The fields whose text counts: the standfirst, then those of the blocks that aren't deleted.
  const fieldsOf = (form, counted) => {
    const fields = [named(form, "standfirst")];
    const each = (prefix, visit) => {
      const blocks = Number(valueOf(form, `${prefix}-count`) || 0);
      for (let index = 0; index < blocks; index += 1) {
        if (!valueOf(form, `${prefix}-${index}-deleted`)) visit(`${prefix}-${index}`);
      }
    };
    each("body", (block) => {
      (counted[valueOf(form, `${block}-type`)] || []).forEach((name) => {
        const field = `${block}-value-${name}`;
        if (named(form, field)) fields.push(named(form, field));
        else each(field, (item) => fields.push(named(form, `${item}-value`)));
      });
    });
    return fields.filter((field) => field && field.value !== undefined);
  };

  const start = (panel) => {
    const setup = JSON.parse(document.getElementById("length-setup").textContent);
    const { words } = setup;
    const language = document.documentElement.lang || "fr";
    const whole = new Intl.NumberFormat(language);
    const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    const plural = new Intl.PluralRules(language);
    const of = (number, [one, many]) => (plural.select(number) === "one" ? one : many);
    const form = panel.closest("form");
    const beside = document.querySelector("footer.footer");
    if (beside) beside.append(panel);
    const figures = panel.querySelector("[data-length-figures]");
    const planned = panel.querySelector("[data-length-planned]");
    const spoken = panel.querySelector("[data-length-spoken]");
    let shown = "";
    let said = "";
    let sayLater = 0;

    const inWords = () => {
      const total = { signs: 0, words: 0, notes: 0 };
      fieldsOf(form, setup.counted).map(count).forEach((each) => {
        total.signs += each.signs;
        total.words += each.words;
        total.notes += each.notes;
      });
      const feuillets = Math.floor((total.signs * 10 + setup.feuillet / 2) / setup.feuillet) / 10;
      const minutes = Math.max(1, Math.floor((2 * total.words + setup.minute) / (2 * setup.minute)));
      const parts = [
        `${whole.format(total.signs)} ${of(total.signs, words.signs)}`,
        `${tenths.format(feuillets)} ${of(feuillets, words.feuillets)}`,
        `${whole.format(minutes)} ${words.minutes}`,
      ];
      if (total.notes) parts.push(words.notes.replace("%(signs)s", whole.format(total.notes)));
      return { text: parts.join(" · "), signs: total.signs };
    };

    const against = (signs) => {
      if (setup.planned === null) return { text: "", over: false };
      const difference = signs - setup.planned;
      let verdict = words.met;
      if (difference > 0) verdict = words.over.replace("%(signs)s", whole.format(difference));
      if (difference < 0) verdict = words.under.replace("%(signs)s", whole.format(-difference));
      const plan = words.planned.replace("%(signs)s", whole.format(setup.planned));
      return { text: `${plan} · ${verdict}`, over: difference > 0 };
    };

    // A screen reader is told once the typing rests, not at each key.
    const say = (text) => {
      window.clearTimeout(sayLater);
      sayLater = window.setTimeout(() => {
        if (said && text !== said) spoken.textContent = text;
        said = text;
      }, said ? QUIET : 0);
    };

    const update = () => {
      const { text, signs } = inWords();
      const plan = against(signs);
      if (text + plan.text === shown) return;
      shown = text + plan.text;
      figures.textContent = text;
      planned.textContent = plan.text;
      planned.classList.toggle("length-panel-over", plan.over);
      say(`${text}. ${plan.text}`);
    };

    update();
    window.setInterval(() => {
      if (!document.hidden) update();
    }, EVERY);
  };

  const begin = () => document.querySelectorAll(FIELDS).forEach(start);
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
