import { StoreError } from '../../src/errors.ts';
import { startGatewayOver, type DemoGateway } from './demo-gateway.ts';

/** Which lists cannot be read: all, or those that go on from a cursor. */
export type Mood = 'well' | 'all fail' | 'further pages fail';

/** A demo newsroom whose lists fail when told to. */
export interface MoodyGateway extends DemoGateway {
  mood: Mood;
  /** How many lists were asked of the store from a cursor since they were last well. */
  readonly further: () => number;
  /** All is well again, and the gateway has forgotten what failed. */
  readonly cheerUp: () => void;
}

/** A demo newsroom that listens and reads its lists well, until `mood` says otherwise; `close` it in the end. */
export const startMoodyGateway = async (): Promise<MoodyGateway> => {
  let further = 0;
  const state: { mood: Mood } = { mood: 'well' };
  const gateway = await startGatewayOver((stores) => ({
    ...stores,
    articles: {
      ...stores.articles,
      list: async (listings, view) => {
        const isFurther = listings.some(({ page }) => page.from !== undefined);
        if (isFurther) further += 1;
        if (state.mood === 'all fail' || (state.mood === 'further pages fail' && isFurther))
          throw new StoreError('postgres', 'STORE_FAILED');
        return stores.articles.list(listings, view);
      },
    },
  }));
  return Object.assign(state, gateway, {
    further: () => further,
    cheerUp: () => {
      Object.assign(state, { mood: 'well' });
      further = 0;
      // A failure is held for a moment, against herds.
      gateway.clock.wind(60_000);
    },
  });
};
