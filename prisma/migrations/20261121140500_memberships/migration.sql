-- AlterTable
ALTER TABLE "gifts" ADD COLUMN     "sent_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "subscriptions" ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "failed_at" TIMESTAMPTZ(3),
ADD COLUMN     "notice_of" TIMESTAMPTZ(3),
ADD COLUMN     "told_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "team_seats" ADD COLUMN     "number" INTEGER NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "team_seats_order_item_id_number_key" ON "team_seats"("order_item_id", "number");

------------------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "subscriptions"
  ADD CONSTRAINT "subscriptions_trial" CHECK (status <> 'TRIALING' OR trial_ends_at IS NOT NULL),
  ADD CONSTRAINT "subscriptions_past_due" CHECK (status <> 'PAST_DUE' OR (failed_at IS NOT NULL AND grace_ends_at IS NOT NULL));

-- A person has one membership of a product at a time.
CREATE UNIQUE INDEX "subscriptions_one_live" ON "subscriptions" ("user_id", "product_id") WHERE status IN ('TRIALING', 'ACTIVE', 'PAST_DUE');

ALTER TABLE "gifts"
  ADD CONSTRAINT "gifts_sent" CHECK (sent_at IS NULL OR recipient_email IS NOT NULL);

ALTER TABLE "team_seats"
  ADD CONSTRAINT "team_seats_number" CHECK (number >= 1);

-- There are never more seats than were bought: their numbers are unique, and none is above the quantity.
CREATE FUNCTION "seat_was_bought"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF NEW.number > (SELECT quantity FROM order_items WHERE id = NEW.order_item_id) THEN
    RAISE EXCEPTION 'no such seat was bought' USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'team_seats_bought';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "team_seats_bought" BEFORE INSERT OR UPDATE OF number, order_item_id ON "team_seats" FOR EACH ROW EXECUTE FUNCTION "seat_was_bought"();
