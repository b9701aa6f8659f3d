import type { FastifyRequest } from 'fastify';
import type { Caller } from '../content/caller.ts';
import type { Manifest } from '../content/manifest.ts';
import type { Deliveries, Given } from '../partners/deliveries/delivery.ts';

/**
 * Says what `caller` is given, in the tick that sends it: what was kept as well as what was made. Whoever is told that it has
 * the very bytes (304) has them; who asks for headers alone is given nothing. The public is not accounted.
 */
export const tellGiven = (
  deliveries: Pick<Deliveries, 'given'>,
  { method }: Pick<FastifyRequest, 'method'>,
  { partner }: Pick<Caller, 'partner'>,
  { manifest, via, at }: Pick<Given, 'via' | 'at'> & { readonly manifest: Manifest | undefined },
): void => {
  if (partner === null || manifest === undefined || method === 'HEAD') return;
  deliveries.given({ partnerId: partner.id, manifest, via, at });
};
