-- DropIndex
DROP INDEX "payouts_instructor_id_currency_period_start_key";

-- AlterTable: entries of a school that has some get a posting of their own, each.
ALTER TABLE "ledger_entries" ADD COLUMN     "channel" "revenue_channel",
ADD COLUMN     "line" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "order_item_id" UUID,
ADD COLUMN     "posting" TEXT NOT NULL DEFAULT 'sale:' || gen_random_uuid();
ALTER TABLE "ledger_entries" ALTER COLUMN "line" DROP DEFAULT, ALTER COLUMN "posting" DROP DEFAULT;

-- AlterTable
ALTER TABLE "shop_alarms" ADD COLUMN     "note" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_posting_line_key" ON "ledger_entries"("posting", "line");

-- CreateIndex
CREATE INDEX "ledger_entries_order_item_id_idx" ON "ledger_entries"("order_item_id");

-- CreateIndex
CREATE INDEX "ledger_entries_created_at_idx" ON "ledger_entries"("created_at");

-- CreateIndex
CREATE INDEX "payouts_instructor_id_idx" ON "payouts"("instructor_id");

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_order_item_id_fkey" FOREIGN KEY ("order_item_id") REFERENCES "order_items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

------------------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "ledger_entries"
  ADD CONSTRAINT "ledger_entries_posting" CHECK (posting ~ '^(sale|refund|dispute|payout):.' AND line >= 1),
  ADD CONSTRAINT "ledger_entries_item" CHECK (order_item_id IS NULL OR order_id IS NOT NULL);

-- A month is paid out once; what failed or was cancelled went back to the books and may be paid again.
CREATE UNIQUE INDEX "payouts_once" ON "payouts" ("instructor_id", "currency", "period_start") WHERE status IN ('PENDING', 'PAID');

-- What is whose, person by person, without a look at the table.
CREATE INDEX "ledger_entries_balances" ON "ledger_entries" ("user_id", "currency", "created_at") INCLUDE ("amount", "payout_id") WHERE user_id IS NOT NULL;

ALTER TABLE "shop_alarms" ADD CONSTRAINT "shop_alarms_note" CHECK (note = '' OR resolved_at IS NOT NULL);
