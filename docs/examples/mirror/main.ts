import { followChanges } from './follow-changes.ts';
import { receiveWebhooks } from './receive-webhooks.ts';
import { openStoryFolder } from './story-folder.ts';

const {
  GATEWAY_URL = 'http://localhost:4000',
  PARTNER_KEY = '',
  EDITION = 'EN',
  WEBHOOK_SECRET = '',
  FOLDER = 'mirror',
  PORT = '8080',
  DOUBT_SECONDS = '600',
} = process.env;
/** A message may be lost with whoever should have taken it. */
const ASK_ANYWAY_MS = 60_000;

const gateway = { url: GATEWAY_URL, key: PARTNER_KEY, edition: EDITION, doubtSeconds: Number(DOUBT_SECONDS) };
const folder = await openStoryFolder(FOLDER);

let running = Promise.resolve();
let waiting: Promise<void> | undefined;
const followAfter = async (former: Promise<void>): Promise<void> => {
  await former;
  waiting = undefined;
  const following = followChanges(gateway, folder);
  running = following.catch(() => undefined);
  await following;
};
/** One at a time; whoever asks meanwhile shares the next one. */
const follow = (): Promise<void> => (waiting ??= followAfter(running));
const followAnyway = (): void => void follow().catch((error: unknown) => console.error(String(error)));

const server = receiveWebhooks(WEBHOOK_SECRET, async ({ type, data }) => {
  // Out of sight before anything else is asked for; gone once a change says so, for a message may be late.
  if (type === 'article.killed' && data.articleId !== undefined) await folder.doubt(data.articleId);
  // A message says that something happened; what, the changes say, in order and from wherever we were.
  if (type !== 'webhook.test') await follow();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${PORT}`));
setInterval(followAnyway, ASK_ANYWAY_MS);
followAnyway();
