// One cell that is stepped through: diagram, formulas with their numbers, and all steps side by side.
// The server computes; this shows its numbers and says what the hand changes.
const PLAY_MS = 900;
const REPORT_MS = 350; // of rest before the page's address says where one is
const ANSWER_MS = 1500; // an answer that takes longer is not waited for
const NARROW_PX = 560;
const NEXT_HOLD = { "": "open", open: "shut", shut: "" };

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const ICONS = {
  first: "M3,3h2v10h-2z M13,3v10l-7,-5z",
  back: "M13,3v10l-7,-5z M3,5h2v6h-2z",
  play: "M4,2.5v11l9,-5.5z",
  pause: "M4,3h3v10h-3z M9,3h3v10h-3z",
  forward: "M3,3v10l7,-5z M11,5h2v6h-2z",
  last: "M3,3v10l7,-5z M11,3h2v10h-2z",
};

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

class Cell {
  constructor(root, data) {
    Object.assign(this, { root, mode: data.show, t: data.at, unit: data.unit, shapes: {} });
    Object.assign(this, { serial: data.serial, sent: data.serial, sentAt: 0, local: {} });
    this.asked = new Set();
    this.parts = Object.fromEntries(
      ["bar", "diagram", "formulas", "unrolled", "spoken"].map((name) => [
        name, root.querySelector(`.${name}`),
      ]));
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
    const told = JSON.stringify([data.at, data.unit, data.show]);
    if (this.told !== undefined && told !== this.told && !this.asked.has(told)) {
      [this.t, this.unit, this.mode] = [data.at, data.unit, data.show];
    }
    this.told = told;
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
    const page = getComputedStyle(this.root).getPropertyValue("--st-background-color");
    const [own, other] = luminance(rgb(page)) < 0.2 ? ["dark", "light"] : ["light", "dark"];
    this.palette = this.data.palette[own];
    this.inks = [this.data.ink[own], this.data.ink[other]];
    for (const [name, stop] of [["low", 0], ["zero", 1], ["high", 2]]) {
      this.root.style.setProperty(`--${name}`, this.palette[stop][1]);
    }
    this.root.style.setProperty("--cell", this.data.colour[own]);
    this.root.style.setProperty("--panel", this.data.panel[own]);
    this.root.style.setProperty("--quiet", this.data.quiet[own]);
  }

  // ---- what is shown ----

  value(name, unit, t, kind = this.mode) {
    const row = this.data.rows.find((row) => row.name === name);
    return t < 0 ? row.start[kind][unit] : row[kind][t][unit];
  }

  scale(name) {
    if (this.mode === "gradients") return this.data.most_gradient || 1;
    return this.data.rows.find((row) => row.name === name).scale;
  }

  paint(value, scale) {
    const back = shade(value / scale, this.palette);
    const [ink, other] = this.inks;
    const better = contrast(back, rgb(ink)) >= contrast(back, rgb(other)) ? ink : other;
    return [`rgb(${back.join(" ")})`, better];
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
    this.drawBar();
    this.drawDiagram();
    this.drawFormulas();
    this.drawUnrolled();
  }

  changed(part, shape) {
    // Whether a part must be built anew, not only filled with other numbers.
    const said = JSON.stringify(shape);
    if (this.shapes[part] === said) return false;
    this.shapes[part] = said;
    return true;
  }

