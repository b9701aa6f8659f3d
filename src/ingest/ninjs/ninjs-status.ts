import type { JsonField } from '../foreign/json-item.ts';
import { parseDate } from '../foreign/parse-date.ts';
import { LineError } from '../line-error.ts';
import type { ItemVersion } from './item-versions.ts';
import { readText, takeDate } from './ninjs-values.ts';

/** A `pubStatus` that takes an item down; the older words too. */
const IS_WITHDRAWN = /^(?:withheld|cancell?ed|withdrawn|killed)$/i;
const IS_USABLE = /^usable$/i;

/** Whether a medium may be shown by its `pubStatus`: not when that is unknown, or no text. */
export const isUsable = (medium: JsonField): boolean => {
  const { value } = medium.get('pubStatus');
  return (
    value === undefined || value === null || (typeof value === 'string' && IS_USABLE.test(value.trim() || 'usable'))
  );
};

/** Whether the item is taken down; an unknown status might mean that. */
const takeWithdrawn = (item: JsonField): boolean => {
  const field = item.get('pubStatus');
  const status = readText(field)?.trim() ?? 'usable';
  const isWithdrawn = IS_WITHDRAWN.test(status);
  if (!isWithdrawn && !IS_USABLE.test(status))
    throw new LineError(`pubStatus: "${status.slice(0, 40)}" is not known: usable, withheld and canceled are`);
  field.take('whether it is withdrawn');
  return isWithdrawn;
};

/** A withdrawal is obeyed whatever else is wrong with it. */
const takeWithdrawalDate = (item: JsonField): ItemVersion['versionCreated'] => {
  const field = item.get('versionCreated');
  const instant = parseDate(field.text() ?? '');
  if (instant === null) return undefined;
  field.take('withdrawnAt');
  return instant;
};

/**
 * Which story the item is of, which version of that, and whether it withdraws it. A withdrawal needs no more than the
 * story's `uri`.
 *
 * @throws {LineError} without one, or when it cannot be told whether it is withdrawn.
 */
export const takeVersion = (item: JsonField, number: number): ItemVersion => {
  const isWithdrawn = takeWithdrawn(item);
  const id = item.get('uri').take('sourceId')?.trim();
  if (id === undefined) throw new LineError('uri: missing, so nothing tells it from others');
  const version = Number(item.get('version').text() ?? NaN);
  const isNumbered = Number.isFinite(version);
  if (isNumbered) item.get('version').note('which version is newer');
  return {
    number,
    id,
    version: isNumbered ? version : undefined,
    versionCreated: isWithdrawn ? takeWithdrawalDate(item) : takeDate(item.get('versionCreated'), 'updatedAt'),
    isWithdrawn,
  };
};
