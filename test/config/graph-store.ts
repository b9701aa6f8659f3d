/** A store of kind `graphql` as it may stand in a configuration file, indented to stand under its name. */
export const GRAPH_STORE = `
    kind: graphql
    url: https://graph.example/graphql
    headers:
      authorization: Bearer \${env.GRAPH_TOKEN}
    documents:
      stories: |
        query ($ids: [ID!]!) { stories(ids: $ids) { ...Story } }
        fragment Story on Story { id slug title dates { first saved } sections { path } image { src } ... on Story { tags { slug } } }
      taxonomy: "{ sections { path name } }"
      savedSince: "query ($since: String!, $after: String) { saved(since: $since, after: $after) { nodes { id at } next } }"
      inventory: "query ($after: String) { all(after: $after) { nodes { id at } next } }"
    fields:
      stories:
        each: stories
        id: id
        slug: slug
        headline: title
        publishedAt: dates.first
        modifiedAt: dates.saved
        sections: sections.path
        tags: tags.slug
        lead: { path: image, url: src }
      taxonomy:
        sections: { each: sections, path: path, name: name }
      savedSince: { each: saved.nodes, id: id, modifiedAt: at, next: saved.next }
      inventory: { each: all.nodes, id: id, modifiedAt: at, next: all.next }
`;
