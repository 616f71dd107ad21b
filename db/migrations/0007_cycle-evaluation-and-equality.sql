ALTER TABLE "cycles" ADD COLUMN "about_this_evaluation_set_id" text;--> statement-breakpoint
ALTER TABLE "cycles" ADD COLUMN "about_this_evaluation_set_version" integer;--> statement-breakpoint
ALTER TABLE "cycles" ADD COLUMN "equality_table" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_about_this_evaluation" FOREIGN KEY ("about_this_evaluation_set_id","about_this_evaluation_set_version") REFERENCES "public"."standard_set_versions"("set_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_about_this_evaluation_whole" CHECK (("cycles"."about_this_evaluation_set_id" is null) = ("cycles"."about_this_evaluation_set_version" is null));