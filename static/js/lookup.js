// Suggestions in the field that finds the coordinator: WAI-ARIA's combobox with manual selection.
// Without this script the field is a form like any other.

const MOST = 8;
const OTHER_LETTERS = { ø: "o", æ: "a", w: "v" };

// As `contacts/lookup.py` does: case, diacritics, spaces and hyphens make no difference.
const fold = (text) => text.normalize("NFKD").toLowerCase()
  .replace(/[^\p{L}\p{N}]/gu, "").replace(/[øæw]/g, (letter) => OTHER_LETTERS[letter]);

const prepared = (place) => ({
  ...place,
  whole: fold(place.name),
  words: place.name.split(/[\s-]/).map(fold),
  others: place.also.map(fold),
});

const get = async (address) => (await fetch(address)).json();

const read = async (address) => {
  const { places } = await get(address);
  return places.map(prepared);
};

const readLocalities = async (address) => {
  const { names, called, ask } = await get(address);
  return names.map((name) => prepared({ name, in: called, url: ask + encodeURIComponent(name), also: [] }));
};

// 0 for the name itself, 1 for its beginning, 2 for that of a word, -1 for none of them.
const rank = ({ whole, words }, typed) =>
  [whole === typed, whole.startsWith(typed), words.some((word) => word.startsWith(typed))].indexOf(true);

// Whether a name begins as typed but for one slip: a letter that is wrong, too many, missing or in its neighbour's place.
const isNear = (name, typed) => {
  const same = [...typed].findIndex((letter, index) => letter !== name[index]);
  const [left, own] = [name.slice(same), typed.slice(same)];
  return left.slice(1).startsWith(own.slice(1)) || left.startsWith(own.slice(1))
    || left.slice(1).startsWith(own) || left.startsWith(own[1] + own[0] + own.slice(2));
};

// Another name is only what somebody means where no place is called what they type.
const findPlaces = (places, typed) => {
  const named = places.map((place) => [rank(place, typed), place]).filter(([rank]) => rank >= 0)
    .sort(([a], [b]) => a - b).map(([, place]) => place);
  return named.length ? named : places.filter(({ others }) => others.some((name) => name.startsWith(typed)));
};

// Then a locality, then a name with a slip.
const findOthers = (places, localities, typed) => {
  const near = (some) => some.filter(({ words, others }) => typed.length > 4
    && [...words, ...others].some((name) => isNear(name, typed)));
  const named = localities.filter(({ whole }) => whole.startsWith(typed));
  return [named, near(places), near(localities)].find((found) => found.length) ?? [];
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
  let names;
  let localities;
  let reading; // of the localities, once
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
    if (!names || !typed) return close();
    const found = findPlaces(names, typed);
    if (!found.length && !localities) {
      close(); // what was found for fewer letters
      return loadLocalities();
    }
    show((found.length ? found : findOthers(names, localities, typed)).slice(0, MOST));
    status.textContent = [words.none, words.one][shown.length] ?? words.many.replace("#", shown.length);
  };

  const load = async () => {
    names ??= await read(words.places).catch(() => undefined); // what failed is tried at the next focus
    if (document.activeElement === field && field.value !== field.defaultValue) suggest();
  };

  const loadLocalities = async () => {
    reading ??= readLocalities(words.localities).catch(() => []);
    localities = await reading;
    if (document.activeElement === field) suggest();
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
