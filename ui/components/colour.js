// Colours of signed values, for any component that asks for them.
const rgb = (hex) => hex.match(/[0-9a-f]{2}/gi).map((pair) => parseInt(pair, 16));

const luminance = (colour) => {
  // Relative luminance as WCAG 2 defines it.
  const [r, g, b] = colour
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

function shade(value, palette) {
  // The colour, as [r, g, b], of a value in [-1, 1]; the palette is [[position in 0..1, colour], ...].
  const place = (Math.max(-1, Math.min(1, value)) + 1) / 2;
  const next = Math.max(1, palette.findIndex(([position]) => position >= place));
  const [[low, from], [high, to]] = [palette[next - 1], palette[next]];
  const share = (place - low) / (high - low);
  return rgb(from).map((part, i) => Math.round(part + share * (rgb(to)[i] - part)));
}
