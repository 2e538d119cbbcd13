import { type CourseFilter, type CourseSort, type Place, prices } from './course-filter.ts';

/** An order of the list, the first being the greatest. */
interface Order {
  /** What it sorts by: as the index knows it, as a number for the address, and back. */
  by: string;
  key: string;
  from: (key: number) => unknown;
  type: string;
  /** Where courses lie in their index band by band, the bands in the order of the list, and within each by `rank`. */
  bands?: { of: string; rank: string; all: readonly number[]; sign: 1 | -1 };
}

/** More than any price, so that what a course is sorted by says its band first. */
const perBand = 10_000_000_000;

const orders: Record<CourseSort, Order> = {
  relevance: { by: 'c.rank', key: 'c.rank', from: (key) => key, type: 'bigint' },
  popular: { by: 'c.student_count', key: 'c.student_count', from: (key) => key, type: 'bigint' },
  newest: {
    by: 'c.published_at',
    key: '(extract(epoch from c.published_at) * 1000)::bigint',
    from: (key) => new Date(key).toISOString(),
    type: 'timestamptz',
  },
  rating: {
    by: 'rating_rank(c.rating_average, c.review_count)',
    key: 'rating_rank(c.rating_average, c.review_count)',
    from: (key) => key,
    type: 'bigint',
  },
  // Numbers of an address are never below nothing: what is cheap ranks below it, and so does what has no price at all.
  cheapest: {
    by: `(cheap_band(c.price_band)::bigint * ${perBand} + cheap_rank(c.price_now))`,
    key: `-(cheap_band(c.price_band)::bigint * ${perBand} + cheap_rank(c.price_now))`,
    from: (key) => -key,
    type: 'bigint',
    bands: { of: 'cheap_band(c.price_band)', rank: 'cheap_rank(c.price_now)', all: [-1, -2, -3, -4, -5, -6], sign: -1 },
  },
  dearest: {
    by: `(c.price_band::bigint * ${perBand} + dear_rank(c.price_now))`,
    key: `c.price_band::bigint * ${perBand} + dear_rank(c.price_now) + 1`,
    from: (key) => key - 1,
    type: 'bigint',
    bands: { of: 'c.price_band', rank: 'dear_rank(c.price_now)', all: [5, 4, 3, 2, 1, 0], sign: 1 },
  },
};

/** Picks the first courses after a place, as a list of `id`, `sorted` and `key`. */
interface Pick {
  from: string;
  where: readonly string[];
  filter: CourseFilter;
  after: Place | null;
  atMost: number;
  value: (value: unknown) => string;
}

const columns = ({ by, key }: Order) => `c.id, ${by} as sorted, ${key} as key`;

/** Of courses that are at hand, all of which are sorted, or that lie in an index in the order asked for. */
export function pickSorted({ from, where, filter, after, atMost, value }: Pick): string {
  const order = orders[filter.sort];
  const beyond = after ? [`(${order.by}, c.id) < (${value(order.from(after.key))}::${order.type}, ${value(after.id)}::uuid)`] : [];
  return `(select ${columns(order)} from ${from}
      where ${[...where, ...beyond].join(' and ')} order by ${order.by} desc, c.id desc limit ${atMost})`;
}

/** Of all courses, by walking through an index. By price every band is a walk of its own: what is cheaper or dearer than the bands that are chosen is never met. */
export function pickWalking(pick: Pick): string {
  const { from, where, filter, after, atMost, value } = pick;
  const order = orders[filter.sort];
  if (!order.bands) return pickSorted(pick);
  const { of, rank } = order.bands;
  const starts = startsOf(order, order.bands, filter, after);
  const list = (part: keyof Start, type: string) => `${value(starts.map((start) => start[part]))}::${type}[]`;
  // The next band is not begun before the one before is through: the list of bands is sorted already.
  return `(select c.id, c.sorted, c.key
      from unnest(${list('band', 'bigint')}, ${list('rank', 'bigint')}, ${list('id', 'uuid')}) with ordinality as start (band, rank, id, turn)
      cross join lateral (
        select ${columns(order)} from ${from}
         where ${[...where, `${of} = start.band`, `(${rank}, c.id) < (start.rank, start.id)`].join(' and ')}
         order by ${rank} desc, c.id desc limit ${atMost}) c
     order by start.turn, c.sorted desc, c.id desc limit ${atMost})`;
}

/** Before which place a band is walked. */
interface Start {
  band: number;
  rank: number;
  id: string;
}

const beforeAll = { rank: perBand, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** The bands that are still to be walked: those chosen, from the one on in which the page before ended. */
function startsOf(
  order: Order,
  { all, sign }: NonNullable<Order['bands']>,
  { prices: chosen }: CourseFilter,
  after: Place | null,
): Start[] {
  const wanted = all.filter((band) => chosen.length === 0 || chosen.some((word) => prices[word] === band * sign));
  if (!after) return wanted.map((band) => ({ band, ...beforeAll }));
  const place = order.from(after.key) as number;
  const reached = Math.round(place / perBand);
  return wanted
    .filter((band) => band <= reached)
    .map((band) => (band === reached ? { band, rank: place - reached * perBand, id: after.id } : { band, ...beforeAll }));
}
