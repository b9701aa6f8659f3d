import { createArticleHistory, type ArticleHistory } from './article-history.ts';
import type { HistoryEvent, Read, Tick, Violation } from './history.ts';

/** What was seen of reads that broke no promise. */
export interface CheckerFigures {
  readonly reads: number;
  /** Reads that showed what had been replaced in the database before they began; no promise spoke of it yet. */
  readonly outdated: number;
  /** The longest time between a replacement and the beginning of a read that did not show it. */
  readonly maximumStalenessMs: number;
}

/** Takes the events of a history in the order in which the driver learnt of them. */
export interface Checker {
  take(event: HistoryEvent): Violation | undefined;
  figures(): CheckerFigures;
}

/**
 * From the acknowledgement's arrival to the arrival of an answer that was sent before it: both are read by one process
 * that reads one thing after the other.
 */
export const SENT_MARGIN_MS = 50;

/** A checker that knows of nothing yet. */
export const createChecker = ({ sentMarginMs = SENT_MARGIN_MS }: { readonly sentMarginMs?: number } = {}): Checker => {
  const articles = new Map<string, ArticleHistory>();
  let reads = 0;
  let outdated = 0;
  let maximumStalenessMs = 0;

  const historyOf = (article: string): ArticleHistory => {
    const known = articles.get(article);
    if (known !== undefined) return known;
    const made = createArticleHistory();
    articles.set(article, made);
    return made;
  };

  const noteAge = (history: ArticleHistory, version: number, begunAt: Tick): void => {
    const replacedAt = history.replacedAt(version);
    if (replacedAt === undefined || replacedAt >= begunAt) return;
    outdated += 1;
    maximumStalenessMs = Math.max(maximumStalenessMs, begunAt - replacedAt);
  };

  /** What is wrong with `article` being shown in its state `version`. */
  const judgeShown = (read: Read, article: string, version: number): Violation | undefined => {
    const { process, begunAt, heardAt, asked, wasStopped } = read;
    const fail = (rule: Violation['rule'], detail: string): Violation => ({ rule, detail, article, read });
    const history = articles.get(article);
    const state = history?.find(version);
    if (history === undefined || state === undefined || version === 0)
      return fail('never written', `${article} v${version} was never written`);
    if (state.begunAt > heardAt) return fail('never written', `${article} v${version} was written after it was read`);
    if (asked.of === 'article' && asked.article !== article)
      return fail('crossing', `asked for ${asked.article}, was shown ${article}`);
    if (asked.of === 'list' && !state.lists.has(asked.list))
      return fail('crossing', `${asked.list} shows ${article} v${version}, which did not stand there`);
    if (state.lists.size === 0) return fail('never written', `${article} v${version} is hidden and was shown`);
    const floor = history.floor(process, begunAt);
    if (version < floor) return fail('stale', `${article} v${version} was shown after v${floor} was acknowledged`);
    const withdrawn = wasStopped ? 0 : history.withdrawnBefore(process, heardAt - sentMarginMs);
    if (version < withdrawn)
      return fail(
        'sent after withdrawal',
        `${article} v${version} was sent after its withdrawal v${withdrawn} was acknowledged`,
      );
    noteAge(history, version, begunAt);
    return undefined;
  };

  /** What is wrong with `article` not being shown. */
  const judgeMissing = (read: Read, article: string, isThere: (lists: ReadonlySet<string>) => boolean) => {
    const states = historyOf(article).admissible(read.process, read.begunAt, read.heardAt);
    const absent = states.findLast(({ lists }) => !isThere(lists));
    if (absent !== undefined) return undefined;
    const detail = `${article} was missing, and stood there since v${states[0]?.version ?? 0} was acknowledged`;
    return { rule: 'stale', detail, article, read } satisfies Violation;
  };

  const judgeList = (read: Read, list: string): Violation | undefined => {
    const shown = new Set(read.shown.articles.map(({ article }) => article));
    if (shown.size !== read.shown.articles.length)
      return { rule: 'crossing', detail: `${list} shows an article twice`, article: undefined, read };
    let [least, most] = [0, 0];
    for (const [article, history] of articles) {
      if (!shown.has(article)) {
        const violation = judgeMissing(read, article, (lists) => lists.has(list));
        if (violation !== undefined) return violation;
      }
      const states = history.admissible(read.process, read.begunAt, read.heardAt);
      if (states.every(({ lists }) => lists.has(list))) least += 1;
      if (states.some(({ lists }) => lists.has(list))) most += 1;
    }
    const { count } = read.shown;
    if (count === null || (count >= least && count <= most)) return undefined;
    const detail = `${list} counts ${count}; it held ${least === most ? least : `${least} to ${most}`}`;
    return { rule: 'miscounted', detail, article: undefined, read };
  };

  const judge = (read: Read): Violation | undefined => {
    reads += 1;
    for (const { article, version } of read.shown.articles) {
      const violation = judgeShown(read, article, version);
      if (violation !== undefined) return violation;
    }
    const { asked, shown } = read;
    if (asked.of === 'list') return judgeList(read, asked.list);
    return shown.articles.length > 0 ? undefined : judgeMissing(read, asked.article, (lists) => lists.size > 0);
  };

  return {
    take(event) {
      switch (event.event) {
        case 'write':
          historyOf(event.article).write(event);
          return undefined;
        case 'commit':
          historyOf(event.article).commit(event.version, event.at);
          return undefined;
        case 'acknowledgement':
          historyOf(event.article).acknowledge(event);
          return undefined;
        case 'quiet':
          for (const history of articles.values()) history.quiet(event.at);
          return undefined;
        case 'disturbance':
          return undefined;
        case 'read':
          return judge(event);
      }
    },
    figures: () => ({ reads, outdated, maximumStalenessMs }),
  };
};
