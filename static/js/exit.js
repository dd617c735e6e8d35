// Leaves the site at once, by the link or by pressing Shift three times, and keeps the page out of "back".
// Without this script the link is a link like any other.

const WAIT = 5000; // milliseconds in which the three must come

const exit = document.querySelector(".exit");
const link = exit.querySelector(".exit__link");
const status = exit.querySelector("[role=status]");
let presses = 0;
let isAlone = false; // Shift is down, and no other key was or is
let timer;

const begin = (count, text) => {
  presses = count;
  status.textContent = text;
  clearTimeout(timer);
};

const leave = () => {
  begin(0, exit.dataset.left);
  document.documentElement.classList.add("is-left");
  document.title = link.hostname;
  location.replace(link.href);
};

const press = () => {
  if (presses === 2) return leave();
  begin(presses + 1, presses ? exit.dataset.one : exit.dataset.two);
  timer = setTimeout(begin, WAIT, 0, "");
};

const interrupt = () => {
  isAlone = false;
  if (presses) begin(0, "");
};

addEventListener("keydown", ({ key, repeat, altKey, ctrlKey, metaKey }) => {
  if (key !== "Shift") interrupt();
  else if (!repeat) isAlone = !(altKey || ctrlKey || metaKey); // with these it chooses another keyboard
});
addEventListener("keyup", ({ key }) => {
  if (key === "Shift" && isAlone) press();
  if (key === "Shift") isAlone = false;
});
addEventListener("pointerdown", interrupt);
link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
// A browser may keep the page whole and show it again on "back".
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
exit.querySelector(".exit__keys")?.removeAttribute("hidden"); // a frame in another language does not tell of keys
