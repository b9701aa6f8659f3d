import { expect } from 'vitest';
import { FAULTS } from '../../src/errors.ts';

/** An answer of `inject` or `fetch`, as far as a failure shows in it. */
export interface Failed {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What a failed answer says: in GraphQL's own shape, or as a problem. */
export interface Told {
  readonly shape: 'graphql' | 'problem';
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Reads a failure, after making sure that it has one of the two shapes, a code of the table, an id and no long life. */
export const readFailure = ({ statusCode: status, headers, body }: Failed): Told => {
  expect(headers['x-request-id']).toMatch(/^[\w.:-]{1,100}$/);
  expect(headers['cache-control']).toBe('no-store');
  const content = JSON.parse(body);
  if (headers['content-type'] === 'application/problem+json') {
    expect(Object.keys(content).toSorted()).toEqual(['code', 'detail', 'requestId', 'status', 'title']);
    expect(content.status).toBe(status);
    expect(content.requestId).toBe(headers['x-request-id']);
    expect(FAULTS).toHaveProperty(content.code);
    return { shape: 'problem', status, code: content.code, message: content.detail, details: {} };
  }
  expect(headers['content-type']).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/);
  expect(Object.keys(content)).toEqual(['errors']);
  for (const error of content.errors) expect(FAULTS).toHaveProperty(error.extensions.code);
  const [{ message, extensions }] = content.errors;
  const { code, ...details } = extensions;
  return { shape: 'graphql', status, code, message, details };
};
