// What of a map is in sight: how near one is, which word lies in a direction, which names have room.

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */
/** @typedef {{ times: number, x: number, y: number }} Zoom how often as near, and around what */

export const WHOLE = 1;
export const NEAREST = 40; // times
const [EDGE, MOST_UNEQUAL] = [1.06, 1.6];
const SIDEWAYS = 3; // how much farther a word seems that lies beside the direction

/**
 * A view of the whole that fills its window, where one unit may be so many times as long on one axis
 * as on the other.
 * @param {any} view of viewOf
 * @param {ArrayLike<number>} points x, y, x, y, ...
 * @param {number} unequal
 */
export function fillingView(view, points, unequal = MOST_UNEQUAL) {
  const ends = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    [ends[0], ends[1]] = [Math.min(ends[0], points[i]), Math.max(ends[1], points[i])];
    [ends[2], ends[3]] = [Math.min(ends[2], points[i + 1]), Math.max(ends[3], points[i + 1])];
  }
  const needed = [(ends[1] - ends[0]) / view.width, (ends[3] - ends[2]) / view.height];
  const least = Math.max(...needed) / unequal;
  const [perX, perY] = needed.map((unit) => EDGE * Math.max(unit, least) || view.perX);
  const middle = { x: (ends[0] + ends[1]) / 2, y: (ends[2] + ends[3]) / 2 };
  return windowAt({ ...view, perX, perY }, middle);
}

/**
 * A view of the whole, seen from nearer by.
 * @param {any} view of viewOf
 * @param {Zoom} zoom
 */
export function nearerView(view, { times, x, y }) {
  return windowAt({ ...view, perX: view.perX / times, perY: view.perY / times }, { x, y });
}

function windowAt(view, { x, y }) {
  const { perX, perY } = view;
  const left = x - (perX * view.width) / 2;
  const bottom = y - (perY * view.height) / 2;
  return {
    ...view,
    x: [left, left + perX * view.width],
    y: [bottom, bottom + perY * view.height],
    toX: (at) => (at - left) / perX,
    toY: (at) => view.height - (at - bottom) / perY,
    fromX: (pixel) => left + perX * pixel,
    fromY: (pixel) => bottom + perY * (view.height - pixel),
  };
}

/**
 * A zoom that leaves the map in sight: neither nearer than NEAREST nor beyond its edge.
 * @param {any} view of the whole
 * @param {Zoom} zoom
 * @returns {Zoom}
 */
export function heldZoom(view, zoom) {
  const times = Math.max(WHOLE, Math.min(NEAREST, zoom.times));
  const within = (at, [low, high]) => {
    const half = (high - low) / (2 * times);
    return Math.max(low + half, Math.min(high - half, at));
  };
  return { times, x: within(zoom.x, view.x), y: within(zoom.y, view.y) };
}

/**
 * The zoom by a factor at which a place stays where it is on the screen.
 * @param {Zoom} zoom
 * @param {number} factor
 * @param {{ x: number, y: number }} place
 * @returns {Zoom}
 */
export const zoomedAt = (zoom, factor, place) => ({
  times: zoom.times * factor,
  x: place.x + (zoom.x - place.x) / factor,
  y: place.y + (zoom.y - place.y) / factor,
});

/**
 * The word that comes next in a direction, null if there is none.
 * @param {ArrayLike<number>} points x, y, x, y, ...
 * @param {number} from index of a word
 * @param {[number, number]} direction one of (±1, 0), (0, ±1)
 */
export function nextToward(points, from, [across, up]) {
  let [best, least] = [null, Infinity];
  for (let i = 0; i < points.length / 2; i++) {
    const [dx, dy] = [points[2 * i] - points[2 * from], points[2 * i + 1] - points[2 * from + 1]];
    const ahead = dx * across + dy * up;
    const aside = Math.abs(dx * up) + Math.abs(dy * across);
    if (i === from || ahead <= 0 || aside > 2 * ahead) continue;
    const far = ahead + SIDEWAYS * aside;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

/**
 * The places of names that stand on nothing, null for those that have no room. Who comes first is
 * placed first.
 * @param {{ x: number, y: number, r: number, width: number, height: number }[]} names
 * @param {Box[]} taken
 * @param {Box} page
 * @returns {(Box | null)[]}
 */
export function withRoom(names, taken, page) {
  const CELL = 48;
  const cells = new Map();
  const around = function* ({ left, top, right, bottom }) {
    for (let i = Math.floor(left / CELL); i <= right / CELL; i++)
      for (let j = Math.floor(top / CELL); j <= bottom / CELL; j++) yield `${i},${j}`;
  };
  const take = (box) => {
    for (const cell of around(box)) cells.set(cell, [...(cells.get(cell) ?? []), box]);
  };
  const meets = (box) => {
    for (const cell of around(box))
      if (cells.get(cell)?.some((other) => onOneAnother(box, other))) return true;
    return false;
  };
  taken.forEach(take);
  return names.map(({ x, y, r, width, height }) => {
    for (const [left, top] of [
      [x + r + 2, y - height / 2],
      [x - r - 2 - width, y - height / 2],
      [x - width / 2, y - r - 1 - height],
      [x - width / 2, y + r + 1],
    ]) {
      const box = { left, top, right: left + width, bottom: top + height };
      const inPage =
        left >= page.left &&
        top >= page.top &&
        box.right <= page.right &&
        box.bottom <= page.bottom;
      if (!inPage || meets(box)) continue;
      take(box);
      return box;
    }
    return null;
  });
}

/** Whether two boxes meet. */
export const onOneAnother = (/** @type {Box} */ a, /** @type {Box} */ b) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Places on the way from some to others, 0 at the beginning, 1 at the end.
 * @param {Float32Array} from
 * @param {Float32Array} to
 * @param {number} share
 */
export const onTheWay = (from, to, share) => to.map((at, i) => from[i] + share * (at - from[i]));
