// The link of a checklist leads to it, and then only it is printed (checklist.css); with scripts the dialogue opens too.
for (const link of document.querySelectorAll(".checklist__print")) {
  link.addEventListener("click", () => setTimeout(() => print()));
}
