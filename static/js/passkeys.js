// The browser's own dialogue ends without a word when it is cancelled: say that nothing happened.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-failed").hidden = false;
});
