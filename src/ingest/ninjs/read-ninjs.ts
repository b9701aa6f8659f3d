import type { Document } from '../document.ts';
import type { Entry, EntryReader } from '../entry.ts';
import { FileError } from '../file-error.ts';
import { checkJson } from '../foreign/check-json.ts';
import { decodeText } from '../foreign/decode-text.ts';
import type { FieldLog } from '../foreign/field-log.ts';
import { createJsonItem, type JsonField } from '../foreign/json-item.ts';
import type { Placing } from '../foreign/placing.ts';
import { readWhole } from '../foreign/read-whole.ts';
import { sourceIdOf } from '../foreign/words.ts';
import { LineError } from '../line-error.ts';
import { MAX_LINE_BYTES } from '../parse-line.ts';
import { splitLines } from '../split-lines.ts';
import { createItemVersions, type ItemVersion, type ItemVersions } from './item-versions.ts';
import { mapNinjsItem } from './map-ninjs-item.ts';
import { takeVersion } from './ninjs-status.ts';

/** What a reading of ninjs works with. */
export interface NinjsOptions {
  readonly placing: Placing;
  readonly log: FieldLog;
  /** `lines`: NDJSON, one item a line, however many. `whole`: one item, or an array of them. */
  readonly layout: 'lines' | 'whole';
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LineError(`not JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`, { cause: error });
  }
};

/** The withdrawal that `own` is, of every edition its story may be in. */
const withdraw = (own: ItemVersion, placing: Placing, versions: ItemVersions): readonly Document[] => {
  const { scope } = placing;
  const preceding = scope.flatMap((edition) => versions.precedingOf(edition, own)?.versionCreated ?? []);
  const { versionCreated } = own;
  // What it follows in its file is meant, whatever the dates say: without one it is given now.
  const isDated = versionCreated !== undefined && preceding.every((before) => before <= versionCreated);
  for (const edition of scope) versions.add(edition, own);
  const withdrawnAt = isDated ? versionCreated : undefined;
  return [{ type: 'withdrawal', editions: scope, sourceId: sourceIdOf(own.id), withdrawnAt }];
};

/** The article that the item is, after the sections that are made for it. */
const publish = (
  item: JsonField,
  own: ItemVersion,
  { placing, versions }: { readonly placing: Placing; readonly versions: ItemVersions },
): readonly Document[] => {
  const draft = mapNinjsItem(item, own.id, placing);
  const { code } = draft.edition;
  // One that is newer than another of its file comes after that; the others must not undo what came since.
  const isOnlyIfNewer = versions.precedingOf(code, own) === undefined && own.versionCreated !== undefined;
  const documents = placing.place(draft);
  versions.add(code, own);
  return documents.map((document) => (document.type === 'article' ? { ...document, isOnlyIfNewer } : document));
};

/** Reads items one by one, and remembers which it has had. */
const createItemReader = ({ placing, log }: NinjsOptions) => {
  const versions = createItemVersions();
  return (value: unknown, number: number): readonly Document[] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new LineError('not a JSON object, as an item is');
    const item = createJsonItem(value, log);
    try {
      const own = takeVersion(item.root, number);
      const documents = own.isWithdrawn
        ? withdraw(own, placing, versions)
        : publish(item.root, own, { placing, versions });
      item.finish();
      return documents;
    } catch (error) {
      if (error instanceof LineError) item.abandon();
      throw error;
    }
  };
};

async function* readItemLines(
  chunks: AsyncIterable<Uint8Array | string>,
  readItem: ReturnType<typeof createItemReader>,
): AsyncGenerator<Entry> {
  let number = 0;
  for await (const { bytes, lengthBytes } of splitLines(chunks, MAX_LINE_BYTES)) {
    const isBlank = bytes !== null && Buffer.from(bytes).toString('latin1').trim() === '';
    number += isBlank ? 0 : 1;
    const own = number;
    const read = (): readonly Document[] => {
      if (bytes === null) throw new LineError(`longer than ${MAX_LINE_BYTES / 1024 / 1024} MB`);
      return isBlank ? [] : readItem(parseJson(decodeLine(bytes)), own);
    };
    yield { number: own, lengthBytes, read };
  }
}

const decodeLine = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LineError('not UTF-8', { cause });
  }
};

async function* readItemArray(
  chunks: AsyncIterable<Uint8Array | string>,
  readItem: ReturnType<typeof createItemReader>,
): AsyncGenerator<Entry> {
  const bytes = await readWhole(chunks);
  const value = parseWhole(decodeText(bytes));
  // An item that nests too deep is bad by itself; too many values are too many for the file.
  const { values } = checkJson(value);
  if (values !== undefined) throw new FileError(`${values}: cut it into several files, or give one item a line`);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const share = bytes.length / Math.max(1, items.length);
  for (const [index, item] of items.entries())
    yield { number: index + 1, lengthBytes: share, read: () => readItem(item, index + 1) };
}

const parseWhole = (text: string): unknown => {
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof LineError ? new FileError(error.message, { cause: error }) : error;
  }
};

/** Reads a file of ninjs items of version 1, 2 or 3. */
export const createNinjsReader =
  (options: NinjsOptions): EntryReader =>
  (chunks) =>
    options.layout === 'lines'
      ? readItemLines(chunks, createItemReader(options))
      : readItemArray(chunks, createItemReader(options));
