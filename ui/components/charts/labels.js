// Where the words in a chart stand: no two on each other, none on a curve, each beside what it names.
// All in pixels of the chart; a box is {left, top, right, bottom}.

const BESIDE = 6; // between the end of a curve and its name
const LED = 16; // the same, where a leader joins them
const OFF = 2; // between a reference line and its name
const STEP = 2; // in which heights are tried
const ON_WORDS = 1e4;
const ON_CURVE = 60;
const LEAST_LED = 26; // a label of a point that is further away has a leader
const OWN = 8; // at least so much nearer is a label to its own point than to another's
const ON_LEADER = 200;
const FREE = new Set(["point", "along"]);

const boxAt = (left, top, { width, height }) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

export const shared = (a, b) =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

// How much of the way from a to b is within the box (Liang and Barsky, 1984).
export function inside(a, b, box) {
  if (Math.max(a.x, b.x) < box.left || Math.min(a.x, b.x) > box.right) return 0;
  if (Math.max(a.y, b.y) < box.top || Math.min(a.y, b.y) > box.bottom) return 0;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  let [enter, leave] = [0, 1];
  for (const [by, room] of [
    [-dx, a.x - box.left],
    [dx, box.right - a.x],
    [-dy, a.y - box.top],
    [dy, box.bottom - a.y],
  ]) {
    if (by === 0 && room < 0) return 0;
    if (by < 0) enter = Math.max(enter, room / by);
    if (by > 0) leave = Math.min(leave, room / by);
  }
  return leave > enter ? (leave - enter) * Math.hypot(dx, dy) : 0;
}

