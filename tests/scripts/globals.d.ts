// What the scripts of the page share: what stands on `window`, and the data that the builder writes into a page.

/** What common.js gives all others; what is left open is there once its script has run. */
interface Miaotui {
  words: Miaotui.Words
  /** The address of the one script. */
  src: string
  button(label: string, act: (made: HTMLButtonElement) => unknown): HTMLButtonElement
  /** Whether the page is shown by a chat. */
  inApp: boolean
  script(address: string): Promise<unknown>
  /** What is seldom said, which comes when it is. */
  seldom(): Promise<Miaotui.Seldom>
  style(address: string): void
  searching(): boolean
  unkept: Map<string, string>
  kept(key: string): string | null
  /** Whether it is kept for longer than the page. */
  keep(key: string, text: string): boolean
  tell(word: "unkept" | "unread" | "interview_unread", more?: (said: Miaotui.Seldom) => Node): Promise<void>
  save(made: BlobPart, name: string, type: string): void
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
    picture: string
    copy_markdown: string
    unfetched: string
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
  }

  /** The `seldom` of words/. */
  interface Seldom {
    unkept: string
    unread: string
    interview_unread: string
    save_unread: string
    outside: string
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

/** A picture of a question: miaotui/site/pictures.py writes what it says. */
declare namespace Pictured {
  type Form = "long" | "square"
  type Ground = "light" | "dark"
  type Ink = "ink" | "grey" | "line" | "red"

  interface Code {
    size: number
    /** Base64 of its modules, row by row, a bit each. */
    bits: string
  }

  interface Said {
    number: number
    name: string
    facts: string
    site: string
    address: string
    /** Text and numbers by turns, text first. */
    sentences: string[][]
    /** The one number that is drawn large. */
    large: { sentence: number; text: string } | null
    /** None where the site's address is not known. */
    code: Code | null
    words: Record<string, string>
  }

  type Measure = (text: string, size: number, weight: number) => number

  interface Text {
    x: number
    /** Of the baseline. */
    y: number
    size: number
    weight: number
    ink: Ink
    text: string
  }

  interface Box {
    x: number
    y: number
    width: number
    height: number
    ink: Ink
  }

  interface Plan {
    width: number
    height: number
    texts: Text[]
    boxes: Box[]
    code: { x: number; y: number; module: number; side: number; margin: number }
  }

  /** picture/lines.js */
  interface Lines {
    units(text: string): string[]
    lines(text: string, width: number, measure: (text: string) => number): string[]
  }

  /** picture/png.js: a colour is its red, green and blue. */
  interface Png {
    /** The paper, what stands on it by itself, and the shades of the inks. */
    palette(paper: string, inks: string[], flat: string[]): number[][]
    png(width: number, height: number, pixels: Uint8ClampedArray, colours: number[][]): Promise<Uint8Array>
  }

  /** picture/dialog.js */
  interface Picture {
    /** A data: address. */
    drawn(said: Said, form: Form, ground: Ground): Promise<string>
    open(number: string): Promise<void>
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
    /** When it comes back, in words; empty where the browser keeps no record. */
    due: string
  }

  /** What was said to a question: the keys of its points, and the places of its follow-ups. */
  interface Said {
    question: number
    ticks: string[]
    follow: [number, boolean][]
  }

  /** An interview as practice/begun.js keeps it. */
  interface Begun {
    version: 1
    search: string
    /** Milliseconds. */
    left: number
    over: boolean
    said: Said[]
    open: string[] | null
  }

  interface Keeping {
    parsed(text: string): Begun | null
    read(): Begun | null
    write(record: Begun): void
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
    /** A time in minutes and seconds. */
    told(seconds: number): string
    clock(label: string, seconds: () => number): HTMLElement
    sinceNow(label: string): HTMLElement
    show(...parts: (Node | string | false | null)[]): void
    face(card: Card, topics: string[], ...more: string[]): Node[]
    points(card: Card, missed?: string[], before?: string[]): { box: HTMLElement | null; ticked: () => string[] }
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

  interface Stated {
    query: string
    text: string
    anchor: string
    once: boolean
  }

  interface Origin {
    title: string
    address: string
    numbers: Stated[]
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
    more: string
    question: string
    page: string
    origin: string
    also: string
    back: string
    set: string
    default: string
    as_default: string
    follows: string
    was: string
    changed: string
    others: string
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
    origins: Origin[]
    words: Words
  }
}

/** What calculate.js, plot.js and the parts of calculator/ say to each other. */
declare namespace Calculating {
  type Value = number | string | number[]
  type Values = Record<string, Value>
  /** In the inputs' units, by their names. */
  type Settings = Record<string, Contract.Setting>
  type Measured = (value: number, units: Contract.Shown[]) => string
  type Named = (name: string, data: Contract.Calculator, values: Values) => string
  type Written = (tree: Contract.Tree, data: Contract.Calculator, values: Values, rank?: number) => string

  interface Numbers {
    number(value: number): string
    measured: Measured
    named: Named
    written: Written
  }

  /** A preset by one of its names. */
  type Chosen = Contract.Preset & { sets: Record<string, string> }

  /** What stands in the results, by output. */
  type Shown = Record<string, { number: number; text: string }>

  interface Form {
    element: HTMLFormElement
    data: Contract.Calculator
    fault: string
    chosen: Record<string, Map<string, Chosen>>
    field(name: string): HTMLInputElement | HTMLSelectElement
    fill(asked: URLSearchParams): void
    apply(select: HTMLSelectElement): string[]
    shared(name: string): boolean
    recognize(opening?: boolean): void
    asked(input: Contract.Input): boolean
    parsed(input: Contract.Input, text: string): Contract.Setting | null
    read(): Settings | null
    preset(input: Contract.Input): string
    said(input: Contract.Input, text: string): string
  }

  interface Link {
    query: string
    names: Set<string>
    foreign: Set<string>
    rests(tree: Contract.Tree, names: Set<string>): boolean
    tell(): void
    answered(names: string[]): void
  }

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

/** What the page that offers to keep the site, stays.js, and the worker that keeps it, stays-worker.js, say. */
declare namespace Stays {
  /** Its size in bytes, its hash and the group with which it is kept, as miaotui/site/stays.py writes it. */
  type File = [bytes: number, hash: string, group: string]
  interface List {
    version: string
    build: string
    files: Record<string, File>
  }

  /** What a reader wants kept: groups of files, and, where she asked for it, what she reads. */
  interface Asked {
    groups: string[]
    reads: boolean
  }
  interface State extends Asked {
    /** None until all is there. */
    version?: string
    build?: string
    /** Versions that a page may still be of. */
    old?: string[]
    /** Why a newer version could not be taken. */
    stuck?: Reason
  }

  /** No network; no offer; files of two versions, or changed on their way; no room; too old a browser; told to stop. */
  type Reason = "network" | "gone" | "mixed" | "room" | "unable" | "left"
  interface Question extends Asked {
    ask: "state" | "keep" | "leave"
    /** The files of what was read so far. */
    pages: string[]
  }
  /** Which of them are there says what it answers. */
  interface Answer {
    done?: number
    all?: number
    failed?: Reason
    left?: true
    state?: State
    missing?: number
    files?: number
    bytes?: number
  }

  /** Of each group, and of a question's page: bytes loaded, bytes in the browser. */
  type Sizes = Record<string, [loaded: number, kept: number]>

  interface Event extends globalThis.Event {
    waitUntil(done: Promise<unknown>): void
  }
  interface FetchEvent extends Event {
    request: Request
    clientId: string
    resultingClientId: string
    respondWith(response: Promise<Response>): void
  }
  /** What a service worker has around it, as far as ours uses it. */
  interface Scope {
    registration: ServiceWorkerRegistration
    clients: { matchAll(options: { type: "all" }): Promise<{ id: string }[]> }
    skipWaiting(): Promise<void>
    addEventListener(type: "install", act: (event: Event) => void): void
    addEventListener(type: "fetch", act: (event: FetchEvent) => void): void
    addEventListener(type: "message", act: (event: Event & MessageEvent<Question>) => void): void
  }
}
/** partials/javascripts/base.html */
declare function __md_set(key: string, value: unknown): void
/** The worker's words, which the builder writes above it. */
declare const miaotuiStays: Record<string, Record<string, string>>
declare const FetchEvent: { prototype: Stays.FetchEvent }

/** The scripts of the one file, miaotui/offline/. */
declare namespace OneFile {
  /** What is looked for by its text, and hidden where that lacks it. */
  interface Entry {
    parts: Element[]
    text: string
  }
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
  miaotuiSeldom?: Miaotui.Seldom
  miaotuiRecord: Miaotui.Records
  miaotuiSchedule?: Practice.Schedule
  tsFsrs: Fsrs
  miaotuiPractice?: Practice.Data
  miaotuiFollowUps?: Practice.FollowUps
  miaotuiDraw: Practice.Draw
  miaotuiReport: Practice.Report
  miaotuiBegun: Practice.Keeping
  miaotuiRoom: Practice.Room
  miaotuiTrain(practised: Practice.Data): void
  miaotuiHour(practised: Practice.Data): void
  miaotuiAsk(practised: Practice.Data, plan: Practice.Plan, before: Node[]): void
  miaotuiReported(done: Practice.Answer[], topics: string[], plan: Practice.Plan, anew: HTMLElement): void
  miaotuiMock(practised: Practice.Data, more: () => Promise<Practice.FollowUps>): void
  miaotuiLines: Pictured.Lines
  miaotuiPlan: {
    plan(said: Pictured.Said, form: Pictured.Form, measure: Pictured.Measure): Pictured.Plan
    FORMS: Pictured.Form[]
  }
  miaotuiPng: Pictured.Png
  CompressionStream?: typeof CompressionStream
  miaotuiPicture?: Pictured.Picture
  miaotuiPictured: Pictured.Said
  miaotuiCalculate: Calculating.Calculate
  miaotuiPlots: Calculating.Plots
  miaotuiNumbers: Calculating.Numbers
  miaotuiForm: new (element: HTMLFormElement, data: Contract.Calculator) => Calculating.Form
  miaotuiLink: {
    new (section: HTMLElement, form: Calculating.Form): Calculating.Link
    to(text: string, address: string): HTMLAnchorElement
  }
  miaotuiIndex?: MiaotuiIndex
  /** What a scoring sheet needs of a question, by its number: miaotui/site/sheets.py */
  miaotuiSheets?: Record<string, string>
  /** partials/javascripts/palette.html */
  miaotuiPaint(index?: number): void
}

// Where the browser makes a text of what is none, as `${}` does.
interface String {
  replace(place: "{}", filled: string | number): string
}
interface Element {
  setAttribute(name: `aria-${string}`, value: string | boolean): void
}
