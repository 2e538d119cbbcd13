-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "checkout_key" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "orders_checkout_key_key" ON "orders"("checkout_key");

------------------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say
------------------------------------------------------------------------------------------------------------------------

-- An order is paid once, and has one payment open at a time. Money that comes a second time is told to the school.
CREATE UNIQUE INDEX "payments_one_open" ON "payments" ("order_id") WHERE status = 'PENDING';
CREATE UNIQUE INDEX "payments_one_paid" ON "payments" ("order_id") WHERE status IN ('PAID', 'REFUNDED');

-- What a provider told us and we have not followed yet.
CREATE INDEX "webhook_events_waiting" ON "webhook_events" ("received_at") WHERE processed_at IS NULL;
