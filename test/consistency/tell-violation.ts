import type { Asked, HistoryEvent, Read, Tick, Violation } from './history.ts';

const TRACED_MS = 15_000;
const TRACED_LINES = 25;

const tickOf = (event: HistoryEvent): Tick => (event.event === 'read' ? event.heardAt : event.at);

const nameOf = (asked: Asked): string => (asked.of === 'article' ? asked.article : asked.list);

const isAbout = (event: HistoryEvent, { article, read }: Violation): boolean => {
  switch (event.event) {
    case 'disturbance':
    case 'quiet':
      return true;
    case 'write':
    case 'commit':
    case 'acknowledgement':
      return article === undefined || event.article === article;
    case 'read':
      return (
        event.process === read.process &&
        (nameOf(event.asked) === nameOf(read.asked) ||
          nameOf(event.asked) === article ||
          event.shown.articles.some((shown) => shown.article === article))
      );
  }
};

/** What a read was shown of `article`, or of everything. */
const describeShown = ({ shown }: Read, article: string | undefined): string =>
  shown.articles
    .filter((one) => article === undefined || one.article === article)
    .map((one) => (article === undefined ? `${one.article} v${one.version}` : `v${one.version}`))
    .join(' ') || 'not there';

const describe = (event: HistoryEvent, article: string | undefined): string => {
  switch (event.event) {
    case 'disturbance':
      return event.what;
    case 'quiet':
      return 'quiet';
    case 'write':
      return `${event.article} v${event.version} is written${event.isWithdrawal ? ', a withdrawal' : ''}: ${event.lists.join(' ') || 'hidden'}`;
    case 'commit':
      return `${event.article} v${event.version} is committed`;
    case 'acknowledgement': {
      const pending = event.pending.map(({ process, until }) => `${process} until ${until.toFixed(1)}`).join(', ');
      return `${event.article} v${event.version} is acknowledged${pending === '' ? '' : `, pending ${pending}`}`;
    }
    case 'read':
      return `${event.process} answers ${nameOf(event.asked)}: ${describeShown(event, article)}, began ${event.begunAt.toFixed(1)} (${event.label})`;
  }
};

/** Without answers that say what the one before to the same question said: they are nothing new. */
const withoutEchoes = (events: readonly HistoryEvent[], article: string | undefined): readonly HistoryEvent[] => {
  const last = new Map<string, string>();
  return events.filter((event) => {
    if (event.event !== 'read') return true;
    const question = nameOf(event.asked);
    const said = describeShown(event, article);
    const isEcho = last.get(question) === said;
    last.set(question, said);
    return !isEcho;
  });
};

/**
 * A line each: first what was broken, by which answer, against which write and its acknowledgement; then what happened to
 * that article, that list and that process shortly before, in the driver's milliseconds.
 */
export const tellViolation = (events: readonly HistoryEvent[], violation: Violation): readonly string[] => {
  const { rule, detail, article, read } = violation;
  const line = (event: HistoryEvent): string => `${tickOf(event).toFixed(1).padStart(10)}  ${describe(event, article)}`;
  const about = events.filter((event) => isAbout(event, violation));
  const broken = rule === 'sent after withdrawal' ? read.heardAt : read.begunAt;
  const promise = about.findLast((event) => event.event === 'acknowledgement' && event.at <= broken);
  const promised = about.filter(
    (event) =>
      promise?.event === 'acknowledgement' &&
      (event.event === 'write' || event.event === 'commit') &&
      event.article === promise.article &&
      event.version === promise.version,
  );
  const before = withoutEchoes(about, article).filter((event) => tickOf(event) > read.heardAt - TRACED_MS);
  return [
    `${rule}: ${detail}, by ${read.process}`,
    line(read),
    ...(promise === undefined ? [] : ['the last acknowledgement before it:', ...[...promised, promise].map(line)]),
    'what came before:',
    ...before.slice(-TRACED_LINES).map(line),
  ];
};
