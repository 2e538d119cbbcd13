import type { NewQuestion, NewQuiz } from '#features/assessment/index.server.ts';
import type { LessonDraft } from '../../draft.ts';
import { pageToMarkdown } from './html.ts';
import { type Pack, type Part, placeOf, titleOf } from './pack.ts';
import { readProblem } from './problem.ts';
import type { References } from './references.ts';
import { readVideo } from './video.ts';
import { htmlOf, xmlOf } from './xml.ts';

/** What a unit's components come to, before links are resolved. */
interface Gathered {
  texts: string[];
  film: { video: NonNullable<LessonDraft['video']>; durationSeconds: number | undefined } | undefined;
  questions: NewQuestion[];
  /** Sources of what has no form here, with what each is called. */
  drafts: { title: string; why: string; source: string }[];
}

interface Reading {
  pack: Pack;
  references: References;
  title: string;
}

/** Elements that only hold others. */
const wrappers = new Set(['vertical', 'library_content', 'itembank', 'split_test', 'randomize', 'conditional', 'wrapper', 'problemset']);
/** What belongs to the platform around the course. */
const passedOver: Record<string, string> = {
  discussion: 'a place to discuss: courses here have theirs',
  done: 'a button to say that one is done: every lesson has it',
};

/** Reads a unit into a lesson; what it asks, and what has no form here yet, into a second one behind it that learners do not see. */
export async function readUnit(unit: Part, title: string, pack: Pack, references: References): Promise<LessonDraft[]> {
  const gathered: Gathered = { texts: [], film: undefined, questions: [], drafts: [] };
  for (const component of await pack.parts(unit)) await readComponent(component, { pack, references, title }, gathered, 0);
  const isHidden = unit.node.attributes.visible_to_staff_only === 'true';
  const hasLesson =
    gathered.texts.length > 0 || gathered.film !== undefined || (gathered.questions.length === 0 && gathered.drafts.length === 0);
  const source = sourceOf(unit);
  const lessons: LessonDraft[] = [];
  if (hasLesson)
    lessons.push({
      ...empty(source, title),
      content: gathered.texts.join('\n\n'),
      video: gathered.film?.video,
      durationSeconds: gathered.film?.durationSeconds,
      isPublished: !isHidden,
    });
  if (gathered.questions.length > 0 || gathered.drafts.length > 0)
    lessons.push(questionsLesson(hasLesson ? `${source}#questions` : source, title, hasLesson, gathered));
  return lessons;
}

/** Where a unit lies in the source: its lesson's name there. */
export function sourceOf(unit: Part): string {
  return unit.ownsFile ? unit.path : `${unit.path}#${unit.name}`;
}

function empty(source: string, title: string): LessonDraft {
  return {
    source,
    title,
    slug: undefined,
    description: undefined,
    content: '',
    video: undefined,
    isPreview: false,
    isPublished: true,
    isRequired: true,
    durationSeconds: undefined,
  };
}

