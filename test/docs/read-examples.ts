/** A fenced block of a page. */
export interface Block {
  /** The first word after the fence; empty: none. */
  readonly language: string;
  /** Without the fences, no line end behind the last line. */
  readonly text: string;
  /** Of its first fence, from 1. */
  readonly line: number;
}

/** A document, what it is asked with, and what the page shows of each answer. */
export interface QueryExample {
  readonly kind: 'query';
  readonly document: Block;
  /** At least one; a document without variables is asked once. */
  readonly asks: readonly Ask[];
  /** What the page says between this document and the next block that is no part of it. */
  readonly prose: string;
  /** The comment in front of the document, which a reader does not see: under what circumstances it is asked. */
  readonly circumstance: string | null;
}

export interface Ask {
  readonly variables: Block | null;
  readonly answer: Block | null;
}

/** Lines for a shell, and what the page shows of their output. */
export interface CommandExample {
  readonly kind: 'command';
  readonly command: Block;
  readonly answer: Block | null;
}

/** Lines of a file of the project. */
export interface QuoteExample {
  readonly kind: 'quote';
  readonly block: Block;
}

export type Example = QueryExample | CommandExample | QuoteExample;

const FENCE = /^(?<indent>[ \t]*)```(?<language>\S*)[^\n]*\n(?<text>[\s\S]*?)^[ \t]*```[ \t]*$/gm;

/** The fenced blocks of `page`, in order. */
export const readBlocks = (page: string): readonly Block[] =>
  [...page.matchAll(FENCE)].map(({ index, groups = {} }) => {
    const line = page.slice(0, index).split('\n').length;
    if (groups['indent'] !== '') throw new Error(`line ${line}: a block must not be indented, or it cannot be copied`);
    return { language: groups['language'] ?? '', text: (groups['text'] ?? '').replace(/\n$/, ''), line };
  });

const QUOTED: ReadonlySet<string> = new Set(['ts', 'yaml']);
const SHOWN_OUTPUT: ReadonlySet<string> = new Set(['json', 'http', 'text']);

/** Whether a JSON block is an answer, and not variables: answers begin with one of the two. */
const isAnswer = ({ text }: Block): boolean => /^\s*\{\s*"(?:data|errors)"/.test(text);

/** The comment that ends right before line `line` of `page`. */
const commentBefore = (page: string, line: number): string | null => {
  const before = page
    .split('\n')
    .slice(0, line - 1)
    .join('\n');
  return /<!--\s*([^>]*?)\s*-->\s*$/.exec(before)?.[1] ?? null;
};

const readAsks = (blocks: readonly Block[]): readonly Ask[] => {
  const asks: Ask[] = [];
  for (const block of blocks) {
    const last = asks.at(-1);
    if (!isAnswer(block)) asks.push({ variables: block, answer: null });
    else if (last === undefined) asks.push({ variables: null, answer: block });
    else if (last.answer === null) asks.splice(-1, 1, { ...last, answer: block });
    else throw new Error(`line ${block.line}: a second answer to the same question`);
  }
  return asks.length > 0 ? asks : [{ variables: null, answer: null }];
};

/**
 * The examples of `page`. What a block is follows from its language and its place: after a `graphql` block come, as `json`,
 * its variables and answers; after a `sh` block, as `json`, `http` or `text`, what it prints; `ts` and `yaml` are quoted.
 *
 * @throws for a block of which nobody could say whether it is true.
 */
export const readExamples = (page: string): readonly Example[] => {
  const blocks = readBlocks(page);
  const lines = page.split('\n');
  const examples: Example[] = [];
  let next = 0;
  while (next < blocks.length) {
    const block = blocks[next] as Block;
    next += 1;
    const take = (isMine: (block: Block) => boolean, limit = Infinity): readonly Block[] => {
      const taken: Block[] = [];
      for (let candidate = blocks[next]; candidate !== undefined; candidate = blocks[next]) {
        if (taken.length >= limit || !isMine(candidate)) break;
        taken.push(candidate);
        next += 1;
      }
      return taken;
    };
    if (block.language === 'graphql') {
      const asks = readAsks(take(({ language }) => language === 'json'));
      const prose = lines.slice(block.line, (blocks[next]?.line ?? lines.length + 1) - 1).join('\n');
      examples.push({ kind: 'query', document: block, asks, prose, circumstance: commentBefore(page, block.line) });
    } else if (block.language === 'sh') {
      const [answer = null] = take(({ language }) => SHOWN_OUTPUT.has(language), 1);
      examples.push({ kind: 'command', command: block, answer });
    } else if (QUOTED.has(block.language)) examples.push({ kind: 'quote', block });
    else throw new Error(`line ${block.line}: nobody can check a block of "${block.language}" that stands here`);
  }
  return examples;
};
