-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "label" TEXT;

------------------------------------------------------------------------------------------------------------------------
-- rules
------------------------------------------------------------------------------------------------------------------------

-- An identity service tells of a deleted person once, and its other reports on them may still come later: this finds the one before the others.
CREATE INDEX "webhook_events_clerk_deleted" ON "webhook_events" ((payload ->> 'id')) WHERE provider = 'clerk' AND type = 'user.deleted';
