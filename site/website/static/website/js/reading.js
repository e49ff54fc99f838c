/* While reading: notes open beside their word, the contents mark the place, a link is copied.
   Without this script a note's number leads to the list of notes and back. */
(() => {
  const prose = document.querySelector(".prose");
  if (!prose) return;

  const notes = prose.querySelector(".notes");
  const calls = [...prose.querySelectorAll(".note-call a")];
  const slipOf = (call) => document.getElementById(call.getAttribute("aria-controls"));

  function lay(call) {
    const slip = slipOf(call);
    if (slip?.offsetParent === prose) {
      slip.style.top = `${call.getBoundingClientRect().top - prose.getBoundingClientRect().top}px`;
    }
  }

  function open(call) {
    const note = notes.querySelector(`${call.hash} .note-text`);
    const beside = call.closest("p, li, figcaption, caption, td, th") || call.closest(".prose > *");
    const slip = document.createElement("span");
    slip.className = "note-beside";
    slip.id = call.getAttribute("aria-controls");
    slip.setAttribute("role", "note");
    slip.dataset.number = call.textContent;
    slip.innerHTML = note.innerHTML;
    beside.append(slip);
    call.setAttribute("aria-expanded", "true");
    lay(call);
  }

  function shut(call) {
    slipOf(call)?.remove();
    call.setAttribute("aria-expanded", "false");
  }

  calls.forEach((call, at) => {
    if (!notes?.querySelector(`${call.hash} .note-text`)) return;
    call.setAttribute("role", "button");
    call.setAttribute("aria-expanded", "false");
    call.setAttribute("aria-controls", `note-beside-${at + 1}`);
    call.setAttribute("aria-label", `${notes.dataset.call} ${call.textContent}`);
    call.addEventListener("click", (event) => {
      event.preventDefault();
      if (slipOf(call)) shut(call);
      else open(call);
    });
    call.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      call.click();
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const last = calls.filter(slipOf).pop();
    if (!last) return;
    const held = slipOf(last).contains(document.activeElement);
    shut(last);
    if (held) last.focus();
  });
  addEventListener("resize", () => calls.forEach(lay));

  const places = [...prose.querySelectorAll(".prose-contents a")]
    .map((link) => ({ link, head: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ head }) => head);
  if (places.length) {
    let waiting = false;
    const mark = () => {
      waiting = false;
      const line = innerHeight / 3;
      const current = places.filter(({ head }) => head.getBoundingClientRect().top <= line).pop();
      places.forEach((place) => {
        if (place === current) place.link.setAttribute("aria-current", "true");
        else place.link.removeAttribute("aria-current");
      });
    };
    const soon = () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    };
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    mark();
  }

  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.querySelector("[role=status]").textContent = button.dataset.done;
    });
  });
})();
