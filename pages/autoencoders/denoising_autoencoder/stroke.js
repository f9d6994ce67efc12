// What a brush leaves on a sheet of pixels.
const BRUSH = 0.045; // its radius, as a share of the image's width
const LEAST_BRUSH = 0.8; // pixels

/**
 * Ink, or none, in each pixel by how far its middle is from the line between two places.
 * @param {Float32Array} pixels 0 (paper) to 1 (ink), row by row; changed in place
 * @param {[height: number, width: number]} size
 * @param {[x: number, y: number]} from where the middle of the first pixel is (0, 0)
 * @param {[x: number, y: number]} to
 * @param {boolean} erase
 */
export function drawStroke(pixels, [height, width], [x0, y0], [x1, y1], erase) {
  const radius = Math.max(LEAST_BRUSH, BRUSH * width);
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = length ? ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length : 0;
      const share = Math.max(0, Math.min(1, along));
      const away = Math.hypot(x - x0 - share * (x1 - x0), y - y0 - share * (y1 - y0));
      const ink = Math.max(0, Math.min(1, radius + 0.5 - away));
      const i = y * width + x;
      pixels[i] = erase ? Math.min(pixels[i], 1 - ink) : Math.max(pixels[i], ink);
    }
  }
}
