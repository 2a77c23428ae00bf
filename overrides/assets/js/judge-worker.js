// Runs one answer in CPython, then is ended. Its text comes to the page in judge/python.js (miaotui/site/page_python.py),
// and starts from a blob, and no module: a page opened from file:// may start a worker from nothing else.
// Tells the page what miaotui/judging/inside.py tells: the number of cases, printed text, each result, what is wrong with
// the whole, done.
"use strict"

const scope = /** @type {Judging.Scope} */ (/** @type {unknown} */ (self))
const LARGEST = 256 * 1024 * 1024
// Python measures how deep it is by a stack of its own, of which a call takes little; the browser's, which holds the calls
// themselves, would end before, and the engine with it. So Python is told of a smaller one, in bytes, by what it does: a
// parser takes least of its own. What still comes too deep the browser stops.
const STACKS = { parsing: 48 * 1024, compiling: 160 * 1024, running: 160 * 1024 }
const TOO_DEEP = /call stack|too much recursion/i
// The engine asks for it in its list of packages, of which there are none.
const ABI = "2026_0"

// All that is left of this worker's globals when an answer runs: the language, and what the engine itself goes on using.
// No network, no storage, no message of one's own, no code from text.
const LEFT = new Set([
  ..."Object Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp".split(
    " "
  ),
  ..."Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math".split(" "),
  ..."ArrayBuffer SharedArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array".split(
    " "
  ),
  ..."Uint8ClampedArray Float32Array Float64Array BigUint64Array BigInt64Array BigInt DataView Map Set WeakMap".split(
    " "
  ),
  ..."WeakSet WeakRef FinalizationRegistry Proxy Reflect Iterator SuppressedError globalThis self isFinite isNaN".split(
    " "
  ),
  ..."decodeURIComponent encodeURIComponent Intl WebAssembly TextDecoder TextEncoder performance crypto console".split(
    " "
  ),
  ..."WorkerGlobalScope DedicatedWorkerGlobalScope EventTarget constructor".split(" "),
  ..."__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ hasOwnProperty".split(" "),
  ..."isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf".split(" ")
])

const DRIVE = `
import json, sys
from types import ModuleType

def module(name, text):
    made = ModuleType(name)
    exec(compile(text, name + ".py", "exec"), vars(made))
    return made

def start(post, phase, given):
    given = json.loads(given)
    sources = given["sources"]
    guard, inside = (module(name, sources[name]) for name in ("guard", "inside"))
    tell = inside.teller(post)
    sys.stdout = sys.stderr = inside.printed(tell)
    # What leads to the worker and its page: gone, and not to be had again.
    sys.meta_path[:] = [finder for finder in sys.meta_path if isinstance(finder, type)]
    for name in list(sys.modules) + ["js", "pyodide_js"]:
        if name.partition(".")[0] in ("js", "pyodide_js", "_pyodide_core", "pyodide", "_pyodide"):
            sys.modules[name] = None
    del sys.modules["__main__"], sys.argv[1:]
    texts = inside.Sources(*(sources[name] for name in ("harness", "tests", "answer")), "/problems")
    inside.judge(tell, guard, texts, given["most"], phase)
    tell({"done": True})

start
`

// What a phone cannot spare is not given: Python says that there is no memory.
const grow = WebAssembly.Memory.prototype.grow
/** @param {number} pages */
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 65_536 > LARGEST) throw new RangeError("more memory than an answer may have")
  return grow.call(this, pages)
}
// An engine may take Android's WebViews (WeChat, QQ, MIUI: "Version/4.0 … Safari/") for an old Safari by their names.
if (/Android/.test(navigator.userAgent)) Object.defineProperty(navigator, "userAgent", { value: "" })
// The engine asks by it whether this is a module's worker, and wants one; what it loads it loads as modules all the same.
scope.importScripts = () => {
  throw new TypeError("no scripts here")
}
// The engine says in the console what the page says in words.
console.log =
  console.warn =
  console.error =
    () => {
      /* the page says it */
    }

const post = scope.postMessage.bind(scope)

/** @type {(text: BlobPart) => Promise<any>} */
const imported = text => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })))

/** @type {(engine: Judging.Engine) => (size: number) => void} */
const limits =
  ({ _PyThreadState_Get, _emscripten_stack_get_current, _PyUnstable_ThreadState_SetStackProtection }) =>
  size =>
    _PyUnstable_ThreadState_SetStackProtection(_PyThreadState_Get(), _emscripten_stack_get_current() - size, size)

/** @type {() => null} */
const nothing = () => null
/** @type {() => never} */
const refused = () => {
  throw new EvalError("there is none here")
}

/** @type {(python: Judging.Python) => Promise<Judging.Started>} */
const start = async ({ module, files }) => {
  // What the engine fetches is here: no request, and none that a policy could refuse.
  scope.fetch = async address => new Response(`${address}`.endsWith(".zip") ? files["library.zip"] : "")
  WebAssembly.instantiateStreaming = async (_, needs) => {
    const instance = await WebAssembly.instantiate(module, needs)
    return { instance, module }
  }
  const [{ loadPyodide }, core] = await Promise.all([
    imported(files["pyodide.mjs"]),
    imported(files["pyodide.asm.mjs"])
  ])
  const python = await loadPyodide({
    createPyodideModule: core.default,
    indexURL: "https://python.invalid/",
    lockFileContents: JSON.stringify({ info: { abi_version: ABI }, packages: {} }),
    // What Python sees as the page: nothing.
    jsglobals: { eval: refused },
    stdin: nothing
  })
  return { run: python.runPython(DRIVE), limit: limits(python._module) }
}

const fence = () => {
  /** @type {() => never} */
  const none = function () {
    throw new EvalError("no code from text")
  }
  for (const made of [() => {}, async () => {}, function* () {}, async function* () {}]) {
    Object.defineProperty(Object.getPrototypeOf(made), "constructor", { value: none })
  }
  none.prototype = Object.getPrototypeOf(() => {})
  for (let held = scope; held; held = Object.getPrototypeOf(held)) {
    for (const name of Object.getOwnPropertyNames(held)) if (!LEFT.has(name)) Reflect.deleteProperty(held, name)
  }
  scope.Function = none
}

/** @type {(python: Judging.Started | null, asked: Judging.Asked) => void} */
const judge = (python, { sources, most }) => {
  /** @type {Judging.Phase} */
  let at
  /** @type {(kind: string, message?: string) => void} */
  const failed = (kind, message = "") => post({ wrong: { kind, error: "", message, line: null }, done: true })
  if (!python) return failed("unloaded")
  fence()
  /** @type {(name: Judging.Phase) => void} */
  const phase = name => {
    at = name
    python.limit(STACKS[name])
  }
  try {
    python.run(text => post(JSON.parse(text)), phase, JSON.stringify({ sources, most }))
  } catch (error) {
    if (!TOO_DEEP.test(`${error}`)) failed("crash")
    // Python tells of its own recursion. What ends the browser's is often no call: objects linked in a chain of thousands
    // are freed one within the other.
    else if (at === "running") failed("deep")
    else failed("syntax", "too deeply nested")
  }
}

/** @type {Promise<Judging.Started | null>} */
let started = null

// First what Python is made of, then, at once or later, what is to be judged.
/** @param {{ data: Judging.Message }} event */
scope.onmessage = async ({ data }) => {
  if (data.module) started = start(/** @type {Judging.Python} */ (data)).catch(nothing)
  if (data.sources) judge(await started, /** @type {Judging.Asked} */ (data))
}
