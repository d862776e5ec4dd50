// UUIDv7 (RFC 9562): a phone without signal makes the ids of its records and the keys of its calls.
// They sort by the moment they were made, also within one millisecond (a counter in rand_a, method 1).
let lastAt = 0;
let counter = 0;

export function uuid7(now = Date.now()) {
  counter = now > lastAt ? 0 : counter + 1;
  lastAt = Math.max(now, lastAt);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(lastAt / 2 ** (8 * (5 - place))) % 256;
  bytes[6] = 0x70 | ((counter >> 8) & 0x0f);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