function questionsLesson(source: string, title: string, hasLesson: boolean, { questions, drafts }: Gathered): LessonDraft {
  const name = !hasLesson ? title : `${title.slice(0, 180)}: ${questions.length > 0 ? 'questions' : 'still to be made'}`;
  const quizzes: NewQuiz[] = questions.length > 0 ? [{ title, questions }] : [];
  const content = drafts.map(({ title, why, source }) => {
    const fence = '`'.repeat(Math.max(3, ...[...source.matchAll(/`+/g)].map((run) => run[0].length + 1)));
    return `## ${title.replace(/[\\`*_[\]]/g, '\\$&')}\n\nNot made yet: ${why}. This is its source.\n\n${fence}xml\n${source.trim()}\n${fence}`;
  });
  return { ...empty(source, name), content: content.join('\n\n'), quizzes, isPublished: false };
}

async function readComponent(part: Part, reading: Reading, into: Gathered, depth: number): Promise<void> {
  const { notes } = reading.pack;
  if (part.kind === 'html') await readHtml(part, reading, into);
  else if (part.kind === 'video') await addVideo(part, reading, into);
  else if (part.kind === 'problem') addProblem(part, reading, into);
  else if (wrappers.has(part.kind) && depth < 5) {
    const most = part.node.attributes.max_count;
    const inner = await reading.pack.parts(part);
    notes.cameIn.push({ path: placeOf(part), what: `its parts, in the lesson “${reading.title}”` });
    if (part.kind !== 'vertical')
      notes.changed.push({
        path: placeOf(part),
        what: `it chose ${most ?? 'some'} of its ${inner.length} parts for each learner: all of them are there`,
      });
    for (const component of inner) await readComponent(component, reading, into, depth + 1);
  } else if (Object.hasOwn(passedOver, part.kind)) notes.leftOut.push({ path: placeOf(part), what: passedOver[part.kind]! });
  else keep(part, reading, into, `there is no place yet for <${part.kind}>`);
}

async function readHtml(part: Part, { pack, references, title }: Reading, into: Gathered): Promise<void> {
  const name = part.node.attributes.filename ?? part.name;
  const file = `html/${name.replaceAll(':', '/')}.html`;
  const isApart = pack.has(file);
  const html = isApart ? await pack.text(file) : htmlOf(part.node.children);
  if (html === undefined) return;
  const { markdown, lost } = pageToMarkdown(html);
  const paths = [...(part.ownsFile ? [part.path] : []), ...(isApart ? [file] : [])];
  const places = paths.length > 0 ? paths : [placeOf(part)];
  if (markdown === '') {
    for (const path of places) pack.notes.leftOut.push({ path, what: `nothing to read is in it${lost ? ` (${lost})` : ''}` });
    return;
  }
  into.texts.push(references.resolve(places.at(-1)!, markdown));
  for (const path of places) pack.notes.cameIn.push({ path, what: `text of the lesson “${title}”` });
  if (lost) pack.notes.changed.push({ path: places.at(-1)!, what: `without ${lost}` });
  if (part.node.attributes.group_access)
    pack.notes.changed.push({ path: places.at(-1)!, what: 'it was for some groups only: now all learners see it' });
}

async function addVideo(part: Part, { pack, references, title }: Reading, into: Gathered): Promise<void> {
  const { notes } = pack;
  const place = placeOf(part);
  const { film, link, besideFilm, besideLink } = await readVideo(part, pack, references);
  const isFilm = film !== undefined && !into.film;
  const address = isFilm ? '' : link();
  if (isFilm) {
    into.film = film;
    notes.cameIn.push({ path: place, what: `the film of the lesson “${title}”` });
  } else if (address !== '') {
    into.texts.push(`**Film:** ${address}`);
    notes.cameIn.push({ path: place, what: `a link to the film in the lesson “${title}”` });
    notes.changed.push({
      path: place,
      what: film
        ? 'a lesson shows one film: this one is a link'
        : 'nothing says how long the film is: it is a link, until the lesson is given the film',
    });
  } else notes.leftOut.push({ path: place, what: 'it names no film' });
  const beside = isFilm ? besideFilm() : besideLink();
  if (beside !== '') into.texts.push(beside);
}

function addProblem(part: Part, reading: Reading, into: Gathered): void {
  const { pack, references, title } = reading;
  const place = placeOf(part);
  const read = readProblem(part.node);
  if (read.kind === 'unknown') {
    keep(part, reading, into, read.why);
    return;
  }
  for (const question of read.questions) {
    const explanation = question.explanation && references.resolve(place, question.explanation);
    into.questions.push({ ...question, text: references.resolve(place, question.text), explanation });
  }
  const amount = read.questions.length === 1 ? 'a question' : `${read.questions.length} questions`;
  pack.notes.cameIn.push({ path: place, what: `${amount} with the lesson “${title}”` });
  for (const what of read.changed) pack.notes.changed.push({ path: place, what });
}

function keep(part: Part, { pack, title }: Reading, into: Gathered, why: string): void {
  into.drafts.push({ title: titleOf(part) ?? part.kind, why, source: xmlOf(part.node) });
  pack.notes.kept.push({ path: placeOf(part), what: `${why}: its source is kept behind the lesson “${title}”` });
}
