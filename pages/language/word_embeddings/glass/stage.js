// What stands under the glass: the network with its numbers, and the plane of its vectors.
import { svg } from "../../../../ui/components/dom.js";
import { placeLabels } from "../../../../ui/components/charts/labels.js";
import { afterStep } from "./example.js";

const [SCORES, ARROWS, MOVED] = [2, 3, 4]; // phases
const [NET_WIDTH, NET_HEIGHT, ROW] = [430, 270, 44];
const [PLANE_WIDTH, PLANE_HEIGHT] = [430, 270];

// The network as the course draws it: one-hot words, the hidden vector, and the words held against it.
export function drawNetwork(glass, phase) {
  const { data, read, held, hidden, result, before } = glass;
  const drawing = glass.find(".network svg");
  const rows = Math.max(read.length, phase >= 1 ? held.length : 1);
  const height = Math.max(NET_HEIGHT, ROW * rows + 20);
  drawing.setAttribute("viewBox", `0 0 ${NET_WIDTH} ${height}`);
  const parts = [];
  const y = (i, of) => height / 2 + (i - (of - 1) / 2) * ROW;
  const [left, middle, right] = [12, 178, 272];
  const shown = phase >= 1 ? held : held.slice(0, 1);
  const line = (x0, y0, x1, y1, kind) =>
    parts.push(svg("path", { class: kind, d: `M${x0} ${y0}L${x1} ${y1}` }));
  const node = (x, at, width, kind, texts) => {
    const group = svg("g", { class: kind });
    group.append(svg("rect", { x, y: at - 19, width, height: 38, rx: 4 }));
    texts.forEach((text, i) => {
      const down = texts.length === 1 ? 5 : i ? 15 : -1;
      group.append(svg("text", { x: x + 8, y: at + down, class: i ? "number" : "name" }, text));
    });
    parts.push(group);
  };
  read.forEach((_, i) => line(left + 118, y(i, read.length), middle, height / 2, "wire"));
  shown.forEach((_, i) =>
    line(middle + 70, height / 2, right, y(i, shown.length), i ? "wire drawn" : "wire true"),
  );
  read.forEach((word, i) =>
    node(left, y(i, read.length), 118, "read", [
      data.vocabulary[word],
      glass.vector(before.inputs[word]),
    ]),
  );
  node(
    middle,
    height / 2,
    70,
    "hidden",
    hidden.map((value) => glass.number(value)),
  );
  shown.forEach((word, i) => {
    const score =
      phase >= SCORES
        ? `σ(${glass.number(result.scores[i])}) = ${glass.number(result.probabilities[i])}`
        : "";
    const texts = [`${i ? "✗" : "✓"} ${data.vocabulary[word]}`, score].filter(Boolean);
    node(right, y(i, shown.length), 150, i ? "drawn" : "true", texts);
  });
  drawing.replaceChildren(...parts);
}

// The plane: v of the words that are read, u of those held against them, and where each is moved.
export function drawPlane(glass, phase) {
  const { data, model, before, read, held, result } = glass;
  const drawing = glass.find(".plane svg");
  drawing.setAttribute("viewBox", `0 0 ${PLANE_WIDTH} ${PLANE_HEIGHT}`);
  const now = phase === MOVED ? model : before;
  const all = [...model.inputs, ...model.outputs, ...before.inputs, ...before.outputs];
  const most = (k) => Math.max(0.6, ...all.map((vector) => Math.abs(vector[k]))) * 1.15;
  const scale = Math.min(PLANE_WIDTH / 2 / most(0), PLANE_HEIGHT / 2 / most(1));
  const pixel = ([x, y]) => ({ x: PLANE_WIDTH / 2 + scale * x, y: PLANE_HEIGHT / 2 - scale * y });
  const parts = [
    svg("path", {
      class: "axis",
      d: `M0 ${PLANE_HEIGHT / 2}H${PLANE_WIDTH}M${PLANE_WIDTH / 2} 0V${PLANE_HEIGHT}`,
    }),
  ];
  const labels = [];
  const mark = (vector, kind, text) => {
    const { x, y } = pixel(vector);
    const shape = kind.startsWith("output")
      ? svg("rect", { class: kind, x: x - 4, y: y - 4, width: 8, height: 8 })
      : svg("circle", { class: kind, cx: x, cy: y, r: 4.5 });
    parts.push(shape);
    const width = 7.2 * text.length + 4;
    labels.push({ kind: "point", at: [{ x, y }], width, height: 15, frame: PAGE, text, of: kind });
  };
  const asked = new Set(read);
  const against = phase >= 1 ? held : held.slice(0, 1);
  data.vocabulary.forEach((word, i) => {
    if (!asked.has(i)) mark(now.inputs[i], "input", `${word}`);
  });
  [...asked].forEach((i) => mark(now.inputs[i], "input lit", `v ${data.vocabulary[i]}`));
  [...new Set(against)].forEach((i) =>
    mark(now.outputs[i], i === held[0] ? "output true" : "output drawn", `u ${data.vocabulary[i]}`),
  );
  if (phase >= ARROWS) {
    const moved = afterStep(before, read, held, result, data.rate);
    const arrow = (from, to, kind) => parts.push(...arrowOf(pixel(from), pixel(to), kind));
    [...asked].forEach((i) => arrow(before.inputs[i], moved.inputs[i], "move"));
    [...new Set(held)].forEach((i) =>
      arrow(before.outputs[i], moved.outputs[i], i === held[0] ? "move pull" : "move push"),
    );
  }
  const marks = labels.map(({ at: [{ x, y }] }) => ({
    left: x - 5,
    top: y - 5,
    right: x + 5,
    bottom: y + 5,
  }));
  const places = placeLabels(labels, { marks }, PAGE);
  places.forEach(({ box }, i) => {
    const text = svg("text", { x: box.left + 2, y: box.bottom - 3, class: labels[i].of });
    text.textContent = labels[i].text;
    parts.push(text);
  });
  drawing.replaceChildren(...parts);
}

const PAGE = { left: 2, top: 2, right: PLANE_WIDTH - 2, bottom: PLANE_HEIGHT - 2 };

function arrowOf(from, to, kind) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length < 1) return [];
  const [ux, uy] = [dx / length, dy / length];
  const size = Math.min(8, length);
  const tip = `M${to.x} ${to.y}L${to.x - size * ux - 0.5 * size * uy} ${to.y - size * uy + 0.5 * size * ux}L${to.x - size * ux + 0.5 * size * uy} ${to.y - size * uy - 0.5 * size * ux}Z`;
  return [
    svg("path", { class: kind, d: `M${from.x} ${from.y}L${to.x} ${to.y}` }),
    svg("path", { class: `${kind} tip`, d: tip }),
  ];
}
