// A sentence, its translation, and lines to where each piece looked; a gaze can be drawn elsewhere.
// What was typed and what was written enter by textContent alone; pointing asks no server.
import { curves, moved } from "../../../ui/components/attention.js";
import { filled, html, svg } from "../../../ui/components/dom.js";

const LINE_FROM = 0.05; // a weight below it gets no line
const HEIGHT = 92;

/**
 * The places of the greatest weights, the greatest first, at most three and none below a twentieth.
 * @param {number[]} weights
 */
export function looked(weights) {
  return weights
    .map((weight, place) => ({ weight, place }))
    .filter(({ weight }) => weight >= LINE_FROM)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3);
}

/**
 * The steps whose greatest weight is at a place.
 * @param {number[][]} weights a row a step
 * @param {number} place
 */
export function lookedBy(weights, place) {
  return weights.flatMap((row, step) => (Math.max(...row) === row[place] ? [step] : []));
}

class Gaze {
  data;
  text; // the same, to know whether anything is new
  picked = null; // the step whose gaze is to be held
  tell = null; // says to the server what is held

  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    this.drawing = this.find("svg");
    this.find(".let-go").onclick = () => this.tell(null);
    root.onpointerleave = () => this.stay();
    root.onkeydown = (event) => {
      if (event.key === "Escape") this.pick(null);
      else this.move(event);
    };
    new ResizeObserver(() => this.lines()).observe(this.find(".inner"));
  }

  receive(data) {
    const text = JSON.stringify(data);
    if (text === this.text) return;
    [this.text, this.data, this.picked] = [text, data, null];
    this.shares = new Intl.NumberFormat(data.language, { style: "percent" });
    this.root.setAttribute("aria-label", data.alt);
    this.asked = data.asked.map((piece, i) => this.piece(piece, () => this.place(i)));
    this.told = data.told.map((piece, i) => this.piece(piece, () => this.step(i)));
    this.asked.forEach((button, i) => (button.onclick = () => this.hold(this.picked, i)));
    this.told.forEach((button, i) => {
      button.onclick = () => this.pick(this.picked === i ? null : i);
      button.onpointerdown = (event) => this.draw(event, i);
    });
    this.find(".asked").replaceChildren(...this.asked);
    this.find(".told").replaceChildren(...this.told);
    const changed = data.changed.map((piece) => this.chip("span", piece));
    this.find(".changed").replaceChildren(...changed);
    this.find(".let-go").textContent = data.words.let_go;
    this.find(".let-go").hidden = !data.held;
    this.lines();
    this.stay();
    this.root.dataset.of = data.of;
  }

  chip(tag, { text, glued, spelled, first, after }) {
    const chip = html(tag, "piece", text);
    for (const [name, is] of Object.entries({ glued, spelled, first, after }))
      chip.classList.toggle(name, Boolean(is));
    return chip;
  }

  piece(piece, show) {
    const button = this.chip("button", piece);
    button.type = "button";
    button.onpointerenter = button.onfocus = show;
    return button;
  }

  lines() {
    if (!this.data) return;
    this.drawing.setAttribute("height", HEIGHT);
    const middle = (button) => button.offsetLeft + button.offsetWidth / 2;
    this.paths = curves(this.data.weights, {
      least: LINE_FROM,
      widest: 6,
      top: 2,
      bottom: HEIGHT - 2,
      from: (place) => middle(this.asked[place]),
      to: (step) => middle(this.told[step]),
    });
    this.pulled = svg("path", { class: "pulled" });
    this.drawing.replaceChildren(...this.paths.map((one) => one.path), this.pulled);
  }

  mark(steps, places, lit) {
    this.told.forEach((button, i) => button.classList.toggle("lit", steps.includes(i)));
    this.asked.forEach((button, i) => button.classList.toggle("lit", places.includes(i)));
    this.root.classList.toggle("one-lit", Boolean(lit));
    for (const { path, step, place } of this.paths)
      path.classList.toggle("lit", Boolean(lit?.(step, place)));
  }

  say(text) {
    this.find(".said").textContent = text;
  }

  step(i) {
    const { data } = this;
    const sure = this.shares.format(data.sure[i]);
    const word = data.told[i].text;
    if (!data.weights.length) {
      this.mark([i], []);
      this.say(filled(data.words.sure, { word, sure }));
      return;
    }
    const most = looked(data.weights[i]);
    const weights = most
      .map(({ weight, place }) => `${data.asked[place].text} ${this.shares.format(weight)}`)
      .join(", ");
    const places = most.map(({ place }) => place);
    this.mark([i], places, (step) => step === i);
    if (this.picked === null) this.say(filled(data.words.step, { word, weights, sure }));
  }

  place(j) {
    const { data } = this;
    if (!data.weights.length) return;
    const steps = lookedBy(data.weights, j);
    const values = {
      word: data.asked[j].text,
      words: steps.map((i) => data.told[i].text).join(" · "),
    };
    this.mark(steps, [j], (_step, place) => place === j);
    if (this.picked === null)
      this.say(filled(steps.length ? data.words.place : data.words.nobody, values));
  }

  stay() {
    // Where nothing is pointed at: what is held, or the hint.
    const { data, picked } = this;
    this.mark(picked === null ? [] : [picked], []);
    if (picked !== null) this.say(filled(data.words.picked, { word: data.told[picked].text }));
    else if (!data.held) this.say(data.words.hint);
    else {
      const [step, place] = data.held;
      const differs =
        data.changed.some(({ first }) => first) || data.changed.length !== data.told.length;
      const values = { word: data.told[step].text, place: data.asked[place].text };
      this.say(filled(differs ? data.words.held : data.words.same, values));
    }
  }

  move(event) {
    // From the piece that has the focus to the next one.
    const rows = [this.asked, this.told];
    const row = rows.findIndex((pieces) => pieces.includes(event.target));
    if (row < 0) return;
    const to = moved(
      event.key,
      [row, rows[row].indexOf(event.target)],
      [this.asked.length, this.told.length],
    );
    if (!to) return;
    rows[to[0]][to[1]].focus();
    event.preventDefault();
  }

  pick(step) {
    if (!this.data.weights.length) return;
    this.picked = step;
    this.told.forEach((button, i) => button.setAttribute("aria-pressed", i === step));
    this.stay();
  }

  hold(step, place) {
    if (step === null) return;
    this.pick(null);
    this.tell({ of: this.data.of, step, place });
  }

  draw(event, step) {
    // A mouse draws the gaze from a word to another; a finger scrolls, and presses the two.
    if (event.pointerType !== "mouse" || event.button || !this.data.weights.length) return;
    event.preventDefault();
    const over = (at) => this.asked.indexOf(document.elementFromPoint(at.clientX, at.clientY));
    const from = this.told[step].offsetLeft + this.told[step].offsetWidth / 2;
    const move = (at) => {
      const box = this.drawing.getBoundingClientRect();
      const to = `${at.clientX - box.left} ${Math.max(2, at.clientY - box.top)}`;
      this.pulled.setAttribute("d", `M${from} ${HEIGHT - 2} L${to}`);
      this.mark([step], over(at) < 0 ? [] : [over(at)]);
    };
    const end = (at) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      this.pulled.removeAttribute("d");
      if (over(at) >= 0) this.hold(step, over(at));
      else this.stay();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-gaze");
  root.gaze ??= new Gaze(root);
  root.gaze.tell = (held) => setStateValue("held", held);
  root.gaze.receive(data);
}
