import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/**
 * Who looks at this site, as a proxy says it: whoever stood before it, then who is connected to it. The gateway tells its
 * clients apart by it, where its `TRUST_PROXY` counts this site among the proxies.
 */
export const visitorOf = (context: Context): string => {
  const said = context.req.header('x-forwarded-for');
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  return [said, incoming?.socket.remoteAddress].filter((part) => part !== undefined && part !== '').join(', ');
};
