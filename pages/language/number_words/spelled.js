// Answers one under the other, letter under letter, with what is wrong or new in them marked.
// What a network wrote enters by textContent alone.
import { html } from "../../../ui/components/dom.js";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-spelled");
  const lines = data.lines.map((line) => {
    const row = html("div", "line");
    const answer = html("span", "answer");
    answer.append(...line.parts.map(([text, mark]) => html(mark ? "mark" : "span", mark, text)));
    if (!line.parts.length) answer.append(html("i", "", data.nothing));
    const name = html("span", "name", line.name);
    const verdict = html("span", "verdict", line.verdict);
    verdict.dataset.right = line.right;
    row.append(name, answer, verdict);
    return row;
  });
  root.setAttribute("aria-label", data.alt);
  root.replaceChildren(...lines);
}
