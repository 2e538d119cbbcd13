import type { Context } from '../context.ts';
import { statement } from './statement.ts';

/** Rows as the database has them, by column: to be written back as they were. */
export type KeptRows = Record<string, unknown>[];

/** A table of which rows are kept. Names are the program's own and never come from outside. */
export interface KeptTable {
  name: string;
  key: readonly string[];
  /** Columns that are not written back over a row that is still there: totals, and what others have done since. */
  living?: readonly string[];
}

/** The rows of a table whose column is one of these ids. */
export function keepRows(ctx: Context, table: KeptTable, column: string, ids: readonly string[]): Promise<KeptRows> {
  const rows = statement<{ row: Record<string, unknown> }, [readonly string[]]>(
    `select to_jsonb(t) as row from ${table.name} t where ${column} = any ($1::uuid[]) order by ${table.key.join(', ')}`,
  );
  return ctx.db.sql(rows, ids).then((found) => found.map(({ row }) => row));
}

/** Deletes the rows of a table whose column is one of these ids, but for those that are kept. */
export async function dropOthers(ctx: Context, table: KeptTable, column: string, ids: readonly string[], kept: KeptRows): Promise<void> {
  const drop = statement<unknown, [readonly string[], string]>(
    `delete from ${table.name} t where ${column} = any ($1::uuid[])
        and not exists (select from jsonb_populate_recordset(null::${table.name}, $2::jsonb) k where ${table.key.map((name) => `k.${name} = t.${name}`).join(' and ')})`,
  );
  await ctx.db.sql(drop, ids, JSON.stringify(kept));
}

/** Writes rows back as they were: those that have gone are there again, those that differ are put right. */
export async function putBack(ctx: Context, table: KeptTable, kept: KeptRows): Promise<void> {
  if (kept.length === 0) return;
  // A column that came since keeps what it has; one that the database computes is not written.
  const columns = (await ctx.db.sql(writtenColumns, table.name)).map(({ name }) => name).filter((name) => name in kept[0]!);
  const changed = columns.filter((name) => !table.key.includes(name) && !table.living?.includes(name));
  const values = 'jsonb_populate_recordset(null::' + `${table.name}, $1::jsonb) k`;
  const same = table.key.map((name) => `k.${name} = t.${name}`).join(' and ');
  const list = (names: readonly string[], prefix = '') => names.map((name) => `${prefix}"${name}"`).join(', ');
  if (changed.length > 0)
    await ctx.db.sql(
      statement<unknown, [string]>(
        `update ${table.name} t set ${changed.map((name) => `"${name}" = k."${name}"`).join(', ')} from ${values}
          where ${same} and (${list(changed, 't.')}) is distinct from (${list(changed, 'k.')})`,
      ),
      JSON.stringify(kept),
    );
  await ctx.db.sql(
    statement<unknown, [string]>(
      `insert into ${table.name} (${list(columns)}) select ${list(columns, 'k.')} from ${values} where not exists (select from ${table.name} t where ${same})`,
    ),
    JSON.stringify(kept),
  );
}

const writtenColumns = statement<{ name: string }, [string]>(
  "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position",
);