  drawBar() {
    const { words, units, steps } = this.data;
    if (this.changed("bar", [words, units])) {
      const button = (sign, name, act) =>
        make("button", { type: "button", "aria-label": name, title: name, onclick: act }, icon(sign));
      const choice = (name, options, act) =>
        make("span", { class: "choice", role: "group", "aria-label": name },
          ...options.map(([value, label]) =>
            make("button", { type: "button", "data-value": value, onclick: () => act(value) }, label)));
      this.play = button("play", words.play, () => this.toggle());
      this.counter = make("span", { class: "counter" });
      this.units = choice(words.unit, [...Array(units).keys()].map((u) => [u, `${words.unit} ${u + 1}`]),
        (unit) => this.go({ unit }));
      this.modes = choice(words.shown,
        [["values", words.values], ["gradients", words.gradients]], (mode) => this.go({ mode }));
      this.key = make("span", { class: "key", "aria-hidden": "true" },
        make("span", { class: "least" }), make("span", { class: "ramp" }), make("span", { class: "most" }));
      this.parts.bar.replaceChildren(
        make("span", { class: "transport" },
          button("first", words.first, () => this.go({ t: 0 })),
          button("back", words.back, () => this.go({ t: this.t - 1 })),
          this.play,
          button("forward", words.forward, () => this.go({ t: this.t + 1 })),
          button("last", words.last, () => this.go({ t: this.data.steps - 1 }))),
        this.counter,
        ...(units > 1 ? [this.units] : []),
        this.modes, this.key);
    }
    this.play.replaceChildren(icon(this.playing ? "pause" : "play"));
    this.play.setAttribute("aria-label", this.playing ? words.pause : words.play);
    this.play.title = this.playing ? words.pause : words.play;
    this.counter.textContent = words.step.replace("{step}", this.t + 1).replace("{steps}", steps);
    for (const [group, chosen] of [[this.units, this.unit], [this.modes, this.mode]]) {
      for (const one of group.children) {
        one.setAttribute("aria-pressed", one.dataset.value === String(chosen));
      }
    }
    const most = this.mode === "gradients" ? this.data.most_gradient : 1;
    this.key.querySelector(".least").textContent = this.say(-most);
    this.key.querySelector(".most").textContent = most ? `+${this.say(most)}` : "0";
  }

  drawDiagram() {
    const { data } = this;
    const narrow = this.root.clientWidth > 0 && this.root.clientWidth < NARROW_PX;
    const shape = [data.cell, data.units, data.activation, narrow];
    if (this.changed("diagram", shape)) {
      this.pen = drawCell(this.parts.diagram, data, narrow);
      for (const { name, group } of this.pen.gates) group.onclick = () => this.hold(name);
      for (const { unit, box } of this.pen.swatches) {
        box.addEventListener("pointerenter", () => this.parts.diagram.setAttribute("data-unit", unit));
      }
    }
    this.parts.diagram.setAttribute("aria-label", data.alt);
    for (const { name, unit, before, box, rect, text } of this.pen.swatches) {
      const value = this.value(name, unit, this.t - before);
      const [back, ink] = this.paint(value, this.scale(name));
      rect.style.fill = back;
      text.style.fill = ink;
      const typed = name === "input" && this.mode === "values";
      text.textContent = typed ? this.plain(value) : this.say(value);
      const single = name === "input" || name === "output";
      box.classList.toggle("chosen", data.units > 1 && !single && unit === this.unit);
    }
    for (const { circle, text, by } of this.pen.ops) {
      const gate = by.replace("-", "");
      const open = data.rows.find((row) => row.name === gate).values[this.t];
      const mean = open.reduce((sum, value) => sum + value, 0) / open.length;
      const [back, ink] = this.paint(by === gate ? mean : 1 - mean, 1);
      circle.style.fill = back;
      text.style.fill = ink;
    }
    for (const { name, group, note } of this.pen.gates) {
      const how = this.held(name);
      note.textContent = how ? data.words[how] : "";
      group.classList.toggle("on", Boolean(how));
      group.setAttribute("aria-label",
        `${data.rows.find((row) => row.name === name).label}: ${data.words[how || "free"]}`);
    }
  }

  held(name) {
    return (this.local.held ?? {})[name] ?? this.data.held[name] ?? "";
  }

  weight(place) {
    return (this.local.weights ?? {})[place] ?? this.data.weights[place];
  }

