// Notes in the rich text: one sign of the text stands for each; a dialog holds what it says.
(() => {
  const { React, DraftJS, draftail } = window;
  if (!React || !DraftJS || !draftail) return;
  const { EditorState, Modifier, SelectionState } = DraftJS;
  const TYPE = "FOOTNOTE";

  const isNote = (content, key) => key !== null && content.getEntity(key).getType() === TYPE;

  // What the page says, from the options of its editors.
  let setup = { words: {}, longest: 0, call: "" };

  const rangeOf = ({ block, start, end }) => SelectionState.createEmpty(block).merge({
    anchorOffset: start, focusOffset: end,
  });

  // The notes of a paragraph, each with its place.
  const notesOf = (content, blockKey) => {
    const block = content.getBlockForKey(blockKey);
    const found = [];
    block.findEntityRanges(
      (sign) => isNote(content, sign.getEntity()),
      (start, end) => found.push({ block: blockKey, start, end, key: block.getEntityAt(start) }),
    );
    return found;
  };

  // The note that the caret stands against.
  const touchedNote = (editorState) => {
    const caret = editorState.getSelection();
    const at = caret.getEndOffset();
    return notesOf(editorState.getCurrentContent(), caret.getEndKey())
      .find(({ start, end }) => start <= at && at <= end);
  };

  const newId = () => {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  };

  // Ask for a note's text; `answer` gets the text, "" to delete it, or null to leave it.
  const ask = (text, answer) => {
    const { words, longest } = setup;
    const id = `note-${newId()}`;
    const heading = element("h2", { class: "note-dialog-title", id }, text === null ? words.write : words.edit);
    const field = element("textarea", {
      id: `${id}-text`, rows: "5", maxlength: String(longest), "aria-describedby": `${id}-help`,
      class: "note-dialog-text",
    });
    field.value = text || "";
    const left = element("span", { class: "note-dialog-left" });
    const count = () => {
      const signs = longest - field.value.length;
      left.textContent = signs < 200 ? `${words.left} ${signs}` : "";
    };
    const keep = element("button", { type: "submit", class: "button" }, text === null ? words.insert : words.save);
    const leave = element("button", { type: "button", class: "button button-secondary" }, words.cancel);
    const buttons = element("div", { class: "note-dialog-buttons" }, keep, leave);
    const form = element(
      "form", { method: "dialog" }, heading,
      element("label", { for: `${id}-text`, class: "note-dialog-label" }, words.text), field,
      element("p", { class: "note-dialog-help", id: `${id}-help` }, words.help, " ", left), buttons,
    );
    const dialog = element("dialog", { class: "note-dialog", "aria-labelledby": id }, form);
    let given = null;
    const close = (what) => {
      given = what;
      dialog.close();
    };
    if (text !== null) {
      const remove = element("button", { type: "button", class: "button no note-dialog-remove" }, words.remove);
      remove.addEventListener("click", () => close(""));
      buttons.append(remove);
    }
    leave.addEventListener("click", () => close(null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      close(field.value.trim() || (text === null ? null : ""));
    });
    field.addEventListener("input", count);
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(given);
    });
    document.body.append(dialog);
    count();
    dialog.showModal();
    field.focus();
  };

  // Write the answer into the text: `note` is the place of the one that is there, if any.
  const written = (editorState, note, text) => {
    const content = editorState.getCurrentContent();
    if (note && text === "") {
      return EditorState.push(editorState, Modifier.removeRange(content, rangeOf(note), "backward"), "remove-range");
    }
    const id = note ? content.getEntity(note.key).getData().id : newId();
    const named = content.createEntity(TYPE, "IMMUTABLE", { id, text });
    const key = named.getLastCreatedEntityKey();
    if (note) {
      // The caret goes behind the note: what is typed next must not replace it.
      const changed = EditorState.push(editorState, Modifier.applyEntity(named, rangeOf(note), key), "apply-entity");
      return EditorState.forceSelection(changed, rangeOf({ ...note, start: note.end }));
    }
    const caret = editorState.getSelection();
    const behind = rangeOf({ block: caret.getEndKey(), start: caret.getEndOffset(), end: caret.getEndOffset() });
    return EditorState.push(
      editorState, Modifier.insertText(named, behind, setup.call, undefined, key), "insert-characters",
    );
  };

  const textOf = (editorState, note) => (
    note ? editorState.getCurrentContent().getEntity(note.key).getData().text || "" : null
  );

  // Opened by the toolbar, the list of commands and the shortcut.
  class NoteSource extends React.Component {
    componentDidMount() {
      const { editorState, onComplete, onClose } = this.props;
      const note = touchedNote(editorState);
      const before = textOf(editorState, note);
      ask(before, (text) => {
        if (text === null || text === before) onClose();
        else onComplete(written(editorState, note, text));
      });
    }

    render() {
      return null;
    }
  }

  const editorAround = (node) => {
    const wrapper = node.closest && node.closest("[data-draftail-editor-wrapper]");
    const input = wrapper && Array.from(wrapper.parentNode.querySelectorAll("input"))
      .find((each) => each.draftailEditor);
    return input ? input.draftailEditor : null;
  };

  // Edit the note of a badge. Its place is looked up again at the end: the text may have changed.
  const open = (badge) => {
    const editor = editorAround(badge);
    const { noteBlock, noteKey } = badge.dataset;
    const place = () => notesOf(editor.getEditorState().getCurrentContent(), noteBlock)
      .find(({ key }) => key === noteKey);
    const before = textOf(editor.getEditorState(), place());
    ask(before, (text) => {
      if (text !== null && text !== before && place()) {
        editor.onChange(written(editor.getEditorState(), place(), text));
      }
      window.setTimeout(() => editor.focus(), 0);
    });
  };

  const NoteBadge = ({ entityKey, contentState, offsetKey, children }) => {
    const { text } = contentState.getEntity(entityKey).getData();
    return React.createElement("span", {
      className: "note-badge",
      role: "button",
      title: `${text} (Ctrl+Alt+F)`,
      "aria-label": `${setup.words.badge} ${text}`,
      "data-note-key": entityKey,
      "data-note-block": offsetKey.split("-")[0],
    }, children);
  };

  // Enter on a selected note opens it. A badge can't have the focus: the text around it has.
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const editor = editorAround(event.target);
    if (!editor) return;
    const selected = editor.getEditorState().getSelection();
    const note = touchedNote(editor.getEditorState());
    const exactly = note && selected.getStartKey() === selected.getEndKey()
      && selected.getStartOffset() === note.start && selected.getEndOffset() === note.end;
    if (!exactly) return;
    event.preventDefault();
    event.stopPropagation();
    editor.onRequestSource(TYPE);
  }, true);
  window.addEventListener("click", (event) => {
    const badge = event.target.closest && event.target.closest(".note-badge");
    if (badge) open(badge);
  });

  draftail.registerPlugin({ type: TYPE, source: NoteSource, decorator: NoteBadge }, "entityTypes");
  draftail.registerPlugin({
    type: `${TYPE}_SETUP`,
    initialize() {
      setup = this;
    },
    keyBindingFn: (event) => {
      const wanted = event.altKey && (event.ctrlKey || event.metaKey) && event.nativeEvent.code === "KeyF";
      return wanted && !event.getModifierState("AltGraph") ? TYPE : undefined;
    },
  }, "plugins");
})();
