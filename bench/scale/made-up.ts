/** A number from 0 to below 1 that depends on its arguments alone, so that every run fills the same school. */
export function dice(number: number, salt: number): number {
  let hash = Math.imul(number ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

const kinds = {
  person: 1,
  category: 2,
  course: 3,
  chapter: 4,
  lesson: 5,
  video: 6,
  enrollment: 7,
  grant: 8,
  progress: 9,
  day: 10,
  product: 11,
  price: 12,
};

/** The id of the so-manieth row of a kind. Ids rise as UUIDv7 do, so that indexes are filled as they are in a school. */
export function idOf(kind: keyof typeof kinds, number: number): string {
  const tail = number.toString(16).padStart(12, '0');
  return `0190000${kinds[kind].toString(16)}-0000-7000-8000-${tail}`;
}

const opening = ['Practical', 'Complete', 'Modern', 'First steps in', 'Deep', 'Everyday', 'Advanced', 'Hands-on', 'Calm', 'The art of'];
const topics =
  'python typescript bread watercolor guitar physics statistics drawing running yoga marketing writing photography chess spanish french gardening rust sewing piano negotiation accounting astronomy pottery sourdough hiking copywriting algebra calculus genetics typography animation swimming leadership budgeting meditation carpentry blender kotlin economics history philosophy linguistics design data security cooking knitting sailing robotics'.split(
    ' ',
  );
const forms = ['for beginners', 'in practice', 'from scratch', 'at work', 'step by step', 'for teams', 'in thirty days', 'by example'];
const plain =
  'you will learn how to build and keep small things that last with clear examples honest exercises and time to think about what matters before every lesson there is one question after it an answer in words that anyone can use at home or with friends'.split(
    ' ',
  );
const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu'.split(' ');

const pick = <Item>(items: readonly Item[], number: number, salt: number, skew = 1): Item =>
  items[Math.floor(items.length * dice(number, salt) ** skew)]!;

/** A word that few courses have. */
export function rareWord(number: number): string {
  return [401, 402, 403].map((salt) => pick(syllables, number, salt)).join('');
}

/** The topic of a course: some have many courses, others few. */
export const topicOf = (course: number): string => pick(topics, course, 301, 2);

/** The title of a course, of words that a search may look for. */
export function titleOf(course: number): string {
  const title = `${pick(opening, course, 302)} ${topicOf(course)} ${pick(forms, course, 303)}`;
  return dice(course, 304) < 0.3 ? `${title} with ${rareWord(course % 2500)}` : title;
}

/** A text of so many words; each has "practice" in it, as every school's texts have some word. */
export function textOf(number: number, words: number): string {
  const text = Array.from({ length: words }, (_, index) =>
    index % 9 === 8 ? rareWord(Math.floor(dice(number, 500 + index) ** 2 * 3000)) : pick(plain, number + index, 600),
  );
  return `${text.join(' ')} practice ${pick(topics, number, 305, 2)}`;
}
