// Answers one under the other, letter under letter, with what is wrong or new in them marked.
// What a network wrote enters by textContent alone.
function made(kind, className, text = "") {
  const element = document.createElement(kind);
  element.className = className;
  element.textContent = text;
  return element;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-spelled");
  const lines = data.lines.map((line) => {
    const row = made("div", "line");
    const answer = made("span", "answer");
    answer.append(...line.parts.map(([text, mark]) => made(mark ? "mark" : "span", mark, text)));
    if (!line.parts.length) answer.append(made("i", "", data.nothing));
    const name = made("span", "name", line.name);
    const verdict = made("span", "verdict", line.verdict);
    verdict.dataset.right = line.right;
    row.append(name, answer, verdict);
    return row;
  });
  root.setAttribute("aria-label", data.alt);
  root.replaceChildren(...lines);
}
