import type { ImportFormat } from './format.ts';
import { markdownFormat } from './markdown.ts';

/** Every format, the more particular ones first. */
export const importFormats: readonly ImportFormat[] = [markdownFormat];
