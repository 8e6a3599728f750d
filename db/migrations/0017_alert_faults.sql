CREATE TABLE "alert_faults" (
	"channel" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"fault" json NOT NULL
);
