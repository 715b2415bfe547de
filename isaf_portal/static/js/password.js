// Shows a password while the box is ticked; the box itself appears only where this file runs.
for (const box of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(box.dataset.shows);
  if (!field) continue;
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.addEventListener("change", () => {
    field.type = box.checked ? "text" : "password";
  });
}
