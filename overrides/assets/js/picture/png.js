// A PNG of sixteen colours: a picture of text in three inks needs no more, and a canvas's own has sixteen million, and is
// five times as large. Touches no element.
;(() => {
  "use strict"

  const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10]
  const SHADES = 4

  const TABLE = Array.from({ length: 256 }, (_, value) => {
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
    return value
  })
  /** @param {Uint8Array} bytes */
  const checked = bytes => ~bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), -1)

  /** @type {(name: string, data: ArrayLike<number>) => Uint8Array} */
  const chunk = (name, data) => {
    const made = new Uint8Array(data.length + 12)
    const view = new DataView(made.buffer)
    view.setUint32(0, data.length)
    made.set(
      Array.from(name, letter => letter.charCodeAt(0)),
      4
    )
    made.set(data, 8)
    view.setInt32(data.length + 8, checked(made.subarray(4, data.length + 8)))
    return made
  }

  /** @param {string} colour as #1c2024 */
  const parts = colour => [1, 3, 5].map(at => parseInt(colour.trim().slice(at, at + 2), 16))

  // What a letter has at its edge lies between its ink and the paper.
  /** @type {Pictured.Png["palette"]} */
  const palette = (paper, inks, flat) => {
    const ground = parts(paper)
    const shades = inks
      .map(parts)
      .flatMap(ink =>
        Array.from({ length: SHADES }, (_, step) =>
          ink.map((part, place) => Math.round(ground[place] + ((part - ground[place]) * (step + 1)) / SHADES))
        )
      )
    return [ground, ...flat.map(parts), ...shades]
  }

  /** @type {(pixels: Uint8ClampedArray, colours: number[][]) => (at: number) => number} */
  const nearest = (pixels, colours) => {
    /** @type {Map<number, number>} */
    const known = new Map()
    return at => {
      const [red, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]]
      const key = (red << 16) | (green << 8) | blue
      let found = known.get(key)
      if (found === undefined) {
        const far = colours.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2)
        found = far.indexOf(Math.min(...far))
        known.set(key, found)
      }
      return found
    }
  }

  // Two pixels are a byte; before each row stands how it is filtered, which it is not.
  /** @type {(width: number, height: number, pixels: Uint8ClampedArray, colours: number[][]) => Uint8Array} */
  const rows = (width, height, pixels, colours) => {
    const wide = Math.ceil(width / 2) + 1
    const made = new Uint8Array(wide * height)
    const colour = nearest(pixels, colours)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        made[y * wide + 1 + (x >> 1)] |= colour((y * width + x) * 4) << (x & 1 ? 0 : 4)
      }
    }
    return made
  }

  /** @type {Pictured.Png["png"]} */
  const png = async (width, height, pixels, colours) => {
    const stream = new Blob([/** @type {BlobPart} */ (rows(width, height, pixels, colours))]).stream()
    const packed = await new Response(stream.pipeThrough(new CompressionStream("deflate"))).arrayBuffer()
    const head = new Uint8Array(13)
    new DataView(head.buffer).setUint32(0, width)
    new DataView(head.buffer).setUint32(4, height)
    // Four bits a pixel, of a palette.
    head.set([4, 3], 8)
    const chunks = [
      chunk("IHDR", head),
      chunk("PLTE", colours.flat()),
      chunk("IDAT", new Uint8Array(packed)),
      chunk("IEND", [])
    ]
    return new Uint8Array([SIGNATURE, ...chunks].flatMap(part => Array.from(part)))
  }

  window.miaotuiPng = { palette, png }
})()
