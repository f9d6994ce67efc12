// What is copied, with and without a safe connection.
const SHOW_COPIED_MS = 1500;

// Copies a text, and says so on the button for a moment.
export async function copied(text, button, words) {
  const before = button.textContent;
  await copy(text);
  if (before === words) return; // pressed twice
  button.textContent = words;
  setTimeout(() => (button.textContent = before), SHOW_COPIED_MS);
}

// navigator.clipboard is there on https and on this machine only, not in a classroom's network.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}
