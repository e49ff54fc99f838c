/* Wagtail tells of a session that ended as of an error of the server. Here it is called by its
   name, the form is held back, and its token is renewed once somebody logged in again. */
(() => {
  const address = document.currentScript.dataset.session;
  let over = false;
  let token = null;
  let notice = null;

  const show = (id) => {
    notice?.remove();
    const template = id && document.getElementById(id);
    notice = template ? template.content.firstElementChild.cloneNode(true) : null;
    if (!notice) return;
    document.body.append(notice);
    /* The notice stands at the foot of the window: what is being typed moves out from under it. */
    document.activeElement?.scrollIntoView({ block: "center" });
    notice.querySelector("[data-again]")?.addEventListener("click", ask);
  };

  const renew = (fresh) => {
    token = fresh;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => {
      field.value = fresh;
    });
  };

  /* Whether somebody is logged in; unknown (no network) counts as before. */
  async function ask() {
    let answer;
    try {
      answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    } catch {
      return !over;
    }
    if (answer.ok) {
      if (over) {
        renew((await answer.json()).token);
        over = false;
        show("desk-session-back");
      }
      return true;
    }
    if (answer.status === 403 && !over) {
      over = true;
      show("desk-session-notice");
    }
    return !over;
  }

  /* Wagtail's scripts keep the token that they were born with. */
  const fetchAsWas = window.fetch;
  window.fetch = (resource, options = {}) => {
    const headers = new Headers(options.headers);
    if (token && headers.has("x-csrftoken")) {
      headers.set("x-csrftoken", token);
      return fetchAsWas(resource, { ...options, headers });
    }
    return fetchAsWas(resource, options);
  };

  document.addEventListener("w-autosave:error", (event) => {
    if (event.detail.type === "server_error") ask();
  });
  document.addEventListener("w-swap:error", ask);
  document.addEventListener("w-autosave:success", () => {
    if (!over) show(null);
  });
  document.addEventListener("visibilitychange", () => {
    if (over && document.visibilityState === "visible") ask();
  });
  window.addEventListener("focus", () => over && ask());
  document.addEventListener(
    "submit",
    (event) => {
      if (!over || !event.target.matches("[data-edit-form]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { target, submitter } = event;
      ask().then((alive) => alive && target.requestSubmit(submitter));
    },
    true,
  );
})();
