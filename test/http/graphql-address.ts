/** The address of a GraphQL request sent by GET. */
export const graphqlAddress = (parameters: Readonly<Record<string, string>>): string =>
  `/graphql?${new URLSearchParams(parameters).toString()}`;
