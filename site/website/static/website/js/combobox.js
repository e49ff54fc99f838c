/* Offer names and titles under a search field: ARIA's combobox with a list. */
(() => {
  const WAIT = 140;
  const FEWEST = 2;
  const set = (element, attributes) =>
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));

  const equip = (box, number) => {
    const field = box.querySelector("input");
    const list = document.createElement("ul");
    const told = document.createElement("p");
    let options = [];
    let active = -1;
    let timer;
    let asking;
    let asked = "";

    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.hidden = true;
    set(list, { role: "listbox", "aria-label": box.dataset.label });
    told.className = "visually-hidden";
    set(told, { role: "status" });
    box.append(list, told);
    set(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });
    set(field, { "aria-expanded": false });

    const choose = (index) => {
      active = index;
      options.forEach((option, at) => set(option, { "aria-selected": at === index }));
      options[index]?.scrollIntoView({ block: "nearest" });
      set(field, { "aria-activedescendant": options[index]?.id ?? "" });
    };

    const show = (isOpen) => {
      list.hidden = !isOpen;
      set(field, { "aria-expanded": isOpen });
      if (!isOpen) choose(-1);
    };

    const stop = () => {
      clearTimeout(timer);
      asking?.abort();
    };
    const close = () => {
      stop();
      asked = "";
      show(false);
    };
    const open = (option) => location.assign(option.dataset.address);

    const draw = (answer) => {
      choose(-1);
      options = answer.rows.map((row, index) => {
        const option = document.createElement("li");
        const kind = document.createElement("span");
        option.id = `${list.id}-${index}`;
        set(option, { role: "option", "aria-selected": false });
        option.dataset.address = row.address;
        kind.textContent = row.kind;
        option.append(row.label, " ", kind);
        return option;
      });
      list.replaceChildren(...options);
      told.textContent = answer.told;
      show(options.length > 0);
    };

    const ask = async (text) => {
      asking = new AbortController();
      const { signal } = asking;
      try {
        const address = `${box.dataset.combobox}?${new URLSearchParams({ q: text })}`;
        const answer = await (await fetch(address, { signal })).json();
        if (!signal.aborted && document.activeElement === field) draw(answer);
      } catch {
        if (!signal.aborted) show(false);
      }
    };

    const begin = () => {
      const text = field.value.trim();
      if (text === asked) return;
      stop();
      asked = text;
      if (text.length < FEWEST) {
        show(false);
        told.textContent = "";
      } else timer = setTimeout(ask, WAIT, text);
    };

    const step = (by) => {
      if (list.hidden) return begin();
      const count = options.length + 1;
      choose(((active + 1 + by + count) % count) - 1);
    };

    field.addEventListener("input", begin);
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const { key } = event;
      if (key === "ArrowDown" || key === "ArrowUp") {
        event.preventDefault();
        step(key === "ArrowDown" ? 1 : -1);
      } else if (key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (key === "Enter" && options[active] && !list.hidden) {
        event.preventDefault();
        open(options[active]);
      } else if (key === "Enter") close();
    });
    // A press must not take the focus from the field before it is a click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) open(option);
    });
  };

  document.querySelectorAll("[data-combobox]").forEach(equip);
})();
