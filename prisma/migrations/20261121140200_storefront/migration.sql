-- A cart holds seats for a team and presents too.
ALTER TABLE "cart_items" ADD COLUMN "quantity" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "is_gift" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "cart_items"
  ADD CONSTRAINT "cart_items_quantity" CHECK (quantity BETWEEN 1 AND 1000),
  ADD CONSTRAINT "cart_items_gift" CHECK (NOT is_gift OR quantity = 1);
