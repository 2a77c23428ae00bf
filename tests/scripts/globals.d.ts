// What the scripts of the page share: what stands on `window`, and the data that the builder writes into a page.

/** What common.js gives all others; what is left open is there once its script has run. */
interface Miaotui {
  words: Miaotui.Words
  button(label: string, act: (made: HTMLButtonElement) => unknown): HTMLButtonElement
  script(address: string): Promise<unknown>
  style(address: string): void
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
  /** The reader's mark of a question; list.js reads it too. */
  markOf?(number: number | string): Miaotui.Mark | null
  /** How many questions are due. */
  dueCount?(now?: number): number
  progress?: Miaotui.Progress
  /** carry.js: the buttons, and taking in what may have words around it. */
  carry?(box: Element): void
  take?(text: string): boolean
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
    marks: string
    mark_again: string
    mark_hard: string
    mark_good: string
    due_in: string
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

  /** A point of a self-check: its key in points.yml, or its place, as version 1 of a record had it. */
  type Tick = string | number
  type Mark = "again" | "hard" | "good"

  /** What a reader said of a question: her mark, and the points that she had. */
  interface State {
    mark: Mark | null
    ticks: Tick[]
  }

  interface Review extends State {
    question: number
    /** In milliseconds, 0 where a record of an older version did not know it. */
    time: number
    /** How often it was put right. */
    edit?: number
  }

  interface Exam {
    /** As 2026-12-20, null where it was taken back. */
    date: string | null
    set: number
  }

  /** What a browser keeps, and what is carried. */
  interface Kept {
    version: 3
    reviews: Review[]
    problems: Record<string, { solved: true }>
    exam?: Exam
  }

  /** record.js */
  interface Records {
    empty(): Kept
    parsed(text: string): Kept | null
    together(...lists: Tick[][]): Tick[]
    /** merge.js */
    merged?(...records: Kept[]): Kept
    placed(record: Kept, points: Record<string, string[]>): Kept
    state(reviews: Review[]): State
    told(reviews: Review[], question: number, said: Partial<State>, time: number): Review
  }

  /** What progress.js does for the scripts that come after it. */
  interface Progress {
    read(): Kept
    reviews(number: number | string): Review[]
    /** Whether it is kept for longer than the page. */
    write(record: Kept): boolean
    /** marks.js */
    merge?(record: Kept): boolean
    add(said: Review): boolean
    /** Makes the days anew on which questions are due. */
    plan(): Promise<Map<number, number>>
    MARKS: [Mark, string][]
    points: Record<string, string[]>
    /** What is done each time that something changed. */
    shown: (() => void)[]
    mark(link: Element, name: string, text: string | boolean): void
    show(): void
  }

  /** What lost.js puts a page into English with; overrides/404.html writes it. */
  interface Lost {
    text: Record<string, string>
    copyright: string
    home: string
    other: { href: string; lang: string; name: string }
  }
}

/** What practice has of a question, and when it comes back. */
declare namespace Practice {
  type Review = Miaotui.Review
  type Mark = Miaotui.Mark

  interface Memory {
    state: { stability: number; difficulty: number }
    /** When it was reviewed last. */
    last: number
  }

  /** A question, as miaotui/site/practice_cards.py writes it. */
  interface Card {
    number: number
    name: string
    wording: string
    level: number
    /** Its place among the topics. */
    topic: number
    weight: number
    address: string
    /** HTML. */
    short: string
    /** The key and the HTML of each. */
    points: [string, string][]
  }

  interface Data {
    topics: string[]
    cards: Card[]
  }
  /** By a question's number, each follow-up and its answer. */
  type FollowUps = Record<string, [string, string][]>

  interface Queue {
    due: Card[]
    fresh: Card[]
    /** How many questions are new in all. */
    left: number
  }

  /** An interview, as its address says it. */
  interface Plan {
    /** Empty where none was asked for. */
    seed: string
    level: number
    minutes: number
    topics: number[]
  }

  /** What was said in an interview: the HTML of points and follow-ups, and whether they were. */
  interface Answer {
    card: Card
    missed: number
    points: [string, boolean][]
    follow: [string, boolean][]
    /** When it comes back, in words. */
    due: string
  }

  /** practice/draw.js */
  interface Draw {
    chance(text: string): number
    queue(cards: Card[], due: Map<number, number>, now: number, days: number | null, done: number): Queue
    hour(cards: Card[], minutes: number): Card[]
    next(cards: Card[], plan: Plan, asked: { card: Card; missed: number }[]): Card | null
    followUps(count: number, seed: string, number: number, missed: number): number[]
    marked(said: number, all: number): Mark
    plan(search: string, topics: number): Plan
  }

  /** practice/report.js */
  interface Report {
    plain(html: string): string
    byTopic(done: Answer[], topics: string[]): [string, Answer[]][]
    markdown(done: Answer[], topics: string[], words: Words["mock"], head: string, base: string): string
  }

  /** The `practice`, `hour` and `mock` of words/, and the names of the levels. */
  interface Words {
    practice: Record<string, string>
    hour: Record<string, string>
    mock: Record<string, string>
    levels: string[]
  }

  type Make = <Name extends keyof HTMLElementTagNameMap>(
    name: Name | string,
    set?: Record<string, string | number | boolean>,
    ...inside: (Node | string | false | null)[]
  ) => HTMLElementTagNameMap[Name]

  /** practice/room.js */
  interface Room {
    place: HTMLElement
    words: Words
    make: Make
    written(name: string, html: string, className?: string): HTMLElement
    clock(label: string, seconds: () => number): HTMLElement
    sinceNow(label: string): HTMLElement
    show(...parts: (Node | string | false | null)[]): void
    face(card: Card, topics: string[], ...more: string[]): Node[]
    points(card: Card, missed?: string[]): { box: HTMLElement | null; ticked: () => string[] }
    answer(card: Card): HTMLElement
    marks(card: Card, marked: (mark: Mark) => void): HTMLElement
    due(cards: Card[]): Map<number, number>
    exam(): string | null
    inDays(days: number): string
  }

  /** schedule.js */
  interface Schedule {
    memory(reviews: Review[]): Memory | null
    interval(known: Memory): number
    after(reviews: Review[], mark: Mark, now: number, exam: string | null): number
    due(reviews: Review[], exam: string | null): number | null
    daysBetween(from: number, to: number): number
    dayAfter(time: number, days: number): number
    plan(of: Map<number, Review[]>, exam?: string | null): Map<number, number>
  }
}

/** vendor/ts-fsrs/: what schedule.js uses of it. */
interface Fsrs {
  FSRSAlgorithm: new (settings: { enable_fuzz: boolean }) => {
    next_state(state: Practice.Memory["state"] | null, days: number, grade: number): Practice.Memory["state"]
    next_interval(stability: number, elapsed: number): number
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
  miaotuiRecord: Miaotui.Records
  miaotuiSchedule?: Practice.Schedule
  tsFsrs: Fsrs
  miaotuiPractice?: Practice.Data
  miaotuiFollowUps?: Practice.FollowUps
  miaotuiDraw: Practice.Draw
  miaotuiReport: Practice.Report
  miaotuiRoom: Practice.Room
  miaotuiTrain(practised: Practice.Data): void
  miaotuiHour(practised: Practice.Data): void
  miaotuiMock(practised: Practice.Data, more: () => Promise<Practice.FollowUps>): void
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
