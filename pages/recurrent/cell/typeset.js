// Formulas as a book sets them: variables in italics, subscripts below, a true minus sign.
import { svg } from "../../../ui/components/dom.js";

const PIECE = /(tanh|ReLU|[A-Za-zσ]\u0303?|[^_])(?:_(?:\{([^}]*)\}|(.)))?/gu;

/**
 * A formula's letters, each with what stands below it.
 * @param {string} formula in TeX's notation: h_{t−1}
 */
export function pieces(formula) {
  return [...formula.matchAll(PIECE)].map(([, base, group, letter]) => ({
    base,
    sub: group ?? letter ?? "",
    italic: /^[A-Za-zσ]\u0303?$/u.test(base),
  }));
}

export function typeset(parent, formula) {
  // Into an HTML element.
  for (const { base, sub, italic } of pieces(formula)) {
    const letter = document.createElement(italic ? "i" : "span");
    letter.textContent = base;
    parent.append(letter);
    if (!sub) continue;
    const below = document.createElement("sub");
    typeset(below, sub);
    parent.append(below);
  }
  return parent;
}

export function typesetSvg(text, formula) {
  // Into an SVG text element, whose tspans are shifted down and up again.
  let low = false;
  const add = (part, italic, below) => {
    const span = svg("tspan");
    span.textContent = part;
    if (italic) span.setAttribute("font-style", "italic");
    if (below) span.setAttribute("font-size", "72%");
    if (below !== low) span.setAttribute("dy", below ? "0.28em" : "-0.2em");
    low = below;
    text.append(span);
  };
  for (const { base, sub, italic } of pieces(formula)) {
    add(base, italic, false);
    for (const inner of pieces(sub)) add(inner.base, inner.italic, true);
  }
  return text;
}

/**
 * A number with so many decimals, fewer if it is large; "0" for zero itself.
 * @param {number} value
 * @param {number} decimals
 * @param {string} point decimal point or comma
 */
export function written(value, decimals, point) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? Math.min(1, decimals) : decimals;
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−").replace(".", point);
}
