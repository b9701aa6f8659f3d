import type { DeskFragment } from './operations.generated.ts';
import { SHARE_ORIGINS } from './share-places.ts';

/**
 * Headers that say what a page may do: it runs no script at all, is styled by this site alone, and is framed by nobody. Pictures and
 * films come from the gateway, or from wherever a newsroom keeps them, over https.
 */
export const guardHeaders = (gatewayUrl: string, editions: readonly Pick<DeskFragment, 'url'>[]) => {
  const origins = [...new Set([gatewayUrl, ...editions.map(({ url }) => url)].map((url) => new URL(url).origin))];
  const media = ["'self'", 'https:', ...origins].join(' ');
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      `img-src ${media}`,
      `media-src ${media}`,
      // Where a share leads counts as where its form leads.
      `form-action 'self' ${SHARE_ORIGINS.join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
  };
};
