import type { Row } from '../row.ts';
import { idIn } from '../world.ts';

/** By table and rule: changes to the table's valid row, each of which breaks the check `<table>_<rule>` and no other. */
export type Broken = Record<string, Record<string, Row[]>>;

export const long = (length: number) => 'x'.repeat(length + 1);
export const student = idIn(1, 'student');
