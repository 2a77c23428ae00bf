// What the judge of a problem's page and its worker say to each other, and what the builder writes for them.

declare namespace Judging {
  /** The `judge` of words/. */
  interface Words {
    editor: string
    keys: string
    run: string
    submit: string
    stop: string
    reset: string
    reset_sure: string
    copy: string
    download: string
    line_go: string
    results: string
    loading: string
    come: string
    starting: string
    again: string
    running: string
    passed: string
    passed_some: string
    failed: string
    failed_early: string
    ok: string
    bad: string
    given: string
    expected: string
    got: string
    place: string
    printed: string
    at: string
    cut: string
    kinds: Record<string, string>
  }

  /** What a page says of its problem: miaotui/site/problem_pages.py */
  interface Data {
    slug: string
    /** The address of judge/. */
    files: string
    megabytes: string
    language: "zh" | "en"
    words: Words
  }

  /** A piece of what Python is made of: its file, and the bytes of that. */
  type Piece = [name: string, size: number]

  /** The Python of the page, in pieces: miaotui/site/page_python.py */
  interface Packed {
    pieces: Piece[]
    /** Base64 of those that have come. */
    given: Record<string, string>
    /** What they hold, and its bytes. */
    files: [name: string, size: number][]
    /** The worker's text. */
    worker: string
    sources: Record<string, string>
  }
  /** The same, unpacked. */
  interface Python {
    files: Record<string, ArrayBuffer>
    module: WebAssembly.Module
  }

  type Once = (name: string, make: (name: string) => Promise<unknown>) => Promise<unknown>

  /** judge/python.js */
  interface Loading {
    come(folder: string, problem: string, told: (share: number) => void): Promise<void>
    stop(): void
    start(): Promise<Python>
  }

  /** What is wrong with an answer, or with a case. */
  interface Wrong {
    kind: string
    error?: string
    message?: string
    line?: number | null
    /** Whether trying again may help. */
    again?: boolean
  }
  /** A text, or a pair of them, Chinese first. */
  type Said = string | [zh: string, en: string]
  interface Result extends Wrong {
    ok: boolean
    /** Its name in the tests, and as readers see it. */
    case: string
    zh: string
    en: string
    given?: Said
    expected?: Said
    got?: Said
    place?: Said
  }

  /** What the worker tells, each by itself: miaotui/judging/inside.py */
  interface Event {
    /** How many there are. */
    cases?: number
    printed?: string
    /** Whether more was printed than is shown. */
    cut?: boolean
    result?: Result
    wrong?: Wrong
    done?: true
  }

  /** What an answer is judged by, and by how many cases at most. */
  interface Asked {
    sources: Record<string, string>
    most: number | null
  }
  /** What the worker is sent: first what Python is made of, then what is to be judged. */
  type Message = Partial<Python & Asked>

  type Phase = "parsing" | "compiling" | "running"
  /** Python in the worker. */
  interface Started {
    run(post: (text: string) => void, phase: (name: Phase) => void, given: string): void
    /** Tells it how large its stack is. */
    limit(size: number): void
  }
  /** What Pyodide has within, as far as it is called. */
  interface Engine {
    _PyThreadState_Get(): number
    _emscripten_stack_get_current(): number
    _PyUnstable_ThreadState_SetStackProtection(thread: number, start: number, size: number): void
  }

  /** What the worker has around it, as far as it uses it. */
  interface Scope {
    postMessage(told: Event): void
    importScripts: () => never
    fetch: (address: unknown) => Promise<Response>
    Function: () => never
    onmessage: (event: { data: Message }) => unknown
  }
}

interface Window {
  miaotuiPython?: Judging.Packed
  miaotuiLoading: Judging.Loading
  /** The tests of a problem, by its name. */
  miaotuiProblem?: Record<string, string>
}
