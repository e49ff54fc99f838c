// Copy what stands in the field, or in the text, that shares a parent with the button.
(() => {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    const source = button.parentElement.querySelector("[data-copied-from]")
      ?? document.querySelector("[data-copied-from]");
    const label = button.querySelector("[data-copy-label]");
    const select = () => {
      if (source.select) source.select();
      else window.getSelection().selectAllChildren(source);
    };
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.value ?? source.textContent);
      } catch {
        // Without leave to write to the clipboard: select, and copy as by hand.
        select();
        if (!document.execCommand("copy")) return;
      }
      label.textContent = button.dataset.copied;
    });
  });
})();
