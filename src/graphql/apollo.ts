import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Context } from '../../resolvers/context.ts';
import { ownBytes } from '../content/own-bytes.ts';
import type { Execution, Executor } from './executor.ts';
import { formatError } from './format-error.ts';

type ApolloContext = Context & Pick<Execution, 'onError'>;

/** Apollo Server, started, over graphql-js: nothing about it is left to NODE_ENV. */
export const createApolloExecutor = async (schema: GraphQLSchema): Promise<Executor> => {
  const apollo = new ApolloServer<ApolloContext>({
    schema,
    // Its own plugin wraps every resolver and doubles the cost: policy is worked out once per document instead.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      // APOLLO_KEY in an environment would turn these on: nobody is told what readers ask.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      {
        requestDidStart: async () => ({
          didEncounterErrors: async ({ errors, contextValue }) => errors.forEach(contextValue.onError),
        }),
      },
    ],
    // What comes here was parsed, validated and measured by `documents`, once per document.
    dangerouslyDisableValidation: true,
    formatError: (_, error) => formatError(error as GraphQLError),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    // Credentials travel in headers that no browser adds by itself: there is nothing to forge.
    csrfPrevention: false,
    nodeEnv: 'production',
  });
  await apollo.start();

  return {
    async execute({ request: { query, operationName, variables }, mediaType, context, onError }) {
      const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap([
            ['content-type', 'application/json'],
            ['accept', mediaType],
          ]),
          search: '',
          // An absent one is null to Apollo, never undefined.
          body: { query, operationName: operationName ?? null, variables: variables ?? null },
        },
        context: async () => ({ ...context, onError }),
      });
      if (body.kind !== 'complete') throw new TypeError('Incremental delivery is not part of this schema');
      return {
        status: status ?? 200,
        contentType: headers.get('content-type') ?? `${mediaType}; charset=utf-8`,
        body: ownBytes(body.string),
      };
    },
    stop: () => apollo.stop(),
  };
};
