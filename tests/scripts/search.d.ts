// What the scripts of the search say to each other, and what the builder writes for them.

declare namespace Searching {
  /** What does not tell texts apart: patterns of Chinese words, and Latin words. */
  interface StopList {
    zh: string[]
    en: string[]
  }
  /** The same, as words.js takes texts apart by it. */
  interface Stop {
    cut: RegExp
    en: Set<string>
  }

  /** How much a field weighs, and how far its length counts. */
  type Field = [weight: number, length: number]

  /** A page as miaotui/site/search_brief.py writes it. */
  type BriefRow = [
    place: string,
    number: number,
    level: number,
    title: string,
    name: string,
    keywords: string,
    phrases: string[],
    wordings: [text: string, section: number][],
    heads: string,
    sizes: string,
    short: string
  ]
  /** What pages say of themselves. */
  interface Brief {
    weights: Field[]
    saturation: number
    /** Lists of words that mean the same. */
    same: string[][]
    /** Sounds without tones, each with the letters that have it in most names, between spaces. */
    sounds: string
    pages: BriefRow[]
  }

  /** What miaotui/site/search_pieces.py writes into search/<lang>.js. */
  interface Core {
    folder: string
    /** How many pieces of words there are, and of how letters sound. */
    buckets: number
    heard: number
    levels: string[]
    glossary: string
    /** The heading, and what stands under it in the empty field. */
    common: string[]
    recent: string
    stop: StopList
    openers: string[]
    /** The first letters of which there is a piece of spellings. */
    spelt: string
    brief: Brief | null
    /** Where the pages of a kind end. */
    kinds: number[]
  }

  /** A page as the same module writes it. */
  type Row = [
    place: string,
    number: number,
    level: number,
    title: string,
    name: string,
    keywords: string,
    lead: string,
    sections: Section[],
    cuts: number[]
  ]
  type Section = [anchor: string, title: string]
  interface Page {
    at: number
    place: string
    number: number
    level: number
    title: string
    name: string
    keywords: string[]
    lead: string
    sections: Section[]
    /** The sections with which a further piece of its texts begins. */
    cuts: number[]
    /** Whether no more is known than what it says of itself. */
    brief?: true
  }

  /** A line of words, and names with their pages and what else the thing is called. */
  type Words = [lines: string, names: Record<string, [pages: number[], others: string[]]>]
  /** The letters of each sound; traditional letters, and ours in the same order. */
  type Sounds = [letters: Record<string, string>, old: string, now: string]
  type Piece = Words | Sounds | string[]

  /** What a word tells of a page, the section that has it, or -1, and whether another has it as often. */
  type Posting = [strength: number, section: number, shared: number]
  type Pages = Map<number, Posting>
  /** What brief.js finds for a word; its ways of asking are four numbers each. */
  interface Told {
    pages: Pages
    likes: number[]
    rare: number
  }

  /** What is known of a language by now. */
  interface Known extends Omit<Core, "brief" | "stop" | "openers"> {
    stop: Stop
    openers: Set<string>
    brief?: (word: string) => Told
    /** A word's pages, as they came until they are asked for. */
    words: Map<string, string | Pages>
    rarities: Map<string, number>
    likes: Map<string, string>
    names: Map<string, number[]>
    synonyms: Map<string, string[]>
    /** Latin words, each with its stem. */
    latin: Map<string, string>
    /** The names of the pieces that have come. */
    taken: Set<string>
    sounds: Map<string, string>
    simple: Map<string, string>
    pages: Map<number, Page>
    texts: Map<number, string[]>
  }

  interface Named {
    name: string
    part: string
    size: number
    /** Its share of the query. */
    share: number
  }
  /** The words of a name, and those of each of its other names. */
  interface Form {
    own: string[]
    others: string[][]
  }
  /** What a query asks for. */
  interface Asked {
    /** Each with its weight. */
    words: Map<string, number>
    names: Named[]
    forms: Form[]
    typed: string[]
    /** Of a question, or 0. */
    number: number
    key: string
    starts: string[]
    letters: string[]
    strange: string[]
  }

  type Rare = (word: string) => number
  interface Weighed {
    score: number
    /** What it has of the typed words. */
    covered: number
    shared: number
    /** What each section has. */
    sections: number[]
  }
  /** A way of asking that is like the query. */
  interface Like {
    share: number
    section: number
  }
  /** The same, while it is weighed. */
  interface Way {
    page: number
    section: number
    /** What it shares with the query. */
    both: number
    size: number
  }
  /** A page that has all the words of a form. */
  interface Having {
    at: number
    tells: number
    section: number
  }
  /** A line of what a page says of itself; `way` is -1 where it is no way of asking. */
  interface Line {
    text: string
    page: number
    field: number
    way: number
    section?: number
    size?: number
  }
  interface Found {
    at: number
    kind: number
    score: number
    section: number
  }

  /** A result as Material's list takes it. */
  interface Item {
    location: string
    title: string
    text: string
    score: number
    terms: Record<string, boolean>
  }
  type Show = (items: Item[][]) => void

  /** A piece, by its place, as it is handed over. */
  type Came = [place: string, value: unknown]
  type Pieces = (indexUrl: string, early: Came[]) => <Value>(name?: string) => Promise<Value>
  type Query = ((query: string) => Promise<void>) & { warm: (query: string) => Promise<void> }

  /** What Material's bundle and its worker say to each other: 0 sets up, 1 is ready, 2 is a query, 3 its results. */
  type Message = { type: 0; data: object } | { type: 2; data: string }
}

interface Window {
  miaotuiPiece(...piece: Searching.Came): void
  miaotuiSearch(indexUrl: string, early: Searching.Came[], show: Searching.Show): Promise<Searching.Query>
}
interface Navigator {
  /** Where the browser tells of it. */
  connection?: { saveData?: boolean; effectiveType?: string }
}
