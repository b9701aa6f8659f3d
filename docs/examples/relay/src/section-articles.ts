import { graphql } from 'relay-runtime';

/**
 * A section's list, page by page. With `@throwOnFieldError` a list that could not be read is an error for the nearest
 * boundary, and `articles` is not null in the types: the graph promises it by `@semanticNonNull`.
 */
export const sectionArticles = graphql`
  fragment sectionArticles_section on Section
  @refetchable(queryName: "sectionArticlesPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @throwOnFieldError {
    id
    name
    articles(first: $count, after: $cursor) @connection(key: "sectionArticles_articles") {
      edges {
        node {
          id
          ...articleCard_article
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
