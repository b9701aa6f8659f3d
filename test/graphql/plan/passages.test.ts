import { describe, expect, it } from 'vitest';
import { createEditions } from '../../../src/content/editions.ts';
import type { Tag } from '../../../src/content/entities.ts';
import { createDocuments } from '../../../src/graphql/documents.ts';
import { createPassages, type Passages } from '../../../src/graphql/plan/passages.ts';
import { createPlannedExecutor } from '../../../src/graphql/planned-executor.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import { createRecorder } from '../../../src/loaders/recorder.ts';
import { createEdition } from '../../content/create-edition.ts';
import { wideLimits } from '../limits/wide-limits.ts';

const schema = createSchema();
const documents = createDocuments(schema, wideLimits());

const createTag = (name: string): Tag => ({ id: 'tag_en_x', edition: 'EN', slug: 'x', name, translationGroup: null });
const editionsAt = (url: string) => createEditions([createEdition('EN', { url })]);

/** Answers about the one tag that is given, and how many texts were found and kept. */
const setUp = (passages: Passages = createPassages()) => {
  const told = { found: 0, kept: 0 };
  const executor = createPlannedExecutor(schema, {
    passages: {
      open(type, fields) {
        const passage = passages.open(type, fields);
        return (
          passage && {
            find(source, context) {
              const text = passage.find(source, context);
              if (text !== undefined) told.found += 1;
              return text;
            },
            keep(source, context, text) {
              told.kept += 1;
              passage.keep(source, context, text);
            },
          }
        );
      },
    },
  });
  const ask = async (tag: unknown, fields: string, editions = editionsAt('https://one.example')): Promise<unknown> => {
    const request = {
      query: `{ edition(code: EN) { tag(slug: "x") { ${fields} } } }`,
      variables: {},
      operationName: undefined,
    };
    const { body } = await executor.execute({
      request,
      prepared: documents.prepare(request),
      mediaType: 'application/json',
      context: {
        editions,
        recorder: createRecorder(),
        loaders: { tags: { bySlug: { load: async () => tag } } },
      } as never,
      onError: () => undefined,
    });
    return JSON.parse(body.toString());
  };
  return { told, ask };
};

const shown = (tag: object) => ({ data: { edition: { tag } } });

describe('createPassages', () => {
  it('writes an object once for as long as it is the same, and under each set of fields by itself', async () => {
    const { told, ask } = setUp();
    const [tag, editions] = [createTag('Trams "1"'), editionsAt('https://one.example')];
    for (let times = 0; times < 3; times += 1)
      expect(await ask(tag, '__typename id name', editions)).toEqual(
        shown({ __typename: 'Tag', id: 'tag_en_x', name: 'Trams "1"' }),
      );
    expect(told).toEqual({ found: 2, kept: 1 });
    expect(await ask(tag, 'name id: slug', editions)).toEqual(shown({ name: 'Trams "1"', id: 'x' }));
    expect(await ask(createTag('Buses'), '__typename id name', editions)).toMatchObject(shown({ name: 'Buses' }));
    expect(told).toEqual({ found: 2, kept: 3 });
  });

  it('writes addresses anew under those of other editions', async () => {
    const { ask } = setUp();
    const tag = createTag('Trams');
    for (const at of ['https://one.example', 'https://two.example', 'https://one.example'])
      expect(await ask(tag, 'url', editionsAt(at))).toEqual(shown({ url: `${at}/tags/x` }));
  });

  it('keeps nothing that rests on more than the object, and nothing in which something failed', async () => {
    const { told, ask } = setUp();
    await ask(createTag('Trams'), 'id edition { name }');
    await ask(createTag('Trams'), 'id articles(first: 1) { totalCount }');
    await ask({ ...createTag('Trams'), name: null }, 'id name');
    await ask({ ...createTag('Trams'), name: Promise.resolve('late') }, 'id name');
    expect(told).toEqual({ found: 0, kept: 0 });
  });

  it('forgets everything when it comes to more than its bound', async () => {
    const { told, ask } = setUp(createPassages(400));
    const [tag, other, editions] = [createTag('Trams'), createTag('B'.repeat(200)), editionsAt('https://one.example')];
    await ask(tag, 'id name', editions);
    await ask(tag, 'id name', editions);
    expect(told).toEqual({ found: 1, kept: 1 });
    await ask(other, 'id name', editions);
    await ask(tag, 'id name', editions);
    expect(told).toEqual({ found: 1, kept: 3 });
  });
});
