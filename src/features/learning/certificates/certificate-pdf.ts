import { createHash } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { typefaces } from '#platform/fonts/typefaces.ts';
import { localDate } from '#platform/time.ts';
import { dayInWords } from '../ui/day-in-words.ts';
import { certificateAddress, certificateOf, schoolName } from './certificate.ts';
import type { PrintedCertificate } from './pdf/draw-certificate.ts';
import { certificateState } from './policy.ts';
import { qrCode } from './qr.ts';
import { factsInWords } from './words.ts';

/** A certificate on paper. */
export interface CertificatePdf {
  code: string;
  /** Changes when what is printed does. */
  tag: string;
  /** The PDF, made on demand. */
  pdf(): Promise<Buffer>;
}

/** To be counted up when the drawing changes. */
const drawing = 1;

/** The PDF of a certificate that holds. */
export async function certificatePdf(ctx: Context, input: { code: string }): Promise<CertificatePdf> {
  const { code, snapshot, issuedAt, revokedAt, holderHasLeft } = await certificateOf(ctx, input.code);
  const { name, edition } = snapshot;
  const state = certificateState({ isRevoked: revokedAt !== null, holderHasLeft, edition, editionInHand: null });
  if (state !== 'valid' || name === undefined) throw new AppError('not-found', 'There is no paper of a certificate that does not hold.');
  const printed: PrintedCertificate = {
    school: schoolName,
    name: name.normalize('NFC'),
    course: snapshot.course.normalize('NFC'),
    instructor: snapshot.instructor.normalize('NFC'),
    facts: factsInWords(snapshot),
    issued: `Issued ${edition > 1 ? 'anew ' : ''}on ${dayInWords(localDate(issuedAt, 'UTC'))}`,
    code,
    place: certificateAddress(code).replace(/^https?:\/\//, ''),
    qr: qrCode(certificateAddress(code, edition)),
    issuedAt,
  };
  const tag = createHash('sha256')
    .update(JSON.stringify([drawing, printed]))
    .digest('base64url')
    .slice(0, 22);
  return {
    code,
    tag,
    async pdf() {
      // What draws is loaded with the first paper.
      const [faces, { drawCertificate }] = await Promise.all([typefaces(), import('./pdf/draw-certificate.ts')]);
      return drawCertificate(printed, faces);
    },
  };
}
