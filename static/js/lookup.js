// Suggestions in the field that finds the coordinator: WAI-ARIA's combobox with manual selection.
// Without this script the field is a form like any other.

const MOST = 8;
const OTHER_LETTERS = { ø: "o", æ: "a", w: "v" };

// As `contacts/lookup.py` does: case, diacritics, spaces and hyphens make no difference.
const fold = (text) => text.normalize("NFKD").toLowerCase()
  .replace(/[^\p{L}\p{N}]/gu, "").replace(/[øæw]/g, (letter) => OTHER_LETTERS[letter]);

const read = async (address) => {
  const { places } = await (await fetch(address)).json();
  return places.map((place) => ({
    ...place,
    whole: fold(place.name),
    parts: [...place.name.split(/[\s-]/), ...place.also].map(fold),
  }));
};

// 0 for the name itself, 1 for its beginning, 2 for that of a word or another name, -1 for none of them.
const rank = ({ whole, parts }, typed) =>
  [whole === typed, whole.startsWith(typed), parts.some((part) => part.startsWith(typed))].indexOf(true);

const find = (places, typed) => {
  const ranked = places.map((place) => [rank(place, typed), place]).filter(([rank]) => rank >= 0);
  return ranked.sort(([a], [b]) => a - b).slice(0, MOST).map(([, place]) => place);
};

const make = (name, attributes, ...content) => {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...content);
  return element;
};

const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
};

const enhance = (form) => {
  const words = form.dataset;
  const field = form.elements.q;
  const list = make("ul", { id: `${field.id}-list`, role: "listbox", class: "lookup__list", "aria-label": words.label });
  const status = make("p", { role: "status", class: "visually-hidden" });
  let places;
  let shown = [];
  let active = -1; // -1 is the field itself

  const activate = (index) => {
    if (active >= 0) set(list.children[active], { "aria-selected": false });
    active = index;
    if (active < 0) return field.removeAttribute("aria-activedescendant");
    const option = list.children[active];
    set(option, { "aria-selected": true });
    option.scrollIntoView({ block: "nearest" });
    set(field, { "aria-activedescendant": option.id });
  };

  const show = (found) => {
    activate(-1);
    shown = found;
    list.replaceChildren(...found.map((place, index) => make(
      "li",
      { id: `${list.id}-${index}`, role: "option", class: "lookup__option", "aria-selected": false },
      make("b", {}, place.name), " ", place.in,
    )));
    list.hidden = !found.length;
    set(field, { "aria-expanded": !list.hidden });
  };

  const close = () => {
    show([]);
    status.textContent = "";
  };

  const suggest = () => {
    const typed = fold(field.value);
    if (!places || !typed) return close();
    show(find(places, typed));
    status.textContent = [words.none, words.one][shown.length] ?? words.many.replace("#", shown.length);
  };

  const load = async () => {
    places ??= await read(words.places).catch(() => undefined); // what failed is tried at the next focus
    if (document.activeElement === field && field.value !== field.defaultValue) suggest();
  };

  const choose = (index) => {
    const { name, url } = shown[index];
    field.value = name;
    close();
    location.assign(url);
  };

  // Down and up go through the list and the field, round and round; with Alt they open and close it.
  const move = (step) => (event) => {
    event.preventDefault();
    if (event.altKey && step < 0) return close();
    if (list.hidden) suggest();
    if (event.altKey || list.hidden) return;
    const places = shown.length + 1;
    activate((active + 1 + step + places) % places - 1);
  };

  const back = () => activate(-1); // the field moves its cursor by itself

  const keys = {
    ArrowDown: move(1),
    ArrowUp: move(-1),
    ArrowLeft: back,
    ArrowRight: back,
    Home: back,
    End: back,
    Enter: (event) => {
      if (active < 0) return;
      event.preventDefault();
      choose(active);
    },
    Escape: () => {
      if (list.hidden) field.value = "";
      close();
    },
  };

  list.hidden = true;
  field.parentElement.append(list);
  form.append(status);
  set(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": false });

  field.addEventListener("focus", load);
  field.addEventListener("input", suggest);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => event.isComposing || keys[event.key]?.(event));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) choose([...list.children].indexOf(option));
  });
  if (document.activeElement === field) load();
};

document.querySelectorAll("form.lookup[data-places]").forEach(enhance);
