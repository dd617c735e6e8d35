/* The button of the editor's texts that inserts a stored telephone number, and how the number is shown there. */
{
  const { DraftJS, React, draftail } = window;

  class NumberSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      const choose = (dialogue) => {
        dialogue.container.attr("aria-label", dialogue.body.find("h1").text().trim()); // Wagtail gives it no name
        dialogue.body.on("click", "[data-number-key]", (event) => {
          dialogue.respond("numberChosen", { ...event.currentTarget.dataset });
        });
      };
      return {
        url: this.props.entityType.chooserUrls.number,
        urlParams: {},
        onload: { choose },
        responses: { numberChosen: this.onChosen },
      };
    }

    // Wagtail's own leaves the number to be edited letter by letter.
    onChosen({ numberKey, number, name }) {
      const { editorState, entityType, onComplete } = this.props;
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "IMMUTABLE", { key: numberKey, name, isUnknown: false });
      const entity = content.getLastCreatedEntityKey();
      const changed = DraftJS.Modifier.replaceText(content, editorState.getSelection(), number, null, entity);
      this.workflow.close();
      onComplete(DraftJS.EditorState.push(editorState, changed, "insert-characters"));
    }
  }

  function NumberReference({ contentState, entityKey, children }) {
    const { key, name, isUnknown } = contentState.getEntity(entityKey).getData();
    const colour = isUnknown ? "var(--w-color-text-error)" : "inherit";
    const style = { color: colour, fontWeight: 600, borderBlockEnd: `2px dotted ${isUnknown ? colour : "currentcolor"}` };
    return React.createElement("span", { title: name || key, style, "data-number": key }, children);
  }

  draftail.registerPlugin({ type: "NUMBER", source: NumberSource, decorator: NumberReference }, "entityTypes");
}
