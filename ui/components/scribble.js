// A sheet to draw on, and what cleaners make of it at every stroke. Names and texts are somebody's:
// they enter the page by textContent and by nothing else.
const SPEAK_MS = 500;
const BRUSH = 0.045; // its radius, as a share of the image's width
const LEAST_BRUSH = 0.8; // pixels

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const floatsOf = (text) =>
  new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function isDark(root) {
  return luminance(rgb(getComputedStyle(root).getPropertyValue("--st-background-color"))) < 0.2;
}

class Pad {
  constructor(root) {
    Object.assign(this, { root, mode: "draw", start: "noisy", chosen: 0, cursor: null });
    this.find = (name) => root.querySelector(name);
    this.ink = this.find(".ink");
    this.glass = this.find(".glass");
    this.arrived = () => this.look();
    root.onpointerenter = () => isDark(root) !== this.wasDark && this.show();
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
      const nodes = Array.from(document.querySelectorAll(".pangloss-blob"));
      const bytes = nodes.find((node) => node.name === weights)?.bytes;
      if (!bytes) {
        document.addEventListener("pangloss-blob", this.arrived);
        return;
      }
      this.have = weights;
      this.layers = readLayers(cleaners, new Float32Array(bytes.slice().buffer));
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
      last = at(event);
      this.stroke(last, last);
    };
    glass.onpointermove = (event) => {
      if (!last) return;
      const here = at(event);
      this.stroke(last, here);
      last = here;
    };
    glass.onpointerup = glass.onpointercancel = () => {
      last = null;
      this.speak();
    };
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

  stroke([x0, y0], [x1, y1]) {
    // Ink, or none, in each pixel by how far its middle is from the line between two places.
    const [height, width] = this.data.size;
    const radius = Math.max(LEAST_BRUSH, BRUSH * width);
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const along = length ? ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length : 0;
        const share = Math.max(0, Math.min(1, along));
        const away = Math.hypot(x - x0 - share * (x1 - x0), y - y0 - share * (y1 - y0));
        const ink = Math.max(0, Math.min(1, radius + 0.5 - away));
        const i = y * width + x;
        this.pixels[i] = this.mode === "draw"
          ? Math.max(this.pixels[i], ink)
          : Math.min(this.pixels[i], 1 - ink);
      }
    }
    this.show();
  }

  // ---- what is shown ----

  write() {
    const { data, root } = this;
    const { words } = data;
    const told = JSON.stringify([words, data.names, data.cleaners, data.alt]);
    if (this.told === told) return; // so that a focus stays where it is
    this.told = told;
    root.setAttribute("aria-label", data.alt);
    this.find(".pad").setAttribute("aria-label", `${words.pad}. ${words.keys}`);
    const group = (name, label, buttons) => {
      const node = this.find(name);
      node.setAttribute("aria-label", label);
      node.replaceChildren(...buttons);
    };
    const button = (text, act, value) => {
      const made = make("button", "", text);
      [made.type, made.onclick, made.dataset.value] = ["button", act, value];
      return made;
    };
    const pen = (mode) => button(words[mode], () => {
      this.mode = mode;
      this.show();
    }, mode);
    const start = (name) => button(words[name], () => this.begin(name), name);
    const digit = (name, i) => button(name, () => {
      this.chosen = i;
      this.begin(this.start);
    }, String(i));
    group(".modes", words.modes, ["draw", "erase"].map(pen));
    group(".starts", words.starts, ["clean", "noisy"].map(start));
    group(".digits", words.digits, data.names.map(digit));
    this.outputs = data.cleaners.map(({ name }) => {
      const figure = make("figure", "output");
      const [canvas, caption] = [make("canvas"), make("figcaption")];
      canvas.setAttribute("aria-hidden", "true");
      figure.append(canvas, caption);
      return { figure, canvas, caption, name };
    });
    root.style.setProperty("--outputs", this.outputs.length);
    const sheets = this.find(".sheets");
    sheets.replaceChildren(this.find(".pad"), ...this.outputs.map(({ figure }) => figure));
  }

  show() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!this.data || !this.root.isConnected) return;
      this.wasDark = isDark(this.root);
      this.draw(this.data.colours[this.wasDark ? "dark" : "light"]);
    });
  }

  draw(colours) {
    const { data, root } = this;
    const wanted = this.of(this.clean);
    const bytes = (values) => Array.from(values, (value) => Math.round(255 * value));
    const caption = (name, said) => {
      const found = psnr(wanted, said);
      const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
      const number = Number.isFinite(found)
        ? new Intl.NumberFormat(data.language, digits).format(found)
        : "∞";
      return filled(data.words.caption, { name, psnr: number });
    };
    drawPicture(this.ink, bytes(this.pixels), data.size, colours);
    this.find(".pad figcaption").textContent = caption(data.words.pad, this.pixels);
    this.drawCursor(colours);
    this.said = (this.layers ?? []).map((layers) => cleaned(layers, this.pixels));
    this.outputs.forEach((output, i) => {
      if (!this.said[i]) return;
      drawPicture(output.canvas, bytes(this.said[i]), data.size, colours);
      output.caption.textContent = caption(output.name, this.said[i]);
    });
    for (const [group, value] of [["modes", this.mode], ["digits", String(this.chosen)]]) {
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
      const place = this.cursor &&
        filled(words.place, { row: this.cursor[1] + 1, column: this.cursor[0] + 1 });
      this.find(".spoken").textContent = [place, ...captions].filter(Boolean).join(" ");
    }, SPEAK_MS);
  }

  leave() {
    document.removeEventListener("pangloss-blob", this.arrived);
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
