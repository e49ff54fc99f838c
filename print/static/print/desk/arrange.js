// Arrange the placements of an edition without loading the page, by mouse and by keyboard.
// Without this script the same buttons post the same form.
(() => {
  const list = () => document.getElementById("placements");
  const row = (key) => document.getElementById(`placement-${key}`);
  const status = document.querySelector("[data-placements-status]");
  if (!status || !list()) return;

  const tell = (text, refused) => {
    status.textContent = "";
    // A live region speaks when its text changes, also when the same thing happens twice.
    window.setTimeout(() => { status.textContent = text; }, 50);
    if (!refused) return;
    document.dispatchEvent(
      new CustomEvent("w-messages:add", { detail: { clear: true, text, type: "error" } }),
    );
  };

  const focus = (name, key, next) => {
    const same = list().querySelector(`button[name="${name}"][value="${key}"]:not(:disabled)`);
    const moved = row(key) || row(next) || list().querySelector(`button[name="${name}"]`);
    const other = ["up", "down"].includes(name)
      && moved?.querySelector(".press-steps button:not(:disabled)");
    const target = same || other || moved;
    row(key)?.classList.add("press-moved");
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
  };

  const send = async (name, key, values) => {
    if (list().hasAttribute("aria-busy")) return;
    const form = document.getElementById("press-arrange");
    const body = new FormData(form);
    body.set("partial", "1");
    body.set(name, key);
    Object.entries(values).forEach(([field, value]) => body.set(field, value));
    const next = row(key)?.nextElementSibling?.dataset.key;
    list().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = made.getElementById("placements");
      if (!fresh) throw new Error("no list");
      list().replaceWith(fresh);
      prepare();
      focus(name, key, next);
      tell(fresh.dataset.said, fresh.hasAttribute("data-refused"));
    } catch {
      list().removeAttribute("aria-busy");
      tell(list().dataset.lost, true);
    }
  };

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target.id !== "press-arrange" || !button) return;
    event.preventDefault();
    send(button.name, button.value, {});
  });

  // By mouse: the grip is dragged, and the row lands ahead of the one whose upper half is met.
  let dragged = null;
  const clear = () => document.querySelectorAll(".press-before, .press-after").forEach((met) => {
    met.classList.remove("press-before", "press-after");
  });
  const met = (event) => event.target.closest?.("#placements tbody tr[data-key]");
  const isUpper = (event, line) => {
    const box = line.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  };

  document.addEventListener("dragstart", (event) => {
    if (!event.target.closest?.("[data-grip]")) return;
    dragged = met(event);
    if (!dragged) return;
    dragged.classList.add("press-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.key);
    event.dataTransfer.setDragImage(dragged, 16, 16);
  });
  document.addEventListener("dragover", (event) => {
    const line = dragged && met(event);
    if (!line) return;
    event.preventDefault();
    clear();
    line.classList.add(isUpper(event, line) ? "press-before" : "press-after");
  });
  document.addEventListener("drop", (event) => {
    const line = dragged && met(event);
    if (!line) return;
    event.preventDefault();
    const next = isUpper(event, line) ? line : line.nextElementSibling;
    if (next === dragged || line === dragged) return;
    send("drag", dragged.dataset.key, { ahead: next ? next.dataset.key : "" });
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("press-dragged");
    dragged = null;
    clear();
  });

  // The button beside a choice shows once there is something new to apply.
  document.addEventListener("change", (event) => {
    const cell = event.target.closest?.(".press-opens");
    if (cell) cell.querySelector("[data-apply]").hidden = false;
  });

  // A proof that is done has new folios: they are put into the list, which otherwise stays as it is.
  const renewFolios = async () => {
    const answer = await fetch(window.location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    page.querySelectorAll("#placements [data-folio]").forEach((fresh) => {
      const shown = list().querySelector(`[data-folio="${fresh.dataset.folio}"]`);
      if (shown) shown.textContent = fresh.textContent;
    });
  };
  const build = document.getElementById("press-build");
  const isWaiting = () => build.querySelector("[data-waiting]") !== null;
  let waited = isWaiting();
  new MutationObserver(() => {
    const waits = isWaiting();
    // Where the network is away, the list shows the folios at the next load.
    if (waited && !waits) renewFolios().catch(() => {});
    waited = waits;
  }).observe(build, { childList: true, subtree: true });

  function prepare() {
    document.querySelectorAll("[data-grip]").forEach((grip) => {
      grip.hidden = false;
      grip.draggable = true;
    });
    document.querySelectorAll("[data-apply]").forEach((button) => { button.hidden = true; });
  }

  prepare();
})();
