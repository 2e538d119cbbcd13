import { idIn } from '../world.ts';
import { type Broken, long, student } from './broken.ts';

/** Violations of what people say and do beside. */
export const theRest: Broken = {
  spaces: { name: [{ name: '' }], slug: [{ slug: 'A' }], position: [{ position: 0 }] },
  posts: {
    title: [{ title: '' }],
    content: [{ content: '' }],
    place: [{ space_id: null }, { course_id: idIn(1, 'course') }],
    comments: [{ comment_count: -1 }],
  },
  comments: { content: [{ content: '' }], parent: [{ parent_id: idIn(1, 'comment') }] },
  reactions: { subject: [{ post_id: null }, { comment_id: idIn(1, 'comment') }], kind: [{ kind: '' }, { kind: long(40) }] },
  conversations: { pair: [{ first_user_id: student, second_user_id: student }] },
  messages: { people: [{ receiver_id: student }], content: [{ content: '' }] },
  blog_posts: {
    title: [{ title: '' }],
    slug: [{ slug: 'A' }],
    published: [{ published_at: null }, { published_at: null, status: 'SCHEDULED' }],
  },
  blog_comments: { content: [{ content: '' }], parent: [{ parent_id: idIn(1, 'blog comment') }] },
  announcements: { title: [{ title: '' }], content: [{ content: '' }], recipients: [{ recipient_count: -1 }] },
  reports: { reason: [{ reason: '' }], resolved: [{ status: 'OPEN' }], resolver: [{ resolved_by_id: null }] },
  fitness_profiles: { body: [{ weight_kg: 0 }, { height_cm: -1 }], heart_rate: [{ resting_heart_rate: 10 }] },
  measurements: { value: [{ value: -1 }], unit: [{ unit: '' }] },
  workouts: {
    amounts: [{ duration_seconds: -1 }, { distance_meters: -1 }, { elevation_gain_meters: -1 }, { calories: -1 }],
    heart_rate: [{ average_heart_rate: 300 }],
    source: [{ source_id: null }],
  },
  workout_samples: { values: [{ values: [] }] },
  exercises: { name: [{ name: '' }] },
  workout_sets: {
    position: [{ position: 0 }],
    amounts: [{ reps: -1 }, { weight_kg: -1 }, { duration_seconds: -1 }],
    done: [{ reps: null, duration_seconds: null }],
    effort: [{ rpe: 0.5 }, { rpe: 10.5 }],
  },
  device_connections: { provider: [{ provider: '' }, { external_user_id: '' }] },
  programs: { title: [{ title: '' }] },
  program_days: { position: [{ position: 0 }], title: [{ title: '' }], exercises: [{ exercises: '{}' }] },
  point_events: { points: [{ points: 0 }], subject: [{ reason: '' }, { subject: '' }] },
  badges: { key: [{ key: 'First' }], name: [{ name: '' }] },
  notifications: { kind: [{ kind: '' }], subject: [{ subject_id: null }], data: [{ data: '[]' }] },
  push_subscriptions: { endpoint: [{ endpoint: 'push' }] },
  email_messages: {
    kind: [{ kind: '' }],
    recipient: [{ recipient: 'ada' }],
    subject: [{ subject: '' }],
    attempts: [{ attempts: -1 }],
    sent: [{ sent_at: null }, { state: 'QUEUED' }],
    failed: [{ state: 'FAILED', sent_at: null }],
  },
  webhook_endpoints: { url: [{ url: 'ftp://hooks.test' }] },
  webhook_deliveries: {
    event: [{ event: '' }],
    attempts: [{ attempts: -1 }],
    response: [{ response_status: 99 }],
    delivered: [{ delivered_at: null }, { state: 'PENDING' }],
  },
  analytics_events: { event: [{ event: '' }], session: [{ session_id: '' }], properties: [{ properties: '[]' }] },
  course_analytics: {
    counts: [{ views: -1 }, { enrollments: -1 }, { completions: -1 }, { watch_seconds: -1 }],
    rating: [{ rating_average: 6 }],
    currency: [{ currency: 'eur' }],
  },
  platform_analytics: {
    counts: ['visitors', 'views', 'sign_ups', 'active_learners', 'enrollments', 'completions', 'watch_seconds', 'orders'].map((column) => ({
      [column]: -1,
    })),
    money: [{ revenue: -1 }, { refunds: -1 }],
    currency: [{ currency: 'eur' }],
  },
};
