-- What sqlite3's .dump prints of the store that commit 4a74166 made, with a row or two in each table.
CREATE TABLE IF NOT EXISTS "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
INSERT INTO kysely_migration VALUES('001-ended-sessions','2026-11-29T03:30:00.626Z');
CREATE TABLE IF NOT EXISTS "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
INSERT INTO kysely_migration_lock VALUES('migration_lock',0);
CREATE TABLE IF NOT EXISTS "ended_sessions" ("id" varchar(64) primary key, "expires_at" bigint not null);
INSERT INTO ended_sessions VALUES('session-1',9000000000000);
