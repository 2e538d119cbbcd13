import { type AssetDraft, sourceReference } from '../../draft.ts';
import { withDestinations } from '../markdown/destinations.ts';
import type { Pack } from './pack.ts';

const scripts = /\.(js|css|woff2?|eot|ttf|map)$/i;
const films = /\.(mp4|m4v|webm)$/i;
const hasScheme = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i;

/** Where a course's texts lead: its own files by several spellings, and its parts by their names. */
export class References {
  readonly #pack: Pack;
  readonly #files = new Map<string, string>();
  /** The lesson that shows a part, by the part's name. */
  readonly lessons = new Map<string, string>();
  readonly assets = new Map<string, AssetDraft>();

  constructor(pack: Pack) {
    this.#pack = pack;
    for (const path of pack.tree.files.keys()) if (path.startsWith('static/')) this.#files.set(spelled(path.slice('static/'.length)), path);
  }

  /** The file of an address such as `/static/a_map.png`, in which spaces were once written as underscores. */
  file(address: string): string | undefined {
    const [, name] = /^\/?static\/([^?#]+)/.exec(address) ?? /(?:^|\/)(?:asset-v1:|c4x\/)[^?#]*?(?:block@|asset\/)([^?#]+)/.exec(address) ?? [];
    return name === undefined ? undefined : this.#files.get(spelled(decoded(name)));
  }

  fileNamed(name: string): string | undefined {
    return this.#files.get(spelled(name));
  }

  /** Takes a file along as a picture or attachment; gives the address under which texts name it until it is stored. */
  take(path: string, kind: AssetDraft['kind']): string {
    const file = this.#pack.tree.files.get(path)!;
    if (!this.assets.has(path))
      this.assets.set(path, { path, name: path.split('/').at(-1)!, sizeBytes: file.sizeBytes, diskPath: file.diskPath, kind });
    return sourceReference.toFile(path);
  }

  /** A text whose links and pictures lead to what came along. */
  resolve(place: string, markdown: string): string {
    const { changed } = this.#pack.notes;
    return withDestinations(markdown, ({ address, isImage }) => {
      const [, part] = /\/jump_to(?:_id)?\/(?:[^#?/]*@)?([^#?/@]+)/.exec(address) ?? [];
      const named = this.lessons.get(address);
      if (named !== undefined) return sourceReference.toLesson(named, '');
      if (part !== undefined) {
        const lesson = this.lessons.get(part);
        if (lesson === undefined) changed.push({ path: place, what: `the link ${address} leads to a part that did not come in: its words stay` });
        return lesson === undefined ? undefined : sourceReference.toLesson(lesson, '');
      }
      const path = this.file(address);
      if (path !== undefined && !scripts.test(path) && !(films.test(path) && isImage)) return this.take(path, isImage ? 'image' : 'attachment');
      if (isImage && /^(https?:)?\/\//i.test(address)) changed.push({ path: place, what: `the picture ${address} lies on another site: it became a link` });
      else if (!hasScheme.test(address)) changed.push({ path: place, what: `the ${isImage ? 'picture' : 'link'} ${address} leads to nothing in the package` });
      return undefined;
    });
  }
}

function spelled(name: string): string {
  return name.replace(/[^\p{L}\p{N}.-]+/gu, '_').toLowerCase();
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A stray percent sign: the name as it is written.
    return name;
  }
}
