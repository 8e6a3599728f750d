CREATE TABLE "names" (
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "names_kind_key_pk" PRIMARY KEY("kind","key")
);
