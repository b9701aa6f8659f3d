import type { App } from '../../src/app.ts';

/** A GraphQL answer as a client reads it. */
export interface QueryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: string;
  readonly data: any; // oxlint-disable-line typescript/no-explicit-any -- a test looks into whatever it asked for
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** What `app` answers to `query` sent by POST. */
export const runQuery = async (
  { server }: Pick<App, 'server'>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<QueryAnswer> => {
  const response = await server.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = response.body === '' ? {} : JSON.parse(response.body);
  return { status: response.statusCode, headers: response.headers, body: response.body, data, errors };
};
