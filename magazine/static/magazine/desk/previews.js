// Fit the frames of a draft's previews to their panes, and turn the panes into tabs where it is narrow.
(() => {
  const root = document.querySelector("[data-previews]");
  const panes = [...root.querySelectorAll("[data-previews-pane]")];
  const grid = panes[0]?.parentElement;
  const tabList = root.querySelector("[data-previews-tabs]");
  const tabs = [...tabList.children];
  const status = root.querySelector("[data-previews-status]");
  const narrow = window.matchMedia("(max-width: 56.24rem)");

  const fit = (frame) => {
    const wanted = Number(frame.dataset.width);
    if (!wanted || !frame.clientWidth) return;
    const scale = Math.min(1, frame.clientWidth / wanted);
    frame.classList.add("scaled");
    frame.style.setProperty("--true-width", `${wanted}px`);
    frame.style.setProperty("--true-height", `${frame.clientHeight / scale}px`);
    frame.style.setProperty("--scale", scale);
  };
  const watch = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target)));

  const select = (chosen) => {
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === chosen));
      tab.tabIndex = at === chosen ? 0 : -1;
      panes[at].hidden = at !== chosen;
    });
  };
  const enlarge = (chosen) => {
    grid.classList.toggle("enlarged", Boolean(chosen));
    panes.forEach((pane) => {
      pane.hidden = Boolean(chosen) && pane !== chosen;
      pane.querySelector("[data-previews-enlarge]").setAttribute("aria-pressed", String(pane === chosen));
    });
  };
  const arrange = () => {
    enlarge(null);
    tabList.hidden = !narrow.matches;
    panes.forEach((pane, at) => {
      pane.querySelector("[data-previews-enlarge]").hidden = narrow.matches;
      if (narrow.matches) {
        pane.setAttribute("role", "tabpanel");
        pane.setAttribute("aria-labelledby", tabs[at].id);
      } else {
        pane.removeAttribute("role");
        pane.setAttribute("aria-labelledby", pane.querySelector("h2").id);
        pane.hidden = false;
      }
    });
    if (narrow.matches) select(0);
  };

  tabList.setAttribute("role", "tablist");
  tabs.forEach((tab, at) => {
    tab.setAttribute("role", "tab");
    tab.addEventListener("click", () => select(at));
  });
  tabList.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    const last = tabs.length - 1;
    const goals = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last };
    if (!(event.key in goals)) return;
    event.preventDefault();
    select(goals[event.key]);
    tabs[goals[event.key]].focus();
  });
  panes.forEach((pane) => {
    const frame = pane.querySelector("[data-previews-frame]");
    const shown = frame.firstElementChild;
    const button = pane.querySelector("[data-previews-enlarge]");
    watch.observe(frame);
    button.addEventListener("click", () => enlarge(button.getAttribute("aria-pressed") === "true" ? null : pane));
    shown.addEventListener("load", () => {
      const told = shown.contentDocument?.querySelector("[data-told]");
      status.textContent = told ? told.textContent : shown.dataset.loaded;
    });
  });
  narrow.addEventListener("change", arrange);
  arrange();
})();
