import { z } from 'zod';
import { StoreError } from '../../errors.ts';
import { OutboundError } from '../../outbound/http-client.ts';
import { TERMS } from './term-shapes.ts';
import type { WordPressClient } from './wordpress-client.ts';
import { WordPressFailure } from './wordpress-failure.ts';

/** What a person is told. */
interface Finding {
  readonly isWorking: boolean;
  readonly detail: string;
}

const rootShape = z.object({ namespaces: z.array(z.string()) });
const userShape = z.object({ slug: z.string(), capabilities: z.record(z.string(), z.unknown()) });
const statusShape = z.object({ version: z.string().regex(/^[\w.+-]{1,30}$/), queued: z.int().nonnegative() });

/** What a user must be allowed for a scheduled story of somebody else to be there for it. */
const RIGHTS = ['edit_posts', 'edit_others_posts', 'edit_published_posts'];

const NAMESPACE = 'masthead/v1';

const fail = (detail: string): Finding => ({ isWorking: false, detail });

/** Why a question failed, as whoever configures the store needs to hear it. */
const explain = (error: unknown): string => {
  const { cause } = error as StoreError;
  if (cause instanceof OutboundError) return cause.message;
  if (!(cause instanceof WordPressFailure)) return 'the request failed';
  switch (cause.kind) {
    case 'redirect':
      return `the address ${cause.message}, and no redirect is followed: write the address it leads to into url`;
    case 'refused':
      return `the REST API is closed to us: it ${cause.message}`;
    case 'status':
      return cause.status === 404
        ? 'nothing is at this address (404): url has to be the REST root, e.g. https://desk.example/wp-json'
        : `the site ${cause.message}`;
    case 'not-json':
    case 'shape':
      return 'what answers at this address is not the REST API of WordPress';
  }
};

const isRefused = (error: unknown): boolean =>
  error instanceof StoreError && error.cause instanceof WordPressFailure && error.cause.kind === 'refused';

const askWhoWeAre = async (client: WordPressClient): Promise<Finding> => {
  if (client.isAnonymous)
    return { isWorking: true, detail: 'without a user: what is published is seen, what is scheduled is not' };
  try {
    // A wrong password is answered like a reader where anybody may ask; here nobody but the user may.
    const { value } = await client.get('wp/v2/users/me', { context: 'edit', _fields: 'slug,capabilities' }, userShape);
    const missing = RIGHTS.filter((right) => value.capabilities[right] !== true);
    if (missing.length === 0) return { isWorking: true, detail: `as user ${value.slug}` };
    return fail(
      `user ${value.slug} cannot see every story, lacking ${missing.join(', ')}: give it the role of an editor`,
    );
  } catch (error) {
    if (!isRefused(error)) throw error;
    return fail('the user or its application password was refused');
  }
};

const askPlugin = async (client: WordPressClient, namespaces: readonly string[]): Promise<string> => {
  if (!namespaces.includes(NAMESPACE))
    return 'the plugin is not active: core fields only, and changes are found by the sweep';
  if (client.isAnonymous) return 'the plugin is active';
  const { value } = await client.get(`${NAMESPACE}/status`, {}, statusShape);
  const queue = value.queued === 0 ? '' : `, ${value.queued} changes wait there to be sent`;
  return `plugin ${value.version}${queue}`;
};

/** What a person is told who asks whether this configuration works. Never fails. */
export const probeWordPress = async (client: WordPressClient): Promise<Finding> => {
  try {
    const { value } = await client.get('', { _fields: 'namespaces' }, rootShape);
    if (!value.namespaces.includes('wp/v2')) return fail('the REST API at this address has no posts (wp/v2)');
    const who = await askWhoWeAre(client);
    if (!who.isWorking) return who;
    // Many sites hide their users from strangers.
    const { route, shape } = TERMS.users;
    await client.get(route, { per_page: 1, _fields: TERMS.users.fields }, shape);
    return { isWorking: true, detail: `WordPress, ${who.detail}; ${await askPlugin(client, value.namespaces)}` };
  } catch (error) {
    return fail(explain(error));
  }
};
