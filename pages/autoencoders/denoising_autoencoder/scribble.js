// A sheet to draw on, and what cleaners make of it at every stroke. Names and texts are somebody's:
// they enter the page by textContent and by nothing else.
import { blobNamed, floatsOf, floatsOfHalves } from "../../../ui/components/bytes.js";
import { themeOf } from "../../../ui/components/colour.js";
import { filled, html } from "../../../ui/components/dom.js";
import { drawPicture } from "../../../ui/components/planes/picture.js";
import { cleaned, psnr, readLayers } from "./forward.js";
import { drawStroke } from "./stroke.js";

const SPEAK_MS = 500;

class Pad {
  clean;
  noisy;

  constructor(root) {
    this.root = root;
    this.mode = "draw"; // or "erase"
    this.start = "noisy"; // or "clean": what one begins with
    this.chosen = 0; // of the digits
    /** @type {[number, number]} */
    this.cursor = null;
    this.find = (name) => root.querySelector(name);
    this.ink = this.find(".ink");
    this.glass = this.find(".glass");
    this.arrived = () => this.look();
    this.elsewhere = ({ target }) => {
      if (!this.find(".pad").contains(target)) delete this.find(".pad").dataset.tapped;
    };
    root.onpointerenter = () => themeOf(root) !== this.theme && this.show();
    this.listen();
  }

  receive(data) {
    const before = this.data;
    this.data = data;
    [this.clean, this.noisy] = [floatsOf(data.clean), floatsOf(data.noisy)];
    const others = !before || before.clean !== data.clean || before.noisy !== data.noisy;
    if (this.chosen >= data.names.length) this.chosen = 0;
    this.write();
    if (others) this.begin(this.start);
    this.look();
  }

  look() {
    // The weights come by themselves, before the rest or behind it.
    const { weights, cleaners } = this.data;
    document.removeEventListener("pangloss-blob", this.arrived);
    if (this.have !== weights) {
      const bytes = blobNamed(weights);
      if (!bytes) {
        document.addEventListener("pangloss-blob", this.arrived);
        return;
      }
      this.have = weights;
      this.layers = readLayers(cleaners, floatsOfHalves(bytes));
    }
    this.show();
  }

  of(images) {
    const size = this.data.size[0] * this.data.size[1];
    return images.subarray(this.chosen * size, (this.chosen + 1) * size);
  }

  begin(start) {
    this.start = start;
    this.pixels = this.of(this[start]).slice();
    this.show();
  }

  // ---- the hand ----

