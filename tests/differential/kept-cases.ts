/** An operation that was once answered wrongly, with the number of which its worlds are made. */
export interface KeptCase {
  readonly what: string;
  readonly supergraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly number: number;
}

export const KEPT_CASES: readonly KeptCase[] = [
  {
    what: 'what is asked for only where nothing of it is',
    supergraph: 'mutations',
    query: 'query ($v0: Boolean!){ post(id: "id-1") @include(if: $v0) { text @skip(if: $v0) } __typename }',
    variables: { v0: false },
    number: 500_010,
  },
  {
    what: 'an error of a field that nobody asked for, which takes its neighbours away',
    supergraph: 'mutations',
    query: `mutation ($v0: Boolean!) {
      name: unvote(input: {id: "id-2"}) @include(if: $v0) {
        size
        voters(after: "id-3") { since name @include(if: false) since type: __typename }
      }
    }`,
    variables: { v0: true },
    number: 700_000_449,
  },
  {
    what: 'the same where types tell whether it was asked for',
    supergraph: 'entityInterfaces',
    query: `query ($v0: Boolean!) {
      account {
        id
        rating
        history { amount __typename }
        ... on Person { balance @skip(if: $v0) age balance @include(if: $v0) }
      }
    }`,
    variables: { v0: true },
    number: 700_000_843,
  },
  {
    what: 'nothing in the place of a whole answer, with no error, also of a mutation',
    supergraph: 'starling',
    query: `mutation ($v0: Int, $v1: String = "id-0", $v2: Int, $v3: String) {
      requestEmailConfirmation {
        userErrors { code }
        user { followerCount account { email role } }
        userErrors { code name: message code }
        user { followerCount followersYouKnow(first: $v0, after: $v1, last: $v2, before: $v3) { __typename } }
      }
    }`,
    variables: { v0: 0, v1: 'id-0', v2: 4, v3: 'id-1' },
    number: 656_816_741,
  },
  {
    what: 'no entity where one is due, inside of one that a subgraph does not know',
    supergraph: 'requirements',
    query:
      '{ taxed { related { related { tags id related { label __typename } } } duty dimensions { height height } ... on Product { name } } }',
    variables: {},
    number: 710_000_262,
  },
  {
    what: 'a part of a key that its owner does not know',
    supergraph: 'keys',
    query: `query ($v0: Boolean! = true) {
      bill { lines { order { gift region { code name __typename } } amount order @skip(if: $v0) { id gift } } order { number paid } }
    }`,
    variables: {},
    number: 700_000_211,
  },
  {
    what: 'a list that holds nothing where it must not',
    supergraph: 'nesting',
    query: `query ($v0: Boolean! = true) {
      matrix
      cube { price { amount amount } owners { name name __typename } type: __typename }
      cells { value { amount @skip(if: false) } layers value @skip(if: $v0) { amount x3: currency } owners { name } }
      cube { id @skip(if: $v0) layers @include(if: $v0) id @skip(if: $v0) }
    }`,
    variables: { v0: true },
    number: 720_000_005,
  },
  {
    what: 'no list where there must be one, of things of which conditions leave nothing',
    supergraph: 'oddNames',
    query: `query ($v0: Float = 2, $v1: Boolean!, $v2: Int, $v3: Float) {
      b: hasOwnProperty { hasOwnProperty(toString: $v0) @include(if: $v1) }
      constructor(valueOf: $v2) @include(if: $v1) { isPrototypeOf @include(if: $v1) constructor }
      hasOwnProperty { toLocaleString hasOwnProperty(toString: $v3) }
    }`,
    variables: { v0: 2, v1: false, v2: -1, v3: 3 },
    number: 700_000_448,
  },
  {
    what: 'an object without what was asked of it',
    supergraph: 'mutations',
    query: `{
      top { voters { name id since } id voters { since name since } ... on Post { text x3: text } type: __typename }
      post(id: "id-3") { x0: votes }
      x3: top { votes size __typename }
    }`,
    variables: {},
    number: 720_000_006,
  },
  {
    what: 'an object of which nobody says the type, beside one that is not there',
    supergraph: 'entityInterfaces',
    query: `{
      ranking { id balance id ... on Account { balance type: __typename } ... on Company { rating balance } }
      ranking { x2: balance balance id __typename @skip(if: true) }
    }`,
    variables: {},
    number: 1_001_084,
  },
  {
    what: 'what is asked of the schema, under a name that subgraphs need',
    supergraph: 'oddNames',
    query: `query ($v0: Boolean!) {
      constructor: __schema { directives { name args { name defaultValue } } }
      x0: valueOf { toString ... on isPrototypeOf { hasOwnProperty { constructor @skip(if: $v0) type: __typename } } }
    }`,
    variables: { v0: false },
    number: 1_001_798,
  },
  {
    what: 'a list that everybody gets, told twice in a representation',
    supergraph: 'requirements',
    query: `query ($v0: Boolean!) {
      product(id: "id-0") {
        weight tags dimensions @include(if: true) { height height height } ... on Product { weight }
      }
      taxed {
        duty related { shipping dimensions { height width } duty } duty @skip(if: $v0) dimensions { x2: height }
        ... on Product { x2: shipping weight @skip(if: false) }
      }
    }`,
    variables: { v0: true },
    number: 1_002_500,
  },
];
