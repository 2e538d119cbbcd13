-- CreateEnum
CREATE TYPE "revenue_channel" AS ENUM ('OWN_COUPON', 'ORGANIC', 'AFFILIATE');

-- CreateEnum
CREATE TYPE "dispute_status" AS ENUM ('OPEN', 'WON', 'LOST');

-- AlterEnum
ALTER TYPE "ledger_account" ADD VALUE 'AFFILIATE';

-- DropIndex
DROP INDEX "access_grants_order_item_id_course_id_key";

-- DropIndex
DROP INDEX "prices_product_id_currency_key";

-- AlterTable
ALTER TABLE "order_items" ADD COLUMN     "access_days" INTEGER,
ADD COLUMN     "is_gift" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "quantity" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "affiliate_id" UUID,
ADD COLUMN     "channel" "revenue_channel" NOT NULL DEFAULT 'ORGANIC',
ADD COLUMN     "subscription_id" UUID,
ADD COLUMN     "tax_snapshot" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "disputes" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "provider_dispute_id" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "dispute_status" NOT NULL DEFAULT 'OPEN',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shop_alarms" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" UUID,
    "details" JSONB NOT NULL DEFAULT '{}',
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shop_alarms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gifts" (
    "id" UUID NOT NULL,
    "order_item_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "recipient_name" TEXT NOT NULL DEFAULT '',
    "recipient_email" TEXT,
    "message" TEXT NOT NULL DEFAULT '',
    "deliver_at" TIMESTAMPTZ(3),
    "redeemed_by_id" UUID,
    "redeemed_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gifts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_seats" (
    "id" UUID NOT NULL,
    "order_item_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "accepted_by_id" UUID,
    "accepted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_seats_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shop_settings" (
    "id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "prices_include_tax" BOOLEAN NOT NULL DEFAULT true,
    "collects_eu_vat" BOOLEAN NOT NULL DEFAULT false,
    "collects_india_gst" BOOLEAN NOT NULL DEFAULT false,
    "seller_name" TEXT NOT NULL DEFAULT '',
    "seller_address" TEXT NOT NULL DEFAULT '',
    "seller_country" CHAR(2),
    "seller_region" TEXT,
    "seller_tax_id" TEXT,
    "seller_email" TEXT NOT NULL DEFAULT '',
    "invoice_note" TEXT NOT NULL DEFAULT '',
    "bank_details" TEXT NOT NULL DEFAULT '',
    "share_own_coupon_basis_points" INTEGER NOT NULL DEFAULT 9000,
    "share_organic_basis_points" INTEGER NOT NULL DEFAULT 7000,
    "share_affiliate_basis_points" INTEGER NOT NULL DEFAULT 5000,
    "affiliate_basis_points" INTEGER NOT NULL DEFAULT 2000,
    "refund_days" INTEGER NOT NULL DEFAULT 30,
    "grace_days" INTEGER NOT NULL DEFAULT 7,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shop_settings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "disputes_provider_dispute_id_key" ON "disputes"("provider_dispute_id");

-- CreateIndex
CREATE INDEX "disputes_payment_id_idx" ON "disputes"("payment_id");

-- CreateIndex
CREATE UNIQUE INDEX "shop_alarms_key_key" ON "shop_alarms"("key");

-- CreateIndex
CREATE INDEX "shop_alarms_order_id_idx" ON "shop_alarms"("order_id");

-- CreateIndex
CREATE INDEX "shop_alarms_resolved_by_id_idx" ON "shop_alarms"("resolved_by_id");

-- CreateIndex
CREATE INDEX "shop_alarms_resolved_at_raised_at_idx" ON "shop_alarms"("resolved_at", "raised_at");

-- CreateIndex
CREATE UNIQUE INDEX "gifts_order_item_id_key" ON "gifts"("order_item_id");

-- CreateIndex
CREATE UNIQUE INDEX "gifts_code_key" ON "gifts"("code");

-- CreateIndex
CREATE INDEX "gifts_redeemed_by_id_idx" ON "gifts"("redeemed_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_seats_token_key" ON "team_seats"("token");

-- CreateIndex
CREATE INDEX "team_seats_accepted_by_id_idx" ON "team_seats"("accepted_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_seats_order_item_id_email_key" ON "team_seats"("order_item_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "access_grants_order_item_id_course_id_user_id_key" ON "access_grants"("order_item_id", "course_id", "user_id");

-- CreateIndex
CREATE INDEX "orders_affiliate_id_idx" ON "orders"("affiliate_id");

-- CreateIndex
CREATE INDEX "orders_subscription_id_idx" ON "orders"("subscription_id");

-- CreateIndex
CREATE UNIQUE INDEX "prices_product_id_currency_interval_key" ON "prices"("product_id", "currency", "interval");

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_affiliate_id_fkey" FOREIGN KEY ("affiliate_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscriptions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shop_alarms" ADD CONSTRAINT "shop_alarms_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shop_alarms" ADD CONSTRAINT "shop_alarms_resolved_by_id_fkey" FOREIGN KEY ("resolved_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_order_item_id_fkey" FOREIGN KEY ("order_item_id") REFERENCES "order_items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_redeemed_by_id_fkey" FOREIGN KEY ("redeemed_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_seats" ADD CONSTRAINT "team_seats_order_item_id_fkey" FOREIGN KEY ("order_item_id") REFERENCES "order_items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_seats" ADD CONSTRAINT "team_seats_accepted_by_id_fkey" FOREIGN KEY ("accepted_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

------------------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say
------------------------------------------------------------------------------------------------------------------------

-- A course has one price in a currency, a membership one for each interval.
DROP INDEX "prices_product_id_currency_interval_key";
CREATE UNIQUE INDEX "prices_product_id_currency_interval_key" ON "prices" ("product_id", "currency", "interval") NULLS NOT DISTINCT;

ALTER TABLE "orders"
  ADD CONSTRAINT "orders_tax_snapshot" CHECK (jsonb_typeof(tax_snapshot) = 'object'),
  ADD CONSTRAINT "orders_affiliate" CHECK ((channel = 'AFFILIATE') = (affiliate_id IS NOT NULL)),
  ADD CONSTRAINT "orders_own_affiliate" CHECK (affiliate_id <> user_id);

ALTER TABLE "order_items"
  ADD CONSTRAINT "order_items_quantity" CHECK (quantity BETWEEN 1 AND 1000),
  ADD CONSTRAINT "order_items_gift" CHECK (NOT is_gift OR quantity = 1),
  ADD CONSTRAINT "order_items_access" CHECK (access_days > 0);

ALTER TABLE "disputes"
  ADD CONSTRAINT "disputes_dispute" CHECK (is_filled(provider_dispute_id) AND is_filled(reason)),
  ADD CONSTRAINT "disputes_amount" CHECK (amount > 0),
  ADD CONSTRAINT "disputes_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "disputes_closed" CHECK ((status = 'OPEN') = (closed_at IS NULL));

ALTER TABLE "shop_alarms"
  ADD CONSTRAINT "shop_alarms_alarm" CHECK (is_filled(key) AND is_filled(kind)),
  ADD CONSTRAINT "shop_alarms_details" CHECK (jsonb_typeof(details) = 'object'),
  ADD CONSTRAINT "shop_alarms_resolved" CHECK (resolved_by_id IS NULL OR resolved_at IS NOT NULL);

ALTER TABLE "gifts"
  ADD CONSTRAINT "gifts_code" CHECK (code ~ '^[A-Z0-9-]{8,40}$'),
  ADD CONSTRAINT "gifts_redeemed" CHECK ((redeemed_at IS NULL) = (redeemed_by_id IS NULL)),
  ADD CONSTRAINT "gifts_revoked" CHECK (revoked_at IS NULL OR redeemed_at IS NULL OR redeemed_at <= revoked_at);

ALTER TABLE "team_seats"
  ADD CONSTRAINT "team_seats_email" CHECK (is_filled(email) AND email = lower(email)),
  ADD CONSTRAINT "team_seats_token" CHECK (is_filled(token)),
  ADD CONSTRAINT "team_seats_accepted" CHECK ((accepted_at IS NULL) = (accepted_by_id IS NULL));

-- A person sits on one seat of a purchase.
CREATE UNIQUE INDEX "team_seats_one_person" ON "team_seats" ("order_item_id", "accepted_by_id") WHERE accepted_by_id IS NOT NULL;

ALTER TABLE "shop_settings"
  ADD CONSTRAINT "shop_settings_currency" CHECK (is_currency(currency)),
  ADD CONSTRAINT "shop_settings_country" CHECK (is_country(seller_country)),
  ADD CONSTRAINT "shop_settings_shares" CHECK (
    share_own_coupon_basis_points BETWEEN 0 AND 10000 AND share_organic_basis_points BETWEEN 0 AND 10000
    AND affiliate_basis_points >= 0 AND share_affiliate_basis_points >= 0
    AND share_affiliate_basis_points + affiliate_basis_points <= 10000
  ),
  ADD CONSTRAINT "shop_settings_days" CHECK (refund_days BETWEEN 0 AND 3650 AND grace_days BETWEEN 0 AND 90);

-- The one row of the school.
INSERT INTO "shop_settings" ("id") VALUES ('00000000-0000-0000-0000-000000000001');
CREATE TRIGGER "shop_settings_wall_id" BEFORE INSERT OR UPDATE OR DELETE ON "shop_settings" FOR EACH ROW EXECUTE FUNCTION "guard_rows"('nobody', 'id');

ALTER TABLE "ledger_entries"
  DROP CONSTRAINT "ledger_entries_user",
  -- By its name: a value of an enumeration cannot be used in the transaction that adds it.
  ADD CONSTRAINT "ledger_entries_user" CHECK ((account::text IN ('INSTRUCTOR', 'AFFILIATE')) = (user_id IS NOT NULL));

------------------------------------------------------------------------------------------------------------------------
-- Whose rows they are: the school writes all of them
------------------------------------------------------------------------------------------------------------------------

DO $$
DECLARE
  listed record;
BEGIN
  FOR listed IN
    SELECT * FROM (VALUES
      ('disputes', 'EXISTS (SELECT FROM payments WHERE payments.id = payment_id)'),
      ('shop_alarms', 'false'),
      ('gifts', 'redeemed_by_id = (SELECT app_user_id()) OR EXISTS (SELECT FROM order_items WHERE order_items.id = order_item_id)'),
      ('team_seats', 'accepted_by_id = (SELECT app_user_id()) OR EXISTS (SELECT FROM order_items WHERE order_items.id = order_item_id)')
    ) AS tables (name, readers)
  LOOP
    EXECUTE format('ALTER TABLE %1$I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', listed.name);
    EXECUTE format('CREATE POLICY "read" ON %1$I FOR SELECT USING (%2$s)', listed.name, listed.readers);
    EXECUTE format('CREATE POLICY "all" ON %1$I USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()))', listed.name);
  END LOOP;
END
$$;
