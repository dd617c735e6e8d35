/* What is pasted from a word processor into a text: tables become blocks, footnotes this site's, nothing a dead link.
   The server reads it (`pages/admin/pasting.py`); when it cannot, the text alone is pasted. */
{
  const { DraftJS } = window;
  const { url, failed } = document.currentScript.dataset;
  const FOREIGN = /urn:schemas-microsoft-com|class=["']?Mso|mso-|sdfootnote|<table[\s>]|href=["']?#/i;

  // The blocks around an element, from the outermost, each with what holds it and its place there.
  function path(element) {
    const found = [];
    const enter = (block, holder, index) => {
      found.push({ block, holder, index });
      const within = ({ element: own }) => own && own.contains(element);
      if (Array.isArray(block.children)) {
        const place = block.children.findIndex(within);
        if (place >= 0) enter(block.children[place].block, block, place);
      }
      for (const child of Object.values(block.childBlocks || {})) {
        if (within(child) || within({ element: (child.container || child.field || [])[0] })) enter(child, block, -1);
      }
    };
    const root = element.closest("[id$='-root']");
    if (root?.rootBlock) enter(root.rootBlock, null, -1);
    return found;
  }

  const takes = (stream, type) => stream?.blockDef?.childBlockDefsByName?.[type];

  // The list of footnotes that belongs to a text: that of the part, or that of the page.
  function notesOf(steps) {
    const own = steps.map(({ block }) => block.childBlocks?.footnotes).findLast(Boolean);
    return own || (steps.length ? document.getElementById("footnotes-root")?.rootBlock : null);
  }

  function addNote(notes, value) {
    notes.insert(takes(notes, "footnote") ? { type: "footnote", value } : value, notes.children.length, {});
  }

  const raw = (value) => DraftJS.convertFromRaw(JSON.parse(value));
  const stored = (blocks) => JSON.stringify(DraftJS.convertToRaw(DraftJS.ContentState.createFromBlockArray(blocks)));

  // Put a text where the cursor is; with `isLast` false, return what stood after the cursor, which comes later.
  function insert(editor, value, isLast) {
    const { EditorState, Modifier } = DraftJS;
    const state = editor.getEditorState();
    let content = Modifier.removeRange(state.getCurrentContent(), state.getSelection(), "forward");
    let rest = [];
    if (!isLast) {
      content = Modifier.splitBlock(content, content.getSelectionAfter());
      const key = content.getSelectionAfter().getStartKey();
      const blocks = content.getBlocksAsArray();
      const from = blocks.findIndex((block) => block.getKey() === key);
      rest = blocks.slice(from).filter((block) => block.getText());
      const kept = DraftJS.ContentState.createFromBlockArray(blocks.slice(0, from));
      content = kept.set("selectionAfter", EditorState.moveSelectionToEnd(EditorState.createWithContent(kept)).getSelection());
    }
    const at = content.getSelectionAfter();
    content = Modifier.replaceWithFragment(content, at, raw(value).getBlockMap());
    editor.onChange(EditorState.push(state, content, "insert-fragment"));
    return rest;
  }

  function tell(wrapper, sentences) {
    const place = wrapper.parentElement;
    place.querySelector("[data-pasted]")?.remove();
    const told = document.createElement("div");
    Object.assign(told, { className: "help-block help-info", role: "status" });
    told.dataset.pasted = "";
    place.append(told); // empty first: a screen reader says what is put into it
    for (const sentence of sentences) told.append(Object.assign(document.createElement("p"), { textContent: sentence }));
    told.hidden = !sentences.length;
  }

  async function read(html, editor, stream, notes) {
    const { CSRF_TOKEN } = JSON.parse(document.getElementById("wagtail-config").textContent);
    const fields = new FormData();
    fields.append("csrfmiddlewaretoken", CSRF_TOKEN);
    fields.append("html", html.replace(/<head[\s>][\s\S]*?<\/head>/i, ""));
    const { blockTypes = [], inlineStyles = [], entityTypes = [] } = editor.props;
    for (const { type } of [...blockTypes, ...inlineStyles, ...entityTypes]) {
      if (/^(header-(two|three|four)|(un)?ordered-list-item|BOLD|ITALIC|LINK)$/.test(type)) fields.append("allowed", type);
    }
    if (stream) fields.append("takes_tables", "on");
    if (notes) fields.append("takes_notes", "on");
    fields.append("first_note", (notes?.children.length || 0) + 1);
    const answer = await fetch(url, { method: "POST", body: fields });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    return answer.json();
  }

  async function paste(html, text, wrapper, editor) {
    const steps = path(wrapper);
    const { holder, index } = steps.at(-1) || {};
    const stream = takes(holder, "table") && holder.children[index]?.type === "text" ? holder : null;
    const notes = notesOf(steps);
    let answer;
    try {
      answer = await read(html, editor, stream, notes);
    } catch {
      const plain = stored(DraftJS.ContentState.createFromText(text).getBlocksAsArray());
      insert(editor, plain, true);
      tell(wrapper, [failed]);
      return;
    }
    const blocks = [...answer.blocks];
    const first = blocks[0]?.type === "text" ? blocks.shift() : { value: stored([]) };
    const rest = insert(editor, first.value, !blocks.length);
    if (rest.length) {
      const last = blocks.at(-1);
      if (last.type === "text") last.value = stored([...raw(last.value).getBlocksAsArray(), ...rest]);
      else blocks.push({ type: "text", value: stored(rest) });
    }
    blocks.forEach((block, place) => stream.insert(block, index + 1 + place, {}));
    answer.notes.forEach((note) => addNote(notes, note));
    tell(wrapper, answer.told);
  }

  document.addEventListener(
    "paste",
    (event) => {
      const wrapper = event.target.closest?.("[data-draftail-editor-wrapper]");
      const html = event.clipboardData?.getData("text/html") || "";
      const editor = wrapper && [...wrapper.parentElement.children].find((each) => each.draftailEditor)?.draftailEditor;
      if (!editor || !FOREIGN.test(html) || html.includes("data-editor=")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      paste(html, event.clipboardData.getData("text/plain"), wrapper, editor);
    },
    true,
  );
}
