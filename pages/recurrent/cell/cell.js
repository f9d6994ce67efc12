// One cell that is stepped through: diagram, formulas with their numbers, and all steps side by side.
// The server computes; this shows its numbers and says what the hand changes.
import { readable, shade, themeOf } from "../../../ui/components/colour.js";
import { drawBar } from "./bar.js";
import { drawDiagram } from "./diagram.js";
import { drawFormulas } from "./formulas.js";
import { written } from "./typeset.js";
import { drawUnrolled } from "./unrolled.js";

const PLAY_MS = 900;
const REPORT_MS = 350; // of rest before the page's address says where one is
const ANSWER_MS = 1500; // an answer that takes longer is not waited for
const NEXT_HOLD = { "": "open", open: "shut", shut: "" };

class Cell {
  serial; // of the last edit
  sent; // of the last edit that the server was told of
  sentAt = 0;
  local = {}; // edits that the server's numbers do not know yet
  asked = new Set(); // places that the hand asked for
  shapes = {}; // of what the parts were built for
  counter; // the element that says which step is shown
  bars; // of inputs and outputs
  drawing; // while the hand draws inputs: the height of their bars

  constructor(root, data) {
    this.root = root;
    [this.mode, this.t, this.unit] = [data.show, data.at, data.unit];
    this.serial = this.sent = data.serial;
    this.parts = Object.fromEntries(
      ["bar", "diagram", "formulas", "unrolled", "spoken"].map((name) => [
        name,
        root.querySelector(`.${name}`),
      ]),
    );
    this.sized = new ResizeObserver(() => this.resized());
    this.sized.observe(root);
    root.onkeydown = (event) => this.keyed(event);
    root.onpointerover = (event) => this.focus(event.target.closest?.("[data-name]"));
    root.onpointerleave = () => this.focus(null);
  }

  receive(data, tell) {
    this.data = data;
    this.tell = tell;
    // The page overrules the hand only with a place that the hand has not asked for itself.
    const place = JSON.stringify([data.at, data.unit, data.show]);
    if (this.place !== undefined && place !== this.place && !this.asked.has(place)) {
      [this.t, this.unit, this.mode] = [data.at, data.unit, data.show];
    }
    this.place = place;
    if (data.serial >= this.sent) {
      this.waiting = false;
      if (this.serial === data.serial) this.local = {};
      else this.send();
    }
    this.t = Math.min(this.t, data.steps - 1);
    this.unit = Math.min(this.unit, data.units - 1);
    this.colours();
    this.draw();
  }

  colours() {
    const own = themeOf(this.root);
    const other = own === "dark" ? "light" : "dark";
    this.palette = this.data.palette[own];
    this.inks = [this.data.ink[own], this.data.ink[other]];
    for (const [name, stop] of [
      ["low", 0],
      ["zero", 1],
      ["high", 2],
    ]) {
      this.root.style.setProperty(`--${name}`, this.palette[stop][1]);
    }
    this.root.style.setProperty("--cell", this.data.colour[own]);
    this.root.style.setProperty("--panel", this.data.panel[own]);
    this.root.style.setProperty("--quiet", this.data.quiet[own]);
  }

  // ---- what is shown ----

  value(name, unit, t, kind = this.mode) {
    const row = this.data.rows.find((one) => one.name === name);
    return t < 0 ? row.start[kind][unit] : row[kind][t][unit];
  }

  scale(name) {
    if (this.mode === "gradients") return this.data.most_gradient || 1;
    return this.data.rows.find((row) => row.name === name).scale;
  }

  paint(value, scale) {
    const back = shade(value / scale, this.palette);
    return [`rgb(${back.join(" ")})`, readable(back, this.inks)];
  }

  say(value, decimals = 2) {
    return written(value, decimals, this.data.words.point);
  }

  plain(value) {
    // As it was typed, drawn or set: without zeros at its end.
    return String(value).replace("-", "−").replace(".", this.data.words.point);
  }

  draw() {
    this.root.dataset.mode = this.mode;
    this.root.toggleAttribute("data-playing", Boolean(this.playing));
    drawBar(this);
    drawDiagram(this);
    drawFormulas(this);
    drawUnrolled(this);
  }

  changed(part, shape) {
    // Whether a part must be built anew, not only filled with other numbers.
    const text = JSON.stringify(shape);
    if (this.shapes[part] === text) return false;
    this.shapes[part] = text;
    return true;
  }

