import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { GatewayError, LimitError, StoreError } from '../../src/errors.ts';
import { mapToRequestFailure, RequestFailure } from '../../src/graphql/request-failure.ts';

const written = (failure: RequestFailure): unknown => JSON.parse(JSON.stringify(failure.errors));

describe('mapToRequestFailure', () => {
  it('says which limit, its maximum and what the query had', () => {
    expect(written(mapToRequestFailure(new LimitError('depth', 12, 13, 'too deep')))).toEqual([
      { message: 'too deep', extensions: { code: 'LIMIT_EXCEEDED', limit: 'depth', maximum: 12, actual: 13 } },
    ]);
  });

  it('names the store that failed, never why', () => {
    const error = new StoreError('postgres', 'STORE_FAILED', { cause: new Error('password of 10.0.0.1') });
    expect(written(mapToRequestFailure(error))).toEqual([
      { message: 'postgres failed', extensions: { code: 'STORE_FAILED', store: 'postgres' } },
    ]);
  });

  it('carries any other fault with its code and nothing more', () => {
    const failure = mapToRequestFailure(new GatewayError('NOT_FOUND', 'No such thing', { cause: new Error('secret') }));
    expect([failure.code, failure.message]).toEqual(['NOT_FOUND', 'No such thing']);
    expect(written(failure)).toEqual([{ message: 'No such thing', extensions: { code: 'NOT_FOUND' } }]);
  });
});

describe('RequestFailure', () => {
  it('gives every error its code and takes away extensions that came with it', () => {
    const failure = new RequestFailure('BAD_REQUEST', [
      new GraphQLError('one', { extensions: { code: 'OTHER', stacktrace: ['at x'] } }),
      new GraphQLError('two'),
    ]);
    expect(written(failure)).toEqual([
      { message: 'one', extensions: { code: 'BAD_REQUEST' } },
      { message: 'two', extensions: { code: 'BAD_REQUEST' } },
    ]);
    expect(failure.message).toBe('one');
  });
});
