CREATE TABLE "release_proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cycle_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"threshold" integer NOT NULL,
	"round_to" integer NOT NULL,
	"shown" integer NOT NULL,
	"hidden" integer NOT NULL,
	"sha256" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"released_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "release_proposals" ADD CONSTRAINT "release_proposals_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "release_proposals_open" ON "release_proposals" USING btree ("cycle_id") WHERE "release_proposals"."withdrawn_at" is null and "release_proposals"."released_at" is null;--> statement-breakpoint

-- Two people publish results (docs/adr/0026). That a proposal was made or withdrawn is noted; that it was confirmed, with the
-- release.
create trigger audit_new_release_proposal after insert on release_proposals
  for each row execute function audit_change('release-proposal', 'id', 'cycle_id');
--> statement-breakpoint
create trigger audit_release_proposal after update of withdrawn_at on release_proposals
  for each row execute function audit_change('release-proposal', 'id', 'cycle_id');
--> statement-breakpoint
alter table release_proposals enable row level security;
--> statement-breakpoint
create policy own on release_proposals for all to full_circle_staff
  using (exists (select from cycles where cycles.id = cycle_id
    and cycles.organisations <@ (select app_organisations())::text[]))
  with check (exists (select from cycles where cycles.id = cycle_id
    and cycles.organisations <@ (select app_organisations())::text[]));
--> statement-breakpoint
grant select ("id", "cycle_id", "number", "threshold", "round_to", "shown", "hidden", "sha256", "proposed_by", "proposed_at", "withdrawn_at", "released_at"), insert ("id", "cycle_id", "number", "threshold", "round_to", "shown", "hidden", "sha256", "proposed_by", "proposed_at"), update ("withdrawn_at", "released_at") on "release_proposals" to full_circle_staff;
