import type { FastifyRequest } from 'fastify';
import { GatewayError } from '../errors.ts';
import type { OperationRequest } from '../graphql/documents.ts';

const refuse = (message: string): never => {
  throw new GatewayError('BAD_REQUEST', message);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readText = (name: string, value: unknown): string | undefined => {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : refuse(`"${name}" must be a string`);
};

const readRecord = (name: string, value: unknown): Readonly<Record<string, unknown>> | undefined => {
  if (value === undefined || value === null) return undefined;
  return isRecord(value) ? value : refuse(`"${name}" must be a JSON object`);
};

const mapParameters = (parameters: Readonly<Record<string, unknown>>): OperationRequest => {
  const query = readText('query', parameters['query']);
  // Taken and not used: a client may send them, nothing here depends on them.
  readRecord('extensions', parameters['extensions']);
  if (query === undefined || query.trim() === '')
    return refuse('"query" is missing: send a GraphQL document, e.g. {"query": "{ editions { name } }"}');
  const operationName = readText('operationName', parameters['operationName']);
  return {
    query,
    operationName: operationName === '' ? undefined : operationName,
    variables: readRecord('variables', parameters['variables']),
  };
};

const parseJson = (name: string, text: string | undefined): unknown => {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return refuse(`"${name}" is not JSON`);
  }
};

/** The parameters of an address; they would come with letters replaced where its escapes are no UTF-8. */
const readSearch = ({ url }: FastifyRequest): URLSearchParams => {
  const text = url.split('?').slice(1).join('?');
  try {
    // A percent sign that begins no escape stands for itself.
    for (const [escapes] of text.matchAll(/(?:%[0-9a-f]{2})+/gi)) decodeURIComponent(escapes);
  } catch {
    return refuse('The address is not UTF-8');
  }
  return new URLSearchParams(text);
};

/** @throws {GatewayError} BAD_REQUEST naming what is wrong with the address. */
export const parseGetRequest = (request: FastifyRequest): OperationRequest => {
  const search = readSearch(request);
  const once = (name: string): string | undefined => {
    const values = search.getAll(name);
    return values.length > 1 ? refuse(`"${name}" stands twice in the address`) : values[0];
  };
  return mapParameters({
    query: once('query'),
    operationName: once('operationName'),
    variables: parseJson('variables', once('variables')),
    extensions: parseJson('extensions', once('extensions')),
  });
};

/** @throws {GatewayError} BAD_REQUEST naming what is wrong with the body. */
export const parsePostRequest = ({ body }: FastifyRequest): OperationRequest => {
  if (Array.isArray(body)) return refuse('Batches are not taken: send one operation a request');
  return isRecord(body) ? mapParameters(body) : refuse('The body must be a JSON object with a "query"');
};

/**
 * The JSON value in `bytes`.
 *
 * @throws {GatewayError} BAD_REQUEST for bytes that are no UTF-8, or text that is no JSON.
 */
export const parseJsonBody = (bytes: Buffer): unknown => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('The body is not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch {
    return refuse('The body is not JSON');
  }
};
