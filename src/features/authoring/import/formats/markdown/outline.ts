import { posix } from 'node:path';

/** The files of a source by the part they play. */
export interface Outline {
  /** `course.md` or a README at the root. */
  course: string | undefined;
  /** `SUMMARY.md` at the root: an order and nothing else. */
  summary: string | undefined;
  /** By folder; the root is the empty name. */
  folders: FolderOutline[];
  /** Texts that are about the repository and not about the subject. */
  aside: string[];
}

export interface FolderOutline {
  folder: string;
  /** `chapter.md` or a README in the folder. */
  chapter: string | undefined;
  lessons: string[];
}

export const isMarkdown = (path: string) => /\.(md|markdown|mdx)$/i.test(path);
const nameOf = (path: string) =>
  posix
    .basename(path)
    .toLowerCase()
    .replace(/\.(md|markdown|mdx)$/, '');
const folderOf = (path: string) => (path.includes('/') ? posix.dirname(path) : '');
const isIndex = (path: string) => ['readme', 'index', '_index'].includes(nameOf(path));

const asideNames = new Set([
  'license',
  'licence',
  'contributing',
  'changelog',
  'code_of_conduct',
  'security',
  'authors',
  'support',
  'pull_request_template',
  'issue_template',
]);

/** Says which file is what. A folder whose only text is an index is a lesson of the folder above it (`lesson/README.md` with its pictures beside). */
export function outlineOf(paths: Iterable<string>): Outline {
  const texts = [...paths].filter(isMarkdown);
  const rootFile = (...names: string[]) =>
    names.map((name) => texts.find((path) => folderOf(path) === '' && nameOf(path) === name)).find((path) => path !== undefined);
  const course = rootFile('course', 'readme', 'index', '_index');
  const summary = rootFile('summary');
  const aside = texts.filter((path) => folderOf(path) === '' && asideNames.has(nameOf(path)));
  const rest = texts.filter((path) => path !== course && path !== summary && !aside.includes(path));
  const homes = new Map(rest.map((path) => [path, homeOf(path, rest)]));
  const folders = [...new Set(homes.values())].map((folder) => {
    const here = rest.filter((path) => homes.get(path) === folder);
    const chapter =
      here.find((path) => folderOf(path) === folder && nameOf(path) === 'chapter') ??
      here.find((path) => folderOf(path) === folder && isIndex(path) && here.length > 1);
    return { folder, chapter, lessons: here.filter((path) => path !== chapter) };
  });
  return { course, summary, folders, aside };
}

/** The folder that a text belongs to as a lesson or a chapter's page. */
function homeOf(path: string, texts: readonly string[]): string {
  const folder = folderOf(path);
  const isAloneThere =
    isIndex(path) && !texts.some((other) => other !== path && (folderOf(other) === folder || other.startsWith(`${folder}/`)));
  if (!isAloneThere) return folder;
  const parent = folderOf(folder);
  const isChapterAmongChapters = parent === '' && texts.some((other) => folderOf(other) !== '' && !isIndex(other));
  return isChapterAmongChapters ? folder : parent;
}

/** The name by which a lesson is sorted and titled: its own, or its folder's when it is that folder's index. */
export function lessonName(path: string): string {
  return isIndex(path) ? posix.basename(posix.dirname(path)) : posix.basename(path);
}
