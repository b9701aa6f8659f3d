import { Environment, Network, RecordSource, Store, type FetchFunction, type GraphQLResponse } from 'relay-runtime';

/** A Relay environment for the gateway at `url`. */
export const createEnvironment = (url: string): Environment => {
  const ask: FetchFunction = async ({ text, name }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
      },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  };
  return new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });
};
