// What the scripts of the page share: what stands on `window`, and the data that the builder writes into a page.

/** What common.js gives all others; what is left open is there once its script has run. */
interface Miaotui {
  words: Miaotui.Words
  button(label: string, act: (made: HTMLButtonElement) => unknown): HTMLButtonElement
  script(address: string): Promise<unknown>
  searching(): boolean
  unkept: Map<string, string>
  kept(key: string): string | null
  /** Whether it is kept for longer than the page. */
  keep(key: string, text: string): boolean
  tell(word: "unkept" | "unread", ...more: (string | Node)[]): void
  save(text: string, name: string, type: string): void
  /** share.js */
  copy?(text: string, place: HTMLElement): Promise<void>
  /** progress.js */
  solve?(slug: string): void
  /** The reader's mark of a question, and how many are due: of whoever keeps marks; list.js reads them. */
  markOf?(number: string): Miaotui.Mark | null
  dueCount?(): number
}

declare namespace Miaotui {
  /** The `scripts` of words/. */
  interface Words {
    copy: string
    copied: string
    copy_heading: string
    share: string
    copy_markdown: string
    no_markdown: string
    copy_code: string
    known: string
    known_mark: string
    solved_mark: string
    ticked: string
    known_of: string
    export: string
    import: string
    imported: string
    imported_unkept: string
    import_refused: string
    read: string
    self_test: string
    step: string
    step_of: string
    follow: string
    unkept: string
    unread: string
    save_unread: string
  }

  type Mark = "again" | "hard" | "good"

  /** A point of a self-check: its key in points.yml, or its place, as version 1 of a record had it. */
  type Tick = string | number

  /** What a reader can answer of a question: by the button, and by the points of its self-check. */
  interface Question {
    known: boolean
    ticks: Tick[]
  }

  /** A record as a browser or a file may have it. */
  interface Kept {
    version: 1 | 2
    questions: Record<string, Question>
    problems?: Record<string, { solved: true }>
  }

  /** What progress.js keeps and carries as a file. */
  interface Progress extends Kept {
    version: 2
  }

  /** What lost.js puts a page into English with; overrides/404.html writes it. */
  interface Lost {
    text: Record<string, string>
    copyright: string
    home: string
    other: { href: string; lang: string; name: string }
  }
}

/** What a calculator's page is given: miaotui/calculators/contract.py, word for word; a test holds them together. */
declare namespace Contract {
  /** A number, a name, or an operation and its parts; a text is ["text", its words]. */
  type Tree = number | string | Operation
  type Operation = [operation: string, ...parts: Tree[]]
  /** A name and the tree that gives its value. */
  type Named = [string, Tree]
  /** How a unit is written, and its size in the quantity's first unit. */
  type Shown = [string, number]
  type Setting = number | string | number[]

  interface Input {
    name: string
    kind: "choice" | "list" | "number"
    label: string
    unit: string
    size: number
    default: Setting
    text: string
    least: number
    most: number
    step: number
    whole: boolean
    longest: number
    choices: [string, string][]
    only: Record<string, string>
    bounds: string
  }

  interface Output {
    name: string
    label: string
    value: Tree
    when: Tree | null
    units: Shown[]
    formula: boolean
  }

  interface Note {
    name: string
    when: Tree
    stops: boolean
    say: string
  }

  interface Repeat {
    start: Named[]
    again: Tree
    steps: Named[]
    following: Named[]
    record: string[]
    most: number
  }

  interface Axis {
    label: string
    units: Shown[]
    log: boolean
  }

  interface Line {
    name: string
    label: string
    x: Tree | null
    y: Tree
  }

  interface Plot {
    name: string
    label: string
    kind: "lines" | "bars" | "times"
    sweep: string | null
    least: Tree
    most: Tree
    points: number
    x: Axis
    y: Axis
    lines: Line[]
    marks: Line[]
  }

  interface Preset {
    options: Record<string, Record<string, string>>
    note: string
    source: string
    address: string
  }

  interface Words {
    presets: Record<string, string>
    own_values: string
    formula: string
    results: string
    settings: string
    reset: string
    empty: string
    table: string
    bad_number: string
    bad_list: string
    computed: string
    to: string
    whole: string
    defaults: string
    source: string
    unsaid: string
    comma: string
  }

  interface Calculator {
    slug: string
    main: string
    inputs: Input[]
    steps: Named[]
    repeat: Repeat | null
    results: Named[]
    outputs: Output[]
    notes: Note[]
    plots: Plot[]
    presets: Record<string, Preset[]>
    words: Words
  }
}

/** What calculate.js, calculator.js and plot.js say to each other. */
declare namespace Calculating {
  type Value = number | string | number[]
  type Values = Record<string, Value>
  /** In the inputs' units, by their names. */
  type Settings = Record<string, Contract.Setting>
  type Measured = (value: number, units: Contract.Shown[]) => string

  interface Result {
    values: Values
    /** None where a note stops the calculation. */
    outputs: Record<string, number> | null
    /** The names of what is to be said of it. */
    notes: string[]
  }

  type Compute = (calculator: Contract.Calculator, settings: Settings) => Result
  type Evaluate<Given> = (tree: Contract.Tree, known: Values) => Given

  interface Calculate {
    compute: Compute
    evaluate: Evaluate<Value>
  }

  type Attributes = Record<string, string | number>

  /** An axis on the picture. */
  interface Scale {
    place(value: number): number
    unit: Contract.Shown
    ticks: number[]
  }
  type Scaled = (values: number[], axis: Contract.Axis, start: number, end: number, fromZero?: boolean) => Scale | null

  /** A line's mark, and its place along both axes. */
  interface Mark extends Contract.Line {
    at: number
    to: number
  }

  /** A bar along time, in a row, of the first kind or not. */
  interface Span {
    row: number
    first: number
    begin: number
    end: number
  }

  /** A plot's lines: the swept value, then each line's there. */
  type Rows = (plot: Contract.Plot, data: Contract.Calculator, settings: Settings, values: Values) => number[][]

  /** A plot's picture, its lines' labels with the class of each, and its table. */
  interface Drawn {
    image: Element
    key: [string, string][]
    head: string[]
    table: string[][]
  }
  type Draw<Given> = (
    plot: Contract.Plot,
    data: Contract.Calculator,
    settings: Settings,
    values: Values,
    measured: Measured
  ) => Given | null

  type Plots = (
    box: HTMLElement,
    data: Contract.Calculator,
    settings: Settings | null,
    values: Values | null,
    measured: Measured
  ) => void
}

/** What happened to an element. */
type On<What extends Event = Event> = What & { target: Element }

/** The text of search/<lang>.js: what the search's worker is sent. */
interface MiaotuiIndex {
  config: object
  docs: object[]
}

interface Window {
  miaotui: Miaotui
  miaotuiCalculate: Calculating.Calculate
  miaotuiPlots?: Calculating.Plots
  miaotuiIndex?: MiaotuiIndex
  /** What a scoring sheet needs of a question, by its number: miaotui/site/sheets.py */
  miaotuiSheets?: Record<string, string>
  /** partials/javascripts/palette.html */
  miaotuiPaint(): void
}

// Where the browser makes a text of what is none, as `${}` does.
interface String {
  replace(place: "{}", filled: string | number): string
}
interface Element {
  setAttribute(name: `aria-${string}`, value: string | boolean): void
}
