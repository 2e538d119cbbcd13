import { manifestName } from '#features/packages/index.server.ts';
import type { CourseDraft } from '../draft.ts';
import { readPackage } from '../source/read-package.ts';
import type { SourceTree } from '../source/source-tree.ts';
import type { ImportFormat } from './format.ts';

/** A package of SCORM 1.2: a course of one lesson, in which it plays as it is. */
export const scormFormat: ImportFormat = {
  name: 'SCORM 1.2',
  recognizes: (tree) => tree.files.has(manifestName),
  read: readScormCourse,
};

async function readScormCourse(tree: SourceTree): Promise<CourseDraft> {
  const { manifest, files } = await readPackage(tree);
  return {
    importKey: `scorm:${tree.name}`,
    title: manifest.title,
    isTitleSaid: true,
    details: {},
    trailer: undefined,
    chapters: [
      {
        source: '',
        title: 'Lessons',
        description: undefined,
        content: undefined,
        lessons: [
          {
            // With what the package calls itself: another one in a file of the same name is not this one again.
            source: `${manifestName}#${manifest.identifier}`,
            title: manifest.title,
            slug: undefined,
            description: undefined,
            content: '',
            video: undefined,
            package: { manifest, files },
            isPreview: false,
            isPublished: true,
            isRequired: true,
            // How long it takes, its maker did not say.
            durationSeconds: 0,
          },
        ],
      },
    ],
    assets: new Map(),
    cameIn: files.map(({ path }) => ({ path, what: path === manifestName ? `the lesson “${manifest.title}”` : 'a file of the package' })),
    kept: [],
    changed: [],
    leftOut: [...tree.leftOut],
  };
}
