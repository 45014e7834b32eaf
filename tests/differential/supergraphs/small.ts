import type { SubgraphTexts } from './link.ts';

/** What a subgraph says depends on what another said, which depends on a third. */
const requirements: SubgraphTexts = {
  catalog: `
    type Query { product(id: ID!): Product products: [Product!]! }
    type Product @key(fields: "id") { id: ID! name: String! weight: Int dimensions: Dimensions tags: [String!] }
    type Dimensions @shareable { width: Int! height: Int }
  `,
  shipping: `
    type Product @key(fields: "id") {
      id: ID!
      weight: Int @external
      dimensions: Dimensions @external
      shipping: String @requires(fields: "weight dimensions { width height }")
      label: String! @requires(fields: "weight")
    }
    type Dimensions @shareable { width: Int! height: Int }
  `,
  tax: `
    type Query { taxed: [Product] }
    type Product @key(fields: "id") {
      id: ID!
      shipping: String @external
      tags: [String!] @external
      duty: String @requires(fields: "shipping tags")
      related: [Product]
    }
  `,
};

/** Parts that one subgraph can tell of another's things on one path only. */
const provisions: SubgraphTexts = {
  books: `
    type Query { book(id: ID!): Book shelf: [Book] @provides(fields: "title author { name }") }
    type Book @key(fields: "id") { id: ID! title: String @external author: Author @external pages: Int }
    type Author @key(fields: "id") { id: ID! name: String @external }
  `,
  titles: `
    type Book @key(fields: "id") { id: ID! title: String @shareable author: Author @shareable }
    type Author @key(fields: "id") { id: ID! }
  `,
  people: `
    type Query { authors: [Author!] }
    type Author @key(fields: "id") { id: ID! name: String @shareable born: Int! books: [Book!]! }
    type Book @key(fields: "id") { id: ID! }
  `,
};

/** Keys of several fields, nested ones, and subgraphs that know the same thing by different keys. */
const keys: SubgraphTexts = {
  orders: `
    type Query { order: Order orders: [[Order!]] }
    type Order @key(fields: "id") @key(fields: "number region { code }") { id: ID! number: Int! region: Region! total: Float buyer: Buyer }
    type Region { code: String! @shareable name: String }
    type Buyer @key(fields: "email") { email: String! }
  `,
  billing: `
    type Query { bill: Bill }
    type Bill { order: Order! lines: [Line]! }
    type Line { order: Order amount: Int! }
    type Order @key(fields: "number region { code }") { number: Int! region: Region! paid: Boolean bill: Bill }
    type Region { code: String! @shareable }
  `,
  buyers: `
    type Query { buyers: [Buyer] }
    type Buyer @key(fields: "email") @key(fields: "id") { email: String! id: ID! name: String }
  `,
  loyalty: `
    type Buyer @key(fields: "id") { id: ID! points: Int! orders: [Order!] }
    type Order @key(fields: "id") { id: ID! gift: String }
  `,
};

/** Interfaces and unions whose types several subgraphs know. */
const abstractions: SubgraphTexts = {
  media: `
    type Query { media: [Media] pick: Pick! nested: [[Media!]!] featured: Media! }
    interface Media { id: ID! title: String! related: [Media!] }
    type Film implements Media @key(fields: "id") { id: ID! title: String! related: [Media!] minutes: Int stars: [Star] }
    type Song implements Media @key(fields: "id") { id: ID! title: String! related: [Media!] album: String! }
    type Star { name: String plays: Media }
    union Pick = Film | Song | Star
  `,
  reviews: `
    type Query { reviewed: [Reviewed] }
    interface Reviewed { score: Int reviews: [Review!]! }
    type Film implements Reviewed @key(fields: "id") { id: ID! score: Int reviews: [Review!]! }
    type Song implements Reviewed @key(fields: "id") { id: ID! score: Int reviews: [Review!]! }
    type Review { text: String! about: Subject by: Author }
    union Subject = Film | Song
    type Author @key(fields: "id") { id: ID! }
  `,
  authors: `
    type Author @key(fields: "id") { id: ID! name: String! favourite: Favourite }
    union Favourite = Film | Author
    type Film @key(fields: "id") { id: ID! director: Author! }
  `,
};

/** An interface that one subgraph owns, and to all of whose types another adds fields without knowing them. */
const entityInterfaces: SubgraphTexts = {
  accounts: `
    type Query { accounts: [Account] account: Account }
    interface Account @key(fields: "id") { id: ID! name: String owner: Account }
    type Person implements Account @key(fields: "id") { id: ID! name: String owner: Account age: Int }
    type Company implements Account @key(fields: "id") { id: ID! name: String owner: Account staff: [Person!] }
  `,
  money: `
    type Query { richest: Account ranking: [Account!] }
    type Account @key(fields: "id") @interfaceObject { id: ID! balance: Int! history: [Entry!] }
    type Entry { amount: Int with: Account }
  `,
  risk: `
    type Account @key(fields: "id") @interfaceObject {
      id: ID!
      name: String @external
      rating: String @requires(fields: "name")
    }
  `,
};