  listen() {
    const { glass } = this;
    const pad = this.find(".pad");
    let last = null;
    let before = null; // what the sheet was, for a finger that turns out to scroll the page
    const at = (event) => {
      const box = glass.getBoundingClientRect();
      const [height, width] = this.data.size;
      return [
        ((event.clientX - box.left) / box.width) * width - 0.5,
        ((event.clientY - box.top) / box.height) * height - 0.5,
      ];
    };
    glass.onpointerdown = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      pad.focus({ preventScroll: true, focusVisible: false });
      glass.setPointerCapture(event.pointerId);
      this.cursor = null;
      before = this.pixels.slice();
      last = at(event);
      this.stroke(last, last);
    };
    glass.onpointermove = (event) => {
      if (!last) return;
      const here = at(event);
      this.stroke(last, here);
      last = here;
    };
    glass.onpointerup = () => {
      last = null;
      pad.dataset.tapped = ""; // from now on a finger draws in any direction
      this.speak();
    };
    glass.onpointercancel = () => {
      if (last) this.pixels = before;
      last = null;
      this.show();
    };
    document.addEventListener("pointerdown", this.elsewhere);
    pad.onkeydown = (event) => this.keyed(event);
    pad.onblur = () => {
      this.cursor = null;
      this.show();
    };
  }

  keyed(event) {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [height, width] = this.data.size;
    this.cursor ??= [width >> 1, height >> 1];
    if (event.key in arrows) {
      const [across, down] = arrows[event.key];
      const within = (value, count) => Math.max(0, Math.min(count - 1, value));
      const [x, y] = this.cursor;
      this.cursor = [within(x + across, width), within(y + down, height)];
      this.show();
    } else if (event.key === "Enter" || event.key === " ") {
      this.stroke(this.cursor, this.cursor);
    } else return;
    event.preventDefault();
    this.speak();
  }

  stroke(from, to) {
    drawStroke(this.pixels, this.data.size, from, to, this.mode === "erase");
    this.show();
  }

  // ---- what is shown ----

  write() {
    const { data, root } = this;
    const { words } = data;
    const content = JSON.stringify([words, data.names, data.cleaners, data.alt]);
    if (this.content === content) return; // so that a focus stays where it is
    this.content = content;
    root.setAttribute("aria-label", data.alt);
    this.find(".pad").setAttribute("aria-label", `${words.pad}. ${words.keys}`);
    this.find(".pad").dataset.tap = words.tap;
    const group = (name, label, buttons) => {
      const node = this.find(name);
      node.setAttribute("aria-label", label);
      node.replaceChildren(...buttons);
    };
    const button = (text, act, value) => {
      const made = html("button", "", text);
      [made.type, made.onclick, made.dataset.value] = ["button", act, value];
      return made;
    };
    const pen = (mode) =>
      button(
        words[mode],
        () => {
          this.mode = mode;
          this.show();
        },
        mode,
      );
    const start = (name) => button(words[name], () => this.begin(name), name);
    const digit = (name, i) =>
      button(
        name,
        () => {
          this.chosen = i;
          this.begin(this.start);
        },
        String(i),
      );
    group(".modes", words.modes, ["draw", "erase"].map(pen));
    group(".starts", words.starts, ["clean", "noisy"].map(start));
    group(".digits", words.digits, data.names.map(digit));
    this.outputs = data.cleaners.map(({ name }) => {
      const figure = html("figure", "output");
      const [canvas, caption] = [html("canvas"), html("figcaption")];
      canvas.setAttribute("aria-hidden", "true");
      figure.append(canvas, caption);
      return { figure, canvas, caption, name };
    });
    root.style.setProperty("--outputs", this.outputs.length);
    const sheets = this.find(".sheets");
    sheets.replaceChildren(this.find(".sheet"), ...this.outputs.map(({ figure }) => figure));
  }

  show() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!this.data || !this.root.isConnected) return;
      this.theme = themeOf(this.root);
      this.draw(this.data.colours[this.theme]);
    });
  }

  draw(colours) {
    const { data, root } = this;
    const wanted = this.of(this.clean);
    const bytes = (values) => Array.from(values, (value) => Math.round(255 * value));
    const caption = (name, image) => {
      const decibels = psnr(wanted, image);
      const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
      const number = Number.isFinite(decibels)
        ? new Intl.NumberFormat(data.language, digits).format(decibels)
        : "∞";
      return filled(data.words.caption, { name, psnr: number });
    };
    drawPicture(this.ink, bytes(this.pixels), data.size, colours);
    this.find(".sheet figcaption").textContent = caption(data.words.pad, this.pixels);
    this.drawCursor(colours);
    this.cleaned = (this.layers ?? []).map((layers) => cleaned(layers, this.pixels));
    this.outputs.forEach((output, i) => {
      if (!this.cleaned[i]) return;
      drawPicture(output.canvas, bytes(this.cleaned[i]), data.size, colours);
      output.caption.textContent = caption(output.name, this.cleaned[i]);
    });
    for (const [group, value] of [
      ["modes", this.mode],
      ["digits", String(this.chosen)],
    ]) {
      for (const one of this.find(`.${group}`).children) {
        one.setAttribute("aria-pressed", one.dataset.value === value);
      }
    }
    root.dataset.ready = this.layers ? "true" : "false";
  }

  drawCursor(colours) {
    const [height, width] = this.data.size;
    const scale = 32;
    [this.glass.width, this.glass.height] = [width * scale, height * scale];
    if (!this.cursor) return;
    const pen = this.glass.getContext("2d");
    const [x, y] = this.cursor;
    [pen.strokeStyle, pen.lineWidth] = [colours.accent, scale / 8];
    pen.strokeRect(x * scale + 2, y * scale + 2, scale - 4, scale - 4);
  }

  speak() {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => {
      const captions = Array.from(this.root.querySelectorAll("figcaption"), (c) => c.textContent);
      const { words } = this.data;
      const place =
        this.cursor && filled(words.place, { row: this.cursor[1] + 1, column: this.cursor[0] + 1 });
      this.find(".spoken").textContent = [place, ...captions].filter(Boolean).join(" ");
    }, SPEAK_MS);
  }

  leave() {
    document.removeEventListener("pangloss-blob", this.arrived);
    document.removeEventListener("pointerdown", this.elsewhere);
    clearTimeout(this.speaking);
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pangloss-scribble");
  root.pad ??= new Pad(root);
  root.pad.receive(data);
  return () => {
    if (!root.isConnected) root.pad.leave();
  };
}
