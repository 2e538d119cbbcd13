import { createHash } from 'node:crypto';

/** A SQL text that each connection prepares once. The types say what goes in and what comes out. */
export interface Statement<Row, Values extends readonly unknown[]> {
  name: string;
  text: string;
  /** Never set: carries the types. */
  readonly types?: { row: Row; values: Values };
}

/** Declares a prepared statement. Its name is made from its text, so that two texts can never share one. */
export function statement<Row, Values extends readonly unknown[] = []>(text: string): Statement<Row, Values> {
  return { name: `s_${createHash('sha1').update(text).digest('base64url')}`, text };
}

/** Runs a prepared statement and gives its rows. */
export type RunStatement = <Row, Values extends readonly unknown[]>(statement: Statement<Row, Values>, ...values: Values) => Promise<Row[]>;
