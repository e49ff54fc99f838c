// Take out of what is pasted from Word all that isn't its text, before the editor reads it:
// words deleted with changes tracked, empty lines, the rule above the notes, styles.
(() => {
  "use strict";

  const FROM_WORD = /urn:schemas-microsoft-com|mso-|class="?Mso|LibreOffice/i;
  const MESS = "del, .msoDel, style, script, meta, title, link, xml, hr";
  const EMPTY = /^[\s\u00a0]*$/;
  const ours = new WeakSet();

  const cleaned = (html) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    body.querySelectorAll(MESS).forEach((node) => node.remove());
    body.querySelectorAll("p").forEach((line) => {
      if (EMPTY.test(line.textContent)) line.remove();
    });
    // Line breaks of the file, between paragraphs, would be read as spaces of the text.
    const blocks = [body, ...body.querySelectorAll("div")];
    for (const block of blocks) {
      if (!block.querySelector("p, h1, h2, h3, h4, ul, ol, table")) continue;
      for (const node of [...block.childNodes]) {
        const isBreak = node.nodeType === Node.TEXT_NODE && EMPTY.test(node.data);
        if (isBreak || node.nodeName === "BR") node.remove();
      }
    }
    return body.innerHTML;
  };

  document.addEventListener(
    "paste",
    (event) => {
      if (ours.has(event) || !event.clipboardData) return;
      const html = event.clipboardData.getData("text/html");
      if (!FROM_WORD.test(html) || !event.target.closest?.(".Draftail-Editor")) return;
      const data = new DataTransfer();
      data.setData("text/html", cleaned(html));
      data.setData("text/plain", event.clipboardData.getData("text/plain"));
      const again = new ClipboardEvent("paste", {
        clipboardData: data,
        bubbles: true,
        cancelable: true,
      });
      ours.add(again);
      event.preventDefault();
      event.stopImmediatePropagation();
      event.target.dispatchEvent(again);
    },
    true,
  );
})();
