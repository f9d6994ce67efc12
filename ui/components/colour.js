// Colours of signed values, for any component that asks for them.

/** @typedef {number[]} Colour red, green, blue: 0 to 255 */
/** @typedef {[position: number, hex: string][]} Palette positions from 0 to 1 */

/**
 * @param {string} hex
 * @returns {Colour}
 */
export const rgb = (hex) => hex.match(/[0-9a-f]{2}/gi).map((pair) => parseInt(pair, 16));

/**
 * Relative luminance as WCAG 2 defines it: 0 to 1.
 * @param {Colour} colour
 */
export const luminance = (colour) => {
  const [r, g, b] = colour
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/**
 * Contrast ratio as WCAG 2 defines it: 1 to 21.
 * @param {Colour} a
 * @param {Colour} b
 */
export const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const LETTERS_CONTRAST = 4.5; // of text, WCAG 2.1 AA; black or white has it on any colour

/**
 * The ink of these that is read better on a colour; black or white where neither is read well.
 * @param {Colour} back
 * @param {string[]} inks
 */
export function readable(back, inks) {
  const clearer = (a, b) => (contrast(back, rgb(a)) >= contrast(back, rgb(b)) ? a : b);
  const best = clearer(inks[0], inks[1]);
  if (contrast(back, rgb(best)) >= LETTERS_CONTRAST) return best;
  return clearer("#000000", "#ffffff");
}

/**
 * The colour of a value in [-1, 1]; beyond, that of the nearer end.
 * @param {number} value
 * @param {Palette} palette
 * @returns {Colour}
 */
export function shade(value, palette) {
  const place = (Math.max(-1, Math.min(1, value)) + 1) / 2;
  const next = Math.max(
    1,
    palette.findIndex(([position]) => position >= place),
  );
  const [[low, from], [high, to]] = [palette[next - 1], palette[next]];
  const share = (place - low) / (high - low);
  return rgb(from).map((part, i) => Math.round(part + share * (rgb(to)[i] - part)));
}

/** The page's theme around an element: "dark" or "light". */
export function themeOf(/** @type {Element} */ element) {
  const page = getComputedStyle(element).getPropertyValue("--st-background-color");
  return luminance(rgb(/[0-9a-f]{6}/i.test(page) ? page : "#ffffff")) < 0.2 ? "dark" : "light";
}
