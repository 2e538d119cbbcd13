/** One measurement beside its floor. */
export interface Row {
  what: string;
  perSecond: number;
  floor: string;
  floorPerSecond: number;
  /** Part of the floor that quality demands; undefined where the row is only for comparison. */
  goal?: number;
  p99Ms?: number;
}

/** Prints the table that a person reads. */
export function printTable(rows: readonly Row[]): void {
  const lines = rows.map((row) => {
    const ratio = row.perSecond / row.floorPerSecond;
    const verdict = row.goal === undefined ? '' : ratio >= row.goal ? `meets ${row.goal}` : `below ${row.goal}`;
    return [
      row.what,
      row.perSecond.toFixed(0),
      `${row.floor} ${row.floorPerSecond.toFixed(0)}`,
      ratio.toFixed(2),
      verdict,
      row.p99Ms === undefined ? '' : `p99 ${row.p99Ms.toFixed(0)} ms`,
    ];
  });
  const table = [['what', 'per second', 'floor', 'ratio', 'goal', ''], ...lines];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  for (const line of table)
    process.stdout.write(
      `${line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}\n`,
    );
}
