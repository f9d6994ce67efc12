// Code, its pieces coloured by their kind, and a button that copies all of it.
import { copied, nameCopy } from "./clipboard.js";
import { html } from "./dom.js";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-code");
  const [code, button] = [root.querySelector("code"), root.querySelector("button")];
  const content = JSON.stringify(data);
  if (root.content === content) return;
  root.content = content;
  root.dataset.wraps = data.wraps;
  code.replaceChildren(
    ...data.pieces.map(([kind, text]) => (kind ? html("span", kind, text) : text)),
  );
  nameCopy(button, data.copy);
  button.onclick = () => copied(code.textContent, button, data.copied);
}
