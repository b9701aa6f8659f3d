import type { Connection, FieldDef } from 'pg';
import { columnReader } from './column-types.ts';
import type { Row } from './database.ts';

/** How the rows of a statement are made. */
interface Shape {
  /** A row in which nothing is. */
  readonly blank: Row;
  readonly names: readonly string[];
  readonly readers: readonly ((text: string) => unknown)[];
}

/** What the driver's statements use of a connection; it is not all in its types. */
interface StatementConnection extends Pick<Connection, 'stream'> {
  /** By name, what the server has parsed: the driver writes it down. */
  readonly parsedStatements: Readonly<Record<string, string | undefined>>;
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(values: { readonly statement: string; readonly values: readonly (string | null)[] }): void;
  describe(what: { readonly type: 'P' }): void;
  execute(portal: object): void;
  sync(): void;
  sendCopyFail(reason: string): void;
}

/** A statement under a name, and who is told what came of it. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
  readonly tell: (error: Error | null, rows: readonly Row[]) => void;
}

/** What each connection has been told of its statements. Both last as long as each other. */
const shapes = new WeakMap<StatementConnection, Map<string, Shape>>();

const shapesOn = (connection: StatementConnection): Map<string, Shape> => {
  const known = shapes.get(connection) ?? new Map<string, Shape>();
  shapes.set(connection, known);
  return known;
};

const shapeOf = (fields: readonly FieldDef[]): Shape => ({
  blank: Object.fromEntries(fields.map(({ name }) => [name, null])),
  names: fields.map(({ name }) => name),
  readers: fields.map(({ dataTypeID }) => columnReader(dataTypeID)),
});

/**
 * A prepared statement that is described once on each connection, where the driver's own asks at every use which columns there
 * will be: thirty names to send, to cut out and to make a row of, each time the same. The server refuses to run what was prepared
 * if its columns have changed since (`isNameLost`).
 */
export class PreparedQuery {
  /** By these the driver writes down what the server has parsed. */
  readonly name: string;
  readonly text: string;
  readonly callback: PreparedStatement['tell'];
  readonly #values: PreparedStatement['values'];
  readonly #rows: Row[] = [];
  #known: Map<string, Shape> | undefined;
  #shape: Shape | undefined;
  #failure: Error | undefined;

  constructor({ name, text, values, tell }: PreparedStatement) {
    this.name = name;
    this.text = text;
    this.callback = tell;
    this.#values = values;
  }

  submit(driver: Connection): void {
    const connection = driver as Pick<Connection, 'stream'> as StatementConnection;
    this.#known = shapesOn(connection);
    const isParsed = connection.parsedStatements[this.name] !== undefined;
    this.#shape = isParsed ? this.#known.get(this.name) : undefined;
    // Sent in one piece.
    connection.stream.cork();
    try {
      if (!isParsed) connection.parse({ name: this.name, text: this.text });
      connection.bind({ statement: this.name, values: this.#values });
      if (this.#shape === undefined) connection.describe({ type: 'P' });
      connection.execute({});
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.#shape = shapeOf(fields);
    this.#known?.set(this.name, this.#shape);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#shape === undefined || this.#failure !== undefined) return;
    const { blank, names, readers } = this.#shape;
    // A proxy may have put another connection of the server's behind this one.
    if (fields.length !== names.length) {
      this.#known?.delete(this.name);
      this.#failure = new Error(`The server gives ${fields.length} columns where it has told of ${names.length}`);
      return;
    }
    const row: Record<string, unknown> = { ...blank };
    try {
      for (let index = 0; index < fields.length; index += 1) {
        const text = fields[index];
        if (text !== null && text !== undefined) row[names[index] as string] = readers[index]?.(text);
      }
    } catch (error) {
      this.#failure = error as Error;
    }
    this.#rows.push(row);
  }

  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyData(): void {}

  handleCopyInResponse(connection: StatementConnection): void {
    connection.sendCopyFail('Nothing is copied');
  }

  handleError(error: Error): void {
    this.callback(this.#failure ?? error, []);
  }

  handleReadyForQuery(): void {
    this.callback(this.#failure ?? null, this.#rows);
  }
}
