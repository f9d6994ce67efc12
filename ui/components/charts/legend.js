// A legend beneath its chart begins where the axis's name ends, however high the chart is: Plotly
// counts its place in heights of the axes.
const APART = 6; // pixels between the two
const LEAST = 40; // of the axes
const SAME = 0.01;

/**
 * Where a legend has to be that begins so many pixels beneath the axes.
 * @param {{ below: number, legend: number, height: number, top: number }} sizes in pixels: how far
 *   down names reach beneath the axes, the legend's height, the chart's, and what is above the axes
 */
export function legendPlace({ below, legend, height, top }) {
  const axes = Math.max(LEAST, height - top - below - APART - legend - APART);
  return -(below + APART) / axes;
}

/** The place of a drawn chart's legend, if it has one beneath and that is not the right one. */
export function legendMoved(root) {
  const { legend, _size } = root._fullLayout;
  const drawn = root.querySelector(".legend");
  if (!drawn || !(legend?.y < 0)) return {};
  const chart = root.getBoundingClientRect();
  const written = '.infolayer [class^="x"][class$="title"], [class^="x"][class$="tick"] text';
  const names = root.querySelectorAll(written);
  const bottoms = Array.from(names, (name) => name.getBoundingClientRect().bottom);
  const sizes = {
    below: Math.max(...bottoms, 0) - chart.top - _size.t - _size.h,
    legend: drawn.getBoundingClientRect().height,
    height: chart.height,
    top: _size.t,
  };
  const y = legendPlace(sizes);
  return Math.abs(y - legend.y) > SAME ? { "legend.y": y } : {};
}
