// What is copied, with and without a safe connection.
const SHOW_COPIED_MS = 1500;

// Names a button that copies; what it says for a moment after a press stays until that is over.
export function nameCopy(button, words) {
  button.dataset.words = words;
  if (!button.dataset.copied) button.textContent = words;
}

// Copies a text, and says so on the button for a moment.
export async function copied(text, button, words) {
  await copy(text);
  clearTimeout(Number(button.dataset.copied));
  button.textContent = words;
  button.dataset.copied = String(
    setTimeout(() => {
      delete button.dataset.copied;
      button.textContent = button.dataset.words;
    }, SHOW_COPIED_MS),
  );
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
