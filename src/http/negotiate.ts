import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';
import { type MediaType } from '../graphql/executor.ts';
import { remember } from './remember.ts';

/** Ways of packing a body that are offered, the smallest first. */
export const CODINGS = ['br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number] | 'identity';

const OFFERED: readonly MediaType[] = ['application/json', 'application/graphql-response+json'];

const pickMediaType = (headers: Pick<IncomingHttpHeaders, 'accept'>): MediaType | undefined =>
  new Negotiator({ headers }).mediaType([...OFFERED]) as MediaType | undefined;
const pickCoding = (headers: Pick<IncomingHttpHeaders, 'accept-encoding'>): Coding => {
  const taken = new Set(new Negotiator({ headers }).encodings([...CODINGS, 'identity']));
  return CODINGS.find((coding) => taken.has(coding)) ?? 'identity';
};

const mediaTypeFor = remember((accept) => pickMediaType({ accept }));
const codingFor = remember((accepted) => pickCoding({ 'accept-encoding': accepted }));
const [mediaTypeForNothing, codingForNothing] = [pickMediaType({}), pickCoding({})];

/**
 * How the client wants a GraphQL result written; undefined when it takes neither form.
 *
 * Plain JSON for whoever says nothing or takes anything, as the GraphQL over HTTP specification recommends.
 */
export const negotiateMediaType = ({ accept }: Pick<IncomingHttpHeaders, 'accept'>): MediaType | undefined =>
  accept === undefined ? mediaTypeForNothing : mediaTypeFor(accept);

/** How the body is to be packed; the server's preference among what the client takes. */
export const negotiateCoding = ({ 'accept-encoding': taken }: Pick<IncomingHttpHeaders, 'accept-encoding'>): Coding =>
  taken === undefined ? codingForNothing : codingFor(taken);
