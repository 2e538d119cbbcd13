type Rule = 'cascade' | 'set null' | 'restrict';

/** What happens to a row when the row it points at is deleted, as the model has it: by rule, then by the table pointed at. */
const rules: Record<Rule, Record<string, string>> = {
  // Downwards in content, and from a person to what is only theirs.
  cascade: {
    categories: 'course_categories.category_id course_facets.category_id',
    courses: `access_grants.course_id announcements.course_id chapters.course_id course_analytics.course_id course_categories.course_id
      course_addresses.course_id course_invitations.course_id course_instructors.course_id course_prerequisites.course_id course_prerequisites.prerequisite_id enrollments.course_id lessons.course_id
      posts.course_id programs.course_id removals.course_id reviews.course_id spaces.course_id`,
    chapters: 'lessons.chapter_id+course_id chapter_progress.chapter_id removals.chapter_id',
    lessons: `assignments.lesson_id lesson_progress.lesson_id live_sessions.lesson_id notes.lesson_id packages.lesson_id posts.lesson_id quizzes.lesson_id
      lesson_versions.lesson_id removals.lesson_id resources.lesson_id`,
    packages: 'package_attempts.package_id package_files.lesson_id',
    live_sessions: 'attendances.live_session_id',
    videos: 'captions.video_id',
    files: 'ladders.file_id uploads.file_id',
    ladders: 'rungs.file_id',
    quizzes: 'questions.quiz_id quiz_questions.quiz_id',
    question_banks: 'questions.bank_id',
    questions: 'quiz_questions.question_id',
    quiz_attempts: 'answers.attempt_id',
    submissions: 'submission_files.submission_id',
    enrollments: 'chapter_progress.enrollment_id lesson_progress.enrollment_id package_attempts.enrollment_id',
    products: 'cart_items.product_id coupon_products.product_id prices.product_id product_courses.product_id wishlist_items.product_id',
    coupons: 'coupon_products.coupon_id',
    orders: 'order_items.order_id',
    refunds: 'refund_items.refund_id',
    spaces: 'posts.space_id',
    posts: 'comments.post_id reactions.post_id',
    comments: 'comments.parent_id reactions.comment_id',
    conversations: 'conversation_members.conversation_id messages.conversation_id',
    blog_posts: 'blog_comments.post_id',
    blog_comments: 'blog_comments.parent_id',
    programs: 'program_days.program_id',
    workouts: 'workout_samples.workout_id workout_sets.workout_id',
    webhook_endpoints: 'webhook_deliveries.endpoint_id',
    announcements: 'announcement_deliveries.announcement_id',
    users: `access_grants.user_id accounts.user_id announcement_deliveries.user_id course_invitations.invited_by_id course_invitations.user_id api_keys.user_id attendances.user_id calendar_feeds.user_id cart_items.user_id course_instructors.user_id
      data_exports.user_id device_connections.user_id enrollments.user_id fitness_profiles.user_id imports.owner_id instructor_profiles.user_id
      learning_days.user_id measurements.user_id notes.user_id notifications.user_id passkeys.user_id point_events.user_id
      push_subscriptions.user_id reactions.user_id sessions.user_id sessions.impersonated_by storage_use.owner_id streak_freezes.user_id student_profiles.user_id
      teaching_applications.user_id two_factors.user_id uploads.owner_id user_badges.user_id user_preferences.user_id user_profiles.user_id
      webhook_endpoints.owner_id wishlist_items.user_id workouts.user_id`,
  },
  // What points here can do without.
  'set null': {
    categories: 'categories.parent_id',
    courses: 'imports.course_id question_banks.course_id',
    lessons: 'enrollments.last_lesson_id program_days.lesson_id',
    enrollments: 'notes.enrollment_id',
    videos: 'chapters.video_id courses.preview_video_id lessons.video_id live_sessions.recording_video_id',
    files:
      'blog_posts.cover_file_id courses.image_file_id imports.file_id lessons.image_file_id products.image_file_id videos.poster_file_id workouts.file_id',
    device_connections: 'workouts.device_connection_id',
    program_days: 'workouts.program_day_id',
    users:
      'email_messages.user_id exercises.owner_id lesson_versions.author_id notifications.actor_id shop_alarms.resolved_by_id teaching_applications.decided_by_id',
  },
  // Books, and others' work.
  restrict: {
    users: `announcements.author_id answers.graded_by_id audit_log.actor_id blog_comments.author_id blog_posts.author_id comments.author_id
      conversation_members.user_id conversations.first_user_id conversations.second_user_id coupon_redemptions.user_id coupons.created_by_id
      coupons.instructor_id courses.instructor_id files.owner_id ledger_entries.user_id messages.receiver_id messages.sender_id orders.affiliate_id orders.user_id gifts.redeemed_by_id team_seats.accepted_by_id
      payments.user_id payouts.instructor_id posts.author_id products.owner_id question_banks.owner_id quiz_attempts.user_id
      refunds.created_by_id reports.reporter_id reports.resolved_by_id reviews.user_id submissions.graded_by_id submissions.user_id
      subscriptions.user_id`,
    courses: 'product_courses.course_id products.course_id',
    products: 'order_items.product_id subscriptions.product_id',
    coupons: 'coupon_redemptions.coupon_id orders.coupon_id',
    orders: 'coupon_redemptions.order_id invoices.order_id ledger_entries.order_id payments.order_id shop_alarms.order_id',
    order_items:
      'access_grants.order_item_id gifts.order_item_id ledger_entries.order_item_id refund_items.order_item_id refunds.order_item_id team_seats.order_item_id',
    payments: 'disputes.payment_id refunds.payment_id',
    refunds: 'invoices.refund_id',
    invoices: 'invoices.corrects_invoice_id',
    payouts: 'ledger_entries.payout_id',
    subscriptions: 'access_grants.subscription_id orders.subscription_id',
    enrollments: 'certificates.enrollment_id',
    assignments: 'submissions.assignment_id',
    quizzes: 'quiz_attempts.quiz_id',
    questions: 'answers.question_id',
    question_banks: 'quiz_questions.bank_id',
    files: 'captions.file_id invoices.pdf_file_id resources.file_id submission_files.file_id videos.file_id',
    exercises: 'workout_sets.exercise_id',
    badges: 'user_badges.badge_id',
  },
};

/** The rule of each foreign key, by `table.column`. */
export function deleteRules(): Record<string, Rule> {
  const pairs = Object.entries(rules).flatMap(([rule, byParent]) =>
    Object.values(byParent).flatMap((keys) => keys.split(/\s+/).map((key) => [key, rule as Rule] as const)),
  );
  return Object.fromEntries(pairs);
}
