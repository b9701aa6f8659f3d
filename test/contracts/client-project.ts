import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from '../support/shared.ts';

/** A client's project in a folder of its own, with our installed packages. */
export interface ClientProject {
  readonly folder: string;
  write(file: string, text: string): void;
  read(file: string): string;
  /** Runs a program of an installed package, e.g. `typescript/bin/tsc`, and waits for it. */
  run(program: string, ...options: readonly string[]): { readonly status: number | null; readonly output: string };
  remove(): void;
}

/** An empty client's project; `remove` it in the end. */
export const createClientProject = (): ClientProject => {
  const folder = mkdtempSync(join(tmpdir(), 'masthead-client-'));
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    write(file, text) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    run(program, ...options) {
      const path = join(PROJECT_ROOT, 'node_modules', program);
      const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...options], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 60_000,
      });
      return { status, output: stdout + stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
