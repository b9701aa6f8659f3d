import type { EntryReader } from '../entry.ts';
import { createFeedReader } from '../feeds/read-feed.ts';
import { createNinjsReader } from '../ninjs/read-ninjs.ts';
import { createFieldLog, type FieldReport } from './field-log.ts';
import { createPlacing, type PlacingOptions } from './placing.ts';
import type { Recognised } from './recognise.ts';

/** A reader of files of others, and what it has to say of them. */
export interface ForeignReader {
  readonly read: EntryReader;
  /** What the file is, more exactly than by its beginning: `RSS 2.0`, `ninjs`. */
  standard(): string;
  /** What became of every field, in the last reading: a strict import reads twice. */
  fields(): FieldReport;
}

/** The reader for a file that was recognised as ninjs or a feed. */
export const createForeignReader = (
  { format, layout }: Recognised & { readonly format: 'ninjs' | 'feed' },
  options: PlacingOptions,
): ForeignReader => {
  let log = createFieldLog();
  let standard = format === 'ninjs' ? 'ninjs' : 'a feed';
  return {
    read(chunks) {
      log = createFieldLog();
      const placing = createPlacing(options);
      const onHead = (head: { readonly standard: string }): void => void (standard = head.standard);
      const reader =
        format === 'ninjs' ? createNinjsReader({ placing, log, layout }) : createFeedReader({ placing, log, onHead });
      return reader(chunks);
    },
    standard: () => standard,
    fields: () => log.report(),
  };
};