  drawFormulas() {
    const lines = this.data.formulas[this.unit];
    const { words } = this.data;
    if (this.changed("formulas", [lines, words, this.unit])) {
      this.fills = [];
      this.parts.formulas.replaceChildren(...lines.map((line) => this.line(line)));
    }
    for (const fill of this.fills) fill();
  }

  line(line) {
    const left = typeset(make("span", { class: "left" }), line.symbol);
    const course = typeset(make("span", { class: "course" }), line.course);
    const numbers = make("span", { class: "numbers" });
    if (line.parts.length) {
      numbers.append("= ");
      line.parts.forEach((part, i) => {
        const before = line.parts[i - 1] ?? "("; // a minus needs no parentheses of its own there
        const alone = typeof before === "string" && before.endsWith("(");
        numbers.append(this.part(part, alone));
      });
    } else {
      const note = make("em");
      numbers.append(note);
      this.fills.push(() => (note.textContent = this.data.words[this.held(line.name) || "free"]));
    }
    const result = make("b", { class: "result" });
    const unit = line.name === "output" ? 0 : this.unit;
    this.fills.push(() => {
      const value = this.value(line.name, unit, this.t, "values");
      const [back, ink] = this.paint(value, this.data.rows.find((r) => r.name === line.name).scale);
      result.style.cssText = `background: ${back}; color: ${ink}`;
      result.textContent = this.say(value, 3);
    });
    numbers.append(make("span", { class: "gives" }, " = ", result));
    return make("div", { class: "line", "data-name": line.name },
      make("div", { class: "letters" }, left, " = ", course), numbers);
  }

  part(part, alone) {
    if (typeof part === "string") return typeset(make("span"), part);
    if ("w" in part) return this.scrubber(part.w, alone);
    const number = make("span", { class: "value" });
    this.fills.push(() => {
      const value = this.value(part.v, part.u, this.t - (part.b ?? 0), "values");
      const said = part.v === "input" ? this.plain(value) : this.say(value, 3);
      number.textContent = said.startsWith("−") && !alone ? `(${said})` : said;
    });
    return number;
  }

  // A weight: dragged sideways, turned with the arrow keys, or typed after a click.
  scrubber(place, alone) {
    const name = this.data.names[place];
    const number = make("span", {
      class: "weight", role: "spinbutton", tabindex: "0", title: `${name}. ${this.data.words.drag}`,
      "aria-label": name, "data-weight": place,
    });
    this.fills.push(() => {
      if (number.querySelector("input")) return;
      const value = this.weight(place);
      const said = this.plain(value);
      number.textContent = value < 0 && !alone ? `(${said})` : said;
      number.setAttribute("aria-valuenow", value);
    });
    const set = (value) => {
      const most = this.data.most_weight;
      const kept = Math.max(-most, Math.min(most, Number(value.toFixed(3))));
      this.edit({ weights: { ...this.local.weights, [place]: kept } });
    };
    let from = null;
    number.onpointerdown = (event) => {
      if (number.querySelector("input")) return;
      from = { x: event.clientX, value: this.weight(place), moved: false };
      number.setPointerCapture(event.pointerId);
      event.preventDefault();
      number.focus();
    };
    number.onpointermove = (event) => {
      if (!from) return;
      const by = event.clientX - from.x;
      from.moved ||= Math.abs(by) > 3;
      if (!from.moved) return;
      const step = Math.abs(from.value) >= 5 ? 0.1 : 0.02;
      set(Math.round((from.value + by * step) / step) * step);
    };
    number.onpointerup = () => {
      if (from && !from.moved) this.type(number, place, set);
      from = null;
    };
    number.onpointercancel = () => (from = null);
    number.onkeydown = (event) => {
      const turn = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
      if (number.querySelector("input")) return;
      if (turn) set(this.weight(place) + turn * (event.shiftKey ? 1 : 0.1));
      else if (event.key === "Enter") this.type(number, place, set);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    return number;
  }

  type(number, place, set) {
    const field = make("input", { inputmode: "decimal", "aria-label": this.data.names[place] });
    field.value = String(this.weight(place)).replace(".", this.data.words.point);
    number.replaceChildren(field);
    field.select();
    const close = (keep) => {
      field.onblur = null;
      const value = Number(field.value.replace(",", ".").replace("−", "-"));
      number.replaceChildren();
      if (keep && field.value.trim() && Number.isFinite(value)) set(value);
      else this.drawFormulas();
      number.focus();
    };
    field.onblur = () => close(true);
    field.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter") close(true);
      if (event.key === "Escape") close(false);
    };
  }

