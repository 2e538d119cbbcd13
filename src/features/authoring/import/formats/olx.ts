import { AppError } from '#platform/errors.ts';
import type { ChapterDraft, CourseDraft } from '../draft.ts';
import type { SourceTree } from '../source/source-tree.ts';
import type { ImportFormat } from './format.ts';
import { readAbout, reasonFor } from './olx/about.ts';
import { Pack, type Part, placeOf, titleOf } from './olx/pack.ts';
import { References } from './olx/references.ts';
import { readUnit, sourceOf } from './olx/unit.ts';
import { descendantsOf } from './olx/xml.ts';

const root = 'course.xml';

/** A course as Open edX exports it: chapters of sequences of units. A unit is a lesson. */
export const olxFormat: ImportFormat = {
  name: 'OLX (Open edX)',
  recognizes: async (tree) => tree.files.has(root) && (await new Pack(tree, noNotes()).xml(root))?.name === 'course',
  read: readOlxCourse,
};

function noNotes() {
  return { cameIn: [], kept: [], changed: [], leftOut: [] };
}

async function readOlxCourse(tree: SourceTree): Promise<CourseDraft> {
  const pack = new Pack(tree, { ...noNotes(), leftOut: [...tree.leftOut] });
  const course = await readRoot(pack);
  const references = new References(pack);
  const chapters = await pack.parts(course, (node) => node.name === 'chapter');
  const outline = await readOutline(chapters, pack, references);
  const about = await readAbout(course, pack, references);
  const drafts: ChapterDraft[] = [];
  for (const chapter of outline) drafts.push(await readChapter(chapter, pack, references));
  if (drafts.every((chapter) => chapter.lessons.length === 0))
    throw new AppError('invalid', 'No lesson can be made of this course: it has no units. Nothing was imported.');
  sayRest(pack, references, drafts);
  const { org = '', course: code = '' } = course.node.attributes;
  return {
    importKey: `olx:${[org, code, course.name].join('+')}`.slice(0, 200).toLowerCase(),
    ...about,
    trailer: undefined,
    chapters: drafts,
    assets: references.assets,
    ...pack.notes,
  };
}

async function readRoot(pack: Pack): Promise<Part> {
  const node = await pack.xml(root);
  const pointer = node && { kind: 'course', name: node.attributes.url_name ?? '', node, path: root, ownsFile: true };
  const course = pointer && (await pack.part(node, pointer));
  if (!course)
    throw new AppError(
      'invalid',
      `The course’s own file is missing or broken: look at ${root} and the folder “course”. Nothing was imported.`,
    );
  pack.notes.cameIn.push({ path: root, what: 'the course' });
  if (course.path !== root) pack.notes.cameIn.push({ path: course.path, what: 'the course' });
  return { ...course, node: { ...course.node, attributes: { ...node.attributes, ...course.node.attributes } } };
}

interface Outlined {
  chapter: Part;
  units: { unit: Part; title: string }[];
}

/** Every unit with its title, before any text is read: texts link to units that come later. */
async function readOutline(chapters: readonly Part[], pack: Pack, references: References): Promise<Outlined[]> {
  const outline: Outlined[] = [];
  for (const chapter of chapters) {
    const units: Outlined['units'] = [];
    for (const sequence of await pack.parts(chapter)) {
      const inner = sequence.kind === 'sequential' || sequence.kind === 'videosequence' ? await pack.parts(sequence) : [sequence];
      if (!inner.includes(sequence))
        sayCameIn(pack, sequence, `a part of the chapter “${titleOf(chapter) ?? 'Chapter'}”: its ${inner.length} units are lessons`);
      for (const unit of inner) {
        units.push({ unit, title: unitTitle(unit, sequence, inner.length) });
        nameParts(references, unit, [unit.name, ...descendantsOf(unit.node).map((node) => node.attributes.url_name ?? '')]);
      }
      if (inner[0]) nameParts(references, inner[0], [sequence.name]);
    }
    if (units[0]) nameParts(references, units[0].unit, [chapter.name]);
    outline.push({ chapter, units });
  }
  return outline;
}

function nameParts(references: References, unit: Part, names: readonly string[]): void {
  for (const name of names) if (name !== '' && !references.lessons.has(name)) references.lessons.set(name, sourceOf(unit));
}

/** A unit alone in its sequence says enough; among others the sequence's title tells where one is, unless the unit's repeats it. */
function unitTitle(unit: Part, sequence: Part, siblings: number): string {
  const [own, above] = [titleOf(unit), titleOf(sequence)];
  if (own === undefined || above === undefined || siblings === 1) return own ?? above ?? 'Unit';
  return own.toLowerCase().includes(above.toLowerCase()) || above.toLowerCase().includes(own.toLowerCase())
    ? own
    : `${above}: ${own}`.slice(0, 200);
}

async function readChapter({ chapter, units }: Outlined, pack: Pack, references: References): Promise<ChapterDraft> {
  const title = titleOf(chapter) ?? 'Chapter';
  sayCameIn(pack, chapter, `the chapter “${title}”`);
  const lessons = [];
  for (const { unit, title } of units) {
    sayCameIn(pack, unit, `the lesson “${title}”`);
    lessons.push(...(await readUnit(unit, title, pack, references)));
  }
  return {
    source: chapter.ownsFile ? chapter.path : `${chapter.path}#${chapter.name}`,
    title,
    description: undefined,
    content: undefined,
    lessons,
  };
}

function sayCameIn(pack: Pack, part: Part, what: string): void {
  pack.notes.cameIn.push({ path: placeOf(part), what });
}

/** Whatever file nothing has been said of stays where it is, and the report says why. */
function sayRest(pack: Pack, references: References, chapters: readonly ChapterDraft[]): void {
  const { cameIn, kept, leftOut } = pack.notes;
  const said = new Set([...cameIn, ...kept, ...leftOut].map((item) => item.path));
  for (const { video } of chapters.flatMap((chapter) => chapter.lessons))
    if (video?.provider === 'FILE') for (const { path } of [video, ...video.captions]) said.add(path);
  for (const path of pack.tree.files.keys())
    if (!said.has(path) && !references.assets.has(path)) leftOut.push({ path, what: reasonFor(path) });
}
