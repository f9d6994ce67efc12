// Formulas as a book sets them: variables in italics, subscripts below, a true minus sign.
const PIECE = /(tanh|ReLU|[A-Za-zσ]\u0303?|[^_])(?:_(?:\{([^}]*)\}|(.)))?/gu;

function pieces(formula) {
  return [...formula.matchAll(PIECE)].map(([, base, group, letter]) => ({
    base,
    sub: group ?? letter ?? "",
    italic: /^[A-Za-zσ]\u0303?$/u.test(base),
  }));
}

function typeset(parent, formula) {
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

function typesetSvg(text, formula) {
  // Into an SVG text element, whose tspans are shifted down and up again.
  let low = false;
  const add = (part, italic, below) => {
    const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
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

function written(value, decimals, point) {
  // A number with so many decimals, more if it would vanish; "0" for zero itself.
  if (value === 0) return "0";
  const size = Math.abs(value);
  let digits = size >= 100 ? 0 : size >= 10 ? Math.min(1, decimals) : decimals;
  if (decimals > 2 && size < 0.1) digits = 3;
  const said = value.toFixed(digits);
  return (Number(said) === 0 ? said.replace("-", "") : said).replace("-", "−").replace(".", point);
}
