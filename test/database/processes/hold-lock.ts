import { lockDataDirectory } from '../../../src/database/lock-data-directory.ts';

// Takes the directory's lock, says how that went, and holds it until its input ends.
const [directory = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  lockDataDirectory(directory).then(
    () => process.stdout.write('won\n'),
    (error: unknown) => {
      process.stdout.write(`lost: ${error instanceof Error ? error.message : 'unknown'}\n`);
      process.exit(1);
    },
  );
});
process.stdin.once('end', () => process.exit(0));
