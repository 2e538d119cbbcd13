import type { Context } from '#platform/context.ts';
import { typefaceFor, typefaces } from '#platform/fonts/typefaces.ts';
import { type LocalDate, localDate } from '#platform/time.ts';
import { certificateAddress, certificateOf, type FoundCertificate, schoolName } from './certificate.ts';
import { linkedInAddress } from './linked-in.ts';
import { type CertificateState, certificateState, mayReissue, mayRestore, mayRevoke } from './policy.ts';
import { type QrCode, qrCode } from './qr.ts';
import { factsInWords } from './words.ts';

/** The truth of now about a certificate, as one viewer may know it. */
export interface CertificatePage {
  code: string;
  state: CertificateState;
  school: string;
  /** Null once its holder has closed their account. */
  name: string | null;
  course: { title: string; slug: string | null };
  instructor: string;
  facts: string[];
  /** Days of UTC. */
  issuedOn: LocalDate;
  firstIssuedOn: LocalDate;
  edition: number;
  revokedOn: LocalDate | null;
  /** For its holder and its judges alone. */
  revokedReason: string | null;
  /** Its full address. */
  address: string;
  qr: QrCode;
  isOwn: boolean;
  /** For its holder, while it holds. */
  linkedIn: string | null;
  /** Whether the typefaces of the PDF have the letters of the name; said to its holder. */
  isNameOnPaper: boolean;
  /** The present name of its holder, where they may have it issued anew under that. */
  newName: string | null;
  mayRevoke: boolean;
  mayRestore: boolean;
}

/** What anybody sees who has the code of a certificate. `edition` is what a paper in their hand says it is. */
export async function certificatePage(ctx: Context, input: { code: string; edition?: string | null }): Promise<CertificatePage> {
  const found = await certificateOf(ctx, input.code);
  const { snapshot, code, isOwn, holderHasLeft } = found;
  const editionInHand = /^[1-9]\d{0,5}$/.test(input.edition ?? '') ? Number(input.edition) : null;
  const state = certificateState({ isRevoked: found.revokedAt !== null, holderHasLeft, edition: snapshot.edition, editionInHand });
  const name = holderHasLeft ? null : (snapshot.name ?? null);
  const address = certificateAddress(code);
  return {
    code,
    state,
    school: schoolName,
    name,
    course: { title: snapshot.course, slug: found.courseSlug },
    instructor: snapshot.instructor,
    facts: factsInWords(snapshot),
    issuedOn: localDate(found.issuedAt, 'UTC'),
    firstIssuedOn: localDate(found.firstIssuedAt, 'UTC'),
    edition: snapshot.edition,
    revokedOn: found.revokedAt && localDate(found.revokedAt, 'UTC'),
    revokedReason: found.revokedReason,
    address,
    qr: qrCode(certificateAddress(code, snapshot.edition)),
    isOwn,
    ...(await forHolder(ctx, found, name)),
    ...deedsOf(ctx, found),
  };
}

async function forHolder(ctx: Context, found: FoundCertificate, name: string | null) {
  const { code, snapshot, issuedAt, isOwn, revokedAt } = found;
  const mayShow = isOwn && revokedAt === null && name !== null;
  if (!mayShow) return { linkedIn: null, isNameOnPaper: true, newName: null };
  const faces = await typefaces();
  const isRenamed = ctx.actor.kind === 'person' && ctx.actor.name !== name;
  const certificate = { course: snapshot.course, school: schoolName, code, address: certificateAddress(code), issuedAt };
  return {
    linkedIn: linkedInAddress(certificate),
    isNameOnPaper: typefaceFor(name.normalize('NFC'), faces.serif, faces) !== undefined,
    newName: isRenamed && ctx.actor.kind === 'person' && mayReissue(relationOf(ctx, found)) ? ctx.actor.name : null,
  };
}

/** What the actor is to a certificate, for the policy. */
export function relationOf({ actor }: Context, { isOwn, isJudge, revokedAt, holderHasLeft }: FoundCertificate) {
  return { actor, isOwn, isJudge, isRevoked: revokedAt !== null, holderHasLeft };
}

function deedsOf(ctx: Context, found: FoundCertificate): { mayRevoke: boolean; mayRestore: boolean } {
  const relation = relationOf(ctx, found);
  return { mayRevoke: mayRevoke(relation), mayRestore: mayRestore(relation) };
}
