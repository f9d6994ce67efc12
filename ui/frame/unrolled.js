// A row of cells: a letter goes in from below, the state goes on to the right, a guess comes out.
// The letters are a visitor's and a model's: they enter the page by textContent alone.
import { html } from "../components/dom.js";

const SHOWN = { " ": "␣", "\n": "¶" };

const element = (tag, className, text = "") => html(tag, className, SHOWN[text] ?? text);

function cell(step, next, look) {
  const [guess, probability] = step.guesses[0];
  const made = element("button", "step");
  made.type = "button";
  made.setAttribute("aria-description", step.said);
  made.style.setProperty("--sure", `${Math.round(100 * probability)}%`);
  const out = element("span", guess === next ? "guess right" : "guess", guess);
  const state = element("span", "state");
  made.append(out, element("span", "up"), state, element("span", "up"));
  made.append(element("span", "letter", step.letter));
  made.onmouseenter = made.onfocus = () => look(made, step);
  return made;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-unrolled");
  const [row, line] = [root.querySelector(".cells"), root.querySelector("p")];
  const look = (looked, step) => {
    row
      .querySelectorAll(".step")
      .forEach((made) => made.toggleAttribute("data-on", made === looked));
    line.textContent = step.said;
  };
  const cells = data.steps.map((step, i) => cell(step, data.steps[i + 1]?.letter, look));
  row.replaceChildren(...cells);
  if (cells.length)
    look(cells[Math.floor(cells.length / 2)], data.steps[Math.floor(cells.length / 2)]);
}
