CREATE TABLE "form_keys" (
	"user_id" integer NOT NULL,
	"key" text NOT NULL,
	"made_ids" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "form_keys_user_id_key_pk" PRIMARY KEY("user_id","key")
);
