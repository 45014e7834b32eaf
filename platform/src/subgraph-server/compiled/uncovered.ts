/** Something in an operation that is graphql-js's to execute. */
export class Uncovered extends Error {}
