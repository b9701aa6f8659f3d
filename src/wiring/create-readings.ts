import type { Instant } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Answer } from '../content/answer.ts';
import type { Caller } from '../content/caller.ts';
import { createEditions } from '../content/editions.ts';
import { orderLanguages } from '../content/language.ts';
import type { Viewpoint } from '../content/listing.ts';
import { draftManifest } from '../content/manifest.ts';
import type { Tombstones } from '../content/tombstones.ts';
import { createLoaders } from '../loaders/loaders.ts';
import type { Reading } from '../loaders/reading.ts';
import type { Deadline } from '../loaders/within-time.ts';
import { createRecorder } from '../loaders/recorder.ts';
import type { Counters } from '../stores/counters.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';

export interface ReadingsOptions {
  readonly config: Config;
  readonly storesOf: StoresOf;
  readonly follower: { readonly tombstones: Tombstones };
  /** What counters were last known to be; the same that answers are filled from. */
  readonly counters: Counters;
}

/** For whom, as of when, and until when is read. */
export interface ReadingRequest {
  readonly caller: Caller;
  readonly now: Instant;
  /** How much of listed articles is looked at. Absent: the whole. */
  readonly detail?: Viewpoint['detail'] | undefined;
  /** Whether the text of an article is looked at that is asked for by its address. Default: it is not. */
  readonly isTextAsked?: boolean;
  readonly signal: Deadline;
}

/** A reading, and what it recorded once the answer is made. */
export interface RecordedReading {
  readonly reading: Reading;
  readonly record: () => Pick<Answer, 'tags' | 'boundaryAt' | 'languages' | 'manifest'> & {
    readonly isComplete: boolean;
  };
}

/** What an answer for one caller is made from: the one place where loaders are told who asks, and when. */
export const createReadings = ({
  config,
  storesOf,
  follower,
  counters,
}: ReadingsOptions): ((request: ReadingRequest) => RecordedReading) => {
  const editions = createEditions(config.editions);
  return ({ caller, now, detail, isTextAsked = false, signal }) => {
    // What the public reads is not accounted.
    const recorder = createRecorder(caller.partner === null ? undefined : draftManifest());
    // Which version it is given is accounted to a partner, and the least detail does without.
    const seen = caller.partner !== null && detail === 'plain' ? 'card' : detail;
    const setting = { storesOf, tombstones: follower.tombstones, counters, signal };
    const loaders = createLoaders(setting, recorder, {
      now,
      plan: caller.plan,
      ...(seen === undefined ? {} : { detail: seen }),
    });
    return {
      reading: { loaders, recorder, editions, now, isTextAsked, publicUrl: config.publicUrl },
      record: () => {
        const manifest = recorder.manifest();
        return {
          tags: [...recorder.tags],
          boundaryAt: recorder.boundaryAt(),
          languages: orderLanguages(recorder.languages(), config.editions),
          isComplete: recorder.isComplete(),
          ...(manifest === undefined ? {} : { manifest }),
        };
      },
    };
  };
};
