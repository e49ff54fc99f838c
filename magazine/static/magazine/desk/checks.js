// Keep the panel of checks in step with the draft, and lead from a finding to its field.
document.addEventListener("DOMContentLoaded", () => {
  const panel = document.querySelector("[data-desk-checks]");
  const SHOWN_WAIT = 1200, HIDDEN_WAIT = 12000, FIRST_WAIT = 600;

  function byPath(path) {
    // The longest part of the path that is on the page: a list's items have none of their own.
    let found = null;
    for (const part of path.split(".")) {
      const within = (found || document).querySelector(`[data-contentpath="${CSS.escape(part)}"]`);
      if (!within) break;
      found = within;
    }
    return found || document.getElementById(`id_${path}-ADD`);
  }

  function uncover(field) {
    for (let part = field; part; part = part.parentElement) {
      if (part.matches('[role="tabpanel"][hidden]')) {
        document.querySelector(`[role="tab"][aria-controls="${CSS.escape(part.id)}"]`)?.click();
      } else if (part.matches("[hidden][id]")) {
        document.querySelector(`[data-panel-toggle][aria-controls="${CSS.escape(part.id)}"]`)?.click();
      }
    }
  }

  function goTo(path) {
    const field = byPath(path);
    if (!field) return false;
    uncover(field);
    const visible = (selector) => [...field.querySelectorAll(selector)].find((one) => one.offsetParent);
    const writable = visible('[contenteditable="true"], input, textarea, select') || visible("button") || field;
    field.scrollIntoView({ block: "center" });
    writable.focus({ preventScroll: true });
    return true;
  }

  window.addEventListener("load", () => {
    const asked = window.location.hash.split(":w:")[1];
    const path = asked && new URLSearchParams(asked).get("contentpath");
    if (path) window.setTimeout(() => goTo(path), 250);
  });

  if (!panel) return;
  const report = panel.querySelector("[data-desk-checks-report]");
  const status = panel.querySelector("[data-desk-checks-status]");
  const problem = panel.querySelector("[data-desk-checks-problem]");
  const again = panel.querySelector("[data-desk-checks-again]");
  const toggle = document.querySelector('[data-side-panel-toggle="readiness"]');
  const counter = toggle?.querySelector("[data-side-panel-toggle-counter]");
  const token = document.querySelector('[data-edit-form] [name="csrfmiddlewaretoken"]').value;
  const heading = { "X-Requested-With": "XMLHttpRequest" };
  let timer = 0, asked = 0, polls = 0;

  const isShown = () => !panel.closest("[data-side-panel]")?.hidden;
  // Whoever is giving a reason must not lose it to a newer report.
  const isWriting = () => report.querySelector("details[open]") !== null;

  function tell(words) {
    problem.hidden = !words;
    problem.textContent = words;
  }

  function count(shown) {
    if (!counter) return;
    counter.textContent = shown.dataset.blocking;
    counter.hidden = shown.dataset.blocking === "0";
    toggle.setAttribute("aria-label", panel.dataset.toggleLabel.replace("{summary}", shown.dataset.summary));
  }

  function replace(html) {
    const held = report.contains(document.activeElement) && document.activeElement.dataset.deskChecksPlace;
    const wasInside = report.contains(document.activeElement);
    report.innerHTML = html;
    const shown = report.querySelector("[data-blocking]");
    if (!shown) return tell(panel.dataset.failed);
    if (wasInside) {
      const same = held && report.querySelector(`[data-desk-checks-place="${CSS.escape(held)}"]`);
      (same || again).focus();
    }
    if (status.textContent !== shown.dataset.summary) status.textContent = shown.dataset.summary;
    count(shown);
    polls = shown.dataset.awaited === "yes" ? polls + 1 : 0;
    if (polls && polls < 6) later(2000 * polls);
  }

  async function refresh(even = false) {
    const mine = (asked += 1);
    report.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(panel.dataset.address, { headers: heading });
      const html = await answer.text();
      if (mine !== asked) return;
      // Somebody began to write while the report was under way.
      if (isWriting() && !even) return later(SHOWN_WAIT);
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      tell("");
      replace(html);
    } catch {
      if (mine === asked) tell(panel.dataset.failed);
    } finally {
      if (mine === asked) report.removeAttribute("aria-busy");
    }
  }

  function later(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (isWriting() ? later(SHOWN_WAIT) : refresh()), wait);
  }

  async function post(address, body) {
    body.set("csrfmiddlewaretoken", token);
    return fetch(address, { method: "POST", body, headers: heading, redirect: "manual" });
  }

  again.addEventListener("click", async () => {
    polls = 0;
    try {
      await post(panel.dataset.visit, new FormData());
    } catch {
      tell(panel.dataset.failed);
    }
    refresh(true);
  });

  report.addEventListener("click", (event) => {
    const link = event.target.closest("[data-desk-checks-place]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !goTo(link.dataset.deskChecksPlace)) return;
    event.preventDefault();
    // On a narrow screen the panel lies over the text.
    if (window.innerWidth < 800) document.querySelector("[data-form-side-close-button]")?.click();
  });

  report.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-desk-checks-form]");
    if (!form) return;
    event.preventDefault();
    try {
      const answer = await post(form.action, new FormData(form));
      const words = await answer.text();
      again.focus();
      await refresh(true);
      if (answer.ok) status.textContent = words;
      else tell(answer.status === 400 ? words : panel.dataset.failed);
    } catch {
      tell(panel.dataset.failed);
    }
  });

  panel.closest("[data-side-panel]")?.addEventListener("show", () => later(0));
  document.addEventListener("w-autosave:success", () => later(isShown() ? SHOWN_WAIT : HIDDEN_WAIT));
  later(FIRST_WAIT);
});
