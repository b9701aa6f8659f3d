import type { Context } from 'hono';
import { createAddresses } from './addresses.ts';
import type { EditionMemory } from './edition-memory.ts';
import { GatewayAway, isReadersFault, type GatewayClient } from './gateway-client.ts';
import { SHARE_PLACES } from './share-places.ts';
import { visitorOf } from './visitor-of.ts';

/** A form of two short fields. */
export const SHARE_LIMIT_BYTES = 1024;

/** What sharing needs. */
export interface ShareOptions {
  readonly client: GatewayClient;
  readonly memory: EditionMemory;
  /** This site's own address, without a trailing slash. */
  readonly readerUrl: string;
}

/** What came of a share: where it leads, or why it is refused. */
export type Shared = { readonly to: string } | { readonly refused: 400 | 404 };

const fieldsOf = async ({ req }: Context): Promise<Readonly<Record<string, unknown>>> => {
  try {
    return await req.parseBody();
  } catch {
    // No form, e.g. one of several parts that does not say where they end.
    return {};
  }
};

/**
 * Counts the share that a form sent, and says where it leads.
 *
 * @throws {GatewayAway}
 */
export const share = async ({ client, memory, readerUrl }: ShareOptions, context: Context): Promise<Shared> => {
  const { article: articleId, place: key } = await fieldsOf(context);
  const place = SHARE_PLACES.find((candidate) => candidate.key === key);
  if (place === undefined || typeof articleId !== 'string') return { refused: 400 };
  try {
    const { data } = await client.ask('RecordEngagement', { input: { articleId, kind: 'SHARE' } }, visitorOf(context));
    const article = data.recordEngagement.article;
    if (article === null) return { refused: 404 };
    const { publicOf } = createAddresses(await memory.editions(), readerUrl);
    return { to: place.addressOf(publicOf(article.url), article.headline) };
  } catch (error) {
    if (error instanceof GatewayAway && isReadersFault(error.codes)) return { refused: 400 };
    throw error;
  }
};
