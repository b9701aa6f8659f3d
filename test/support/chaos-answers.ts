import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** `value` with every list an object and every object a list; what holds nothing is a list. */
export const distortShape = (value: unknown): unknown => {
  if (Array.isArray(value)) return { results: value };
  if (typeof value === 'object' && value !== null) return Object.values(value);
  return [value];
};

/** `value` in its own shape, every text, number and truth of it one of another type. */
export const distortTypes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(distortTypes);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, distortTypes(inner)]));
  if (typeof value === 'string') return 7;
  if (typeof value === 'number') return { of: String(value) };
  return typeof value === 'boolean' ? 'yes' : ['nothing'];
};
/** JSON of ten megabytes. */
export const TEN_MEGABYTES = JSON.stringify([{ filler: 'x'.repeat(10 * 1024 * 1024) }]);

const pack = promisify(gzip);
let bomb: Promise<Buffer> | undefined;

/** JSON of 200 MB in 200 KB. */
export const packBomb = (): Promise<Buffer> => {
  bomb ??= (async () => {
    const part = await pack(Buffer.alloc(10 * 1024 * 1024, ' '));
    // Packed pieces after each other are the packed whole.
    return Buffer.concat([...Array.from({ length: 20 }, () => part), await pack('[]')]);
  })();
  return bomb;
};
