// What is drawn and written around the hand: the planes' two layers, the pictures, the selection.
import { themeOf } from "../colour.js";
import { filled, html } from "../dom.js";
import { drawHand, drawRectangle, drawRing } from "./hand.js";
import { atlasAt, drawPicture } from "./picture.js";
import { allGlyphs, drawAxes, drawPoints, marker, sized } from "./points.js";
import { viewOf } from "./view.js";

const WIDTH_TO_HEIGHT = 1.1;
const LEAST_HEIGHT = 150; // pixels, of a narrow plane
const MANY = 1000; // samples: their markers are smaller
const MOST_NAMED = 4; // classes of a selection; the others are counted

export function short(board, value, most = 3) {
  const digits = { maximumSignificantDigits: most };
  return new Intl.NumberFormat(board.data.language, digits).format(value).replace("-", "−");
}

export function writeWords(board) {
  const { data, root, planes } = board;
  const { words } = data;
  root.setAttribute("aria-label", data.alt);
  for (const plane of planes) {
    plane.heading.textContent = plane.title;
    plane.note.textContent = plane.atlas ? "" : words.no_way_back;
    plane.frame.setAttribute("aria-label", `${plane.title} ${words.keys}`);
    plane.frame.setAttribute("role", "application");
    plane.frame.tabIndex = 0;
  }
  board.find(".selection button").textContent = words.clear;
  const first = planes.some((plane) => plane.atlas) ? words.decode : words.look_up;
  const content = JSON.stringify([first, words, data.classes]);
  if (board.content === content) return; // so that a focus stays where it is
  board.content = content;
  const [modes, classes] = [board.find(".modes"), board.find(".classes")];
  modes.setAttribute("aria-label", words.modes);
  classes.setAttribute("aria-label", words.classes);
  const button = (text, act, ...children) => {
    const made = html("button", "", text);
    made.type = "button";
    made.onclick = act;
    made.prepend(...children);
    return made;
  };
  const choose = (mode) => () => {
    board.mode = mode;
    board.redraw(false);
  };
  modes.replaceChildren(button(first, choose("decode")), button(words.select, choose("select")));
  classes.replaceChildren(
    html("span", "name", words.classes),
    ...data.classes.map((name, place) => {
      const made = button(
        allGlyphs(data.classes) ? "" : name,
        () => board.selectClass(place),
        html("canvas"),
      );
      made.setAttribute("aria-label", name);
      return made;
    }),
  );
}

