-- AlterTable
ALTER TABLE "tax_rates" ADD COLUMN     "postcode_prefixes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ALTER COLUMN "inclusive" DROP NOT NULL,
ALTER COLUMN "inclusive" DROP DEFAULT;

-- CreateIndex
CREATE INDEX "coupon_redemptions_coupon_id_id_idx" ON "coupon_redemptions"("coupon_id", "id");

------------------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "tax_rates"
  ALTER COLUMN "postcode_prefixes" SET NOT NULL,
  -- An area has a name, and its prefixes are written as postcodes are compared: capitals and digits, nothing between them.
  ADD CONSTRAINT "tax_rates_area" CHECK (
    (region IS NULL OR is_title(region)) AND (region IS NOT NULL OR cardinality(postcode_prefixes) = 0)
    AND array_to_string(postcode_prefixes, ',', '!') ~ '^([A-Z0-9]{1,10}(,[A-Z0-9]{1,10})*)?$'
  );

-- What guests are shown hangs on how the school sells.
CREATE TRIGGER "shop_settings_tell_guest_pages" AFTER UPDATE ON "shop_settings" FOR EACH STATEMENT EXECUTE FUNCTION "tell_guest_pages"();

-- A coupon is used before the order that uses it gets its number and its row; without an order by the end of the transaction, nothing is used.
ALTER TABLE "coupon_redemptions" ALTER CONSTRAINT "coupon_redemptions_order_id_fkey" DEFERRABLE INITIALLY DEFERRED;

------------------------------------------------------------------------------------------------------------------------
-- Facts: the standard rates of value added tax in the member states of the European Union, with the places that differ (as of November 2026; since
-- 2015 what is sold over the network is taxed where its buyer lives), and India's goods and services tax on online courses. They are taken only when the
-- settings say so; what changes from here on is for the school to add and to end.
------------------------------------------------------------------------------------------------------------------------

INSERT INTO "tax_rates" ("id", "country", "region", "postcode_prefixes", "name", "rate_basis_points", "valid_from")
SELECT gen_random_uuid(), country, region, prefixes::text[], name, rate, since::date FROM (VALUES
  ('AT', NULL, '{}', 'VAT', 2000, '2016-01-01'),
  ('AT', 'Jungholz', '{6691}', 'VAT', 1900, '2016-01-01'),
  ('AT', 'Mittelberg', '{6991,6992,6993}', 'VAT', 1900, '2016-01-01'),
  ('BE', NULL, '{}', 'VAT', 2100, '2015-01-01'),
  ('BG', NULL, '{}', 'VAT', 2000, '2015-01-01'),
  ('CY', NULL, '{}', 'VAT', 1900, '2015-01-01'),
  ('CZ', NULL, '{}', 'VAT', 2100, '2024-01-01'),
  ('DE', NULL, '{}', 'VAT', 1900, '2021-01-01'),
  ('DE', 'Büsingen am Hochrhein', '{78266}', 'VAT', 0, '2021-01-01'),
  ('DE', 'Heligoland', '{27498}', 'VAT', 0, '2021-01-01'),
  ('DK', NULL, '{}', 'VAT', 2500, '2015-01-01'),
  ('EE', NULL, '{}', 'VAT', 2400, '2025-07-01'),
  ('ES', NULL, '{}', 'VAT', 2100, '2015-01-01'),
  ('ES', 'Canary Islands', '{35,38}', 'VAT', 0, '2015-01-01'),
  ('ES', 'Ceuta', '{51001,51002,51003,51004,51005,51070,51071,51081}', 'VAT', 0, '2015-01-01'),
  ('ES', 'Melilla', '{52000,52001,52002,52003,52004,52005,52006,52070,52071,52081}', 'VAT', 0, '2015-01-01'),
  ('FI', NULL, '{}', 'VAT', 2550, '2024-09-01'),
  ('FR', NULL, '{}', 'VAT', 2000, '2015-01-01'),
  ('FR', 'Guadeloupe', '{971}', 'VAT', 850, '2015-01-01'),
  ('FR', 'Martinique', '{972}', 'VAT', 850, '2015-01-01'),
  ('FR', 'French Guiana', '{973}', 'VAT', 0, '2015-01-01'),
  ('FR', 'Réunion', '{974}', 'VAT', 850, '2015-01-01'),
  ('FR', 'Mayotte', '{976}', 'VAT', 0, '2015-01-01'),
  ('GR', NULL, '{}', 'VAT', 2400, '2016-06-01'),
  ('GR', 'Mount Athos', '{63086}', 'VAT', 0, '2016-06-01'),
  ('HR', NULL, '{}', 'VAT', 2500, '2015-01-01'),
  ('HU', NULL, '{}', 'VAT', 2700, '2015-01-01'),
  ('IE', NULL, '{}', 'VAT', 2300, '2021-03-01'),
  ('IT', NULL, '{}', 'VAT', 2200, '2015-01-01'),
  ('IT', 'Campione d''Italia', '{22061}', 'VAT', 0, '2015-01-01'),
  ('IT', 'Livigno', '{23041}', 'VAT', 0, '2015-01-01'),
  ('LT', NULL, '{}', 'VAT', 2100, '2015-01-01'),
  ('LU', NULL, '{}', 'VAT', 1700, '2024-01-01'),
  ('LV', NULL, '{}', 'VAT', 2100, '2015-01-01'),
  ('MT', NULL, '{}', 'VAT', 1800, '2015-01-01'),
  ('NL', NULL, '{}', 'VAT', 2100, '2019-01-01'),
  ('PL', NULL, '{}', 'VAT', 2300, '2015-01-01'),
  ('PT', NULL, '{}', 'VAT', 2300, '2015-01-01'),
  ('PT', 'Madeira', '{90,91,92,93,94}', 'VAT', 2200, '2015-01-01'),
  ('PT', 'Azores', '{95,96,97,98,99}', 'VAT', 1800, '2015-01-01'),
  ('RO', NULL, '{}', 'VAT', 2100, '2025-08-01'),
  ('SE', NULL, '{}', 'VAT', 2500, '2015-01-01'),
  ('SI', NULL, '{}', 'VAT', 2200, '2015-01-01'),
  ('SK', NULL, '{}', 'VAT', 2300, '2025-01-01'),
  ('IN', NULL, '{}', 'GST', 1800, '2017-07-01')
) AS facts (country, region, prefixes, name, rate, since);
