import type { Database } from '../../../src/database/database.ts';
import { changeTagsOf, pickChangeKind } from '../../../src/ingest/write/change-of-article.ts';
import { loadAddresses, loadArticles } from '../../../src/ingest/write/load-articles.ts';
import { saveOutbox } from '../../../src/ingest/write/save-outbox.ts';
import { writeArticles } from '../../support/content-rows.ts';
import { createRandom, pickOf } from '../../support/create-random.ts';
import { isSeen, seenOf } from './judging.ts';
import { CONTRACTS } from './oracle.ts';
import { FACTS, idOfFact, KINDS, LIFT, PLACES, RIGHTS, rowsOf, TIMES, type Fact } from './world.ts';

/** What is true now, and what each contract has been given so far: by the oracle, whatever the gateway says. */
export interface ChangingWorld {
  /** By number, as `FACTS`. */
  readonly facts: () => readonly Fact[];
  /** Ids of all that the holder of a contract could ever see. */
  readonly everSeen: (contract: string) => ReadonlySet<string>;
  /** Ids of what was withdrawn from under its eyes, and is gone still. */
  readonly takenBack: (contract: string) => ReadonlySet<string>;
  /** Writes all of it, with what is told of it. */
  begin(now: number): Promise<void>;
  /** Half of the articles become others, each in one of all the ways there are: withdrawn, moved, put under embargo, of another right. */
  change(now: number): Promise<void>;
  /** Time has passed. */
  notice(now: number): void;
}

const names = Object.keys(CONTRACTS);

export const createChangingWorld = (database: Database, seed: number): ChangingWorld => {
  const random = createRandom(seed);
  const ever = new Map(names.map((name) => [name, new Set<string>()]));
  const taken = new Map(names.map((name) => [name, new Set<string>()]));
  let facts = FACTS;
  let version = 1;

  const notice = (now: number): void => {
    for (const [name, contract] of Object.entries(CONTRACTS))
      for (const id of seenOf(facts, contract, now).map(idOfFact)) {
        ever.get(name)?.add(id);
        taken.get(name)?.delete(id);
      }
  };

  const write = (changed: readonly Fact[], now: number): Promise<void> =>
    database.transaction(async (transaction) => {
      const ids = changed.map(idOfFact);
      const before = await loadArticles(transaction, ids);
      const waiting = changed.filter(({ time }) => now < LIFT && (time === 'embargoed' || time === 'scheduled'));
      await transaction.query('DELETE FROM schedule WHERE article_id = ANY ($1::text[])', [ids]);
      await transaction.query('INSERT INTO schedule (at, article_id) SELECT $2, unnest($1::text[])', [
        waiting.map(idOfFact),
        new Date(LIFT),
      ]);
      await writeArticles(
        transaction,
        changed.map((fact) => ({ ...rowsOf(fact), version })),
      );
      const after = await loadArticles(transaction, ids);
      const addresses = Map.groupBy((await loadAddresses(transaction, [], ids)).values(), ({ articleId }) => articleId);
      const told = changed.flatMap((fact) => {
        const articleId = idOfFact(fact);
        const [was, is] = [before.get(articleId), after.get(articleId)];
        if (is === undefined) return [];
        const held = addresses.get(articleId) ?? [];
        const of = (wanted: string) => held.filter(({ form }) => form === wanted).map(({ value }) => value);
        const tags = changeTagsOf(fact.edition, [was, is], { losers: [], slugs: of('slug'), paths: of('path') }, now);
        return [{ kind: pickChangeKind(was, is, now), articleId, edition: fact.edition, tags, version }];
      });
      await saveOutbox(transaction, told, now);
    });

  return {
    facts: () => facts,
    everSeen: (contract) => ever.get(contract) ?? new Set(),
    takenBack: (contract) => taken.get(contract) ?? new Set(),
    notice,
    async begin(now) {
      await write(facts, now);
      notice(now);
    },
    async change(now) {
      version += 1;
      notice(now);
      const next = facts.map((fact): Fact =>
        random() < 0.5
          ? fact
          : {
              ...fact,
              sections: pickOf(random, PLACES),
              kind: pickOf(random, KINDS),
              stored: pickOf(random, RIGHTS),
              time: pickOf(random, TIMES),
            },
      );
      for (const [name, contract] of Object.entries(CONTRACTS))
        for (const [index, fact] of facts.entries())
          if (isSeen(contract, fact, now) && next[index]?.time === 'withdrawn') taken.get(name)?.add(idOfFact(fact));
      const changed = next.filter((fact, index) => fact !== facts[index]);
      facts = next;
      await write(changed, now);
      notice(now);
    },
  };
};
