import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV, piece by piece, so that any number needs no more memory than a page. A cell that a spreadsheet would run as a formula begins with an apostrophe.
 * Begins with the mark by which spreadsheets know UTF-8.
 */
export async function* csvOf<Row>(
  columns: readonly string[],
  pieces: AsyncIterable<Row[]>,
  cells: (row: Row) => (string | number | null)[],
): AsyncGenerator<string> {
  yield `\uFEFF${columns.join(',')}\r\n`;
  for await (const rows of pieces) yield stringify(rows.map(cells), { escape_formulas: true, record_delimiter: '\r\n' });
}
