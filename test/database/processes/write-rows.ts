import { openDatabase } from '../../../src/database/open-database.ts';

// Opens the data directory as a server or a command would, writes rows when told to, and says each step.
const [dataDirectory = '', mode = '', label = '', count = '0'] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const run = async (): Promise<void> => {
  const database = await openDatabase({ dataDirectory, mode: mode === 'serve' ? 'serve' : 'command', waitMs: 300 });
  await database.query(
    'CREATE TABLE IF NOT EXISTS lines (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text)',
  );
  say(`open ${database.kind}`);
  process.stdin.once('data', () => void write());
  process.stdin.once('end', () => void database.close().then(() => process.exit(0)));

  const write = async (): Promise<void> => {
    const started = performance.now();
    for (let written = 0; written < Number(count); written += 10) {
      await database.transaction(async (transaction) => {
        for (let row = 0; row < 5; row += 1) await transaction.query('INSERT INTO lines (label) VALUES ($1)', [label]);
      });
      for (let row = 0; row < 5; row += 1) await database.query('INSERT INTO lines (label) VALUES ($1)', [label]);
    }
    say(`wrote ${Math.round(performance.now() - started)} ms`);
  };
};

run().catch((error: unknown) => {
  say(`failed: ${error instanceof Error ? error.message : 'unknown'}`);
  process.exit(1);
});
