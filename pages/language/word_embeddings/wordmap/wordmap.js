// A map of words. The server sends places, names and neighbours once; what is under the pointer, how
// near one looks and which names have room is found here. Words are somebody's: they enter the page by
// textContent and as drawn letters, by nothing else.
import { blobNamed, bytesOf, floatsOf } from "../../../../ui/components/bytes.js";
import { themeOf } from "../../../../ui/components/colour.js";
import { sized } from "../../../../ui/components/planes/points.js";
import { nearestIn, viewOf } from "../../../../ui/components/planes/view.js";
import { draw, holds, markedLabels, radii } from "./drawn.js";
import { listenToMap } from "./pointing.js";
import { fillingView, heldZoom, nearerView, onTheWay, WHOLE, withRoom, zoomedAt } from "./sight.js";
import { speakOf, writeBeside, writeGroups } from "./written.js";

const UNDER_PX = 16; // a word that is nearer than this is under the pointer
const MOVES_MS = 600;
const UNEQUAL_OF_TSNE = 3; // whose long distances say little
const PER_NAME = 24; // squares of a letter's size: closer together nobody reads names

class WordMap {
  zoom = { times: WHOLE, x: 0, y: 0 };
  under = null; // index of the word that is looked at
  group = null; // whose words are lit
  serial = 0;
  places = null; // where the words are drawn: on their way while the map moves
  points; // where they are
  data; // as the server sent it
  tell; // what tells the server
  sent; // the points, as they came
  of; // which words these are
  plane; // the name of the plane
  known = null; // words, neighbours, groups: they come apart
  view; // what is in sight, and the whole
  whole;
  page; // the box that names stay in
  pen;
  font;
  theme; // that the colours are of
  colours;
  marked = []; // names of what was asked and answered
  labels = []; // names of other words that have room
  content; // of the list, as JSON
  turn = null; // the next frame
  all = false; // whether it places names anew
  speaking; // timer

  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    this.canvas = this.find("canvas");
    this.frame = this.find(".frame");
    this.sized = new ResizeObserver(() => this.redraw(true));
    this.sized.observe(root);
    this.sized.observe(this.find(".tallest"));
    root.onpointerenter = () => themeOf(root) !== this.theme && this.redraw(true);
    this.arrived = () => this.look();
    listenToMap(this);
  }

  receive(data, tell) {
    [this.data, this.tell] = [data, tell];
    this.serial = Math.max(this.serial, data.serial);
    const moved = this.sent !== data.points;
    if (moved) {
      const before = this.of === data.of ? this.places : null;
      [this.sent, this.of] = [data.points, data.of];
      this.points = floatsOf(data.points);
      if (before?.length === this.points.length) this.travel(before);
      else [this.places, this.zoom] = [this.points, { times: WHOLE, x: 0, y: 0 }];
      if (this.plane !== data.plane) this.zoom = { times: WHOLE, x: 0, y: 0 };
      this.plane = data.plane;
    }
    this.under = null;
    writeBeside(this);
    this.look();
    this.redraw(true);
  }

  look() {
    document.removeEventListener("pangloss-blob", this.arrived);
    if (this.known?.name === this.data.blob) return;
    const bytes = blobNamed(this.data.blob);
    if (!bytes) {
      document.addEventListener("pangloss-blob", this.arrived);
      return;
    }
    const sent = JSON.parse(new TextDecoder().decode(bytes));
    const near = new Uint16Array(bytesOf(sent.near).buffer);
    this.known = { ...sent, name: this.data.blob, near, cosines: bytesOf(sent.cosines) };
    this.known.radii = radii(sent.counts);
    this.known.order = [...new Set([...sent.first, ...sent.counts.keys()])];
    this.known.groups = sent.groups ? bytesOf(sent.groups) : null;
    writeGroups(this);
    this.redraw(true);
  }

  travel(before) {
    // The map moves on from where it is; at once for who wants no motion.
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.places = this.points;
      return;
    }
    const [to, began] = [this.points, performance.now()];
    const step = (now) => {
      if (this.points !== to || !this.root.isConnected) return;
      const share = Math.min(1, Math.max(0, now - began) / MOVES_MS);
      this.places = share < 1 ? onTheWay(before, to, share * (2 - share)) : to;
      this.redraw(true);
      if (share < 1) requestAnimationFrame(step);
    };
    this.places = before;
    requestAnimationFrame(step);
  }

  // ---- the hand ----

  first() {
    // The keyboard begins at the word that was asked for, or in the middle.
    const { words } = this.known;
    const asked = this.data.marks.map(({ word }) => words.indexOf(word)).find((i) => i >= 0);
    const middle = () => nearestIn(this.places, this.zoom.x, this.zoom.y).index;
    return asked !== undefined && asked < this.places.length / 2 ? asked : middle();
  }

  wordAt({ x, y }) {
    const { view, places } = this;
    const label = this.labels?.find(({ box }) => box && holds(box, x, y));
    if (label) return label.index;
    const { index, distance } = nearestIn(
      places,
      view.fromX(x),
      view.fromY(y),
      view.perX,
      view.perY,
    );
    return distance <= UNDER_PX ? index : null;
  }

  nearer(factor, pixel = null) {
    if (!this.view) return;
    const at = pixel ?? { x: this.view.width / 2, y: this.view.height / 2 };
    const focus = !pixel && this.under !== null ? this.placeOf(this.under) : null;
    const place = focus ?? { x: this.view.fromX(at.x), y: this.view.fromY(at.y) };
    this.see(zoomedAt(this.zoom, factor, place));
  }

  placeOf(index) {
    return { x: this.places[2 * index], y: this.places[2 * index + 1] };
  }

  keepInSight() {
    if (this.under === null || !this.view) return;
    const { x, y } = this.placeOf(this.under);
    const [across, up] = [this.view.x, this.view.y];
    if (x < across[0] || x > across[1] || y < up[0] || y > up[1]) this.see({ ...this.zoom, x, y });
  }

  see(zoom) {
    this.zoom = this.whole ? heldZoom(this.whole, zoom) : zoom;
    this.redraw(true);
  }

  lookAt(index) {
    if (index === this.under || (index !== null && !this.known)) return;
    this.under = index;
    this.redraw(false);
    writeBeside(this);
    speakOf(this);
  }

  choose(index) {
    if (index !== null && this.known) this.ask(this.known.words[index]);
  }

  ask(word) {
    this.tell("word", { word, serial: ++this.serial });
  }

  // ---- what is drawn ----

  redraw(all) {
    this.all ||= all;
    this.turn ??= requestAnimationFrame(() => {
      this.turn = null;
      if (!this.root.clientWidth || !this.known || !this.data || !this.root.isConnected) return;
      if (this.all) this.settle();
      this.all = false;
      draw(this);
      this.root.dataset.drawn = this.data.of;
    });
  }

  settle() {
    // The view, and where the names stand that are always there.
    const { root, known, places } = this;
    this.theme = themeOf(root);
    this.colours = this.data.colours[this.theme];
    const { fontSize, fontFamily } = getComputedStyle(root);
    this.font = { size: parseFloat(fontSize), family: fontFamily };
    const width = Math.max(120, this.frame.clientWidth);
    const height = Math.max(150, this.find(".tallest").clientHeight);
    const unequal = this.plane.startsWith("tsne") ? UNEQUAL_OF_TSNE : undefined;
    this.whole = fillingView(viewOf(this.points, null, width, height), this.points, unequal);
    if (this.zoom.times === WHOLE)
      this.zoom = {
        times: WHOLE,
        x: (this.whole.x[0] + this.whole.x[1]) / 2,
        y: (this.whole.y[0] + this.whole.y[1]) / 2,
      };
    this.zoom = heldZoom(this.whole, this.zoom);
    this.view = nearerView(this.whole, this.zoom);
    this.find(".groups")
      .querySelectorAll("button")
      .forEach((button, i) => {
        button.setAttribute("aria-pressed", this.group === i);
        button.style.setProperty("--group", this.colours.classes[i]);
      });
    root.dataset.zoom = this.zoom.times.toFixed(2);
    this.frame.dataset.near = this.zoom.times > WHOLE;
    this.pen = sized(this.canvas, width, height);
    this.page = { left: 2, top: 2, right: width - 2, bottom: height - 2 };
    this.marked = markedLabels(this);
    const taken = [...this.marked.map(({ box }) => box), this.buttonsBox()];
    const { view, pen } = this;
    const names = [];
    pen.font = `${0.93 * this.font.size}px ${this.font.family}`;
    known.widths ??= {};
    const asked = new Set(this.data.marks.map(({ word }) => word));
    for (const i of known.order) {
      const [x, y] = [view.toX(places[2 * i]), view.toY(places[2 * i + 1])];
      const out = x < 0 || y < 0 || x > view.width || y > view.height;
      if (out || asked.has(known.words[i])) continue;
      if (this.group !== null && known.groups[i] !== this.group) continue;
      const key = `${pen.font} ${known.words[i]}`;
      const length = (known.widths[key] ??= pen.measureText(known.words[i]).width);
      const r = this.radius(i);
      names.push({ index: i, x, y, r, width: length + 3, height: this.font.size });
    }
    const boxes = withRoom(names, taken, this.page);
    const placed = names.map(({ index }, i) => ({ index, box: boxes[i] })).filter(({ box }) => box);
    // Who looks nearer has more room around each.
    const room = (width * height * Math.sqrt(this.zoom.times)) / this.font.size ** 2;
    this.labels = placed.slice(0, Math.ceil(room / PER_NAME));
    root.dataset.labels = this.labels.length;
  }

  buttonsBox() {
    // Of the buttons that lie on the map, whose names would be beneath them.
    const { left, top } = this.canvas.getBoundingClientRect();
    const box = this.find(".zoom").getBoundingClientRect();
    return {
      left: box.left - left,
      top: box.top - top,
      right: box.right - left,
      bottom: box.bottom - top,
    };
  }

  radius(index) {
    const { radii: all } = this.known;
    return all[index] * Math.min(1.8, Math.sqrt(this.zoom.times));
  }

  leave() {
    this.sized.disconnect();
    document.removeEventListener("pangloss-blob", this.arrived);
    clearTimeout(this.speaking);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".pangloss-wordmap");
  root.map ??= new WordMap(root);
  root.map.receive(data, setStateValue);
  return () => {
    if (!root.isConnected) root.map.leave();
  };
}
