// Says on the page that a passkey was refused or cancelled, where the library would only write to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const told = document.getElementById("passkey-failed");
  if (told) told.hidden = false;
});
