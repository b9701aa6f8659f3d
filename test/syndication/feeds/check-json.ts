import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Check = (text: string) => readonly string[];

/** The schemas of JSON Feed 1.1 and ninjs 3.1 in `folder`; whatever they refer to elsewhere is not fetched. */
export const readSchemas = (folder: string): { readonly json: Check; readonly ninjs: Check } => {
  const read = (name: string): object => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object;
  const options = { strict: false, allErrors: true } as const;
  const feed = read('jsonfeed/schema-v1.1.json');
  const plain = /2020-12/.test(String((feed as { readonly $schema?: string }).$schema))
    ? new Ajv2020(options)
    : new Ajv(options);
  addFormats.default(plain);
  const isFeed = plain.compile(feed);
  const strict = new Ajv2020(options);
  addFormats.default(strict);
  strict.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' });
  const isItem = strict.compile(read('ninjs/ninjs-schema_3.1.json'));
  const say = (errors: typeof isItem.errors, of: string): readonly string[] =>
    (errors ?? []).map(
      ({ instancePath, message, params }) => `${of}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  return {
    json: (text) => (isFeed(JSON.parse(text)) ? [] : say(isFeed.errors, '')),
    ninjs: (text) => {
      const items = JSON.parse(text) as readonly { readonly uri?: string }[];
      return items.flatMap((item) => {
        const { uri } = item;
        return isItem(item) ? [] : say(isItem.errors, String(uri));
      });
    },
  };
};
