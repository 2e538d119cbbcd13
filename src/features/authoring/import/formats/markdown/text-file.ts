import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { messageOf } from '#platform/errors.ts';
import { limits, type SourceFile } from '../../source/source-tree.ts';

/** A Markdown file cut into its front matter and its body. */
export interface TextFile {
  path: string;
  frontMatter: Record<string, unknown>;
  body: string;
}

/** Why a file cannot be read, in words for its writer. */
export class BrokenFile extends Error {}

/** Reads a Markdown file. Throws BrokenFile when it is no UTF-8 text, too long, or its front matter does not parse. */
export async function readTextFile(file: SourceFile): Promise<TextFile> {
  if (file.sizeBytes > limits.textBytes) throw new BrokenFile(`longer than ${limits.textBytes / 1024 / 1024} MB`);
  const source = decoded(await readFile(file.diskPath)).replace(/\r\n?/g, '\n');
  const [whole, yaml] = /^---[ \t]*\n((?:[\s\S]*?\n)?)(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(source) ?? [];
  if (whole === undefined || yaml === undefined) return { path: file.path, frontMatter: {}, body: source };
  const frontMatter = parsedYaml(yaml);
  // A text may begin with a rule and a paragraph; only a mapping is front matter.
  if (frontMatter === undefined) return { path: file.path, frontMatter: {}, body: source };
  return { path: file.path, frontMatter, body: source.slice(whole.length) };
}

function decoded(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new BrokenFile('not UTF-8 text', { cause: error });
  }
  if (text.includes('\0')) throw new BrokenFile('not a text: it holds null characters');
  return text;
}

function parsedYaml(yaml: string): Record<string, unknown> | undefined {
  const document = parseDocument(yaml, { prettyErrors: true });
  const [error] = document.errors;
  if (error)
    throw new BrokenFile(
      `the front matter does not parse: ${error.message
        .split('\n')[0]!
        .replace(/:$/, '')
        .replace(/at line (\d+)/, (_, line: string) => `at line ${Number(line) + 1}`)}`,
    );
  const value = unfolded(document);
  if (value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function unfolded(document: ReturnType<typeof parseDocument>): unknown {
  try {
    // Few aliases: a "billion laughs" document must not unfold.
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    throw new BrokenFile(`the front matter does not parse: ${messageOf(error)}`, { cause: error });
  }
}
