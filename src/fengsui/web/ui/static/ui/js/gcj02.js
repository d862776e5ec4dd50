// WGS 84 ↔ GCJ-02, only for tiles that are shifted so. The same form as gcj02.py.
const A = 6378245, EE = 0.006693421622965943;
const waves = (x, ...parts) =>
  (parts.reduce((sum, [size, turns]) => sum + size * Math.sin(x * turns * Math.PI), 0) * 2) / 3;
const north = (x, y) =>
  -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) +
  waves(x, [20, 6], [20, 2]) + waves(y, [20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]);
const east = (x, y) =>
  300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) +
  waves(x, [20, 6], [20, 2], [20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]);

export function toGcj([longitude, latitude]) {
  if (longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271)
    return [longitude, latitude];
  const x = longitude - 105, y = latitude - 35, angle = (latitude * Math.PI) / 180;
  const magic = 1 - EE * Math.sin(angle) ** 2, root = Math.sqrt(magic);
  const up = (north(x, y) * 180) / (((A * (1 - EE)) / (magic * root)) * Math.PI);
  const right = (east(x, y) * 180) / ((A / root) * Math.cos(angle) * Math.PI);
  return [longitude + right, latitude + up];
}

// Back by trying: the shift changes slowly, three rounds are good to a centimetre.
export function fromGcj(shown) {
  let guess = shown;
  for (let round = 0; round < 3; round += 1) {
    const [x, y] = toGcj(guess);
    guess = [guess[0] + shown[0] - x, guess[1] + shown[1] - y];
  }
  return guess;
}
