import { graphql } from 'relay-runtime';

/** What a card shows. It asks for no more than that, and whoever shows cards spreads it. */
export const articleCard = graphql`
  fragment articleCard_article on Article {
    headline
    url
    publishedAt
    kicker
    section @catch(to: NULL) {
      name
    }
  }
`;
