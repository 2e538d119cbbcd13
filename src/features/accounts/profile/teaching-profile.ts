import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';

/** The public face of someone who teaches. */
export interface TeachingProfile {
  title: string;
  expertise: string[];
  yearsOfExperience: number | null;
  certifications: string[];
  linkedIn: string;
  twitter: string;
  github: string;
  website: string;
}

const teachingProfileOf = statement<TeachingProfile, [userId: string]>(
  `select coalesce(title, '') as title, expertise, years_of_experience as "yearsOfExperience", certifications, coalesce(linked_in, '') as "linkedIn",
          coalesce(twitter, '') as twitter, coalesce(github, '') as github, coalesce(website, '') as website
     from instructor_profiles where user_id = $1::uuid`,
);

const empty = { title: '', expertise: [], yearsOfExperience: null, certifications: [], linkedIn: '', twitter: '', github: '', website: '' };

/** The acting person's own face as an instructor, empty until they showed one. */
export async function teachingProfile(ctx: Context): Promise<TeachingProfile> {
  const { id } = requirePerson(ctx);
  const [row] = await asActor(ctx, (sql) => sql(teachingProfileOf, id));
  return row ?? empty;
}
