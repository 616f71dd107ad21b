CREATE TABLE "releases" (
	"cycle_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"released_at" timestamp with time zone NOT NULL,
	"body" text NOT NULL,
	"sha256" text NOT NULL,
	"threshold" integer NOT NULL,
	"round_to" integer NOT NULL,
	"code_version" text NOT NULL,
	"released_by" text NOT NULL,
	CONSTRAINT "releases_cycle_id_number_pk" PRIMARY KEY("cycle_id","number")
);
--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE no action ON UPDATE no action;