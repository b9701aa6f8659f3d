import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';
import { type MediaType } from '../graphql/executor.ts';

/** Ways of packing a body that are offered, the smallest first. */
export const CODINGS = ['br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number] | 'identity';

const OFFERED: readonly MediaType[] = ['application/json', 'application/graphql-response+json'];

/**
 * How the client wants a GraphQL result written; undefined when it takes neither form.
 *
 * Plain JSON for whoever says nothing or takes anything, as the GraphQL over HTTP specification recommends.
 */
export const negotiateMediaType = (headers: Pick<IncomingHttpHeaders, 'accept'>): MediaType | undefined =>
  new Negotiator({ headers }).mediaType([...OFFERED]) as MediaType | undefined;

/** How the body is to be packed; the server's preference among what the client takes. */
export const negotiateCoding = (headers: Pick<IncomingHttpHeaders, 'accept-encoding'>): Coding => {
  const taken = new Set(new Negotiator({ headers }).encodings([...CODINGS, 'identity']));
  return CODINGS.find((coding) => taken.has(coding)) ?? 'identity';
};
