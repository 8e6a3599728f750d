CREATE TABLE "alert_settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" json NOT NULL,
	"secret_enc" text
);
