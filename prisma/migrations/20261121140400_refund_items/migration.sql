-- DropIndex
DROP INDEX "invoices_refund_id_idx";

-- CreateTable
CREATE TABLE "refund_items" (
    "refund_id" UUID NOT NULL,
    "order_item_id" UUID NOT NULL,
    "amount" INTEGER NOT NULL,
    "tax" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refund_items_pkey" PRIMARY KEY ("refund_id","order_item_id")
);

-- CreateIndex
CREATE INDEX "refund_items_order_item_id_idx" ON "refund_items"("order_item_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_refund_id_key" ON "invoices"("refund_id");

-- AddForeignKey
ALTER TABLE "refund_items" ADD CONSTRAINT "refund_items_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refunds"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_items" ADD CONSTRAINT "refund_items_order_item_id_fkey" FOREIGN KEY ("order_item_id") REFERENCES "order_items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

------------------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "refund_items" ADD CONSTRAINT "refund_items_amounts" CHECK (amount > 0 AND tax BETWEEN 0 AND amount);

-- An order has one invoice. (A refund has one credit note: that is the unique refund_id above.)
CREATE UNIQUE INDEX "invoices_one_for_an_order" ON "invoices" ("order_id") WHERE kind = 'INVOICE';

-- No more is given back than was paid, whoever asks and however many at once: the payment is held while its refunds are added up.
CREATE FUNCTION "refund_within_payment"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  paid integer;
BEGIN
  SELECT amount INTO paid FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
  IF (SELECT sum(amount) FROM refunds WHERE payment_id = NEW.payment_id AND status <> 'FAILED') > paid THEN
    RAISE EXCEPTION 'More would be given back than was paid' USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_within_payment', TABLE = 'refunds';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "refunds_within_payment" AFTER INSERT OR UPDATE OF amount, status, payment_id ON "refunds"
  FOR EACH ROW WHEN (NEW.status <> 'FAILED') EXECUTE FUNCTION "refund_within_payment"();

-- Orders are looked for as people are: by parts of words.
CREATE INDEX "orders_search" ON "orders" USING gin (search_text(order_number || ' ' || coalesce(billing_name, '')) gin_trgm_ops);

-- Read by whom the refund belongs to; the school writes them.
ALTER TABLE "refund_items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_inherited" ON "refund_items" FOR SELECT USING (EXISTS (SELECT FROM refunds WHERE refunds.id = refund_id));
CREATE POLICY "all" ON "refund_items" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));
