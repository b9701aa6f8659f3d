/** A list of an edition's articles. Forwards: `first` and `after`; backwards: `last` and `before`. */
export const LATEST = /* GraphQL */ `
  query Latest(
    $edition: EditionCode!
    $filter: ArticleFilter
    $orderBy: ArticleOrder
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    edition(code: $edition) {
      id
      articles(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
        edges {
          cursor
          node {
            id
            headline
            publishedAt
            updatedAt
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`;

/** A list of a section's articles, in the same shape. */
export const SECTION = /* GraphQL */ `
  query Section($edition: EditionCode!, $path: String!, $first: Int, $after: String) {
    edition(code: $edition) {
      id
      section(path: $path) {
        id
        name
        articles(first: $first, after: $after) {
          edges {
            cursor
            node {
              id
              headline
              publishedAt
              updatedAt
            }
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
        }
      }
    }
  }
`;

/** What a search finds, best first. */
export const SEARCH = /* GraphQL */ `
  query Search($edition: EditionCode!, $query: String!, $first: Int, $after: String) {
    edition(code: $edition) {
      id
      search(query: $query, first: $first, after: $after) {
        edges {
          cursor
          snippetHtml
          node {
            id
            headline
            publishedAt
            updatedAt
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`;
