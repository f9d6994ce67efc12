// What the drawings of the cells are made of: wires, boxes, numbers, signs.
import { svg } from "../../../ui/components/dom.js";
import { typesetSvg } from "./typeset.js";

export const ROW = 24; // of a number
export const OPS = 12; // radius of × and +

/** Draws one cell, and keeps what will be filled in. */
export class Pen {
  swatches = []; // where numbers stand
  gates = [];
  ops = []; // × and +

  constructor(canvas, data, narrow) {
    this.canvas = canvas;
    this.data = data;
    this.narrow = narrow;
    this.half = (data.units * ROW) / 2;
    this.wide = narrow ? 54 : 62; // of a number
    canvas.replaceChildren();
    this.wires = this.add(canvas, "g", { class: "wires" });
    const defs = this.add(canvas, "defs");
    const tip = this.add(defs, "marker", {
      id: "pangloss-tip",
      viewBox: "0 0 8 8",
      refX: 7,
      refY: 4,
      markerWidth: 7,
      markerHeight: 7,
      orient: "auto-start-reverse",
    });
    this.add(tip, "path", { d: "M0,0.6 L7.4,4 L0,7.4 Z", class: "tip" });
  }

  add(parent, tag, attributes = {}) {
    const element = svg(tag, attributes);
    parent.append(element);
    return element;
  }

  size(width, height) {
    this.canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.canvas.style.aspectRatio = `${width} / ${height}`;
  }

  wire(path, tip = false) {
    this.add(this.wires, "path", {
      d: path,
      ...(tip ? { "marker-end": "url(#pangloss-tip)" } : {}),
    });
  }

  dot(x, y) {
    this.add(this.wires, "circle", { cx: x, cy: y, r: 3.2, class: "dot" });
  }

  label(x, y, formula, kind = "symbol", anchor = "middle") {
    const text = this.add(this.canvas, "text", { x, y, class: kind, "text-anchor": anchor });
    return typesetSvg(text, formula);
  }

  numbers(group, x, y, name, before = 0) {
    // The numbers of all units, one below the other, centred at (x, y).
    const units = name === "input" || name === "output" ? 1 : this.data.units;
    for (let unit = 0; unit < units; unit++) {
      const top = y - (units * ROW) / 2 + unit * ROW;
      const box = this.add(group, "g", { class: "swatch", "data-unit": unit });
      const rect = this.add(box, "rect", {
        x: x - this.wide / 2,
        y: top + 1,
        width: this.wide,
        height: ROW - 2,
        rx: 2,
      });
      const text = this.add(box, "text", { x, y: top + ROW / 2 + 5, "text-anchor": "middle" });
      this.swatches.push({ name, unit, before, box, rect, text });
    }
  }

  plate(x, y, name, symbol, before = 0) {
    const group = this.add(this.canvas, "g", { class: "plate", "data-name": name });
    const half = name === "input" || name === "output" ? ROW / 2 : this.half;
    this.add(group, "rect", {
      x: x - this.wide / 2 - 2,
      y: y - half - 2,
      width: this.wide + 4,
      height: 2 * half + 4,
      rx: 3,
      class: "frame",
    });
    this.numbers(group, x, y, name, before);
    this.label(x, y - half - 9, symbol);
  }

  gate(x, top, name, symbol, squash, held, side = this.narrow ? 7 : 15) {
    // A box with its symbol, the function that it ends in, and the numbers; a gate can be pressed.
    const width = this.wide + 2 * side;
    const group = this.add(this.canvas, "g", { class: "gate", "data-name": name });
    const button = this.add(group, "rect", {
      x: x - width / 2,
      y: top,
      width,
      height: this.boxHeight(),
      rx: 5,
      class: "frame",
    });
    const pad = this.narrow ? 8 : 12;
    const at = { y: top + 20 };
    typesetSvg(this.add(group, "text", { x: x - width / 2 + pad, ...at, class: "symbol" }), symbol);
    typesetSvg(
      this.add(group, "text", {
        x: x + width / 2 - pad,
        ...at,
        class: "squash",
        "text-anchor": "end",
      }),
      squash,
    );
    this.numbers(group, x, top + 30 + this.half, name);
    if (held === undefined) return group;
    const note = this.add(group, "text", {
      x,
      y: top + this.boxHeight() - 8,
      class: "held",
      "text-anchor": "middle",
    });
    group.classList.add("pressable");
    button.setAttribute("role", "button"); // not the group, whose numbers are no part of its name
    button.setAttribute("tabindex", "0");
    this.gates.push({ name, group, button, note });
    return group;
  }

  boxHeight() {
    return 30 + 2 * this.half + 24;
  }

  op(x, y, sign, by) {
    // × takes the colour of the gate that it multiplies by: what is let through.
    const group = this.add(this.canvas, "g", { class: "op" });
    const circle = this.add(group, "circle", { cx: x, cy: y, r: OPS });
    const text = this.add(group, "text", { x, y: y + 6, "text-anchor": "middle" });
    text.textContent = sign;
    if (by) this.ops.push({ circle, text, by });
  }

  squash(x, y, formula, name) {
    const width = 24 + 7 * formula.replace(/[_{}]/g, "").length;
    const group = this.add(this.canvas, "g", {
      class: "function",
      ...(name ? { "data-name": name } : {}),
    });
    this.add(group, "rect", { x: x - width / 2, y: y - 13, width, height: 26, rx: 13 });
    typesetSvg(this.add(group, "text", { x, y: y + 5, "text-anchor": "middle" }), formula);
  }
}