// Whether the way from a to b crosses that from c to d.
function crosses(a, b, c, d) {
  const side = (p, q, r) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

// What it costs that a leader to a box far from all that it names would cross curves or words.
function crossed({ at, kind }, box, { curves = [], words = [] }) {
  if (!FREE.has(kind)) return 0;
  const { point, edge, away } = nearest(at, box);
  if (away <= LEAST_LED) return 0;
  const start = {
    x: point.x + (5 * (edge.x - point.x)) / away,
    y: point.y + (5 * (edge.y - point.y)) / away,
  };
  let times = 0;
  for (const { points, weight = 1 } of curves) {
    for (let i = 1; i < points.length; i++) {
      if (crosses(start, edge, points[i - 1], points[i])) times += weight;
    }
  }
  for (const other of words) if (inside(start, edge, other) > 0) times += ON_LEADER / 40;
  return 40 * times;
}

// The point of those that is nearest to a box, that edge of the box, and how far it is.
function nearest(points, box) {
  let best = null;
  for (const point of points) {
    const edge = { x: clamp(point.x, box.left, box.right), y: clamp(point.y, box.top, box.bottom) };
    const away = Math.hypot(point.x - edge.x, point.y - edge.y);
    if (!best || away < best.away) best = { point, edge, away };
  }
  return best;
}

// How much nearer a box is to its own point than to that of any other label; below 0 it misleads.
function ahead({ at, kind }, box, others) {
  if (kind !== "point") return Infinity;
  const rivals = others.filter((other) => other.kind === "point").flatMap((other) => other.at);
  return rivals.length ? nearest(rivals, box).away - nearest(at, box).away : Infinity;
}

// What it costs that a box would be read as another point's, or a leader pass through other words.
function mistaken(label, box, others) {
  let cost = 12 * Math.max(0, OWN - ahead(label, box, others));
  for (const other of others) {
    if (!other.box) continue;
    if (leads(label, box, other.box) || leads(other, other.box, box)) cost += ON_LEADER;
  }
  return cost;
}

// Whether the leader that a label has at a box passes through another box.
function leads({ at, kind }, box, through) {
  if (!FREE.has(kind)) return false;
  const { point, edge, away } = nearest(at, box);
  return away > 0 && inside(point, edge, through) > 0;
}

// What it costs to stand there. curves: {points, weight}; words: boxes of text; marks: bars and points.
function covered(box, { curves = [], words = [], marks = [] }) {
  let cost = 0;
  for (const { points, weight = 1 } of curves) {
    let length = 0;
    for (let i = 1; i < points.length; i++) length += inside(points[i - 1], points[i], box);
    if (length) cost += weight * (ON_CURVE + 4 * length);
  }
  for (const mark of marks) cost += 0.1 * shared(box, mark);
  return cost + onWords(box, words);
}

function onWords(box, words) {
  let cost = 0;
  for (const other of words) {
    const area = shared(box, other);
    if (area > 1) cost += ON_WORDS + 10 * area;
  }
  return cost;
}

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

// Names at the ends of curves, in the order of these: the heights of least cost that keep them apart.
function placeEnds(ends, things, page) {
  const order = ends.toSorted((a, b) => a.at[0].y - b.at[0].y || a.index - b.index);
  const top = Math.min(...order.map((end) => end.frame.top - end.height / 2));
  const behind = ({ at, frame, height }) => (at[0].x > frame.right - LED ? height / 2 : 0);
  const bottom = Math.max(...order.map((end) => end.frame.bottom + behind(end)));
  const low = Math.max(page.top, top);
  const high = Math.min(page.bottom, bottom);
  const needed = order.reduce((sum, end) => sum + Math.ceil(end.height / STEP) * STEP, 0);
  const tight = Math.min(1, (high - low - STEP) / needed); // more names than the chart is high
  const tops = Array.from({ length: Math.max(1, (high - low) / STEP) }, (_, k) => low + k * STEP);
  const left = (end, beside) =>
    clamp(end.at[0].x + beside, page.left, Math.max(page.left, page.right - end.width));
  let before = null; // the least cost of all names above, the last of them at this height or higher
  const ways = [];
  for (const [i, end] of order.entries()) {
    const gap = i ? Math.ceil((order[i - 1].height * tight) / STEP) : 0;
    const best = new Array(tops.length).fill(Infinity);
    const from = new Array(tops.length).fill(-1);
    for (const [k, y] of tops.entries()) {
      if (y + end.height * tight > high + STEP) break;
      const above = before ? before.at(k - gap) : { cost: 0, at: -1 };
      if (before && k < gap) continue;
      if (above.cost === Infinity) continue;
      const away = Math.abs(y + end.height / 2 - end.at[0].y);
      const beside = away > end.height ? LED : BESIDE;
      best[k] =
        above.cost + away + (away * away) / 50 + covered(boxAt(left(end, beside), y, end), things);
      from[k] = above.at;
    }
    before = [];
    for (const [k, cost] of best.entries()) {
      const last = before.at(-1);
      before.push(last && last.cost <= cost ? last : { cost, at: k });
    }
    ways.push(from);
  }
  let k = before.at(-1).at;
  for (let i = order.length - 1; i >= 0; i--) {
    const end = order[i];
    const y = tops[Math.max(0, k)];
    const led = Math.abs(y + end.height / 2 - end.at[0].y) > end.height;
    end.box = boxAt(left(end, led ? LED : BESIDE), y, end);
    k = ways[i][Math.max(0, k)] ?? 0;
  }
}

// Names whose curves end one above the other share a column; others do not care for each other.
function columns(ends) {
  const groups = [];
  for (const end of ends.toSorted((a, b) => a.at[0].x - b.at[0].x)) {
    const x = end.at[0].x;
    const last = groups.at(-1);
    if (last && x < last.right) {
      last.ends.push(end);
      last.right = Math.max(last.right, x + LED + end.width);
    } else groups.push({ ends: [end], right: x + LED + end.width });
  }
  return groups.map((group) => group.ends);
}

// Where a label may stand, and how much less each place is liked than the best.
const PLACES = {
  *horizontal(label) {
    const { frame, width, height } = label;
    const y = label.at[0].y;
    const reach = Math.max(0, frame.right - frame.left - width);
    for (let k = 0; k <= 12; k++) {
      const left = frame.right - width - (reach * k) / 12;
      yield [left, y - OFF - height, 3 * k];
      yield [left, y + OFF, 3 * k + 4];
    }
    yield [frame.right + BESIDE, y - height / 2, 8];
  },
  *vertical(label) {
    const { frame, width, height } = label;
    const x = label.at[0].x;
    const reach = Math.max(0, frame.bottom - frame.top - height);
    for (let k = 0; k <= 16; k++) {
      const top = frame.top + (reach * k) / 16;
      yield [x + OFF + 3, top, 3 * k];
      yield [x - OFF - 3 - width, top, 3 * k + 2];
    }
    for (const left of [x - width / 2, x, x - width]) yield [left, frame.top - OFF - height, 20];
  },
  *point(label) {
    const { width, height } = label;
    for (const [i, { x, y }] of label.at.entries()) {
      const later = 4 * Math.abs(i - (label.at.length - 1) / 2); // rather in the middle of a curve
      for (const away of label.kind === "along" ? [9, 16, 26, 40] : [9, 16, 26, 40, 60, 85]) {
        for (const [right, down, less] of [
          [1, -1, 0],
          [1, 0, 1],
          [-1, -1, 2],
          [1, 1, 3],
          [-1, 0, 4],
          [-1, 1, 5],
          [0, -1, 6],
          [0, 1, 7],
        ]) {
          const left = x + right * away + ((right - 1) / 2) * width;
          const top = y + down * away + ((down - 1) / 2) * height;
          yield [left, top, later + less + 1.5 * (away - 9)];
        }
      }
    }
  },
};
PLACES.along = PLACES.point;

function placesOf(label, page) {
  const all = [...PLACES[label.kind](label)];
  if (label.box) all.push([label.box.left, label.box.top, 0]); // where the figure has put it
  const held = ([left, top, less]) => {
    const within = [
      clamp(left, page.left, Math.max(page.left, page.right - label.width)),
      clamp(top, page.top, Math.max(page.top, page.bottom - label.height)),
    ];
    const away = Math.hypot(within[0] - left, within[1] - top);
    return { box: boxAt(...within, label), less: less + 2 * away };
  };
  return all.map(held);
}

/**
 * Gives each label its box.
 *
 * labels: {kind, at, width, height, frame, box}: kind is "end" (of a curve), "horizontal" or "vertical"
 * (a line that it names), "point", or "along" (any of several points of a curve); at: the points that it
 * names; frame: the box of its axes; box: where it would stand by itself, not for ends.
 * things: {curves, words, marks}: what labels keep off. page: the box that all stay in.
 * Returns for each {box, at, led, struck}: the point that it stands for, whether a leader should join
 * them, and whether a curve still passes through it.
 */
export function placeLabels(labels, things, page) {
  const all = labels.map((label, index) => ({ ...label, index }));
  const ends = all.filter((label) => label.kind === "end");
  for (const column of columns(ends)) placeEnds(column, things, page);
  const free = all.filter((label) => label.kind !== "end");
  const rank = ["point", "along", "vertical", "horizontal"]; // who can step aside comes last
  free.sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind) || a.index - b.index);
  for (const label of free) {
    label.places = placesOf(label, page).map((place) => ({
      ...place,
      less: place.less + covered(place.box, things) + crossed(label, place.box, things),
    }));
    label.box = null;
  }
  for (let round = 0; round < 3; round++) {
    for (const label of free) {
      const others = all.filter((other) => other !== label);
      const words = others.filter((other) => other.box).map((other) => other.box);
      let least = Infinity;
      for (const { box, less } of label.places) {
        const cost =
          less < least ? less + onWords(box, words) + mistaken(label, box, others) : Infinity;
        if (cost < least) [least, label.box] = [cost, box];
      }
    }
  }
  return all.map((label) => {
    const { box, kind } = label;
    const { point: at, away } = nearest(label.at, box);
    const middle = Math.abs((box.top + box.bottom) / 2 - at.y);
    const others = all.filter((other) => other.index !== label.index);
    const unsure = ahead(label, box, others) < 2 * away; // another's point is not three times as far
    const led =
      kind === "end" ? middle > label.height : FREE.has(kind) && (away > LEAST_LED || unsure);
    const struck = covered(box, { curves: things.curves }) > 0;
    return { box, at, led, struck };
  });
}
