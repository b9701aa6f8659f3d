import { graphql } from 'relay-runtime';

/** A section's page. Null without an error: there is no such section. */
export const sectionPage = graphql`
  query sectionPageQuery($edition: EditionCode!, $path: String!) @throwOnFieldError {
    edition(code: $edition) {
      section(path: $path) {
        ...sectionArticles_section
      }
    }
  }
`;
