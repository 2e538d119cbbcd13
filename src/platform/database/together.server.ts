import pg from 'pg';

/** A prepared statement with its values. */
export interface SentStatement {
  name: string;
  text: string;
  values: readonly unknown[];
}

export type Rows = Record<string, unknown>[];
export type Done = (error: Error | null, results: Rows[]) => void;

/** How a statement's rows are read. */
type Shape = readonly { name: string; read: ReadText }[];
type ReadText = (text: string) => unknown;

/** What pg's own queries use of a connection. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: object): void;
  sync(): void;
}

// 64-bit counts and sums come as numbers: none of ours reaches 2^53.
export const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** The shapes that a connection has heard of its statements: they are asked for once. */
const shapesOf = new WeakMap<Wire, Map<string, Shape>>();

/** A value as PostgreSQL reads it. */
export const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;
const Query = pg.Query as unknown as new (config: { text: string }) => object;

/**
 * Prepared statements that are written at once and end with one `Sync`, in place of one each: PostgreSQL runs what stands between two of
 * them as one transaction that needs no `begin` and no `commit`, and answers once. All give their rows, or none does.
 */
export class Together extends Query {
  readonly statements: readonly SentStatement[];
  /** The statement that is answered now. By them pg notes what the connection has prepared. */
  name = '';
  text = '';
  readonly #done: Done;
  readonly #results: Rows[] = [];
  #shapes = new Map<string, Shape>();
  #error: Error | null = null;

  constructor(statements: readonly SentStatement[], done: Done) {
    super({ text: '' });
    this.statements = statements;
    this.#done = done;
    this.#begin(0);
  }

  #begin(index: number): void {
    const { name = '', text = '' } = this.statements[index] ?? {};
    Object.assign(this, { name, text });
    this.#results[index] = [];
  }

  submit(connection: Wire): Error | null {
    const { stream, parsedStatements: parsed, submittedNamedStatements: submitted } = connection;
    this.#shapes = shapesOf.get(connection) ?? this.#shapes;
    shapesOf.set(connection, this.#shapes);
    stream.cork();
    for (const { name, text, values } of this.statements) {
      if (!(name in parsed || name in submitted)) {
        connection.parse({ name, text });
        submitted[name] = text;
      }
      connection.bind({ statement: name, values });
      if (!this.#shapes.has(name)) connection.describe({ type: 'P', name: '' });
      connection.execute({});
    }
    connection.sync();
    stream.uncork();
    return null;
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    // The types of pg say that a reader takes a number; it takes the text.
    const readerOf = types.getTypeParser.bind(types) as unknown as (typeId: number, format: 'text') => ReadText;
    const shape = fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID, 'text') }));
    this.#shapes.set(this.name, shape);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    try {
      const row: Record<string, unknown> = {};
      let place = 0;
      for (const { name, read } of this.#shapes.get(this.name) ?? []) {
        const text = fields[place++] ?? null;
        row[name] = text === null ? null : read(text);
      }
      this.#results.at(-1)!.push(row);
    } catch (error) {
      this.#error = error as Error;
    }
  }

  handleCommandComplete(): void {
    if (this.#results.length < this.statements.length) this.#begin(this.#results.length);
  }

  handleReadyForQuery(): void {
    this.#done(this.#error, this.#results);
  }

  /** PostgreSQL passes over all that stood behind what failed: it was never prepared. */
  handleError(error: Error, connection: Wire): void {
    for (const { name } of this.statements) delete connection.submittedNamedStatements[name];
    this.#done(error, []);
  }
}
