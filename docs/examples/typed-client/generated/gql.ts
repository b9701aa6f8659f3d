/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query ArticleText($edition: EditionCode!, $slug: String!) {\n  edition(code: $edition) {\n    id\n    article(slug: $slug) {\n      id\n      language\n      direction\n      headline\n      standfirst\n      excerpt\n      body {\n        ...Block\n      }\n    }\n  }\n}\n\nfragment Block on BodyBlock {\n  __typename\n  html\n  ... on Heading {\n    level\n    text\n    anchor\n  }\n  ... on Quote {\n    text\n    attribution\n  }\n  ... on Figure {\n    media {\n      ...Picture\n    }\n  }\n  ... on ReadMore {\n    label\n    url\n    article {\n      id\n      headline\n      url\n    }\n  }\n  ... on Embed {\n    provider\n    url\n    title\n  }\n}\n\nfragment Picture on Media {\n  __typename\n  caption\n  credit\n  ... on Image {\n    url\n    width\n    height\n    alt\n  }\n}": typeof types.ArticleTextDocument,
    "query FrontPage($edition: EditionCode!, $perSection: Int = 3) {\n  edition(code: $edition) {\n    id\n    name\n    language\n    locale\n    direction\n    timeZone\n    articles(first: 5) {\n      nodes {\n        ...Card\n      }\n    }\n    sections {\n      id\n      name\n      articles(first: $perSection) {\n        nodes {\n          ...Card\n        }\n      }\n    }\n    trending(first: 3) {\n      ...Card\n    }\n  }\n}\n\nfragment Card on Article {\n  id\n  kind\n  headline\n  url\n  publishedAt\n  breaking\n}": typeof types.FrontPageDocument,
};
const documents: Documents = {
    "query ArticleText($edition: EditionCode!, $slug: String!) {\n  edition(code: $edition) {\n    id\n    article(slug: $slug) {\n      id\n      language\n      direction\n      headline\n      standfirst\n      excerpt\n      body {\n        ...Block\n      }\n    }\n  }\n}\n\nfragment Block on BodyBlock {\n  __typename\n  html\n  ... on Heading {\n    level\n    text\n    anchor\n  }\n  ... on Quote {\n    text\n    attribution\n  }\n  ... on Figure {\n    media {\n      ...Picture\n    }\n  }\n  ... on ReadMore {\n    label\n    url\n    article {\n      id\n      headline\n      url\n    }\n  }\n  ... on Embed {\n    provider\n    url\n    title\n  }\n}\n\nfragment Picture on Media {\n  __typename\n  caption\n  credit\n  ... on Image {\n    url\n    width\n    height\n    alt\n  }\n}": types.ArticleTextDocument,
    "query FrontPage($edition: EditionCode!, $perSection: Int = 3) {\n  edition(code: $edition) {\n    id\n    name\n    language\n    locale\n    direction\n    timeZone\n    articles(first: 5) {\n      nodes {\n        ...Card\n      }\n    }\n    sections {\n      id\n      name\n      articles(first: $perSection) {\n        nodes {\n          ...Card\n        }\n      }\n    }\n    trending(first: 3) {\n      ...Card\n    }\n  }\n}\n\nfragment Card on Article {\n  id\n  kind\n  headline\n  url\n  publishedAt\n  breaking\n}": types.FrontPageDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ArticleText($edition: EditionCode!, $slug: String!) {\n  edition(code: $edition) {\n    id\n    article(slug: $slug) {\n      id\n      language\n      direction\n      headline\n      standfirst\n      excerpt\n      body {\n        ...Block\n      }\n    }\n  }\n}\n\nfragment Block on BodyBlock {\n  __typename\n  html\n  ... on Heading {\n    level\n    text\n    anchor\n  }\n  ... on Quote {\n    text\n    attribution\n  }\n  ... on Figure {\n    media {\n      ...Picture\n    }\n  }\n  ... on ReadMore {\n    label\n    url\n    article {\n      id\n      headline\n      url\n    }\n  }\n  ... on Embed {\n    provider\n    url\n    title\n  }\n}\n\nfragment Picture on Media {\n  __typename\n  caption\n  credit\n  ... on Image {\n    url\n    width\n    height\n    alt\n  }\n}"): typeof import('./graphql.ts').ArticleTextDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FrontPage($edition: EditionCode!, $perSection: Int = 3) {\n  edition(code: $edition) {\n    id\n    name\n    language\n    locale\n    direction\n    timeZone\n    articles(first: 5) {\n      nodes {\n        ...Card\n      }\n    }\n    sections {\n      id\n      name\n      articles(first: $perSection) {\n        nodes {\n          ...Card\n        }\n      }\n    }\n    trending(first: 3) {\n      ...Card\n    }\n  }\n}\n\nfragment Card on Article {\n  id\n  kind\n  headline\n  url\n  publishedAt\n  breaking\n}"): typeof import('./graphql.ts').FrontPageDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
