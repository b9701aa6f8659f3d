import { createChecker, type Checker } from './checker.ts';
import type { HistoryEvent, Tick, Violation } from './history.ts';

/** Hands a history to the checker as it happens, and remembers enough of it to tell how a promise was broken. */
export interface Recorder {
  take(event: HistoryEvent): void;
  violation(): Violation | undefined;
  /** Resolves at the first violation. */
  readonly violated: Promise<void>;
  figures: Checker['figures'];
  /** What happened to the article of the violation before it, and what was done to the processes; a line an event. */
  trace(): readonly string[];
  fail(violation: Violation): void;
}

const KEPT_EVENTS = 40_000;
const TRACED_MS = 15_000;
const TRACED_LINES = 80;

const isAbout = (event: HistoryEvent, { article, read }: Violation): boolean => {
  switch (event.event) {
    case 'disturbance':
    case 'quiet':
      return true;
    case 'write':
    case 'commit':
    case 'acknowledgement':
      return event.article === article;
    case 'read':
      return (
        event.process === read.process &&
        (article === undefined
          ? JSON.stringify(event.asked) === JSON.stringify(read.asked)
          : event.shown.articles.some((shown) => shown.article === article) ||
            (event.asked.of === 'article' && event.asked.article === article))
      );
  }
};

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
      const pending = event.pending.map(({ process, until }) => `${process} until ${Math.round(until)}`).join(', ');
      return `${event.article} v${event.version} is acknowledged${pending === '' ? '' : `, pending ${pending}`}`;
    }
    case 'read': {
      const asked = event.asked.of === 'article' ? event.asked.article : event.asked.list;
      const shown = event.shown.articles.filter((one) => article === undefined || one.article === article);
      const versions = shown.map((one) => `v${one.version}`).join(' ') || 'not there';
      return `${event.process} answers ${asked}: ${versions}, began ${Math.round(event.begunAt)} (${event.label})`;
    }
  }
};

const tickOf = (event: HistoryEvent): Tick => (event.event === 'read' ? event.heardAt : event.at);

/** A recorder of a history that begins now. */
export const createRecorder = (): Recorder => {
  const checker = createChecker();
  let kept: HistoryEvent[] = [];
  let violation: Violation | undefined;
  let tell = (): void => undefined;
  const violated = new Promise<void>((resolve) => (tell = resolve));
  const fail = (found: Violation): void => {
    violation ??= found;
    tell();
  };
  return {
    take(event) {
      // What comes after is told about nothing.
      if (violation !== undefined) return;
      kept.push(event);
      if (kept.length > KEPT_EVENTS * 2) kept = kept.slice(-KEPT_EVENTS);
      const found = checker.take(event);
      if (found !== undefined) fail(found);
    },
    violation: () => violation,
    violated,
    figures: checker.figures,
    fail,
    trace() {
      if (violation === undefined) return [];
      const { read, article } = violation;
      const about = violation;
      const lines = kept
        .filter((event) => tickOf(event) > read.heardAt - TRACED_MS && isAbout(event, about))
        .map((event) => `${tickOf(event).toFixed(1).padStart(10)}  ${describe(event, article)}`)
        // The same answer over and over says nothing new.
        .filter(
          (line, index, all) =>
            line.slice(12).replace(/began \d+/, '') !== all[index - 1]?.slice(12).replace(/began \d+/, ''),
        );
      return [...lines.slice(-TRACED_LINES), `=> ${violation.rule}: ${violation.detail}, by ${read.process}`];
    },
  };
};
