/* What Wagtail's autosave leaves open: forms sent twice, buttons pressed while it saves, and a session that is over. */
{
  const form = document.querySelector("form[data-edit-form]");
  let isSaving = false;
  let isSent = false; // by a button: what would be saved beside it comes too late
  let pressed = null; // a button that waits until what is being saved is saved
  let isSignedOut = false;
  let isTyped = false; // since it was last saved
  let isOutdated = false; // what the form has asked of other sessions: it has saved itself since

  const setField = (name, value) => {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  };

  const newKey = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  // A text reaches its field a moment after it is typed, and later on a busy machine.
  const storeTexts = () => {
    for (const field of form.elements) {
      if (!field.draftailEditor) continue;
      const content = window.Draftail.serialiseEditorStateToRaw(field.draftailEditor.getEditorState());
      // As Wagtail stores it: where comments stand is kept beside the text.
      for (const block of content?.blocks ?? []) {
        block.inlineStyleRanges = block.inlineStyleRanges.filter(({ style }) => !style.startsWith("COMMENT-"));
      }
      field.value = JSON.stringify(content);
    }
  };

  const saveAgain = () =>
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, detail: { type: "edits" } }));

  const sendPressed = () => {
    isSaving = false;
    if (!pressed) return;
    const button = pressed.submitter;
    pressed = null;
    // In place of the button, which Wagtail has disabled.
    const { name, value } = button ?? {};
    if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.requestSubmit();
  };

  const offerSignIn = ({ url, link }) => {
    const place = document.querySelector("[data-w-messages-target=container] p");
    const way = Object.assign(document.createElement("a"), { href: url, target: "_blank", textContent: link });
    Object.assign(way.style, { color: "inherit", textDecoration: "underline" }); // Wagtail's colour is lost on this ground
    place?.append(" ", way);
  };

  const goOn = () => {
    if (isSignedOut && !document.hidden) saveAgain();
  };

  if (form) {
    const action = new URL(form.action);
    if (action.pathname.includes("/add/")) {
      // A form that was refused keeps its key in the address.
      action.searchParams.set("form-key", new URL(location).searchParams.get("form-key") ?? newKey());
      form.action = action;
    }

    form.addEventListener("w-autosave:save", (event) => {
      isTyped = false;
      isOutdated = true;
      if (isSent) event.preventDefault();
      else isSaving = true;
    });

    // Wagtail would take what this form has saved meanwhile for another session's, and ask before each publication
    // (issue 13863). The next answer, ten seconds later, tells of the others.
    document.addEventListener("w-swap:begin", ({ target }) => {
      if (target.id === "w-editing-sessions") isOutdated = false;
    });
    document.addEventListener(
      "w-swap:json",
      ({ target, detail: { data } }) => {
        const shown = target.querySelector("#w-editing-sessions");
        if (shown && isOutdated) Object.assign(data, { other_sessions: [], html: shown.innerHTML });
      },
      true,
    );

    // Wagtail takes the text of this moment for what is saved: seconds after loading, and after each time it has saved.
    form.addEventListener("input", () => {
      isTyped = true;
    });
    form.addEventListener("w-unsaved:watch-edits", () => {
      if (isTyped) setTimeout(saveAgain);
    });

    form.addEventListener("w-autosave:success", ({ detail }) => {
      isSignedOut = false;
      const { revision_id: id, revision_created_at: created } = detail.response;
      if (id) {
        setField("loaded_revision_id", id);
        setField("loaded_revision_created_at", created);
      }
      sendPressed();
    });

    // Before Wagtail's own listeners, which show the text.
    document.addEventListener(
      "w-autosave:error",
      ({ detail }) => {
        const { error_code: code, error_message: message, token } = detail.response ?? {};
        if (message) detail.text = message;
        if (token) {
          setField("csrfmiddlewaretoken", token);
          window.wagtailConfig.CSRF_TOKEN = token;
          if (!pressed) setTimeout(saveAgain);
        }
        isSignedOut = code === "signed_out";
        if (isSignedOut) setTimeout(() => offerSignIn(detail.response), 100);
        sendPressed();
      },
      true,
    );

    form.addEventListener(
      "submit",
      (event) => {
        storeTexts();
        if (!isSaving) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        pressed = event;
      },
      true,
    );

    // After Wagtail's own, which may ask first.
    window.addEventListener("submit", (event) => {
      isSent = event.target === form && !event.defaultPrevented;
    });

    document.addEventListener("visibilitychange", goOn);
  }
}
