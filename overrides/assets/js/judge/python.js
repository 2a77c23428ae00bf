// Loads the judge's Python, 5 MB in pieces, and says how far it has come. What has come stays: who tries again after the
// network failed waits for the rest alone.
;(() => {
  "use strict"

  const AT_ONCE = 3
  // From a server each byte is counted as it comes. A page from file:// may fetch nothing: its pieces are scripts, which
  // are there whole or not at all.
  const COUNTED = /^https?:$/.test(location.protocol)

  /** @type {Map<string, Promise<unknown>>} */
  const asked = new Map()
  /** Does it once, and again where it failed. @type {Judging.Once} */
  const once = (name, make) => {
    if (!asked.has(name)) {
      const failed = (/** @type {unknown} */ error) => {
        asked.delete(name)
        throw error
      }
      asked.set(name, make(name).catch(failed))
    }
    return asked.get(name)
  }

  /** @param {string} address */
  const script = address => once(address, window.miaotui.script)

  let stopping = new AbortController()

  /** A piece's text, and at each step how many bytes have come, unpacked where they were sent packed.
   * @param {string} address
   * @param {(bytes: number) => void} told */
  const fetched = async (address, told) => {
    const answer = await fetch(address, { signal: stopping.signal })
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
    const reader = answer.body.getReader()
    const parts = []
    let bytes = 0
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      parts.push(step.value)
      bytes += step.value.length
      told(bytes)
    }
    return new Blob(parts).text()
  }

  /** Bytes that have come, by the piece. @type {Map<string, number>} */
  const come = new Map()
  /** @type {(share: number) => void} */
  let shown

  const show = () => {
    const { pieces } = window.miaotuiPython
    const whole = pieces.reduce((sum, [, size]) => sum + size, 0)
    shown([...come.values()].reduce((sum, bytes) => sum + bytes, 0) / whole)
  }

  /** @type {(folder: string, piece: Judging.Piece) => Promise<unknown>} */
  const piece = (folder, [name, size]) => {
    const told = (/** @type {number} */ bytes) => {
      come.set(name, bytes)
      show()
    }
    return once(folder + name, async address => {
      try {
        if (!COUNTED) await window.miaotui.script(address)
        // What the script would say, as the page's policy lets no text run.
        else window.miaotuiPython.given[name] = JSON.parse((await fetched(address, told)).split(" = ")[1])
        told(size)
      } catch (error) {
        told(0)
        throw error
      }
    })
  }

  /** A few at a time: a network takes all of them no sooner, and what has come whole is kept.
   * @param {string} folder */
  const pieces = async folder => {
    const left = [...window.miaotuiPython.pieces]
    const next = async () => {
      while (left.length) await piece(folder, left.shift())
    }
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, next))
    } catch (error) {
      left.length = 0
      throw error
    }
  }

  /** The engine's files out of the pieces, and its WebAssembly compiled once for all runs.
   * @param {Judging.Packed} python
   * @returns {Promise<Judging.Python>} */
  const unpacked = async ({ pieces, given, files: listed }) => {
    const bytes = (/** @type {string} */ text) => Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
    const packed = new Blob(pieces.map(([name]) => bytes(given[name])))
    const whole = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer()
    /** @type {Record<string, ArrayBuffer>} */
    const files = {}
    let start = 0
    for (const [name, size] of listed) {
      files[name] = whole.slice(start, start + size)
      start += size
    }
    const module = await WebAssembly.compile(files["pyodide.asm.wasm"])
    delete files["pyodide.asm.wasm"]
    return { files, module }
  }

  window.miaotuiLoading = {
    /** All that has to come before a run; `told` hears which share of it has. */
    async come(folder, problem, told) {
      shown = told
      try {
        await script(`${folder}python.js`)
        show()
        await Promise.all([once(folder, pieces), script(`${folder}${problem}.js`)])
      } catch {
        throw new Error(folder, { cause: COUNTED ? "network" : "files" })
      }
    },
    /** Who stops it waits for nothing more: what has not come whole is asked for again. */
    stop() {
      stopping.abort()
      stopping = new AbortController()
    },
    start: () => /** @type {Promise<Judging.Python>} */ (once("engine", () => unpacked(window.miaotuiPython)))
  }
})()
