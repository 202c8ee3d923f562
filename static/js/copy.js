// Copy buttons of the public pages. Everything can be selected and copied by hand as well.

document.documentElement.classList.add("scripted");

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
  document.getElementById("said").textContent = button.dataset.copied;
});
