import { Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { isTextAsked } from '../../src/graphql/is-text-asked.ts';

const isAskedBy = (text: string): boolean => {
  const { definitions } = parse(text);
  const fragments = definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  return isTextAsked(
    definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode,
    new Map(fragments.map((node) => [node.name.value, node])),
  );
};

describe('isTextAsked', () => {
  it.each([
    [true, '{ edition(code: EN) { article(slug: "a") { headline bodyHtml } } }'],
    [true, '{ edition(code: EN) { page: article(slug: "a") { headline words: bodyText } } }'],
    [true, '{ articleByUrl(url: "a") { excerpt(maxLength: 9) } }'],
    [true, '{ articleByUrl(url: "a") { ... on Article { ... @include(if: true) { body { html } } } } }'],
    [
      true,
      '{ articleByUrl(url: "a") { ...Page } } fragment Page on Article { ...Words } fragment Words on Article { bodyHtml }',
    ],
    [true, '{ edition(code: EN) { ...Front } } fragment Front on Edition { article(slug: "a") { bodyHtml } }'],
    [false, '{ edition(code: EN) { article(slug: "a") { headline related { excerpt } } } }'],
    [false, '{ edition(code: EN) { article(slug: "a") { headline } articles { nodes { bodyHtml } } } }'],
    [false, '{ edition(code: EN) { article(slug: "a") { bodyHtml: headline } } }'],
    [false, '{ editions { name } }'],
  ])('is %s for %s', (expected, text) => {
    expect(isAskedBy(text)).toBe(expected);
  });

  it('looks through a fragment once, however often it is spread', () => {
    // Written out, 2^200 spreads.
    const chain = Array.from({ length: 200 }, (_, at) => `fragment F${at} on Article { ...F${at + 1} ...F${at + 1} }`);
    const ask = (last: string): boolean =>
      isAskedBy(`{ articleByUrl(url: "a") { ...F0 } } ${chain.join(' ')} fragment F200 on Article { ${last} }`);
    expect([ask('id'), ask('bodyHtml')]).toEqual([false, true]);
  });
});
