import { Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { decideDetail } from '../../src/graphql/decide-detail.ts';
import { createSchema } from '../../src/graphql/schema.ts';

const detailOf = (text: string) => {
  const { definitions } = parse(text);
  const fragments = definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  return decideDetail(
    createSchema(),
    definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode,
    new Map(fragments.map((node) => [node.name.value, node])),
  );
};

const listOf = (selection: string) => `{ edition(code: EN) { articles { nodes { ${selection} } } } }`;

describe('decideDetail', () => {
  it.each([
    ['plain', listOf('headline tags { name }')],
    ['card', listOf('headline lead { __typename }')],
    ['whole', listOf('headline lead { __typename } sources { name }')],
    ['whole', listOf('rights { holder }')],
    ['card', listOf('pages: version')],
    ['plain', listOf('version: headline')],
    ['whole', listOf('headline aliases @skip(if: true)')],
    [
      'card',
      `${listOf('...Card')} fragment Card on Article { headline ...Picture } fragment Picture on Article { lead { __typename } }`,
    ],
    ['plain', '{ editions { name } }'],
  ])('is %s for %s', (detail, text) => {
    expect(detailOf(text)).toBe(detail);
  });
});
