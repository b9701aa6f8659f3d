import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { PROJECT_ROOT } from '../../support/shared.ts';

const DIRECTIVES = readFileSync(join(PROJECT_ROOT, 'schema/directives.graphql'), 'utf8');

/** Small enough to count by hand: an object weighs 1, a page around objects nothing. */
export const limitSchema = buildSchema(`${DIRECTIVES}
interface Node { id: ID! self: Node }
type Query {
  self: Thing
  things: [Thing!]!
  pair: [Thing!]! @listSize(assumedSize: 2)
  nodes(ids: [ID!]!): [Node]! @listSize(slicingArguments: ["ids"])
  some(ids: [ID!]! = ["a"]): [Thing!] @listSize(assumedSize: 9, slicingArguments: ["ids"])
  heavyRead: Thing @cost(weight: "5")
}
type Mutation { record: Heavy @cost(weight: "5") }
type Thing implements Node {
  id: ID!
  self: Thing
  few(first: Int = 4): [Thing!] @listSize(assumedSize: 7, slicingArguments: ["first"], requireOneSlicingArgument: false)
  list(first: Int, last: Int, after: String): Page
    @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
  weighed: Int @cost(weight: "2.5")
  heavy: [Heavy!] @listSize(assumedSize: 3)
  either: Either
}
type Heavy @cost(weight: "10") { id: ID! }
union Either = Thing | Heavy
type Page @cost(weight: "0") { nodes: [Thing!] edges: [Edge!] totalCount: Int @cost(weight: "5") }
type Edge @cost(weight: "0") { node: Thing cursor: String! }
`);
