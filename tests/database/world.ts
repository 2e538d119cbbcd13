import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Row, Rows } from './row.ts';
import { talking, theRest } from './rows-of-community.ts';
import { learning } from './rows-of-learning.ts';
import { people } from './rows-of-people.ts';
import { selling } from './rows-of-shop.ts';
import { teaching } from './rows-of-teaching.ts';

/** An id that is the same in every run: of a name in one of the worlds. */
export function idIn(world: number, name: string): string {
  const digits = createHash('sha256').update(`${world}:${name}`).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-7${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/**
 * One valid row of every table, in the order in which they can be inserted: a student, their instructor and all that hangs on them.
 * Two worlds share nothing. Where a second row is needed (the other side of a booking), the table comes twice; the first is the fuller.
 */
export function world(number: number): Rows {
  const id = (name: string) => idIn(number, name);
  return [people(number, id), teaching(number, id), learning(id), selling(number, id), talking(number, id), theRest(number, id)].flat();
}

/** Inserts a row as it is. */
export async function insert(client: pg.ClientBase, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const names = columns.map((column) => `"${column}"`).join(', ');
  await client.query(
    `insert into ${table} (${names}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
}

/** Inserts all rows of a world in one transaction. */
export async function insertWorld(client: pg.ClientBase, number: number): Promise<void> {
  await client.query('begin');
  for (const [table, row] of world(number)) await insert(client, table, row);
  await client.query('commit');
}
