// The signature beside the office's names follows what is typed.

for (const form of document.querySelectorAll("[data-signature]")) {
  for (const place of form.querySelectorAll("[data-shows]")) {
    const field = form.elements[place.dataset.shows];
    const otherwise = place.textContent;
    const show = () => (place.textContent = field.value.trim() || otherwise);
    field.addEventListener("input", show);
    show();
  }
}
