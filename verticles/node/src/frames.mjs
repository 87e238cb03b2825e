/** The frames of the bridge: a length of four bytes, big-endian, then JSON. */

const LONGEST_FRAME = 64 * 1024 * 1024;
const PREFIX = 4;

export function encode(frame) {
  const text = Buffer.from(JSON.stringify(frame));
  const length = Buffer.allocUnsafe(PREFIX);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
}

/** Cuts what comes into frames and gives each to `take`; throws at what is no bridge. */
export class FrameReader {
  #take;
  #chunks = [];
  #bytes = 0;
  #needed = PREFIX;

  constructor(take) {
    this.#take = take;
  }

  accept(chunk) {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    // Put together only once it is enough: a long frame comes in many pieces.
    if (this.#bytes < this.#needed) {
      return;
    }
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    while (rest.length >= this.#wanted(rest)) {
      const end = this.#needed;
      this.#take(JSON.parse(rest.toString("utf8", PREFIX, end)));
      rest = rest.subarray(end);
    }
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#bytes = rest.length;
  }

  #wanted(rest) {
    this.#needed = PREFIX;
    if (rest.length >= PREFIX) {
      const length = rest.readUInt32BE(0);
      if (length > LONGEST_FRAME) {
        throw new Error(`a frame of ${length} bytes`);
      }
      this.#needed += length;
      return this.#needed;
    }
    return PREFIX;
  }
}