  held(name) {
    return (this.local.held ?? {})[name] ?? this.data.held[name] ?? "";
  }

  weight(place) {
    return (this.local.weights ?? {})[place] ?? this.data.weights[place];
  }

  inputs() {
    return (
      this.local.inputs ??
      this.data.rows.find((row) => row.name === "input").values.map((v) => v[0])
    );
  }

  input(t, value) {
    const inputs = [...this.inputs()];
    inputs[t] = Math.max(-this.data.most_input, Math.min(this.data.most_input, value)) || 0;
    this.edit({ inputs });
  }

  longer(by) {
    const inputs = [...this.inputs()];
    if (by < 0 && inputs.length > 1) inputs.pop();
    if (by > 0 && inputs.length < this.data.most_steps) inputs.push(0);
    if (inputs.length !== this.inputs().length) this.edit({ inputs });
  }

  // ---- what the hand does ----

  go({ t = this.t, unit = this.unit, mode = this.mode }, speak = true) {
    this.t = Math.max(0, Math.min(this.data.steps - 1, Number(t)));
    this.unit = Number(unit);
    this.mode = mode;
    this.draw();
    if (speak) {
      const out = this.value("output", 0, this.t, "values");
      this.parts.spoken.textContent = `${this.counter.textContent}: o = ${this.say(out, 3)}`;
    }
    this.report();
  }

  report() {
    clearTimeout(this.resting);
    if (this.playing) return;
    this.resting = setTimeout(() => {
      // Until the page shows an edit, its controls would tell the server what they were before it.
      if (this.unanswered()) return this.report();
      const place = { at: this.t, unit: this.unit, show: this.mode };
      const text = JSON.stringify([place.at, place.unit, place.show]);
      if (text === this.place) return;
      this.asked.add(text);
      this.tell("place", place);
    }, REPORT_MS);
  }

  toggle() {
    clearInterval(this.playing);
    if (this.playing) this.playing = null;
    else {
      if (this.t === this.data.steps - 1) this.t = -1;
      this.playing = setInterval(() => this.tick(), PLAY_MS);
      this.tick();
    }
    this.draw();
    this.report();
  }

  tick() {
    if (!this.root.isConnected) return clearInterval(this.playing);
    this.go({ t: this.t + 1 }, false);
    if (this.t === this.data.steps - 1) this.toggle();
  }

  keyed(event) {
    const bar = event.target.closest(".bar-box.input");
    const gate = event.target.closest(".pressable");
    if (gate && (event.key === "Enter" || event.key === " ")) this.hold(gate.dataset.name);
    else if (bar && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const t = Number(bar.dataset.t);
      const by = (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 0.01 : 0.1);
      this.t = t;
      this.input(t, Math.round(100 * (this.inputs()[t] + by)) / 100);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      this.go({ t: this.t + (event.key === "ArrowRight" ? 1 : -1) });
      if (bar) this.bars.find((b) => b.name === "input" && b.t === this.t).box.focus();
    } else return;
    event.preventDefault();
  }

  hold(name) {
    this.edit({ held: { ...this.local.held, [name]: NEXT_HOLD[this.held(name)] } });
  }

  focus(hit) {
    const name = hit && this.root.contains(hit) ? hit.dataset.name : "";
    if (this.focused === name) return;
    this.focused = name;
    for (const part of this.root.querySelectorAll("[data-name]")) {
      part.classList.toggle("focus", Boolean(name) && part.dataset.name === name);
    }
  }

  edit(change) {
    Object.assign(this.local, change);
    this.serial += 1;
    this.draw();
    if (!this.unanswered()) this.send();
  }

  unanswered() {
    return this.waiting && performance.now() - this.sentAt <= ANSWER_MS;
  }

  send() {
    clearTimeout(this.resting); // an edit tells the place, too
    this.waiting = true;
    [this.sent, this.sentAt] = [this.serial, performance.now()];
    this.asked.add(JSON.stringify([this.t, this.unit, this.mode]));
    const place = { at: this.t, unit: this.unit, show: this.mode };
    this.tell("edit", { serial: this.serial, ...place, ...this.local });
  }

  resized() {
    if (this.data) drawDiagram(this);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-cell");
  root.cell ??= new Cell(root, data);
  root.cell.receive(data, setStateValue);
}
