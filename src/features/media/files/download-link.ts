import type { Context } from '#platform/context.ts';
import { signedFileUrl } from './signed-link.ts';
import { fileUrl, type Visibility } from './stored-file.ts';

/**
 * A link that saves a file under its own name; to a private one it works for this actor and some hours. DANGEROUS: whoever asks has made sure
 * that the actor may have the file.
 */
export function downloadLinkDangerouslyUnchecked(ctx: Context, file: { key: string; visibility: Visibility }): string {
  return file.visibility === 'PUBLIC' ? `${fileUrl(file.key)}?download` : `${signedFileUrl(ctx, file.key)}&download`;
}
