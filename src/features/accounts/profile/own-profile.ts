import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';

/** What someone tells about themselves: what others see, and what the school keeps to itself. */
export interface OwnProfile {
  name: string;
  username: string | null;
  imageUrl: string | null;
  headline: string;
  /** Markdown. */
  bio: string;
  bioHtml: string;
  website: string;
  private: PrivateProfile;
}

export interface PrivateProfile {
  firstName: string;
  lastName: string;
  phone: string;
  address: string;
  /** `YYYY-MM-DD`, or empty. */
  dateOfBirth: string;
  /** Addresses by place, such as `github`. */
  socialLinks: Record<string, string>;
}

interface Row extends Omit<OwnProfile, 'private' | 'bioHtml'>, PrivateProfile {}

const profileOf = statement<Row, [userId: string]>(
  `select u.name, coalesce(u.display_username, u.username) as username, u.image as "imageUrl", coalesce(u.headline, '') as headline, coalesce(u.bio, '') as bio,
          coalesce(u.website, '') as website, coalesce(p.first_name, '') as "firstName", coalesce(p.last_name, '') as "lastName",
          coalesce(p.phone, '') as phone, coalesce(p.address, '') as address, coalesce(p.date_of_birth::text, '') as "dateOfBirth",
          coalesce(p.social_links, '{}') as "socialLinks"
     from users u left join user_profiles p on p.user_id = u.id where u.id = $1::uuid`,
);

/** The acting person's own profile, ready for its forms. */
export async function ownProfile(ctx: Context): Promise<OwnProfile> {
  const { id } = requirePerson(ctx);
  const [row] = await asActor(ctx, (sql) => sql(profileOf, id));
  if (!row) throw new AppError('not-found', 'There is no such person.');
  const { name, username, imageUrl, headline, bio, website, ...kept } = row;
  return { name, username, imageUrl, headline, bio, bioHtml: await renderMarkdown(bio), website, private: kept };
}
