import type { ImageFields } from '../../config/graphql-mapping.ts';
import type { Image } from '../../content/media.ts';
import { createRuleReader, listOrNoneAt, valueAt } from './read-rule.ts';

const mapOne = (at: unknown, fields: ImageFields): Image | null => {
  const read = createRuleReader(at);
  const url = read.text(fields.url);
  // A picture that is nowhere cannot be shown.
  if (url === null) return null;
  const { renditions } = fields;
  return {
    type: 'Image',
    url,
    alt: read.rawText(fields.alt),
    caption: read.text(fields.caption),
    credit: read.text(fields.credit),
    width: read.length(fields.width),
    height: read.length(fields.height),
    renditions:
      renditions === undefined
        ? []
        : listOrNoneAt(at, renditions.each).flatMap((one) => {
            const rendition = createRuleReader(one);
            const [address, width, height] = [
              rendition.text(renditions.url),
              rendition.length(renditions.width),
              rendition.length(renditions.height),
            ];
            return address === null || width === null || height === null ? [] : [{ url: address, width, height }];
          }),
  };
};

/** The pictures at their place under `at`, one or a list. */
export const mapImages = (at: unknown, fields: ImageFields | undefined): readonly Image[] => {
  const found = fields === undefined ? null : valueAt(at, fields.path);
  if (fields === undefined || found === null) return [];
  return (Array.isArray(found) ? found : [found]).flatMap((one) => mapOne(one, fields) ?? []);
};
