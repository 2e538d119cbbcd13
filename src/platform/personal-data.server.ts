import type { Readable } from 'node:stream';
import type { Context } from './context.ts';
import { type Statement, statement } from './database/statement.ts';

/** Rows of a person in one table: one JSON file of the archive that they may ask for. */
export interface PersonalTable {
  table: string;
  /** What it holds, as a line of the archive's README says it. */
  about: string;
  /** The columns by which rows are somebody's. */
  owners: readonly string[];
  page: Statement<{ key: string; row: Record<string, unknown> }, [userId: string, afterKey: string, rows: number]>;
}

/** A file of a person, opened only when its turn in the archive comes. */
export interface PersonalFile {
  path: string;
  contentType: string;
  open(): Readable;
}

/** What stands in the way of closing an account, and what to do about it. */
export interface Obstacle {
  message: string;
  href?: string;
  linkLabel?: string;
}

/** A person whose account closes, as they were until now. */
export interface Leaver {
  id: string;
  email: string;
  imageKey: string | null;
}

/** What one feature keeps of people. A test holds this against every table that points at a person. */
export interface PersonalData {
  feature: string;
  tables: readonly PersonalTable[];
  /** Tables, or `table.column`s that point at a person, which belong in nobody's archive, each with the reason. */
  leftOut?: Readonly<Record<string, string>>;
  files?(ctx: Context, userId: string): AsyncIterable<PersonalFile>;
  /** What a person must settle before their account may close. */
  obstacles?(ctx: Context, userId: string): Promise<readonly Obstacle[]>;
  /** Takes away what must not outlive a closed account, in the transaction that closes it. */
  forget?(ctx: Context, leaver: Leaver): Promise<void>;
}

interface TableWish {
  about: string;
  /** The column that names the person, several of them, or `where` for rows that are theirs through another table: `row` is the row, `$1` the person. */
  owner?: string | readonly string[];
  where?: string;
  /** A unique column to page by. */
  key?: string;
  /** The only columns that are handed out, or those that are not: secrets, and what only the program understands. */
  only?: readonly string[];
  without?: readonly string[];
  /** Words for ids: expressions over `row`, by the name they get. */
  adding?: Readonly<Record<string, string>>;
}

/** Declares what of a table is handed to the person whose rows they are. */
export function personalTable(table: string, wish: TableWish): PersonalTable {
  const owners = typeof wish.owner === 'string' ? [wish.owner] : (wish.owner ?? []);
  const key = wish.key ?? 'id';
  const mine = wish.where ?? owners.map((owner) => `row.${owner} = $1::uuid`).join(' or ');
  const all = wish.only
    ? `jsonb_build_object(${wish.only.map((column) => `'${column}', row.${column}`).join(', ')})`
    : `to_jsonb(row) - array[${(wish.without ?? []).map((column) => `'${column}'`).join(', ')}]::text[]`;
  const added = Object.entries(wish.adding ?? {}).map(([name, expression]) => `'${name}', (${expression})`);
  const page: PersonalTable['page'] = statement(
    `select row.${key}::text as key, ${all} || jsonb_build_object(${added.join(', ')}) as row
       from ${table} row where (${mine} or false) and row.${key} > $2::uuid order by row.${key} limit $3`,
  );
  return { table, about: wish.about, owners, page };
}

const pageRows = 500;

/** The rows of a person, a page at a time, so that a long life needs no more memory than a short one. */
export async function* rowsOf(ctx: Context, { page }: PersonalTable, userId: string): AsyncGenerator<Record<string, unknown>> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await ctx.db.sql(page, userId, after, pageRows);
    for (const { row } of rows) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < pageRows) return;
    after = last.key;
  }
}

let declared: readonly PersonalData[] = [];

/** Tells this process what each feature keeps of people; called once at boot. */
export function registerPersonalData(all: readonly PersonalData[]): void {
  declared = all;
}

/** What every feature keeps of people. */
export function personalData(): readonly PersonalData[] {
  return declared;
}
