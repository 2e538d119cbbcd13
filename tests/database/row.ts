/** Column values by column name, as PostgreSQL takes them. */
export type Row = Record<string, unknown>;

/** Tables with a row each, in the order in which they can be inserted. */
export type Rows = [table: string, row: Row][];

/** The id of a name in one world. */
export type Id = (name: string) => string;

export const json = (value: unknown) => JSON.stringify(value);

/** A moment in March 2026. */
export const day = (date: number, hour = 10) => `2026-03-${String(date).padStart(2, '0')}T${hour}:00:00Z`;
