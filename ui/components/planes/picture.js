// Pictures of ink on the page: a sample's own, and what an atlas shows at a place.
import { rgb } from "../colour.js";

/**
 * Bilinear between the four decoded images around (x, y), which lies within the atlas.
 * @param {import("./view.js").Atlas} atlas shape: rows, columns, height, width
 * @param {Uint8Array} bytes
 * @param {number} x
 * @param {number} y
 */
export function atlasAt(atlas, bytes, x, y) {
  const [rows, columns, height, width] = atlas.shape;
  const size = height * width;
  const [row, down] = cell(y, atlas.y, rows);
  const [column, right] = cell(x, atlas.x, columns);
  const start = (r, c) => atlas.start + (r * columns + c) * size;
  const corners = [
    [start(row, column), (1 - down) * (1 - right)],
    [start(row, column + 1), (1 - down) * right],
    [start(row + 1, column), down * (1 - right)],
    [start(row + 1, column + 1), down * right],
  ];
  const image = new Uint8ClampedArray(size); // rounds
  for (let i = 0; i < size; i++) {
    image[i] = corners.reduce((sum, [from, share]) => sum + share * bytes[from + i], 0);
  }
  return image;
}

function cell(value, [low, high], count) {
  // Between which two of ``count`` places from low to high, and how far towards the second.
  const place = ((value - low) / (high - low)) * (count - 1);
  const first = Math.max(0, Math.min(count - 2, Math.floor(place)));
  return [first, Math.max(0, Math.min(1, place - first))];
}

export function drawPicture(canvas, image, [height, width], colours) {
  if (canvas.width !== width || canvas.height !== height) {
    [canvas.width, canvas.height] = [width, height];
  }
  const pen = canvas.getContext("2d");
  if (!image) {
    pen.clearRect(0, 0, width, height);
    return;
  }
  const [page, ink] = [rgb(colours.page), rgb(colours.ink)];
  const shades = pen.createImageData(width, height);
  for (let i = 0; i < height * width; i++) {
    const share = image[i] / 255;
    for (let j = 0; j < 3; j++) shades.data[4 * i + j] = page[j] + share * (ink[j] - page[j]);
    shades.data[4 * i + 3] = 255;
  }
  pen.putImageData(shades, 0, 0);
}
