import { manifestOf, type Manifest } from '../../content/manifest.ts';
import type { Tried } from './delivery-results.ts';

/** What an endpoint was given by `tries`: whatever it answered, or did not any more, what left may have been read. */
export const givenBy = (tries: readonly Pick<Tried, 'given' | 'outcome'>[]): readonly Manifest[] =>
  tries.flatMap(({ given, outcome }) => {
    const mayBeRead = outcome.is !== 'unanswered' || outcome.mayBeRead;
    return (given !== undefined && mayBeRead && manifestOf([given])) || [];
  });
