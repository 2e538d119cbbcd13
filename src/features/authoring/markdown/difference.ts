/** A stretch of two texts: the same in both, or what one has in the place of the other's. */
export interface Stretch {
  kind: 'same' | 'changed';
  before: string[];
  after: string[];
}

/** So many comparisons are made at the most; beyond it what differs is one stretch. */
const mostComparisons = 4_000_000;

/** How the second list came out of the first: the longest that both have in common stays. */
export function differenceOf(before: readonly string[], after: readonly string[]): Stretch[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const middle = between(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const end = before.slice(before.length - tail);
  return [same(before.slice(0, head)), ...middle, same(end)].filter((part) => part.before.length + part.after.length > 0);
}

const same = (parts: readonly string[]): Stretch => ({ kind: 'same', before: [...parts], after: [...parts] });

function between(before: readonly string[], after: readonly string[]): Stretch[] {
  if (before.length * after.length > mostComparisons || before.length === 0 || after.length === 0) {
    return [{ kind: 'changed', before: [...before], after: [...after] }];
  }
  const lengths = commonLengths(before, after);
  const parts: Stretch[] = [];
  const put = (kind: Stretch['kind'], one: readonly string[], other: readonly string[]) => {
    const last = parts.at(-1);
    if (last?.kind === kind) {
      last.before.push(...one);
      last.after.push(...other);
    } else parts.push({ kind, before: [...one], after: [...other] });
  };
  let left = 0;
  let right = 0;
  while (left < before.length && right < after.length) {
    if (before[left] === after[right]) put('same', [before[left++]!], [after[right++]!]);
    else if (lengths[left + 1]![right]! >= lengths[left]![right + 1]!) put('changed', [before[left++]!], []);
    else put('changed', [], [after[right++]!]);
  }
  put('changed', before.slice(left), after.slice(right));
  return parts;
}

/** For each pair of places, how many parts the rests from there on have in common, in the same order. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let left = before.length - 1; left >= 0; left -= 1) {
    for (let right = after.length - 1; right >= 0; right -= 1) {
      rows[left]![right] = before[left] === after[right] ? rows[left + 1]![right + 1]! + 1 : Math.max(rows[left + 1]![right]!, rows[left]![right + 1]!);
    }
  }
  return rows;
}

const linesOf = (text: string) => text.split('\n');

/** The difference of two texts, line by line. */
export function differenceOfTexts(before: string, after: string): Stretch[] {
  return differenceOf(linesOf(before), linesOf(after));
}

/** The difference of two lines, word by word. */
export function differenceOfWords(before: string, after: string): Stretch[] {
  return differenceOf(before.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [], after.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []);
}

/** Two texts that were made of one, put together. Where both changed the same lines, theirs come first and ours after them: nobody's are lost. */
export function mergedTexts(base: string, ours: string, theirs: string): string {
  const lines = linesOf(base);
  const [mine, others] = [changesOf(lines, linesOf(ours)), changesOf(lines, linesOf(theirs))];
  const merged: string[] = [];
  let at = 0;
  while (at <= lines.length) {
    const start = at;
    let end = at;
    const taken: Change[][] = [[], []];
    // Changes that touch each other are one.
    for (let grew = true; grew; ) {
      grew = false;
      for (const [side, changes] of [others, mine].entries()) {
        const next = changes.find((change) => !taken[side]!.includes(change) && change.from >= start && (change.from === start || change.from < end));
        if (!next) continue;
        taken[side]!.push(next);
        end = Math.max(end, next.to);
        grew = true;
      }
    }
    const [theirText, ourText] = taken.map((changes) => applied(lines, start, end, changes)) as [string[], string[]];
    if (taken[1]!.length === 0) merged.push(...theirText);
    else if (taken[0]!.length === 0 || theirText.join('\n') === ourText.join('\n')) merged.push(...ourText);
    else merged.push(...theirText, '', ...ourText);
    if (end > start) at = end;
    else {
      if (start < lines.length) merged.push(lines[start]!);
      at = start + 1;
    }
  }
  return merged.join('\n');
}

interface Change {
  from: number;
  to: number;
  lines: string[];
}

function changesOf(base: readonly string[], text: readonly string[]): Change[] {
  let at = 0;
  const changes: Change[] = [];
  for (const { kind, before, after } of differenceOf(base, text)) {
    if (kind === 'changed') changes.push({ from: at, to: at + before.length, lines: after });
    at += before.length;
  }
  return changes;
}

function applied(base: readonly string[], start: number, end: number, changes: readonly Change[]): string[] {
  const result: string[] = [];
  let at = start;
  for (const change of changes.toSorted((one, other) => one.from - other.from)) {
    result.push(...base.slice(at, change.from), ...change.lines);
    at = change.to;
  }
  return [...result, ...base.slice(at, end)];
}
