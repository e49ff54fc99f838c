/* Apply a filter as soon as it is ticked, and count which article was opened. Without this script
   the form has a button, and every link works. */
(() => {
  const form = document.getElementById("ask");
  const answer = document.getElementById("answer");
  const filters = document.getElementById("filters");
  const told = document.getElementById("told");
  let asking;

  const address = () => {
    const asked = [...new FormData(form)].filter(([, value]) => value !== "");
    return `${form.getAttribute("action")}?${new URLSearchParams(asked)}`;
  };

  const update = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const to = address();
    answer.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(to, { signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const focused = document.activeElement?.id;
      const open = [...filters.querySelectorAll("details[open]")].map((each) => each.id);
      for (const part of [filters, answer]) {
        part.replaceChildren(...page.getElementById(part.id).childNodes);
      }
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      document.getElementById(focused)?.focus({ preventScroll: true });
      history.pushState(null, "", to);
      document.title = page.title;
      const count = document.getElementById("found");
      told.textContent = count ? count.textContent : form.dataset.updated;
      answer.removeAttribute("aria-busy");
    } catch {
      if (!signal.aborted) location.assign(to);
    }
  };

  form.classList.add("applies-at-once");
  filters.addEventListener("change", update);
  addEventListener("popstate", () => location.reload());

  const count = (event) => {
    const link = event.target.closest("[data-article]");
    if (!link || event.button > 1) return;
    const question = new URLSearchParams(location.search).get("q") || "";
    const followed = new URLSearchParams({ q: question, article: link.dataset.article });
    if (question) navigator.sendBeacon?.(form.dataset.followed, followed);
  };
  answer.addEventListener("click", count);
  answer.addEventListener("auxclick", count);
})();
