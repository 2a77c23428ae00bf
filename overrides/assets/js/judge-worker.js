// Runs one answer, then is ended. Its text comes to the page in judge/python.js (miaotui/site/problem_pages.py), and starts from a
// blob: a page opened from file:// may start a worker from nothing else.
// Tells the page: ready with the number of cases, printed lines, each result, what is wrong with the whole, done.
"use strict"

const MOST_PRINTED = 20_000
const LARGEST = 192 * 1024 * 1024

const DRIVE = `
import builtins, json, judge, harness, tests

class Enough(Exception):
    pass

def no_input(*_):
    raise EOFError("there is no input here")

def tell(result):
    judge.result(json.dumps(result))
    # After that there may be no memory for the next case either.
    if result.get("kind") == "memory":
        raise Enough

builtins.input = no_input
cases = tests.CASES[: judge.most()]
judge.ready(len(tests.CASES))
answer, wrong = harness.read(judge.text())
if wrong:
    judge.wrong(json.dumps(wrong))
else:
    try:
        harness.run(answer, cases, tell)
    except Enough:
        pass
judge.done()
`

// MicroPython doubles its heap for as long as it gets memory: what a phone cannot spare is not given.
const grow = WebAssembly.Memory.prototype.grow
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 65_536 > LARGEST) throw new RangeError("more memory than an answer may have")
  return grow.call(this, pages)
}
// The loader refuses old Safaris by their names, and takes Android's WebViews (WeChat, QQ, MIUI: "Version/4.0 … Safari/")
// for one: it gets no name. Whether the browser can run Python shows in the running.
Object.defineProperty(navigator, "userAgent", { value: "" })
// The loader complains of memory not given in the console.
console.error = () => { /* the page says it */ }

const start = async (data, printed) => {
  // The one thing that the loader fetches: no request, and none that a policy could refuse.
  self.fetch = async () => new Response(data.wasm, { headers: { "Content-Type": "application/wasm" } })
  const engine = URL.createObjectURL(new Blob([data.engine], { type: "text/javascript" }))
  const { loadMicroPython } = await import(engine)
  const python = await loadMicroPython({
    url: "micropython.wasm",
    heapsize: 32 * 1024 * 1024,
    linebuffer: true,
    stdout: line => printed(`${line}\n`)
  })
  python.FS.writeFile("harness.py", data.harness)
  python.FS.writeFile("tests.py", data.tests)
  return python
}

self.onmessage = async ({ data }) => {
  let left = MOST_PRINTED
  const printed = text => {
    if (left > 0) postMessage({ printed: text.slice(0, left), cut: text.length > left })
    left -= text.length
  }
  const failed = (kind, error = "") => postMessage({ wrong: { kind, error, message: "", line: null }, done: true })
  const python = await start(data, printed).catch(() => null)
  if (!python) return failed("unloaded")

  // A line that has not ended yet.
  const flush = () => {
    const rest = python._module._stdoutBuffer
    python._module._stdoutBuffer = []
    if (rest.length) printed(new TextDecoder().decode(new Uint8Array(rest)))
  }
  const tell = event => { flush(); postMessage(event) }
  python.registerJsModule("judge", {
    text: () => data.text,
    most: () => data.most,
    ready: cases => tell({ ready: cases }),
    result: text => tell({ result: JSON.parse(text) }),
    wrong: text => tell({ wrong: JSON.parse(text) }),
    done: () => tell({ done: true })
  })
  try {
    python.runPython(DRIVE)
  } catch (error) {
    flush()
    failed(error.type === "MemoryError" ? "memory" : "crash", error.type)
  }
}
