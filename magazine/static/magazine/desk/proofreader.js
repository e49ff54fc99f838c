// Keep the findings beside the text fresh, send what its buttons say, and lead to each place.
const keepFindings = (root) => {
  const { url, problem, gone } = root.dataset;
  const state = root.querySelector("[data-proofreader-state]");
  const sheet = root.querySelector("[data-proofreader-sheet]");
  const counter = document.querySelector(
    '[data-side-panel-toggle="proofreader"] [data-side-panel-toggle-counter]',
  );
  const WAITS = [2, 3, 4, 6, 9, 15];
  let waited = 0;
  let timer = 0;
  let asked = 0;

  const say = (words) => {
    if (state.textContent !== words) state.textContent = words;
  };

  const again = () => {
    window.clearTimeout(timer);
    const seconds = WAITS[Math.min(waited, WAITS.length - 1)];
    waited += 1;
    timer = window.setTimeout(() => { if (!document.hidden) fetchSheet(); else again(); }, seconds * 1000);
  };

  // What was open stays open, and the keyboard stays where it was.
  const show = (html) => {
    const open = [...sheet.querySelectorAll("details")].map((details) => details.open);
    const buttons = [...sheet.querySelectorAll("button")];
    const held = buttons.indexOf(document.activeElement);
    sheet.innerHTML = html;
    sheet.querySelectorAll("details").forEach((details, at) => { details.open = Boolean(open[at]); });
    const drawn = sheet.firstElementChild.dataset;
    say(drawn.state);
    counter.textContent = drawn.count;
    counter.hidden = drawn.count === "0";
    if (held >= 0) {
      const left = sheet.querySelectorAll("button");
      (left[Math.min(held, left.length - 1)] ?? state).focus({ preventScroll: true });
    }
    if (drawn.waiting === "yes") again(); else waited = 0;
  };

  const call = async (options = {}) => {
    window.clearTimeout(timer);
    asked += 1;
    const mine = asked;
    try {
      const answer = await fetch(url, {
        ...options,
        headers: { "X-Requested-With": "XMLHttpRequest", ...options.headers },
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const html = await answer.text();
      if (mine === asked) show(html);
    } catch {
      if (mine === asked) say(problem);
    }
  };
  const fetchSheet = () => call();

  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("button[name]");
    const link = event.target.closest("[data-proofreader-place]");
    if (button) {
      event.preventDefault();
      const { CSRF_TOKEN: token, CSRF_HEADER_NAME: header } = window.wagtailConfig;
      const body = new URLSearchParams([[button.name, button.value]]);
      call({ method: "POST", body, headers: { [header]: token } });
    } else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      leadTo(link.dataset);
    }
  });

  // The field of a content path, or the innermost of its parents that is there.
  const fieldAt = (place) => {
    let field = null;
    for (const part of place.split(".")) {
      const inner = (field ?? document).querySelector(`[data-contentpath="${CSS.escape(part)}"]`);
      if (!inner) break;
      field = inner;
    }
    return field ?? document.getElementById(`id_${place}-FORMS`);
  };

  // Tabs, collapsed panels and blocks that hide the field.
  const uncover = (field) => {
    for (let each = field; each; each = each.parentElement) {
      if (each.matches('[role="tabpanel"][hidden]')) {
        document.querySelector(`[role="tab"][href="#${each.id}"]`)?.click();
      } else if (each.hasAttribute("hidden") && each.id) {
        document.querySelector(`[aria-controls="${each.id}"][aria-expanded="false"]`)?.click();
      }
    }
  };

  const typed = (field) => field.querySelector('[contenteditable="true"], textarea, input:not([type="hidden"])');

  // Where the words stand among the text nodes; neighbours tell one place from another.
  const rangeOf = (editor, { before, found, after }) => {
    const nodes = [];
    const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const near = [[before.slice(-12), after.slice(0, 12)], [before.slice(-12), ""], ["", after.slice(0, 12)], ["", ""]]
      .map(([left, right]) => [text.indexOf(left + found + right), left.length])
      .find(([at]) => at >= 0);
    if (!near) return null;
    const start = near[0] + near[1];
    const pointAt = (offset, isEnd) => {
      const [from, node] = nodes.findLast(([first]) => (isEnd ? first < offset : first <= offset));
      return [node, offset - from];
    };
    const range = document.createRange();
    range.setStart(...pointAt(start, false));
    range.setEnd(...pointAt(start + found.length, true));
    return range;
  };

  const leadTo = ({ proofreaderPlace: place, before, found, after }) => {
    const field = fieldAt(place);
    if (!field) {
      say(gone);
      return;
    }
    uncover(field);
    const editor = typed(field);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    field.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    editor?.focus({ preventScroll: true });
    if (!editor) return;
    if (editor.setSelectionRange && ["text", "textarea", "search", "url"].includes(editor.type)) {
      const at = editor.value.indexOf(found);
      if (at >= 0) editor.setSelectionRange(at, at + found.length);
      return;
    }
    const range = rangeOf(editor, { before, found, after });
    if (range && window.CSS?.highlights) {
      CSS.highlights.set("proofreader", new Highlight(range));
      const { top, height } = range.getBoundingClientRect();
      if (top < 0 || top + height > window.innerHeight) {
        range.startContainer.parentElement.scrollIntoView({ block: "center" });
      }
    }
  };

  document.addEventListener("w-autosave:success", () => {
    CSS.highlights?.delete("proofreader");
    waited = 0;
    fetchSheet();
  });
  fetchSheet();
};

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-proofreader]").forEach(keepFindings);
});
