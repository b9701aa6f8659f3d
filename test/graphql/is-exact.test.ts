import { parse, validate, isObjectType, isInterfaceType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { INEXACT_COORDINATES, isExact } from '../../src/graphql/is-exact.ts';
import { createSchema } from '../../src/graphql/schema.ts';

const schema = createSchema();
const judge = (text: string): boolean => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return isExact(schema, document);
};

describe('isExact', () => {
  it.each([
    ['{ edition(code: EN) { articles(first: 3) { nodes { headline } totalCount } } }', true],
    ['{ edition(code: EN) { name sections { name articles { nodes { id } } } } }', true],
    ['{ edition(code: EN) { hot: trending { id } } }', false],
    ['{ edition(code: EN) { ...F } } fragment F on Edition { mostRead { id } }', false],
    ['{ edition(code: EN) { articles { nodes { engagement { views } } } } }', true],
    ['{ edition(code: EN) { articles { pageInfo { end: endCursor } } } }', false],
    ['{ edition(code: EN) { articles { edges { cursor } } } }', false],
    ['{ edition(code: EN) { search(query: "grain") { totalCount } } }', false],
  ])('%s: %s', (text, expected) => {
    expect(judge(text)).toBe(expected);
  });

  it('names coordinates that are in the schema', () => {
    const missing = [...INEXACT_COORDINATES].filter((coordinate) => {
      const [typeName = '', fieldName = ''] = coordinate.split('.');
      const type = schema.getType(typeName);
      return !((isObjectType(type) || isInterfaceType(type)) && fieldName in type.getFields());
    });
    expect(missing).toEqual([]);
  });
});
