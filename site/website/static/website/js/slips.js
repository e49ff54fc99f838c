/* Open a form in place: a comment's, the letter's. Without this script the link leads to the same
   form on a page of its own. The link names it (data-slip) and says how to close it (data-close). */
(() => {
  if (!window.HTMLDialogElement || !window.fetch) return;
  const dialog = document.createElement("dialog");
  const close = document.createElement("button");
  const place = document.createElement("div");
  const KEPT = ["text", "name", "mail"];
  dialog.className = "slip-dialog";
  close.type = "button";
  close.className = "slip-close";
  dialog.append(close, place);
  close.addEventListener("click", () => dialog.close());

  const slipIn = (html) =>
    new DOMParser().parseFromString(html, "text/html").querySelector("[data-slip-page]");
  const asked = async (address, options) => {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    return slipIn(await answer.text());
  };
  const firstField = () => place.querySelector("textarea, input:not([type=hidden])");
  const field = (name) => place.querySelector(`[name="${name}"]`);

  function show(slip) {
    const typed = KEPT.map((name) => field(name)?.value);
    place.replaceChildren(document.adoptNode(slip));
    dialog.setAttribute("aria-labelledby", place.querySelector("h1").id);
    KEPT.forEach((name, at) => {
      const into = field(name);
      if (into && typed[at] && !into.value) into.value = typed[at];
    });
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    (place.querySelector("[aria-invalid]") || (!place.querySelector("[role=alert]") && firstField()) ||
      place.querySelector("h1")).focus();
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-slip]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!dialog.isConnected) document.body.append(dialog);
    close.textContent = link.dataset.close;
    if (dialog.dataset.of === link.href && firstField()) {
      dialog.showModal();
      firstField().focus();
      return;
    }
    try {
      const slip = await asked(link.href);
      if (!slip) throw new Error("no form");
      show(slip);
      dialog.dataset.of = link.href;
    } catch {
      location.href = link.href;
    }
  });

  dialog.addEventListener("submit", async (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      const slip = await asked(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!slip) throw new Error("no answer of ours");
      show(slip);
    } catch {
      form.submit();
    } finally {
      form.ariaBusy = "false";
    }
  });
})();