/** Lists in lists of things that are shared, with nulls in every place. */
const nesting: SubgraphTexts = {
  boards: `
    type Query { grid: [[Cell]!] cube: [[[Cell!]]]! matrix: [[Int]!]! }
    type Cell @key(fields: "id") { id: ID! value: Money neighbours: [[Cell]] }
    type Money @shareable { amount: Float! currency: Currency! }
    enum Currency { EUR USD }
  `,
  owners: `
    type Query { cells: [Cell] @shareable }
    type Cell @key(fields: "id") { id: ID! owners: [[Owner!]!] price: Money! }
    type Owner { name: String! cells: [[Cell!]] }
    type Money @shareable { amount: Float! currency: Currency! }
    enum Currency { EUR USD }
  `,
  colours: `
    type Query { cells: [Cell] @shareable }
    type Cell @key(fields: "id") { id: ID! colour: String! layers: [[String!]] }
  `,
};

/** Mutations whose order matters, in turn in different subgraphs. */
const mutations: SubgraphTexts = {
  writers: `
    type Query { post(id: ID!): Post }
    type Mutation { write(text: String!, tags: [String!]): Post! erase(id: ID!): Boolean }
    type Post @key(fields: "id") { id: ID! text: String! size: Int }
  `,
  votes: `
    type Query { top(first: Int = 3): [Post!] }
    type Mutation { vote(id: ID!, up: Boolean = true): Vote unvote(input: Unvote!): Post }
    input Unvote { id: ID! why: Why = MISTAKE notes: [String] }
    enum Why { MISTAKE REGRET }
    type Vote { post: Post! weight: Int! }
    type Post @key(fields: "id") { id: ID! votes: Int! voters(first: Int = 2, after: ID): [Voter!] }
    type Voter @key(fields: "id") { id: ID! }
  `,
  voters: `
    type Mutation { register(name: String!): Voter }
    type Voter @key(fields: "id") { id: ID! name: String! since(format: String): String }
  `,
};

/** The same fields under the same aliases with different arguments, in different subgraphs. */
const collisions: SubgraphTexts = {
  left: `
    type Query { a: Thing b: Thing! things(kind: Kind, first: Int): [Thing!] some: Some }
    enum Kind { BIG SMALL }
    union Some = Thing | Other
    type Thing @key(fields: "id") { id: ID! a(x: Int): String b(x: Int): Int other: Other }
    type Other @key(fields: "id") { id: ID! a(y: String): Int b: String! }
  `,
  right: `
    type Query { both: [Some] }
    union Some = Thing | Other
    type Thing @key(fields: "id") { id: ID! name(x: Int): String here: Place next: Thing }
    type Other @key(fields: "id") { id: ID! name(y: String): Int! here: Place! }
    type Place @shareable { name: String! x: Float }
  `,
};

/** Names that objects have by nature, for everything but optional fields of inputs: graphql-js takes what is inherited for given. */
const oddNames: SubgraphTexts = {
  one: `
    type Query { constructor(valueOf: Int, toString: hasOwnProperty): toString valueOf: [constructor] }
    type Mutation { toString(constructor: Int = 3): toString hasOwnProperty: Boolean! }
    input hasOwnProperty { constructor: ID! names: [valueOf!] }
    enum valueOf { constructor toString }
    interface constructor { toString: String }
    type toString implements constructor @key(fields: "constructor") {
      constructor: ID!
      toString: String
      valueOf(constructor: valueOf = toString, hasOwnProperty: String): valueOf
    }
    type isPrototypeOf implements constructor { toString: String hasOwnProperty: toString! }
  `,
  two: `
    type Query { hasOwnProperty: [toString!]! }
    type toString @key(fields: "constructor") {
      constructor: ID!
      hasOwnProperty(toString: Float): Boolean
      propertyIsEnumerable: [toString]
      toLocaleString: Int!
    }
  `,
  three: `
    type toString @key(fields: "constructor") {
      constructor: ID!
      toLocaleString: Int! @external
      isPrototypeOf(valueOf: [Int]): String @requires(fields: "toLocaleString")
    }
  `,
};

export const SMALL_SUPERGRAPHS: Readonly<Record<string, SubgraphTexts>> = {
  requirements,
  provisions,
  keys,
  abstractions,
  entityInterfaces,
  nesting,
  mutations,
  collisions,
  oddNames,
};
