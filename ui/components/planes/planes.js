// Planes of the same samples side by side. The server sends points, images and atlases once; the
// picture under the hand, the nearest sample and the selection are found here. Names and texts are
// somebody's: they enter the page by textContent and by nothing else.
import { blobNamed, bytesOf, floatsOf } from "../bytes.js";
import { themeOf } from "../colour.js";
import { filled, html } from "../dom.js";
import { listenTo } from "./hand.js";
import { drawBases, drawGlasses, short, writePanel, writeWords } from "./panel.js";
import { nearestIn } from "./view.js";

const SPEAK_MS = 400;

class Board {
  mode = "decode"; // or "select": what a drag does
  serial = 0; // of the last pick that was told
  planes = [];
  blobs = {}; // bytes that came apart
  data; // as the server sent it
  tell; // what tells the server
  hand = null; // { plane, x, y, serial }
  hovered = null; // the index of a sample
  lit = null; // for each sample whether it is selected
  litClass = null; // the class that was selected, if one was
  rectangle = null; // { plane, corners } of a selection
  names; // the planes', as JSON
  theme; // that the colours are of
  rest; // timer of a key's pick
  speaking; // timer

  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    this.sized = new ResizeObserver(() => this.redraw(true));
    this.sized.observe(root);
    this.sized.observe(this.find(".tallest")); // which follows the window's height
    // The theme can change without the server: colours are looked up when the pointer comes back.
    root.onpointerenter = () => themeOf(root) !== this.theme && this.redraw(true);
    root.onkeydown = (event) => {
      if (event.key === "Escape" && this.lit) this.clearSelection();
    };
    this.find(".selection button").onclick = () => this.clearSelection();
    this.arrived = () => this.look();
  }

  receive(data, tell) {
    const before = this.data;
    [this.data, this.tell] = [data, tell];
    this.labels = bytesOf(data.labels);
    this.errors = data.errors && floatsOf(data.errors);
    this.exact = data.exact && bytesOf(data.exact.image);
    this.serial = Math.max(this.serial, data.serial);
    if (before && before.images.blob !== data.images.blob) this.select(null); // other samples
    const names = JSON.stringify(data.planes.map((plane) => plane.name));
    if (this.names !== names) this.build(names);
    this.planes.forEach((plane, i) => {
      const moved = plane.sent !== data.planes[i].points;
      Object.assign(plane, data.planes[i], { sent: data.planes[i].points });
      plane.points = floatsOf(plane.sent);
      // The selection holds samples: where they have moved, its rectangle says nothing any more.
      if (moved && this.rectangle?.plane === plane) this.rectangle = null;
    });
    if (!this.hand) this.start();
    if (this.hovered >= this.labels.length) this.hovered = null;
    writeWords(this);
    this.look();
    this.redraw(true);
  }

  build(names) {
    [this.names, this.hand, this.rectangle] = [names, null, null];
    this.planes = this.data.planes.map(() => {
      const [base, glass, grip] = [
        html("canvas", "base"),
        html("canvas", "glass"),
        html("i", "grip"),
      ];
      const [heading, note, frame] = [html("figcaption"), html("p", "note"), html("div", "frame")];
      frame.append(base, glass, grip);
      const whole = html("figure", "plane");
      whole.append(heading, frame, note);
      return { base, glass, grip, heading, note, frame, whole };
    });
    this.planes.forEach((plane) => listenTo(plane, this));
    this.find(".scatters").replaceChildren(...this.planes.map((plane) => plane.whole));
    this.root.style.setProperty("--planes", this.planes.length);
  }

  start() {
    // Where the hand was if the page knows it, else on the first sample: something is shown at once.
    const { exact } = this.data;
    const plane = this.planes.find((one) => one.name === exact?.plane);
    if (plane) this.hand = { plane, x: exact.x, y: exact.y, serial: exact.serial };
    else {
      const [first] = this.planes;
      this.hand = { plane: first, x: first.points[0], y: first.points[1], serial: null };
    }
  }

  look() {
    // For bytes that come apart and may come later than what names them.
    document.removeEventListener("pangloss-blob", this.arrived);
    for (const [kind, name] of [
      ["images", this.data.images.blob],
      ["atlases", this.data.atlases],
    ]) {
      if (this.blobs[kind]?.name === name) continue;
      const bytes = blobNamed(name);
      if (bytes) {
        this.blobs[kind] = { name, bytes };
        this.redraw(false);
      } else document.addEventListener("pangloss-blob", this.arrived);
    }
  }

  // ---- what the hand does ----

  moveHand(plane, x, y) {
    this.hand = { plane, x, y, serial: null };
    this.keepHand();
    this.hovered = null;
    this.redraw(false);
    this.speak();
  }

  putBack(hand) {
    this.hand = hand;
    this.redraw(false);
  }

  keepHand() {
    // Within the atlas, beyond which nothing is decoded, or in sight; both change while a run goes on.
    const { plane, x, y } = this.hand;
    const [across, up] = [(plane.atlas ?? plane.view).x, (plane.atlas ?? plane.view).y];
    const within = (value, [low, high]) => Math.max(low, Math.min(high, value));
    const kept = { plane, x: within(x, across), y: within(y, up), serial: null };
    if (kept.x !== x || kept.y !== y) this.hand = kept;
  }

  handIn(plane) {
    // The hand's place, or in another plane that of the sample it is nearest to.
    if (this.hand.plane === plane) return this.hand;
    const sample = this.sample();
    return { x: plane.points[2 * sample], y: plane.points[2 * sample + 1] };
  }

  hover(index) {
    if (index === this.hovered) return;
    this.hovered = index;
    this.redraw(false);
  }

  sample() {
    return this.hovered ?? this.nearest().index;
  }

  nearest() {
    return nearestIn(this.hand.plane.points, this.hand.x, this.hand.y);
  }

  isFar() {
    const { far } = this.hand.plane;
    return far > 0 && this.nearest().distance > far;
  }

  tellPick() {
    const { plane, x, y, serial } = this.hand;
    if (serial !== null) return;
    this.hand.serial = ++this.serial;
    this.tell("picked", { plane: plane.name, x, y, serial: this.serial });
  }

  selectBetween(plane, from, to, leastPx) {
    const extents = [from[0] - to[0], from[1] - to[1]].map(Math.abs);
    const { perX, perY } = plane.view;
    if (extents[0] / perX < leastPx && extents[1] / perY < leastPx) return false;
    const inside = (value, i) => (value - from[i]) * (value - to[i]) <= 0;
    const { points } = plane;
    const lit = this.labels.map((_, i) =>
      Number(inside(points[2 * i], 0) && inside(points[2 * i + 1], 1)),
    );
    this.select(lit, { plane, corners: [from, to] });
    return true;
  }

  selectClass(place) {
    if (this.litClass === place) this.clearSelection();
    else
      this.select(
        this.labels.map((label) => Number(label === place)),
        null,
        place,
      );
  }

  select(lit, rectangle = null, litClass = null) {
    [this.lit, this.rectangle, this.litClass] = [lit, rectangle, litClass];
    this.redraw(true);
  }

  clearSelection() {
    this.planes.forEach((plane) => (plane.corner = null));
    this.select(null);
    this.speak();
  }

  // ---- what is shown ----

  redraw(all) {
    this.all ||= all;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!this.root.clientWidth || !this.data || !this.root.isConnected) return;
      if (this.all) {
        drawBases(this);
        this.keepHand();
      }
      this.all = false;
      drawGlasses(this);
      writePanel(this);
    });
  }

  speak() {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => {
      const { plane, x, y } = this.hand;
      const { words } = this.data;
      const values = { x_title: plane.x_title, y_title: plane.y_title };
      const place = { ...values, x: short(this, x), y: short(this, y) };
      const texts = [".what", ".said", ".far", ".selection span"].map(
        (name) => this.find(name).textContent,
      );
      const sentences = [filled(words.place, place), ...texts].filter(Boolean);
      this.find(".spoken").textContent = sentences.join(" ");
    }, SPEAK_MS);
  }

  leave() {
    this.sized.disconnect();
    document.removeEventListener("pangloss-blob", this.arrived);
    for (const timer of [this.rest, this.speaking]) clearTimeout(timer);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-planes");
  root.board ??= new Board(root);
  root.board.receive(data, setStateValue);
  return () => {
    if (!root.isConnected) root.board.leave();
  };
}
