// The glass: one training example after the other, step by step, in a network of two numbers a word.
// Everything is computed here, from the sentence and the first vectors that the server sends.
import { filled, html } from "../../../../ui/components/dom.js";
import { drawNetwork, drawPlane } from "./stage.js";
import {
  afterStep,
  drawnWords,
  examplesOf,
  meanOf,
  negativeSampling,
  randomNumbers,
} from "./example.js";

const PHASES = ["window", "drawn", "scores", "arrows", "moved"];
const MANY = 500; // examples at a press
const RECENT = 100; // losses that are averaged
const PLAY_MS = 1300;

class Glass {
  data; // as the server sent it
  text; // the same, to know whether anything is new
  examples = []; // of the text
  model; // { inputs, outputs }: two numbers a word
  before; // the model before the example is learned
  random; // draws
  at = 0; // which example
  phase = 0; // how far it is
  seen = 0; // examples learned
  losses = []; // the latest
  read = []; // words whose input vectors are read
  held = []; // words that are held against them, the true one first
  hidden = [];
  result; // of negativeSampling
  timer = null; // while it plays

  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    const [step, next, play, many, again] = this.find(".steps").children;
    step.onclick = () => this.act(() => this.step());
    next.onclick = () => this.act(() => this.nextExample());
    many.onclick = () => this.act(() => this.runMany());
    again.onclick = () => this.act(() => this.begin());
    play.onclick = () => {
      if (this.timer) this.pause();
      else {
        this.timer = setInterval(() => this.step(), PLAY_MS);
        this.show();
      }
    };
  }

  receive(data) {
    const text = JSON.stringify(data);
    if (this.text === text) return;
    this.text = text;
    this.data = data;
    clearInterval(this.timer);
    this.timer = null;
    this.examples = examplesOf(data.ids, data.method, data.window);
    this.writeWords();
    this.begin();
  }

  act(what) {
    this.pause();
    what();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.show();
  }

  begin() {
    const { data } = this;
    this.model = { inputs: data.inputs, outputs: data.outputs };
    this.random = randomNumbers(data.seed);
    [this.at, this.phase, this.seen, this.losses] = [0, 0, 0, []];
    this.prepare();
    this.show();
  }

  // ---- the example ----

  prepare() {
    const { data, examples } = this;
    const example = examples[this.at];
    if (!example) return;
    const word = (place) => data.ids[place];
    this.read = example.inputs.map(word);
    const target = word(example.target);
    this.held = [target, ...drawnWords(this.random, data.shares, data.negatives, target)];
    this.hidden = meanOf(this.read.map((i) => this.model.inputs[i]));
    this.result = negativeSampling(
      this.hidden,
      this.held.map((i) => this.model.outputs[i]),
    );
    this.before = this.model;
  }

  step() {
    if (!this.examples.length) return;
    if (this.phase === PHASES.length - 1) this.forward();
    else {
      this.phase += 1;
      if (PHASES[this.phase] === "moved") this.learn();
    }
    this.show();
  }

  learn() {
    const { read, held, result, data } = this;
    this.model = afterStep(this.model, read, held, result, data.rate);
    this.losses = [...this.losses.slice(1 - RECENT), result.loss];
    this.seen += 1;
  }

  forward() {
    this.at = (this.at + 1) % this.examples.length;
    this.phase = 0;
    this.prepare();
  }

  nextExample() {
    if (!this.examples.length) return;
    if (PHASES[this.phase] !== "moved") this.learn();
    this.forward();
    this.show();
  }

  runMany() {
    // In an order that is drawn, as training does; then the text goes on where it was.
    const { at } = this;
    for (let i = 0; i < MANY && this.examples.length; i++) {
      this.at = Math.floor(this.random() * this.examples.length);
      this.prepare();
      this.learn();
    }
    [this.at, this.phase] = [at, 0];
    this.prepare();
    this.show();
  }

  goTo(place) {
    const at = this.examples.findIndex((example) => example.at === place);
    if (at < 0) return;
    [this.at, this.phase] = [at, 0];
    this.prepare();
    this.show();
  }

  // ---- what is shown ----

  writeWords() {
    const { data, root } = this;
    const { words } = data;
    root.setAttribute("aria-label", words.alt);
    const names = [words.step, words.next, words.play, words.many, words.again];
    const buttons = Array.from(this.find(".steps").children);
    buttons.forEach((button, i) => (button.textContent = names[i]));
    this.find(".network figcaption").textContent = words[data.method];
    this.find(".plane figcaption").textContent = words.plane;
    let place = 0;
    const lines = data.sentences.map((sentence) => {
      const line = html("p", "line");
      sentence.forEach((word) => {
        const button = html("button", "word", word);
        button.type = "button";
        const own = place;
        button.dataset.place = own;
        button.onclick = () => this.act(() => this.goTo(own));
        line.append(button);
        place += 1;
      });
      place += 1; // the end of the sentence
      return line;
    });
    this.find(".sentence").replaceChildren(...lines);
  }

  number(value, digits = 2) {
    const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(this.data.language, format).format(value).replace("-", "−");
  }

  vector(values) {
    const apart = this.data.language === "fr" ? " ; " : ", ";
    return `(${values.map((value) => this.number(value)).join(apart)})`;
  }

  show() {
    const { data, root } = this;
    const phase = PHASES[this.phase];
    const [, , play] = this.find(".steps").children;
    play.textContent = this.timer ? data.words.pause : data.words.play;
    Object.assign(root.dataset, { phase, example: this.at, seen: this.seen });
    const example = this.examples[this.at];
    for (const button of root.querySelectorAll(".sentence button")) {
      const place = Number(button.dataset.place);
      const isCentre = example?.at === place;
      const inWindow =
        example && (data.method === "cbow" ? example.inputs.includes(place) : this.isNear(place));
      button.classList.toggle("centre", isCentre);
      button.classList.toggle("near", Boolean(inWindow) && !isCentre);
      button.classList.toggle("target", data.method !== "cbow" && example?.target === place);
      if (isCentre) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (!example) {
      this.find(".said").textContent = data.words.nothing;
      return;
    }
    this.find(".said").textContent = this.sentence(phase);
    const mean = this.losses.reduce((sum, loss) => sum + loss, 0) / this.losses.length;
    this.find(".count").textContent = this.losses.length
      ? filled(data.words.count, {
          seen: this.seen.toLocaleString(data.language),
          loss: this.number(mean),
        })
      : "";
    root.dataset.loss = this.result.loss;
    drawNetwork(this, this.phase);
    drawPlane(this, this.phase);
  }

  isNear(place) {
    const example = this.examples[this.at];
    const same = this.examples.filter(({ at }) => at === example.at);
    return same.some(({ target }) => target === place);
  }

  sentence(phase) {
    const { data, read, held, result } = this;
    const name = (i) => data.vocabulary[i];
    const drawn = held.slice(1).map(name);
    const values = {
      read: [...new Set(read.map(name))].join(", "),
      target: name(held[0]),
      drawn: drawn.join(", "),
      count: drawn.length,
      window: data.window,
      rate: this.number(data.rate),
      score: this.number(result.scores[0]),
      probability: this.number(result.probabilities[0]),
      loss: this.number(result.loss),
      pull: this.number(-result.errors[0]),
      pushes: result.errors
        .slice(1)
        .map((error) => this.number(error))
        .join(", "),
    };
    return filled(data.words[`${phase}_${data.method === "cbow" ? "cbow" : "skip"}`], values);
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-glass");
  root.glass ??= new Glass(root);
  root.glass.receive(data);
  return () => {
    if (!root.isConnected) clearInterval(root.glass.timer);
  };
}