export function drawBases(board) {
  const { data, root, labels, lit } = board;
  board.theme = themeOf(root);
  const colours = (board.colours = data.colours[board.theme]);
  const { fontSize, fontFamily } = getComputedStyle(root);
  const font = { size: 0.88 * parseFloat(fontSize), family: fontFamily };
  const size = parseFloat(fontSize) * (labels.length > MANY ? 0.72 : 0.88);
  const markers = data.classes.map((name, place) =>
    marker(name, place, data.classes, colours, size, fontFamily),
  );
  board
    .find(".classes")
    .querySelectorAll("canvas")
    .forEach((canvas, place) => {
      const side = 1.35 * parseFloat(fontSize);
      const one = marker(
        data.classes[place],
        place,
        data.classes,
        colours,
        1.05 * parseFloat(fontSize),
        fontFamily,
      );
      sized(canvas, side, side).drawImage(
        one.canvas,
        (side - one.side) / 2,
        (side - one.side) / 2,
        one.side,
        one.side,
      );
    });
  const [left, right, top, bottom] = [4.4 * font.size, 8, 8, 2.5 * font.size + 10];
  const say = (value, decimals) =>
    new Intl.NumberFormat(data.language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
      .format(value)
      .replace("-", "−");
  const tallest = board.find(".tallest").clientHeight;
  for (const plane of board.planes) {
    const width = Math.max(100, plane.frame.clientWidth - left - right);
    const height = Math.round(Math.max(LEAST_HEIGHT, Math.min(tallest, WIDTH_TO_HEIGHT * width)));
    plane.view = viewOf(plane.points, plane.atlas, width, height);
    const pen = sized(plane.base, left + width + right, top + height + bottom);
    drawAxes(pen, plane.view, { left, top }, [plane.x_title, plane.y_title], font, colours, say);
    pen.translate(left, top);
    drawPoints(pen, plane.view, plane.points, labels, markers, lit);
    [plane.glass.style.left, plane.glass.style.top] = [`${left}px`, `${top}px`];
  }
}

export function drawGlasses(board) {
  const { hand, colours, rectangle } = board;
  const [sample, far] = [board.sample(), board.isFar()];
  for (const plane of board.planes) {
    const { view, points } = plane;
    const pen = sized(plane.glass, view.width, view.height);
    if (rectangle?.plane === plane) drawRectangle(pen, view, rectangle.corners, colours);
    const ring = [view.toX(points[2 * sample]), view.toY(points[2 * sample + 1])];
    drawRing(pen, ...ring, colours);
    plane.grip.hidden = hand.plane !== plane;
    if (hand.plane !== plane) continue;
    const at = [view.toX(hand.x), view.toY(hand.y)];
    plane.grip.style.left = `calc(${plane.glass.style.left} + ${at[0]}px)`;
    plane.grip.style.top = `calc(${plane.glass.style.top} + ${at[1]}px)`;
    drawHand(pen, view, hand, far, board.hovered === null ? ring : null, colours);
  }
}

export function writePanel(board) {
  const { data, hand, colours, root, blobs } = board;
  const { words } = data;
  const { atlas } = hand.plane;
  const size = data.images.size;
  const picked = hand.serial !== null && data.exact?.serial === hand.serial;
  let [how, image] = ["none", null];
  if (picked && data.exact.plane === hand.plane.name) [how, image] = ["exact", board.exact];
  else if (atlas) {
    const whole = blobs.atlases?.bytes.length >= atlas.start + atlas.shape.reduce((a, b) => a * b);
    [how, image] = ["blended", whole ? atlasAt(atlas, blobs.atlases.bytes, hand.x, hand.y) : null];
  }
  const caption = { none: words.no_way_back, exact: words.exact, blended: words.blended }[how];
  board.find(".decoded figcaption").textContent = caption;
  drawPicture(board.find(".decoded canvas"), image, size, colours);

  const sample = board.sample();
  const pixels = size[0] * size[1];
  const own = blobs.images?.bytes.subarray(sample * pixels, (sample + 1) * pixels);
  drawPicture(board.find(".sample canvas"), own?.length === pixels ? own : null, size, colours);
  const name = data.classes[board.labels[sample]];
  const distance = short(board, board.nearest().distance);
  board.find(".what").textContent =
    board.hovered === null
      ? filled(words.nearest, { name, distance })
      : filled(words.sample, { name });
  const mse = board.errors && short(board, board.errors[sample], 2);
  board.find(".said").textContent = mse ? filled(words.error, { mse }) : "";

  const far = board.isFar();
  board.find(".far span").textContent = !far ? "" : how === "none" ? words.far : words.far_decoded;
  board.find(".selection span").textContent = board.lit ? selected(board) : "";
  board
    .find(".modes")
    .childNodes.forEach((button, i) =>
      button.setAttribute("aria-pressed", board.mode === ["decode", "select"][i]),
    );
  board
    .find(".classes")
    .querySelectorAll("button")
    .forEach((button, place) => button.setAttribute("aria-pressed", board.litClass === place));
  Object.assign(root.dataset, { decoded: how, sample, far, mode: board.mode });
  root.dataset.selected = board.lit ? board.lit.reduce((sum, one) => sum + one, 0) : "";
}

/**
 * The sentence on a selection: how many samples, and of which classes, the most frequent first.
 * @param {{ data: { words: Record<string, string>, classes: string[] }, lit: ArrayLike<number>,
 *   labels: ArrayLike<number> }} board
 */
export function selected({ data, lit, labels }) {
  const { words } = data;
  const counts = data.classes.map((name) => ({ name, count: 0 }));
  for (let i = 0; i < lit.length; i++) if (lit[i]) counts[labels[i]].count++;
  const classes = counts.filter(({ count }) => count).sort((a, b) => b.count - a.count);
  if (!classes.length) return words.none_selected;
  const named = classes.slice(0, MOST_NAMED).map((one) => filled(words.several, one));
  const others = classes.slice(MOST_NAMED).reduce((sum, { count }) => sum + count, 0);
  if (others) named.push(filled(words.more, { count: others }));
  const count = classes.reduce((sum, one) => sum + one.count, 0);
  return filled(words.selected, { count, classes: named.join(", ") });
}
