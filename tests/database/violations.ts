import type { Row } from './row.ts';
import { peopleAndFiles } from './violations/people-and-files.ts';
import { selling } from './violations/selling.ts';
import { teaching } from './violations/teaching.ts';
import { theRest } from './violations/the-rest.ts';

interface Violation {
  table: string;
  constraint: string;
  /** What to change in the valid row of the table. */
  changes: Row;
}

/** Every violation, one by one. */
export function violations(): Violation[] {
  return Object.entries({ ...peopleAndFiles, ...teaching, ...selling, ...theRest }).flatMap(([table, rules]) =>
    Object.entries(rules).flatMap(([rule, variants]) => variants.map((changes) => ({ table, constraint: `${table}_${rule}`, changes }))),
  );
}
