// What the figures of an attention have in common: lines for its weights, and a way through them.
import { svg } from "./dom.js";

/**
 * A line for each weight that is not too small, from what is read above to what is written below.
 * @param {number[][]} weights a row a step
 * @param {{least: number, widest: number, top: number, bottom: number,
 *   from: (place: number) => number, to: (step: number) => number}} how the smallest weight that
 *   has a line, the width of a whole one, and where the lines begin and end
 * @returns {{path: any, step: number, place: number}[]}
 */
export function curves(weights, { least, widest, top, bottom, from, to }) {
  const middle = (top + bottom) / 2;
  return weights.flatMap((row, step) =>
    row.flatMap((weight, place) => {
      if (weight < least) return [];
      const [above, below] = [from(place), to(step)];
      const path = svg("path", {
        d: `M${above} ${top} C${above} ${middle} ${below} ${middle} ${below} ${bottom}`,
        "stroke-width": 0.5 + widest * weight,
        opacity: 0.12 + 0.6 * weight,
      });
      return [{ path, step, place }];
    }),
  );
}

/**
 * Where a key leads from a cell: an arrow to the next, Home and End to the ends of its row.
 * @param {string} key
 * @param {number[]} cell row, column
 * @param {number[]} lengths of the rows
 * @returns {number[] | null} row, column; null for another key
 */
export function moved(key, [row, column], lengths) {
  const to = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, Infinity],
  }[key];
  if (!to) return null;
  const within = (at, length) => Math.max(0, Math.min(length - 1, at));
  const reached = within(to[0], lengths.length);
  return [reached, within(to[1], lengths[reached])];
}
