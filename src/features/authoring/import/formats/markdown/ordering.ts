/** What decides where something stands among its neighbors. */
export interface Place {
  name: string;
  /** Said in its front matter. */
  order: number | undefined;
  /** Where an index (SUMMARY.md, a README's list of links) names it. */
  listed: number | undefined;
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const first = /^(intro(duction)?|overview|welcome|getting[ _-]?started|start[ _-]?here|preface|about)(?![a-z])/i;
const last =
  /^(conclusion|summary|outro|wrap(ping)?[ _-]?up|finishing[ _-]?up|final[ _-]?words|epilogue|appendix|what[ _-]?next|next[ _-]?steps)(?![a-z])/i;

/** Sorts by what was said: front matter, then an index, then the name, in which numbers count as numbers and an introduction comes first, a conclusion last. */
export function inOrder<T>(items: readonly T[], placeOf: (item: T) => Place): T[] {
  return [...items].sort((a, b) => compare(placeOf(a), placeOf(b)));
}

function compare(a: Place, b: Place): number {
  return (
    ascending(a.order, b.order) ||
    ascending(a.listed, b.listed) ||
    rank(a.name) - rank(b.name) ||
    natural.compare(a.name, b.name) ||
    (a.name < b.name ? -1 : 1)
  );
}

/** What has no place comes after what has one. */
function ascending(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0;
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY);
}

function rank(name: string): number {
  return first.test(name) ? -1 : last.test(name) ? 1 : 0;
}
