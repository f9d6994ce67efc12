// A plane's window: which part of it is on screen, where a place of it lies, which ticks it gets.
const ROOM = 0.04; // around what is shown
const MOST_STRETCH = 3; // up to here one unit is as long on both axes: what is near looks near
const TICK_PX = 75;

/** @typedef {[low: number, high: number]} Range */
/** @typedef {{ x: Range, y: Range, start: number, shape: number[] }} Atlas */

/**
 * The window that shows all points and the atlas, in so many pixels.
 * @param {ArrayLike<number>} points x, y, x, y, ...
 * @param {Pick<Atlas, "x" | "y"> | null} atlas
 * @param {number} width
 * @param {number} height
 */
export function viewOf(points, atlas, width, height) {
  let [x0, x1] = atlas ? atlas.x : [Infinity, -Infinity];
  let [y0, y1] = atlas ? atlas.y : [Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    [x0, x1] = [Math.min(x0, points[i]), Math.max(x1, points[i])];
    [y0, y1] = [Math.min(y0, points[i + 1]), Math.max(y1, points[i + 1])];
  }
  const sizes = [
    [x1 - x0, width],
    [y1 - y0, height],
  ];
  let units = sizes.map(([extent, pixels]) => ((1 + 2 * ROOM) * extent) / pixels);
  const most = Math.max(...units) || 1 / width; // of all points on one place a unit is shown
  units = units.map((unit) => (most / unit <= MOST_STRETCH || !unit ? most : unit));
  const [perX, perY] = units;
  const left = (x0 + x1) / 2 - (perX * width) / 2;
  const bottom = (y0 + y1) / 2 - (perY * height) / 2;
  return {
    width,
    height,
    perX,
    perY,
    x: [left, left + perX * width],
    y: [bottom, bottom + perY * height],
    toX: (x) => (x - left) / perX,
    toY: (y) => height - (y - bottom) / perY,
    fromX: (pixel) => left + perX * pixel,
    fromY: (pixel) => bottom + perY * (height - pixel),
  };
}

/**
 * Two or more round places of an axis, and with how many decimals they are written.
 * @param {number[]} range
 * @param {number} pixels its length on the screen
 */
export function ticks([low, high], pixels) {
  const wanted = (high - low) / Math.max(2, pixels / TICK_PX);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const steps = [0.5, 1, 2, 5, 10].map((times) => times * power);
  const wide = steps.findIndex((step) => step >= wanted);
  const within = (step) => {
    const places = [];
    for (let i = Math.ceil(low / step); i * step <= high; i++) places.push(i * step || 0); // never −0
    return places;
  };
  const step = within(steps[wide]).length > 1 ? steps[wide] : steps[wide - 1]; // one says no scale
  const decimals = Math.max(0, Math.min(9, -Math.floor(Math.log10(step) + 1e-9)));
  return { places: within(step), decimals };
}

/**
 * The point nearest to a place, and how far away: in units of the plane, or in pixels of a view.
 * @param {ArrayLike<number>} points x, y, x, y, ...
 * @param {number} x
 * @param {number} y
 */
export function nearestIn(points, x, y, perX = 1, perY = 1) {
  let [index, least] = [null, Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const square = ((points[i] - x) / perX) ** 2 + ((points[i + 1] - y) / perY) ** 2;
    if (square < least) [index, least] = [i / 2, square];
  }
  return { index, distance: Math.sqrt(least) };
}
