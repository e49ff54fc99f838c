// Move the rows of a planning board without loading the page, by mouse and by keyboard.
// Without this script the same buttons post the same form.
(() => {
  const status = document.querySelector("[data-board-status]");
  const tell = (text, refused) => {
    status.textContent = "";
    // A live region speaks when its text changes, also when the same thing happens twice.
    window.setTimeout(() => { status.textContent = text; }, 50);
    if (!refused) return;
    document.dispatchEvent(
      new CustomEvent("w-messages:add", { detail: { clear: true, text, type: "error" } }),
    );
  };

  const board = () => document.getElementById("board");
  const row = (key) => document.getElementById(`row-${key}`);

  const focus = (key, step) => {
    const moved = row(key);
    if (!moved) return;
    moved.classList.add("board-moved");
    const wanted = moved.querySelector(`button[name="${step}"]:not(:disabled)`);
    const other = moved.querySelector(".board-steps button:not(:disabled)");
    (wanted || other || moved).focus();
    moved.scrollIntoView({ block: "nearest" });
  };

  const send = async (key, values, step) => {
    if (board().hasAttribute("aria-busy")) return;
    const form = document.getElementById("board-move");
    const body = new FormData(form);
    body.set("partial", "1");
    Object.entries(values).forEach(([name, value]) => body.set(name, value));
    board().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = made.getElementById("board");
      if (!fresh) throw new Error("no board");
      board().replaceWith(fresh);
      prepare();
      focus(key, step);
      tell(fresh.dataset.said, fresh.hasAttribute("data-refused"));
    } catch {
      board().removeAttribute("aria-busy");
      tell(board().dataset.lost, true);
    }
  };

  // By keyboard, or by a click on an arrow.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target.id !== "board-move" || !button) return;
    event.preventDefault();
    send(button.value, { [button.name]: button.value }, button.name);
  });

  // By mouse: the grip is dragged, and the row lands ahead of the one whose upper half is met.
  let dragged = null;
  const clear = () => document.querySelectorAll(".board-before, .board-after").forEach((met) => {
    met.classList.remove("board-before", "board-after");
  });
  const met = (event) => event.target.closest?.("#board tbody tr[data-key]");
  const isUpper = (event, line) => {
    const box = line.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  };

  document.addEventListener("dragstart", (event) => {
    if (!event.target.closest?.("[data-grip]")) return;
    dragged = met(event);
    dragged.classList.add("board-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.key);
    event.dataTransfer.setDragImage(dragged, 16, 16);
  });
  document.addEventListener("dragover", (event) => {
    const line = dragged && met(event);
    if (!line) return;
    event.preventDefault();
    clear();
    line.classList.add(isUpper(event, line) ? "board-before" : "board-after");
  });
  document.addEventListener("drop", (event) => {
    const line = dragged && met(event);
    if (!line) return;
    event.preventDefault();
    const next = isUpper(event, line) ? line : line.nextElementSibling;
    const key = dragged.dataset.key;
    if (next === dragged || (line === dragged)) return;
    send(key, { key, before: next ? next.dataset.key : "" }, "up");
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("board-dragged");
    dragged = null;
    clear();
  });

  function prepare() {
    document.querySelectorAll("[data-grip]").forEach((grip) => {
      grip.hidden = false;
      grip.draggable = true;
    });
  }

  prepare();
})();
