import { Environment, Network, RecordSource, Store, type FetchFunction, type GraphQLResponse } from 'relay-runtime';

interface Answer {
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

/** Relay keeps an error's message with the field, and forgets its path: so the message begins with it. */
const namePaths = (answer: Answer): Answer =>
  answer.errors === undefined
    ? answer
    : {
        ...answer,
        errors: answer.errors.map((error) =>
          error.path === undefined ? error : { ...error, message: `${error.path.join('.')}: ${error.message}` },
        ),
      };

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
    return namePaths((await response.json()) as Answer) as GraphQLResponse;
  };
  return new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });
};
