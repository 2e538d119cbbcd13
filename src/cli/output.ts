/** A line of progress for the person at the terminal, on standard error so that `--json` output stays clean. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A command's result: one JSON document with `--json`, otherwise the lines made for people. */
export function report(result: unknown, json: boolean | undefined, lines: () => string[]): void {
  process.stdout.write(
    json
      ? `${JSON.stringify(result, null, 2)}\n`
      : lines()
          .map((line) => `${line}\n`)
          .join(''),
  );
}
