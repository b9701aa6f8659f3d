import { z } from 'zod';
import { baseUrl } from './base-url.ts';
import { count, milliseconds, secret, seconds, text, whole } from './fields.ts';
import { findMappingProblems } from './find-mapping-problems.ts';
import { graphqlDocument } from './graphql-documents.ts';
import { graphqlMapping } from './graphql-mapping.ts';
import { createSecret } from './secret.ts';

/** When a store that fails is left alone: the defaults are those of `stores/guarded`. */
const createBreaker = ({ openMs, longestOpenMs }: { readonly openMs: number; readonly longestOpenMs: number }) =>
  z
    .strictObject({
      failures: count.max(1000).default(5).describe('calls that fail one after the other until it is left alone'),
      openMs: milliseconds.default(openMs).describe('for how long, at first'),
      longestOpenMs: milliseconds
        .default(longestOpenMs)
        .describe('for how long at most: doubled each time it fails again'),
    })
    .prefault({})
    .describe('when it is left alone');

const retries = whole
  .min(0, 'must be 0 to 3')
  .max(3, 'must be 0 to 3')
  .default(1)
  .describe('how often a read that met nobody is made again');

const isPostgresUrl = (value: string): boolean => /^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? '');

const postgresStore = z
  .strictObject({
    kind: z.literal('postgres'),
    url: z
      .string()
      .refine(isPostgresUrl, 'must be a URL such as postgres://user:password@host/database')
      .transform(createSecret)
      .describe('the database that holds the tables'),
    poolSize: count.max(1000).default(10).describe('connections at most'),
    retries,
    breaker: createBreaker({ openMs: 250, longestOpenMs: 1_000 }),
  })
  .describe('another PostgreSQL with the gateway’s tables');

/** `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks wants it. */
const isHookSecret = (value: string): boolean => {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64').length;
  return encoded !== undefined && bytes >= 24 && bytes <= 64;
};

/** Of every store that is indexed: how what it holds is found out. */
const indexing = {
  source: text
    .max(100)
    .optional()
    .describe('what article ids are born by; default: the name. Keep it when the store is renamed or replaced'),
  hookSecret: z
    .string()
    .trim()
    .refine(isHookSecret, 'must be whsec_ and 24 to 64 bytes in base64')
    .transform(createSecret)
    .optional()
    .describe('signs what the store reports to POST /changes; absent: it reports nothing and is swept'),
  sweepSeconds: seconds.min(1).default(60).describe('how often it is asked what was saved'),
  inventorySeconds: seconds.min(1).default(900).describe('how often all it has is compared with the index'),
  lagSeconds: seconds.max(3600).default(5).describe('how long it may show the old after it reported the new'),
  deadlineMs: milliseconds.default(5_000).describe('for one answer of it'),
  limitKilobytes: count.max(262_144).default(16_384).describe('of one answer of it'),
  retries,
  concurrency: count.max(1000).default(8).describe('calls to it that run at once'),
  queue: whole.nonnegative().max(100_000).default(64).describe('calls that wait for those; one more is refused'),
  breaker: createBreaker({ openMs: 1_000, longestOpenMs: 10_000 }),
};

const wordpressStore = z
  .strictObject({
    kind: z.literal('wordpress'),
    url: baseUrl.describe('root of its REST interface, such as https://desk.example/wp-json'),
    user: text.optional().describe('who may see what is scheduled; absent: only what is published is there'),
    applicationPassword: secret.optional().describe('of the user'),
    ...indexing,
  })
  .refine(({ user, applicationPassword }) => (user === undefined) === (applicationPassword === undefined), {
    path: ['applicationPassword'],
    error: 'goes with "user": give both or neither',
  })
  .describe('a WordPress site');

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const HEADER_VALUE = /^[^\u0000-\u001f\u007f]*$/;

const graphqlAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).refine((value) => {
  const { username = '', password = '', hash = '' } = URL.parse(value) ?? {};
  return username === '' && password === '' && hash === '';
}, 'must have no user, password or fragment: credentials go into "headers"');

const graphqlStore = (directory: string) =>
  z
    .strictObject({
      kind: z.literal('graphql'),
      url: graphqlAddress.describe('where its queries are sent, by POST'),
      headers: z
        .record(
          z.string().regex(HEADER_NAME, 'is no name of a header'),
          z.string().regex(HEADER_VALUE, 'must be one line').transform(createSecret),
        )
        .default({})
        .describe('sent with every query, such as authorization; never shown'),
      batchSize: count.max(1000).default(100).describe('ids in one query of stories, at most'),
      documents: z
        .strictObject({
          stories: graphqlDocument('stories', directory),
          taxonomy: graphqlDocument('taxonomy', directory),
          savedSince: graphqlDocument('savedSince', directory),
          inventory: graphqlDocument('inventory', directory),
        })
        .describe('what it is asked with'),
      fields: graphqlMapping.describe('which of its fields are which of ours'),
      ...indexing,
    })
    .superRefine(({ documents, fields }, context) => {
      for (const { path, message } of findMappingProblems(documents, fields))
        context.addIssue({ code: 'custom', path: [...path], message });
    })
    .describe('another GraphQL API');

/** The kinds of stores a newsroom may have beside the gateway's own database. */
export const STORE_KINDS = ['postgres', 'wordpress', 'graphql'] as const;

/**
 * Where content of editions lives, by kind.
 *
 * @param directory where paths of files in it begin.
 */
export const createStoreSchema = (directory: string) =>
  z.discriminatedUnion('kind', [postgresStore, wordpressStore, graphqlStore(directory)], {
    error: ({ code }) => (code === 'invalid_union' ? `must be one of ${STORE_KINDS.join(', ')}` : undefined),
  });

export type StoreSetting = z.output<ReturnType<typeof createStoreSchema>>;