  // ---- all steps side by side ----

  drawUnrolled() {
    const { data } = this;
    const shape = [data.rows.map((row) => [row.name, row.symbol, row.label]), data.steps, data.units];
    if (this.changed("unrolled", [shape, data.words])) this.buildUnrolled();
    const inputs = this.inputs();
    for (const { row, unit, t, box } of this.boxes) {
      const value = this.value(row.name, unit, t);
      const now = this.data.rows.find((r) => r.name === row.name);
      const [back, ink] = this.paint(value, this.scale(row.name));
      box.style.background = back;
      box.style.color = ink;
      box.firstChild.textContent = this.say(value);
      box.title = `${now.label}${data.units > 1 && now.values[0].length > 1 ? `, ${data.words.unit} ${unit + 1}` : ""}, ` +
        `${data.words.step_word} ${t + 1}: ${this.say(value, 3)}`;
    }
    for (const { name, t, box, fill, number } of this.bars) {
      const all = name === "input" ? inputs : data.rows.find((r) => r.name === name).values.map((v) => v[0]);
      const reach = this.reach(all);
      const [value, height] = [all[t], 36 * Math.min(1, Math.abs(all[t]) / reach)];
      fill.style.height = `${height}%`;
      fill.style.top = value >= 0 ? `${50 - height}%` : "50%";
      fill.style.background = this.paint(value, reach)[0];
      number.textContent = name === "input" ? this.plain(value) : this.say(value);
      number.style.top = value >= 0 ? `calc(${50 - height}% - 1.15em)` : `${50 + height}%`;
      if (name === "input") {
        box.setAttribute("aria-valuenow", value);
        box.setAttribute("aria-valuemin", -reach);
        box.setAttribute("aria-valuemax", reach);
      }
    }
    this.columns.forEach((column) => column.classList.toggle("now", Number(column.dataset.t) === this.t));
    this.frame.style.gridColumn = `${this.t + 2}`;
  }

  reach(values) {
    return this.drawing ?? Math.max(1, Math.ceil(Math.max(...values.map(Math.abs))));
  }

  inputs() {
    return this.local.inputs ?? this.data.rows.find((row) => row.name === "input").values.map((v) => v[0]);
  }

