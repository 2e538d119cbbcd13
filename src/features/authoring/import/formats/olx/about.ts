import { excerpt } from '#platform/markdown/reading.ts';
import type { CourseDraft } from '../../draft.ts';
import { readCoursePage } from '../markdown/course-page.ts';
import { pageToMarkdown } from './html.ts';
import type { Pack, Part } from './pack.ts';
import type { References } from './references.ts';

/** What the package says of the course itself: its policies before its element, and its pages. */
export async function readAbout(course: Part, pack: Pack, references: References): Promise<Pick<CourseDraft, 'title' | 'isTitleSaid' | 'details'>> {
  const policy = await readPolicy(course.name, pack);
  const said = (name: string) => words(policy[name]) ?? words(course.node.attributes[name]);
  const overview = await page(pack, references, 'about/overview.html', 'the description of the course');
  const short = await page(pack, references, 'about/short_description.html', 'the subtitle of the course');
  const { description, objectives, requirements } = readCoursePage(overview ?? '');
  const title = said('display_name');
  const image = references.fileNamed(said('course_image') ?? '');
  if (image !== undefined) references.take(image, 'image');
  const aims = Array.isArray(policy.learning_info) ? policy.learning_info.flatMap((aim) => words(aim) ?? []) : [];
  const language = said('language');
  return {
    title: (title ?? ([course.node.attributes.org, course.node.attributes.course].filter(Boolean).join(' ') || 'Course')).slice(0, 200),
    isTitleSaid: title !== undefined,
    details: {
      ...(short ? { subtitle: excerpt(short, 400) } : description ? { subtitle: excerpt(description, 140) } : {}),
      ...(description ? { description: description.slice(0, 100_000) } : {}),
      ...(language && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? { language } : {}),
      ...(aims.length > 0 || objectives.length > 0 ? { objectives: [...aims, ...objectives].slice(0, 100) } : {}),
      ...(requirements.length > 0 ? { requirements: requirements.slice(0, 100) } : {}),
      ...(image === undefined ? {} : { image }),
    },
  };
}

async function readPolicy(run: string, pack: Pack): Promise<Record<string, unknown>> {
  const path = `policies/${run}/policy.json`;
  const text = await pack.text(path);
  if (text === undefined) return {};
  try {
    const all = JSON.parse(text) as Record<string, unknown>;
    pack.notes.cameIn.push({ path, what: 'the course' });
    const own = all[`course/${run}`];
    return typeof own === 'object' && own !== null ? (own as Record<string, unknown>) : {};
  } catch {
    pack.notes.leftOut.push({ path, what: 'broken: it is no JSON' });
    return {};
  }
}

async function page(pack: Pack, references: References, path: string, what: string): Promise<string | undefined> {
  const html = await pack.text(path);
  if (html === undefined) return undefined;
  const { markdown, lost } = pageToMarkdown(html);
  if (markdown === '') pack.notes.leftOut.push({ path, what: 'nothing to read is in it' });
  else pack.notes.cameIn.push({ path, what });
  if (lost) pack.notes.changed.push({ path, what: `without ${lost}` });
  return references.resolve(path, markdown) || undefined;
}

function words(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 500) : undefined;
}

/** Why a file that no part names stays where it is. */
export function reasonFor(path: string): string {
  if (/\.(js|css|woff2?|eot|ttf|map)$/i.test(path)) return 'a script, style or font of the platform that it comes from';
  if (/^(policies|assets)\//.test(path)) return 'settings of the platform that it comes from';
  if (/^info\//.test(path)) return 'news and handouts beside the course: announcements are not taken over';
  if (/^about\//.test(path)) return 'a page about the course that has no place here';
  if (/^static\//.test(path)) return 'no text names it';
  return 'no part of the course names it';
}
