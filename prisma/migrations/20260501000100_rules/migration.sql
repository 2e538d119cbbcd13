-- What must hold whoever writes: checks, uniques that depend on a condition, triggers.
-- A check is named <table>_<rule>; tests/database/checks.test.ts breaks each of them once.

------------------------------------------------------------------------------------------------------------------------
-- Shapes that return in many tables
------------------------------------------------------------------------------------------------------------------------

-- A line that a person reads: something besides spaces, and not a whole page.
CREATE FUNCTION "is_title"("value" text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN char_length(btrim(value)) BETWEEN 1 AND 200;

CREATE FUNCTION "is_filled"("value" text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN btrim(value) <> '';

-- Lower-case words with single hyphens between.
CREATE FUNCTION "is_slug"("value" text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN value ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(value) <= 200;

-- ISO 4217 and ISO 3166.
CREATE FUNCTION "is_currency"("value" text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN value ~ '^[A-Z]{3}$';

CREATE FUNCTION "is_country"("value" text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN value ~ '^[A-Z]{2}$';

-- BCP 47, as far as the school needs it: "en", "pt-BR", "zh-Hant".
CREATE FUNCTION "is_language"("value" text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN value ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$';

CREATE FUNCTION "is_http_url"("value" text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN value ~ '^https?://[^\s/]+';

------------------------------------------------------------------------------------------------------------------------
-- accounts
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "users"
  ADD CONSTRAINT "users_name" CHECK (is_title(name)),
  -- Lower-case, because sign-in looks for it lower-case.
  ADD CONSTRAINT "users_email" CHECK (email ~ '^[^@\s]+@[^@\s]+$' AND email = lower(email)),
  ADD CONSTRAINT "users_username" CHECK (username ~ '^[a-z0-9_.-]{3,40}$'),
  ADD CONSTRAINT "users_website" CHECK (is_http_url(website)),
  ADD CONSTRAINT "users_time_zone" CHECK (is_filled(time_zone)),
  ADD CONSTRAINT "users_locale" CHECK (is_language(locale)),
  ADD CONSTRAINT "users_ban" CHECK (banned OR (ban_reason IS NULL AND ban_expires IS NULL));

CREATE UNIQUE INDEX "users_email_whatever_case" ON "users" (lower(email));
CREATE UNIQUE INDEX "users_username_whatever_case" ON "users" (lower(username));

ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_token" CHECK (is_filled(token)),
  ADD CONSTRAINT "sessions_impersonator" CHECK (impersonated_by <> user_id);

ALTER TABLE "accounts"
  ADD CONSTRAINT "accounts_provider" CHECK (is_filled(provider_id) AND is_filled(account_id)),
  ADD CONSTRAINT "accounts_credential" CHECK (provider_id <> 'credential' OR password IS NOT NULL);

ALTER TABLE "verifications"
  ADD CONSTRAINT "verifications_identifier" CHECK (is_filled(identifier));

ALTER TABLE "two_factors"
  ADD CONSTRAINT "two_factors_failures" CHECK (failed_verification_count >= 0);

ALTER TABLE "passkeys"
  ADD CONSTRAINT "passkeys_counter" CHECK (counter >= 0);

ALTER TABLE "api_keys"
  ADD CONSTRAINT "api_keys_key" CHECK (is_filled(key)),
  ADD CONSTRAINT "api_keys_counts" CHECK (request_count >= 0 AND remaining >= 0),
  ADD CONSTRAINT "api_keys_refill" CHECK ((refill_interval IS NULL) = (refill_amount IS NULL));

ALTER TABLE "user_profiles"
  ADD CONSTRAINT "user_profiles_date_of_birth" CHECK (date_of_birth > DATE '1900-01-01'),
  ADD CONSTRAINT "user_profiles_social_links" CHECK (jsonb_typeof(social_links) = 'object');

ALTER TABLE "user_preferences"
  ADD CONSTRAINT "user_preferences_language" CHECK (is_language(language)),
  ADD CONSTRAINT "user_preferences_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "user_preferences_notifications" CHECK (jsonb_typeof(notifications) = 'object');

ALTER TABLE "instructor_profiles"
  ADD CONSTRAINT "instructor_profiles_years" CHECK (years_of_experience BETWEEN 0 AND 80),
  ADD CONSTRAINT "instructor_profiles_website" CHECK (is_http_url(website)),
  ADD CONSTRAINT "instructor_profiles_totals" CHECK (course_count >= 0 AND student_count >= 0 AND review_count >= 0 AND revenue >= 0),
  ADD CONSTRAINT "instructor_profiles_rating" CHECK (rating_average BETWEEN 0 AND 5),
  ADD CONSTRAINT "instructor_profiles_currency" CHECK (is_currency(currency));

ALTER TABLE "student_profiles"
  ADD CONSTRAINT "student_profiles_weekly_goal" CHECK (weekly_goal_minutes BETWEEN 1 AND 10080),
  ADD CONSTRAINT "student_profiles_totals" CHECK (courses_completed >= 0 AND total_watch_seconds >= 0 AND total_points >= 0),
  ADD CONSTRAINT "student_profiles_streak" CHECK (current_streak_days >= 0 AND longest_streak_days >= current_streak_days),
  ADD CONSTRAINT "student_profiles_level" CHECK (level >= 1);

ALTER TABLE "audit_log"
  ADD CONSTRAINT "audit_log_action" CHECK (is_filled(action)),
  ADD CONSTRAINT "audit_log_subject" CHECK (is_filled(subject_type) AND is_filled(subject_id));

------------------------------------------------------------------------------------------------------------------------
-- media
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "files"
  ADD CONSTRAINT "files_key" CHECK (is_filled(key)),
  ADD CONSTRAINT "files_name" CHECK (is_filled(name)),
  ADD CONSTRAINT "files_content_type" CHECK (content_type ~ '^[a-z]+/[^\s/]+'),
  ADD CONSTRAINT "files_size" CHECK (size_bytes >= 0),
  ADD CONSTRAINT "files_sha256" CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "files_ready" CHECK (state <> 'READY' OR sha256 IS NOT NULL),
  ADD CONSTRAINT "files_dimensions" CHECK (width > 0 AND height > 0),
  ADD CONSTRAINT "files_variants" CHECK (jsonb_typeof(variants) = 'array');

ALTER TABLE "videos"
  ADD CONSTRAINT "videos_source" CHECK (
    CASE provider WHEN 'FILE' THEN file_id IS NOT NULL AND external_id IS NULL ELSE file_id IS NULL AND external_id IS NOT NULL END
  ),
  ADD CONSTRAINT "videos_external_id" CHECK (
    CASE provider WHEN 'YOUTUBE' THEN external_id ~ '^[A-Za-z0-9_-]{11}$' WHEN 'VIMEO' THEN external_id ~ '^[0-9]+$' ELSE true END
  ),
  ADD CONSTRAINT "videos_duration" CHECK (duration_seconds >= 0),
  ADD CONSTRAINT "videos_dimensions" CHECK (width > 0 AND height > 0),
  ADD CONSTRAINT "videos_renditions" CHECK (jsonb_typeof(renditions) = 'array');

ALTER TABLE "captions"
  ADD CONSTRAINT "captions_language" CHECK (is_language(language)),
  ADD CONSTRAINT "captions_label" CHECK (is_title(label));

------------------------------------------------------------------------------------------------------------------------
-- catalogue
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "categories"
  ADD CONSTRAINT "categories_name" CHECK (is_title(name)),
  ADD CONSTRAINT "categories_slug" CHECK (is_slug(slug)),
  ADD CONSTRAINT "categories_color" CHECK (color ~ '^#[0-9a-fA-F]{6}$'),
  ADD CONSTRAINT "categories_totals" CHECK (course_count >= 0 AND student_count >= 0);

ALTER TABLE "courses"
  ADD CONSTRAINT "courses_title" CHECK (is_title(title)),
  ADD CONSTRAINT "courses_slug" CHECK (is_slug(slug)),
  ADD CONSTRAINT "courses_subtitle" CHECK (char_length(subtitle) <= 500),
  -- A search vector has room for no more.
  ADD CONSTRAINT "courses_description" CHECK (char_length(description) <= 100000),
  ADD CONSTRAINT "courses_language" CHECK (is_language(language)),
  ADD CONSTRAINT "courses_duration" CHECK (duration_minutes >= 0),
  ADD CONSTRAINT "courses_published" CHECK (status <> 'PUBLISHED' OR published_at IS NOT NULL),
  ADD CONSTRAINT "courses_completion_rule" CHECK (completion_requires_lessons OR completion_requires_quizzes OR completion_requires_assignments),
  ADD CONSTRAINT "courses_totals" CHECK (chapter_count >= 0 AND lesson_count >= 0 AND student_count >= 0 AND review_count >= 0 AND revenue >= 0),
  ADD CONSTRAINT "courses_rating" CHECK (rating_average BETWEEN 0 AND 5),
  ADD CONSTRAINT "courses_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "courses_import_key" CHECK (is_filled(import_key));

-- The catalogue and the home page read these, in this order; drafts cost them nothing.
CREATE INDEX "courses_published_newest" ON "courses" (published_at DESC, id DESC) WHERE status = 'PUBLISHED';
CREATE INDEX "courses_published_popular" ON "courses" (student_count DESC, id DESC) WHERE status = 'PUBLISHED';
CREATE INDEX "courses_published_featured" ON "courses" (published_at DESC, id DESC) WHERE status = 'PUBLISHED' AND featured;
-- For typing errors: compares three-letter pieces of what search sees.
CREATE INDEX "courses_similar_title" ON "courses" USING gin (search_text(title) gin_trgm_ops);

ALTER TABLE "course_instructors"
  ADD CONSTRAINT "course_instructors_share" CHECK (revenue_share_basis_points BETWEEN 0 AND 10000);

CREATE UNIQUE INDEX "course_categories_one_main" ON "course_categories" (course_id) WHERE is_main;

ALTER TABLE "chapters"
  ADD CONSTRAINT "chapters_title" CHECK (is_title(title)),
  ADD CONSTRAINT "chapters_position" CHECK (position >= 1),
  ADD CONSTRAINT "chapters_duration" CHECK (duration_seconds >= 0),
  ADD CONSTRAINT "chapters_release_days" CHECK (release_after_days >= 0),
  ADD CONSTRAINT "chapters_release" CHECK (num_nonnulls(release_after_days, release_at) <= 1);

ALTER TABLE "lessons"
  ADD CONSTRAINT "lessons_title" CHECK (is_title(title)),
  ADD CONSTRAINT "lessons_slug" CHECK (is_slug(slug)),
  ADD CONSTRAINT "lessons_position" CHECK (position >= 1),
  ADD CONSTRAINT "lessons_duration" CHECK (duration_seconds >= 0);

ALTER TABLE "resources"
  ADD CONSTRAINT "resources_title" CHECK (is_title(title)),
  ADD CONSTRAINT "resources_position" CHECK (position >= 1),
  ADD CONSTRAINT "resources_size" CHECK (size_bytes >= 0),
  ADD CONSTRAINT "resources_target" CHECK (num_nonnulls(file_id, url) = 1),
  ADD CONSTRAINT "resources_link" CHECK (type <> 'LINK' OR is_http_url(url));

ALTER TABLE "live_sessions"
  ADD CONSTRAINT "live_sessions_duration" CHECK (duration_minutes > 0),
  ADD CONSTRAINT "live_sessions_join_url" CHECK (is_http_url(join_url));

ALTER TABLE "reviews"
  ADD CONSTRAINT "reviews_rating" CHECK (rating BETWEEN 1 AND 5),
  ADD CONSTRAINT "reviews_reply" CHECK ((reply IS NULL) = (replied_at IS NULL));

ALTER TABLE "course_prerequisites"
  ADD CONSTRAINT "course_prerequisites_other" CHECK (course_id <> prerequisite_id);

-- Walks from the new parent upwards; meeting the category itself would close a circle. One tree is small, so moves in it wait
-- for each other: two moves at once could otherwise close a circle that neither of them sees.
CREATE FUNCTION "refuse_category_cycle"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('categories', 0));
  IF NEW.parent_id = NEW.id OR EXISTS (
    WITH RECURSIVE ancestors AS (
      SELECT id, parent_id FROM public.categories WHERE id = NEW.parent_id
      UNION
      SELECT parent.id, parent.parent_id FROM public.categories parent JOIN ancestors ON parent.id = ancestors.parent_id
    )
    SELECT FROM ancestors WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'category % cannot lie under itself', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'categories_no_cycle', TABLE = 'categories';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "categories_no_cycle" BEFORE INSERT OR UPDATE OF "parent_id" ON "categories"
  FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION "refuse_category_cycle"();

------------------------------------------------------------------------------------------------------------------------
-- learning
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "access_grants"
  ADD CONSTRAINT "access_grants_amount" CHECK (amount >= 0),
  ADD CONSTRAINT "access_grants_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "access_grants_paid" CHECK (amount = 0 OR currency IS NOT NULL),
  ADD CONSTRAINT "access_grants_period" CHECK (expires_at > starts_at),
  ADD CONSTRAINT "access_grants_source" CHECK (
    CASE source WHEN 'PURCHASE' THEN order_item_id IS NOT NULL WHEN 'MEMBERSHIP' THEN subscription_id IS NOT NULL ELSE true END
  );

-- Enrolling twice in a free course, from two windows at once, gives one grant.
CREATE UNIQUE INDEX "access_grants_one_free" ON "access_grants" (user_id, course_id) WHERE source = 'FREE' AND revoked_at IS NULL;

ALTER TABLE "enrollments"
  ADD CONSTRAINT "enrollments_progress" CHECK (progress_percent BETWEEN 0 AND 100),
  ADD CONSTRAINT "enrollments_watch" CHECK (watch_seconds >= 0),
  -- A completion outlives the access: an expired or suspended enrollment may still carry it, an active one does not.
  ADD CONSTRAINT "enrollments_completed" CHECK (
    CASE status WHEN 'COMPLETED' THEN completed_at IS NOT NULL WHEN 'PENDING' THEN completed_at IS NULL WHEN 'ACTIVE' THEN completed_at IS NULL ELSE true END
  ),
  ADD CONSTRAINT "enrollments_period" CHECK (expires_at > enrolled_at);

ALTER TABLE "lesson_progress"
  -- Seconds from the start of the video, with a beginning and an end.
  ADD CONSTRAINT "lesson_progress_ranges" CHECK (
    isempty(watched_ranges) OR (lower(watched_ranges) >= 0 AND NOT lower_inf(watched_ranges) AND NOT upper_inf(watched_ranges))
  ),
  ADD CONSTRAINT "lesson_progress_watched" CHECK (watched_seconds >= 0),
  ADD CONSTRAINT "lesson_progress_percent" CHECK (watched_percent BETWEEN 0 AND 100),
  ADD CONSTRAINT "lesson_progress_position" CHECK (position_seconds >= 0),
  ADD CONSTRAINT "lesson_progress_completed" CHECK (completed = (completed_at IS NOT NULL));

ALTER TABLE "chapter_progress"
  ADD CONSTRAINT "chapter_progress_percent" CHECK (progress_percent BETWEEN 0 AND 100),
  ADD CONSTRAINT "chapter_progress_completed" CHECK (completed = (completed_at IS NOT NULL));

ALTER TABLE "learning_days"
  ADD CONSTRAINT "learning_days_seconds" CHECK (seconds >= 0),
  ADD CONSTRAINT "learning_days_lessons" CHECK (lessons_completed >= 0);

ALTER TABLE "notes"
  ADD CONSTRAINT "notes_at" CHECK (at_seconds >= 0),
  ADD CONSTRAINT "notes_text" CHECK (is_filled(text));

ALTER TABLE "certificates"
  ADD CONSTRAINT "certificates_code" CHECK (code ~ '^[A-Z0-9-]{8,40}$'),
  ADD CONSTRAINT "certificates_revoked" CHECK (revoked_reason IS NULL OR revoked_at IS NOT NULL),
  ADD CONSTRAINT "certificates_snapshot" CHECK (jsonb_typeof(snapshot) = 'object');

ALTER TABLE "attendances"
  ADD CONSTRAINT "attendances_period" CHECK (left_at >= joined_at);

------------------------------------------------------------------------------------------------------------------------
-- assessment
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "quizzes"
  ADD CONSTRAINT "quizzes_title" CHECK (is_title(title)),
  ADD CONSTRAINT "quizzes_time_limit" CHECK (time_limit_minutes > 0),
  ADD CONSTRAINT "quizzes_passing" CHECK (passing_percent BETWEEN 0 AND 100),
  ADD CONSTRAINT "quizzes_attempts" CHECK (max_attempts > 0),
  ADD CONSTRAINT "quizzes_retakes" CHECK (allow_retakes OR coalesce(max_attempts, 1) = 1),
  ADD CONSTRAINT "quizzes_period" CHECK (close_at > open_at);

ALTER TABLE "question_banks"
  ADD CONSTRAINT "question_banks_name" CHECK (is_title(name));

ALTER TABLE "questions"
  ADD CONSTRAINT "questions_home" CHECK (num_nonnulls(bank_id, quiz_id) = 1),
  ADD CONSTRAINT "questions_text" CHECK (is_filled(text)),
  ADD CONSTRAINT "questions_points" CHECK (points >= 0),
  ADD CONSTRAINT "questions_payload" CHECK (jsonb_typeof(payload) = 'object'),
  ADD CONSTRAINT "questions_version" CHECK (version >= 1);

ALTER TABLE "quiz_questions"
  ADD CONSTRAINT "quiz_questions_position" CHECK (position >= 1),
  ADD CONSTRAINT "quiz_questions_content" CHECK (
    (question_id IS NOT NULL AND num_nonnulls(bank_id, draw_count, draw_tag) = 0) OR (question_id IS NULL AND bank_id IS NOT NULL AND draw_count IS NOT NULL)
  ),
  ADD CONSTRAINT "quiz_questions_draw" CHECK (draw_count >= 1);

ALTER TABLE "quiz_attempts"
  ADD CONSTRAINT "quiz_attempts_number" CHECK (number >= 1),
  ADD CONSTRAINT "quiz_attempts_questions" CHECK (jsonb_typeof(questions) = 'array'),
  ADD CONSTRAINT "quiz_attempts_deadline" CHECK (deadline_at > started_at),
  ADD CONSTRAINT "quiz_attempts_submitted" CHECK ((state = 'IN_PROGRESS') = (submitted_at IS NULL)),
  ADD CONSTRAINT "quiz_attempts_graded" CHECK (state <> 'GRADED' OR (score_percent IS NOT NULL AND points_earned IS NOT NULL)),
  ADD CONSTRAINT "quiz_attempts_score" CHECK (score_percent BETWEEN 0 AND 100),
  ADD CONSTRAINT "quiz_attempts_points" CHECK (points_earned >= 0 AND points_possible >= 0),
  ADD CONSTRAINT "quiz_attempts_correct" CHECK (correct_answers BETWEEN 0 AND total_questions),
  ADD CONSTRAINT "quiz_attempts_time" CHECK (time_spent_seconds >= 0),
  ADD CONSTRAINT "quiz_attempts_passed" CHECK (NOT passed OR score_percent IS NOT NULL);

-- Pressing "start" twice resumes instead of beginning again.
CREATE UNIQUE INDEX "quiz_attempts_one_open" ON "quiz_attempts" (user_id, quiz_id) WHERE state = 'IN_PROGRESS';

ALTER TABLE "answers"
  ADD CONSTRAINT "answers_graded" CHECK (graded_by_id IS NULL OR graded_at IS NOT NULL);

ALTER TABLE "assignments"
  ADD CONSTRAINT "assignments_title" CHECK (is_title(title)),
  ADD CONSTRAINT "assignments_instructions" CHECK (is_filled(instructions)),
  ADD CONSTRAINT "assignments_points" CHECK (points >= 0),
  ADD CONSTRAINT "assignments_passing" CHECK (passing_percent BETWEEN 0 AND 100),
  ADD CONSTRAINT "assignments_files" CHECK (max_files BETWEEN 0 AND 100),
  ADD CONSTRAINT "assignments_submissions" CHECK (max_submissions > 0),
  ADD CONSTRAINT "assignments_penalty" CHECK (late_penalty_percent BETWEEN 0 AND 100);

ALTER TABLE "submissions"
  ADD CONSTRAINT "submissions_number" CHECK (number >= 1),
  ADD CONSTRAINT "submissions_points" CHECK (points >= 0),
  ADD CONSTRAINT "submissions_submitted" CHECK ((state = 'DRAFT') = (submitted_at IS NULL)),
  ADD CONSTRAINT "submissions_graded" CHECK (state <> 'GRADED' OR (points IS NOT NULL AND graded_at IS NOT NULL)),
  ADD CONSTRAINT "submissions_returned" CHECK ((state = 'RETURNED') = (returned_at IS NOT NULL));

------------------------------------------------------------------------------------------------------------------------
-- commerce
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "products"
  ADD CONSTRAINT "products_name" CHECK (is_title(name)),
  ADD CONSTRAINT "products_slug" CHECK (is_slug(slug)),
  ADD CONSTRAINT "products_course" CHECK ((type = 'COURSE') = (course_id IS NOT NULL));

ALTER TABLE "product_courses"
  ADD CONSTRAINT "product_courses_position" CHECK (position >= 1);

ALTER TABLE "prices"
  ADD CONSTRAINT "prices_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "prices_amount" CHECK (amount >= 0),
  ADD CONSTRAINT "prices_discount" CHECK (discount_amount >= 0 AND discount_amount < amount),
  ADD CONSTRAINT "prices_discount_window" CHECK (discount_amount IS NOT NULL OR num_nonnulls(discount_starts_at, discount_ends_at) = 0),
  ADD CONSTRAINT "prices_discount_period" CHECK (discount_ends_at > discount_starts_at),
  ADD CONSTRAINT "prices_trial" CHECK (trial_days IS NULL OR (trial_days > 0 AND interval IS NOT NULL)),
  ADD CONSTRAINT "prices_access" CHECK (access_days > 0);

ALTER TABLE "coupons"
  ADD CONSTRAINT "coupons_code" CHECK (code ~ '^[A-Za-z0-9_-]{2,40}$'),
  ADD CONSTRAINT "coupons_value" CHECK (value > 0),
  ADD CONSTRAINT "coupons_percentage" CHECK (type <> 'PERCENTAGE' OR value <= 100),
  ADD CONSTRAINT "coupons_fixed" CHECK (type <> 'FIXED_AMOUNT' OR currency IS NOT NULL),
  ADD CONSTRAINT "coupons_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "coupons_max_discount" CHECK (max_discount IS NULL OR (max_discount > 0 AND currency IS NOT NULL)),
  ADD CONSTRAINT "coupons_min_order" CHECK (min_order IS NULL OR (min_order > 0 AND currency IS NOT NULL)),
  ADD CONSTRAINT "coupons_max_uses" CHECK (max_uses > 0 AND max_uses_per_user > 0),
  -- The last use is sold once: whoever comes second raises the count over the limit and is refused here.
  ADD CONSTRAINT "coupons_used" CHECK (used_count >= 0 AND used_count <= max_uses),
  ADD CONSTRAINT "coupons_period" CHECK (ends_at > starts_at),
  ADD CONSTRAINT "coupons_scope" CHECK ((scope = 'INSTRUCTOR') = (instructor_id IS NOT NULL));

CREATE UNIQUE INDEX "coupons_code_whatever_case" ON "coupons" (lower(code));

ALTER TABLE "coupon_redemptions"
  ADD CONSTRAINT "coupon_redemptions_amount" CHECK (amount >= 0),
  ADD CONSTRAINT "coupon_redemptions_currency" CHECK (is_currency(currency));

ALTER TABLE "orders"
  ADD CONSTRAINT "orders_number" CHECK (is_filled(order_number)),
  ADD CONSTRAINT "orders_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "orders_amounts" CHECK (subtotal >= 0 AND tax >= 0 AND total >= 0),
  ADD CONSTRAINT "orders_original" CHECK (original_amount >= subtotal),
  ADD CONSTRAINT "orders_discount" CHECK (discount BETWEEN 0 AND subtotal),
  ADD CONSTRAINT "orders_total" CHECK (total = subtotal - discount + CASE WHEN tax_included THEN 0 ELSE tax END),
  ADD CONSTRAINT "orders_country" CHECK (is_country(billing_country)),
  ADD CONSTRAINT "orders_metadata" CHECK (jsonb_typeof(metadata) = 'object'),
  ADD CONSTRAINT "orders_completed" CHECK ((status IN ('COMPLETED', 'REFUNDED', 'PARTIALLY_REFUNDED')) = (completed_at IS NOT NULL));

CREATE INDEX "orders_waiting" ON "orders" (expires_at) WHERE status = 'PENDING';

ALTER TABLE "order_items"
  ADD CONSTRAINT "order_items_title" CHECK (is_title(title)),
  ADD CONSTRAINT "order_items_snapshot" CHECK (jsonb_typeof(product_snapshot) = 'object'),
  ADD CONSTRAINT "order_items_amounts" CHECK (price >= 0 AND tax >= 0 AND total >= 0),
  ADD CONSTRAINT "order_items_discount" CHECK (discount BETWEEN 0 AND price),
  -- With the tax in the price, or on top of it, as the order says.
  ADD CONSTRAINT "order_items_total" CHECK (total IN (price - discount, price - discount + tax)),
  ADD CONSTRAINT "order_items_refund" CHECK (refunded_amount BETWEEN 0 AND total),
  ADD CONSTRAINT "order_items_refunded" CHECK ((refunded_amount > 0) = (refunded_at IS NOT NULL));

ALTER TABLE "payments"
  ADD CONSTRAINT "payments_provider" CHECK (is_filled(provider)),
  ADD CONSTRAINT "payments_amount" CHECK (amount >= 0),
  ADD CONSTRAINT "payments_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "payments_paid" CHECK ((status IN ('PAID', 'REFUNDED')) = (paid_at IS NOT NULL));

ALTER TABLE "refunds"
  ADD CONSTRAINT "refunds_amount" CHECK (amount > 0),
  ADD CONSTRAINT "refunds_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "refunds_reason" CHECK (is_filled(reason)),
  ADD CONSTRAINT "refunds_refunded" CHECK ((status = 'SUCCEEDED') = (refunded_at IS NOT NULL));

ALTER TABLE "subscriptions"
  ADD CONSTRAINT "subscriptions_provider" CHECK (is_filled(provider)),
  ADD CONSTRAINT "subscriptions_amount" CHECK (amount >= 0),
  ADD CONSTRAINT "subscriptions_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "subscriptions_period" CHECK (current_period_end > current_period_start),
  ADD CONSTRAINT "subscriptions_cancelled" CHECK (status <> 'CANCELLED' OR cancelled_at IS NOT NULL);

ALTER TABLE "number_series"
  ADD CONSTRAINT "number_series_name" CHECK (is_filled(series)),
  ADD CONSTRAINT "number_series_last" CHECK (last_number >= 0);

ALTER TABLE "invoices"
  ADD CONSTRAINT "invoices_series" CHECK (is_filled(series)),
  ADD CONSTRAINT "invoices_number" CHECK (number >= 1),
  ADD CONSTRAINT "invoices_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "invoices_amounts" CHECK (net >= 0 AND tax >= 0),
  ADD CONSTRAINT "invoices_total" CHECK (total = net + tax),
  ADD CONSTRAINT "invoices_snapshot" CHECK (jsonb_typeof(snapshot) = 'object'),
  ADD CONSTRAINT "invoices_credit_note" CHECK ((kind = 'CREDIT_NOTE') = (corrects_invoice_id IS NOT NULL));

ALTER TABLE "ledger_entries"
  ADD CONSTRAINT "ledger_entries_amount" CHECK (amount <> 0),
  ADD CONSTRAINT "ledger_entries_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "ledger_entries_subject" CHECK (num_nonnulls(order_id, payout_id) = 1),
  ADD CONSTRAINT "ledger_entries_user" CHECK ((account = 'INSTRUCTOR') = (user_id IS NOT NULL));

ALTER TABLE "payouts"
  ADD CONSTRAINT "payouts_amount" CHECK (amount > 0),
  ADD CONSTRAINT "payouts_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "payouts_period" CHECK (period_end > period_start),
  ADD CONSTRAINT "payouts_paid" CHECK ((status = 'PAID') = (paid_at IS NOT NULL));

ALTER TABLE "tax_rates"
  ADD CONSTRAINT "tax_rates_country" CHECK (is_country(country)),
  ADD CONSTRAINT "tax_rates_name" CHECK (is_title(name)),
  ADD CONSTRAINT "tax_rates_rate" CHECK (rate_basis_points BETWEEN 0 AND 10000),
  ADD CONSTRAINT "tax_rates_period" CHECK (valid_until > valid_from);

ALTER TABLE "webhook_events"
  ADD CONSTRAINT "webhook_events_event" CHECK (is_filled(provider) AND is_filled(event_id) AND is_filled(type)),
  ADD CONSTRAINT "webhook_events_attempts" CHECK (attempts >= 0);

------------------------------------------------------------------------------------------------------------------------
-- community
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "spaces"
  ADD CONSTRAINT "spaces_name" CHECK (is_title(name)),
  ADD CONSTRAINT "spaces_slug" CHECK (is_slug(slug)),
  ADD CONSTRAINT "spaces_position" CHECK (position >= 1);

ALTER TABLE "posts"
  ADD CONSTRAINT "posts_title" CHECK (is_title(title)),
  ADD CONSTRAINT "posts_content" CHECK (is_filled(content)),
  ADD CONSTRAINT "posts_place" CHECK (num_nonnulls(space_id, course_id, lesson_id) = 1),
  ADD CONSTRAINT "posts_comments" CHECK (comment_count >= 0);

ALTER TABLE "comments"
  ADD CONSTRAINT "comments_content" CHECK (is_filled(content)),
  ADD CONSTRAINT "comments_parent" CHECK (parent_id <> id);

CREATE UNIQUE INDEX "comments_one_accepted" ON "comments" (post_id) WHERE accepted;

ALTER TABLE "reactions"
  ADD CONSTRAINT "reactions_subject" CHECK (num_nonnulls(post_id, comment_id) = 1),
  ADD CONSTRAINT "reactions_kind" CHECK (is_filled(kind) AND char_length(kind) <= 40);

ALTER TABLE "conversations"
  -- Two different people, and the pair only once.
  ADD CONSTRAINT "conversations_pair" CHECK (first_user_id < second_user_id);

ALTER TABLE "messages"
  ADD CONSTRAINT "messages_people" CHECK (sender_id <> receiver_id),
  ADD CONSTRAINT "messages_content" CHECK (is_filled(content));

CREATE INDEX "messages_unread" ON "messages" (receiver_id) WHERE read_at IS NULL;

ALTER TABLE "blog_posts"
  ADD CONSTRAINT "blog_posts_title" CHECK (is_title(title)),
  ADD CONSTRAINT "blog_posts_slug" CHECK (is_slug(slug)),
  ADD CONSTRAINT "blog_posts_published" CHECK (status NOT IN ('SCHEDULED', 'PUBLISHED') OR published_at IS NOT NULL);

ALTER TABLE "blog_comments"
  ADD CONSTRAINT "blog_comments_content" CHECK (is_filled(content)),
  ADD CONSTRAINT "blog_comments_parent" CHECK (parent_id <> id);

ALTER TABLE "announcements"
  ADD CONSTRAINT "announcements_title" CHECK (is_title(title)),
  ADD CONSTRAINT "announcements_content" CHECK (is_filled(content));

ALTER TABLE "reports"
  ADD CONSTRAINT "reports_reason" CHECK (is_filled(reason)),
  ADD CONSTRAINT "reports_resolved" CHECK ((status = 'OPEN') = (resolved_at IS NULL)),
  ADD CONSTRAINT "reports_resolver" CHECK ((resolved_at IS NULL) = (resolved_by_id IS NULL));

------------------------------------------------------------------------------------------------------------------------
-- fitness
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "fitness_profiles"
  ADD CONSTRAINT "fitness_profiles_body" CHECK (weight_kg > 0 AND height_cm > 0),
  ADD CONSTRAINT "fitness_profiles_heart_rate" CHECK (resting_heart_rate BETWEEN 20 AND 250);

ALTER TABLE "measurements"
  ADD CONSTRAINT "measurements_value" CHECK (value >= 0),
  ADD CONSTRAINT "measurements_unit" CHECK (is_filled(unit));

ALTER TABLE "workouts"
  ADD CONSTRAINT "workouts_amounts" CHECK (duration_seconds >= 0 AND distance_meters >= 0 AND elevation_gain_meters >= 0 AND calories >= 0),
  ADD CONSTRAINT "workouts_heart_rate" CHECK (average_heart_rate BETWEEN 20 AND 250),
  ADD CONSTRAINT "workouts_source" CHECK (source = 'MANUAL' OR source_id IS NOT NULL);

ALTER TABLE "workout_samples"
  ADD CONSTRAINT "workout_samples_values" CHECK (cardinality("values") > 0);

ALTER TABLE "exercises"
  ADD CONSTRAINT "exercises_name" CHECK (is_title(name));

ALTER TABLE "workout_sets"
  ADD CONSTRAINT "workout_sets_position" CHECK (position >= 1),
  ADD CONSTRAINT "workout_sets_amounts" CHECK (reps >= 0 AND weight_kg >= 0 AND duration_seconds >= 0),
  ADD CONSTRAINT "workout_sets_done" CHECK (num_nonnulls(reps, duration_seconds) > 0),
  ADD CONSTRAINT "workout_sets_effort" CHECK (rpe BETWEEN 1 AND 10);

ALTER TABLE "device_connections"
  ADD CONSTRAINT "device_connections_provider" CHECK (is_filled(provider) AND is_filled(external_user_id));

ALTER TABLE "programs"
  ADD CONSTRAINT "programs_title" CHECK (is_title(title));

ALTER TABLE "program_days"
  ADD CONSTRAINT "program_days_position" CHECK (position >= 1),
  ADD CONSTRAINT "program_days_title" CHECK (is_title(title)),
  ADD CONSTRAINT "program_days_exercises" CHECK (jsonb_typeof(exercises) = 'array');

------------------------------------------------------------------------------------------------------------------------
-- gamification
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "point_events"
  ADD CONSTRAINT "point_events_points" CHECK (points <> 0),
  ADD CONSTRAINT "point_events_subject" CHECK (is_filled(reason) AND is_filled(subject));

ALTER TABLE "badges"
  ADD CONSTRAINT "badges_key" CHECK (is_slug(key)),
  ADD CONSTRAINT "badges_name" CHECK (is_title(name));

------------------------------------------------------------------------------------------------------------------------
-- notifications
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "notifications"
  ADD CONSTRAINT "notifications_kind" CHECK (is_filled(kind)),
  ADD CONSTRAINT "notifications_subject" CHECK ((subject_type IS NULL) = (subject_id IS NULL)),
  ADD CONSTRAINT "notifications_data" CHECK (jsonb_typeof(data) = 'object');

CREATE INDEX "notifications_unread" ON "notifications" (user_id) WHERE read_at IS NULL;

ALTER TABLE "push_subscriptions"
  ADD CONSTRAINT "push_subscriptions_endpoint" CHECK (is_http_url(endpoint));

ALTER TABLE "email_messages"
  ADD CONSTRAINT "email_messages_kind" CHECK (is_filled(kind)),
  ADD CONSTRAINT "email_messages_recipient" CHECK (recipient ~ '^[^@\s]+@[^@\s]+$'),
  ADD CONSTRAINT "email_messages_subject" CHECK (is_filled(subject)),
  ADD CONSTRAINT "email_messages_attempts" CHECK (attempts >= 0),
  ADD CONSTRAINT "email_messages_sent" CHECK ((state = 'SENT') = (sent_at IS NOT NULL)),
  ADD CONSTRAINT "email_messages_failed" CHECK (state <> 'FAILED' OR error IS NOT NULL);

ALTER TABLE "webhook_endpoints"
  ADD CONSTRAINT "webhook_endpoints_url" CHECK (is_http_url(url));

ALTER TABLE "webhook_deliveries"
  ADD CONSTRAINT "webhook_deliveries_event" CHECK (is_filled(event)),
  ADD CONSTRAINT "webhook_deliveries_attempts" CHECK (attempts >= 0),
  ADD CONSTRAINT "webhook_deliveries_response" CHECK (response_status BETWEEN 100 AND 599),
  ADD CONSTRAINT "webhook_deliveries_delivered" CHECK ((state = 'DELIVERED') = (delivered_at IS NOT NULL));

------------------------------------------------------------------------------------------------------------------------
-- analytics
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "analytics_events"
  ADD CONSTRAINT "analytics_events_event" CHECK (is_filled(event)),
  ADD CONSTRAINT "analytics_events_session" CHECK (is_filled(session_id)),
  ADD CONSTRAINT "analytics_events_properties" CHECK (jsonb_typeof(properties) = 'object');

ALTER TABLE "course_analytics"
  ADD CONSTRAINT "course_analytics_counts" CHECK (views >= 0 AND enrollments >= 0 AND completions >= 0 AND watch_seconds >= 0),
  ADD CONSTRAINT "course_analytics_rating" CHECK (rating_average BETWEEN 0 AND 5),
  ADD CONSTRAINT "course_analytics_currency" CHECK (is_currency(currency));

ALTER TABLE "platform_analytics"
  ADD CONSTRAINT "platform_analytics_counts" CHECK (
    visitors >= 0 AND views >= 0 AND sign_ups >= 0 AND active_learners >= 0 AND enrollments >= 0 AND completions >= 0 AND watch_seconds >= 0 AND orders >= 0
  ),
  ADD CONSTRAINT "platform_analytics_money" CHECK (revenue >= 0 AND refunds >= 0),
  ADD CONSTRAINT "platform_analytics_currency" CHECK (is_currency(currency));

-- Events of a month that nobody prepared land here and are not lost.
CREATE TABLE "analytics_events_default" PARTITION OF "analytics_events" DEFAULT;

-- Makes the partitions of so many months from the month of a day on, in UTC, where they are missing; what the default partition
-- already holds of them moves over. SECURITY DEFINER: the application may call it, and may do no other DDL.
CREATE FUNCTION "make_event_partitions"("from_day" date, "months" integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
  made integer := 0;
  month date;
  partition text;
BEGIN
  -- Two callers at once would both find the partition missing.
  PERFORM pg_advisory_xact_lock(hashtextextended('analytics_events partitions', 0));
  FOR month IN SELECT generate_series(date_trunc('month', from_day::timestamp), date_trunc('month', from_day::timestamp) + make_interval(months => months - 1), interval '1 month')::date LOOP
    partition := format('analytics_events_%s', to_char(month, 'YYYY_MM'));
    CONTINUE WHEN to_regclass(partition) IS NOT NULL;
    EXECUTE format('CREATE TABLE %I (LIKE analytics_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    EXECUTE format(
      'WITH moved AS (DELETE FROM analytics_events_default WHERE created_at >= %1$L AND created_at < %2$L RETURNING *) INSERT INTO %3$I SELECT * FROM moved',
      month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC', partition
    );
    -- Nobody reads a partition past the policies of its parent.
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition);
    EXECUTE format(
      'ALTER TABLE analytics_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      partition, month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC'
    );
    made := made + 1;
  END LOOP;
  RETURN made;
END
$$;

------------------------------------------------------------------------------------------------------------------------
-- Books that only grow
------------------------------------------------------------------------------------------------------------------------

CREATE FUNCTION "refuse_change"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER "audit_log_append_only" BEFORE UPDATE OR DELETE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "ledger_entries_append_only" BEFORE UPDATE OR DELETE ON "ledger_entries" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- SHA-256 over the hash before and all that the row says. The moment is counted in milliseconds, because its text depends on
-- the session's time zone.
CREATE FUNCTION "audit_log_hash"("entry" "audit_log") RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(coalesce(entry.previous_hash, ''::bytea) || convert_to(
  jsonb_build_object(
    'id', entry.id, 'sequence', entry.sequence, 'actor', entry.actor_id, 'action', entry.action,
    'subjectType', entry.subject_type, 'subjectId', entry.subject_id, 'before', entry.before, 'after', entry.after,
    'ip', host(entry.ip_address), 'at', floor(extract(epoch FROM entry.at) * 1000)::bigint
  )::text, 'UTF8'));

-- Puts a new row at the end of the chain. Writers wait for each other until they commit, so that the chain has no fork.
-- Reads the last row as the system, because the person who acts may not see it.
CREATE FUNCTION "chain_audit_log"() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  last_sequence bigint;
  last_hash bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit_log', 0));
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  SELECT sequence, hash INTO last_sequence, last_hash FROM public.audit_log ORDER BY sequence DESC LIMIT 1;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  NEW.sequence := coalesce(last_sequence, 0) + 1;
  NEW.previous_hash := last_hash;
  NEW.hash := public.audit_log_hash(NEW);
  RETURN NEW;
END
$$;

CREATE TRIGGER "audit_log_chain" BEFORE INSERT ON "audit_log" FOR EACH ROW EXECUTE FUNCTION "chain_audit_log"();

-- The place of the first row that was changed, or that follows a hole; null when the chain is whole.
CREATE FUNCTION "audit_log_first_break"() RETURNS bigint
LANGUAGE sql STABLE
RETURN (
  SELECT min(place) FROM (
    SELECT entry.sequence AS place,
           entry.hash = audit_log_hash(entry)
             AND entry.previous_hash IS NOT DISTINCT FROM lag(entry.hash) OVER chain
             AND entry.sequence = coalesce(lag(entry.sequence) OVER chain, 0) + 1 AS whole
      FROM audit_log entry
    WINDOW chain AS (ORDER BY entry.sequence)
  ) checked WHERE NOT whole
);

-- Looks once the transaction is about to commit, when both sides of each booking are there; as the system, because the
-- person who acts may not see all entries.
CREATE FUNCTION "refuse_unbalanced_books"() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  balanced boolean;
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  SELECT coalesce(sum(amount), 0) = 0 INTO balanced FROM public.ledger_entries
   WHERE currency = NEW.currency AND (order_id = NEW.order_id OR payout_id = NEW.payout_id);
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  IF NOT balanced THEN
    RAISE EXCEPTION 'the ledger entries of % do not sum to zero in %', coalesce('order ' || NEW.order_id, 'payout ' || NEW.payout_id), NEW.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_balanced', TABLE = 'ledger_entries';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "ledger_entries_balanced" AFTER INSERT ON "ledger_entries"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_unbalanced_books"();
