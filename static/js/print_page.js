// The button that prints the page; without scripts the browser's menu does.
for (const button of document.querySelectorAll(".guide__print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
