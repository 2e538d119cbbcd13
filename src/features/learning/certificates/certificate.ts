import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { LocalDate } from '#platform/time.ts';
import { certificateCode } from './code.ts';
import { countingWrongCodes } from './limits.ts';

/** What a certificate says, as it was when it was issued. Whoever closes their account takes their name out of it. */
export interface Snapshot {
  name?: string;
  course: string;
  instructor: string;
  completedOn: LocalDate;
  lessonCount: number;
  learnedSeconds: number;
  edition: number;
}

/** A certificate as one viewer may know it. */
export interface CertificateRow {
  id: string;
  /** Of a course that everybody can see. */
  courseSlug: string | null;
  snapshot: Snapshot;
  firstIssuedAt: Date;
  issuedAt: Date;
  revokedAt: Date | null;
  /** Null for who is neither its holder nor its judge. */
  revokedReason: string | null;
  holderHasLeft: boolean;
  isOwn: boolean;
  isJudge: boolean;
}

/** A certificate with the code by which it was found. */
export interface FoundCertificate extends CertificateRow {
  code: string;
}

const byCode = statement<CertificateRow, [code: string]>(
  `select id, course_slug as "courseSlug", snapshot, first_issued_at as "firstIssuedAt", issued_at as "issuedAt", revoked_at as "revokedAt",
          revoked_reason as "revokedReason", holder_has_left as "holderHasLeft", is_own as "isOwn", is_judge as "isJudge"
     from certificate_by_code($1)`,
);

/** The certificate with a code, however it was typed; a refusal where there is none, and once too many were tried. */
export async function certificateOf(ctx: Context, typed: string): Promise<FoundCertificate> {
  const code = certificateCode(typed);
  const found = code && (await countingWrongCodes(ctx, async () => (await asActor(ctx, (sql) => sql(byCode, code)))[0]));
  if (!found) throw new AppError('not-found', 'There is no certificate with this code.');
  return { ...found, code };
}

/** The full address at which anybody can check a certificate; for paper it says which edition the paper is. */
export function certificateAddress(code: string, edition?: number): string {
  return `${runtime().config.origin}/certificates/${code}${edition === undefined ? '' : `?edition=${edition}`}`;
}

/** The name that certificates bear. */
export const schoolName = 'Lyceum';
