import type { Config } from '../config/load.ts';
import { readRelease } from '../config/read-release.ts';

/** Where to look and one thing to type, for whoever just started a gateway. */
export const welcome = ({ editions, publicUrl }: Config): string =>
  [
    `Masthead ${readRelease()} serves ${editions.map(({ name }) => name).join(', ')}`,
    '',
    `  Playground  ${publicUrl}/`,
    `  Endpoint    ${publicUrl}/graphql`,
    `  Try         curl -s ${publicUrl}/graphql -H 'content-type: application/json' -d '{"query":"{ editions { code name url } }"}'`,
    '',
  ].join('\n');