  buildUnrolled() {
    const { data } = this;
    const grid = make("div", { class: "grid", role: "group", "aria-label": data.words.unrolled });
    grid.style.setProperty("--steps", data.steps);
    [this.boxes, this.bars, this.columns] = [[], [], []];
    let line = 1;
    const place = (element, row, column, height = 1) => {
      element.style.gridArea = `${row} / ${column} / span ${height}`;
      grid.append(element);
      return element;
    };
    const barRow = (name) => {
      const row = data.rows.find((r) => r.name === name);
      const label = place(make("div", { class: "symbol", "data-name": name, title: row.label }), line, 1);
      typeset(label, row.symbol);
      for (let t = 0; t < data.steps; t++) {
        const [fill, number] = [make("span", { class: "fill" }), make("span", { class: "number" })];
        const box = place(
          make("div", { class: `bar-box ${name}`, "data-t": t, "data-name": name }, fill, number), line, t + 2);
        if (name === "input") {
          box.setAttribute("role", "slider");
          box.setAttribute("tabindex", "0");
          box.setAttribute("aria-label", `x, ${data.words.step_word} ${t + 1}`);
        } else box.onclick = () => this.go({ t });
        this.bars.push({ name, t, box, fill, number });
      }
      if (name === "input") {
        label.append(make("span", { class: "length" },
          make("button", { type: "button", title: data.words.shorter, "aria-label": data.words.shorter,
            onclick: () => this.longer(-1) }, "−"),
          make("button", { type: "button", title: data.words.longer, "aria-label": data.words.longer,
            onclick: () => this.longer(1) }, "+")));
      }
      line += 1;
    };
    const heatRow = (row) => {
      const units = row.values[0].length;
      const label = place(
        make("div", { class: "symbol slopes", "data-name": row.name, title: row.label }), line, 1, units);
      typeset(label, row.symbol);
      for (let unit = 0; unit < units; unit++, line++) {
        for (let t = 0; t < data.steps; t++) {
          const box = place(
            make("button", { type: "button", class: "box", tabindex: "-1", "data-name": row.name, "data-t": t },
              make("span")), line, t + 2);
          box.classList.toggle("first", unit === 0);
          box.onclick = () => this.go({ t, unit: row.name === "input" ? this.unit : unit });
          this.boxes.push({ row, unit, t, box });
        }
      }
    };
    barRow("output");
    for (const row of data.rows) {
      if (row.name !== "output" && row.name !== "input") heatRow(row);
    }
    heatRow(data.rows.find((row) => row.name === "input"));
    barRow("input");
    for (let t = 0; t < data.steps; t++) {
      const head = make("button", { type: "button", class: "head", "data-t": t, onclick: () => this.go({ t }) },
        String(t + 1));
      head.setAttribute("aria-label", `${data.words.step_word} ${t + 1}`);
      this.columns.push(place(head, line, t + 2));
    }
    place(make("div", { class: "symbol steps" }, data.words.step_word), line, 1);
    this.frame = make("div", { class: "now-frame", "aria-hidden": "true" });
    this.frame.style.gridRow = `1 / ${line + 1}`;
    grid.append(this.frame);
    grid.onpointerdown = (event) => this.startDrawing(event, grid);
    this.parts.unrolled.replaceChildren(grid);
  }

  startDrawing(event, grid) {
    const hit = event.target.closest(".bar-box.input");
    if (!hit) return;
    event.preventDefault();
    hit.focus();
    this.drawing = this.reach(this.inputs());
    const bars = this.bars.filter((bar) => bar.name === "input").map((bar) => bar.box);
    const set = ({ clientX, clientY }) => {
      const at = bars.findIndex((box) => {
        const { left, right } = box.getBoundingClientRect();
        return clientX >= left && clientX <= right;
      });
      if (at < 0) return;
      const { top, height } = bars[at].getBoundingClientRect();
      const place = Math.max(-1, Math.min(1, (0.5 - (clientY - top) / height) / 0.36));
      this.t = at;
      this.input(at, Math.round(10 * place * this.drawing) / 10);
    };
    grid.setPointerCapture(event.pointerId);
    grid.onpointermove = set;
    grid.onpointerup = grid.onpointercancel = () => {
      grid.onpointermove = grid.onpointerup = grid.onpointercancel = null;
      this.drawing = undefined;
      this.draw();
      this.report();
    };
    set(event);
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
      const place = { at: this.t, unit: this.unit, show: this.mode };
      const said = JSON.stringify([place.at, place.unit, place.show]);
      if (said === this.told) return;
      this.asked.add(said);
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
    if (!this.waiting || performance.now() - this.sentAt > ANSWER_MS) this.send();
  }

  send() {
    this.waiting = true;
    [this.sent, this.sentAt] = [this.serial, performance.now()];
    this.asked.add(JSON.stringify([this.t, this.unit, this.mode]));
    const place = { at: this.t, unit: this.unit, show: this.mode };
    this.tell("edit", { serial: this.serial, ...place, ...this.local });
  }

  resized() {
    if (this.data) this.drawDiagram();
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-cell");
  root.cell ??= new Cell(root, data);
  root.cell.receive(data, setStateValue);
}
