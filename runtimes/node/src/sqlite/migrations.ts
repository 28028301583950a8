import type { DatabaseSync } from 'node:sqlite'

/**
 * What brings a file from one version of the schema to the next, by number: the first makes it 1. Never change one that
 * was released; add another.
 *
 * Instants are ISO 8601. `members.room` and `messages.room` hold the room's number. A message's `place` is explained in
 * `place.ts`; its author is kept as it was at sending.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    banned INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    password_hash TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX users_by_name ON users (folded, id);
  CREATE UNIQUE INDEX users_by_taken_name ON users (folded) WHERE kind <> 'guest';
  CREATE INDEX users_with_account ON users (id) WHERE kind <> 'guest';

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_user ON sessions (user);
  CREATE INDEX sessions_by_end ON sessions (expires_at);

  CREATE TABLE tickets (
    hash TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users,
    session TEXT NOT NULL,
    expires_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tickets_by_end ON tickets (expires_at);

  CREATE TABLE rooms (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    topic TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT,
    people TEXT
  ) STRICT;
  CREATE INDEX public_rooms ON rooms (id) WHERE kind = 'public';
  INSERT INTO rooms (id, kind, name, topic, created_at)
    VALUES ('general', 'public', 'general', '', strftime('%Y-%m-%dT%H:%M:%fZ'));

  CREATE TABLE members (
    room INTEGER NOT NULL REFERENCES rooms,
    user TEXT NOT NULL REFERENCES users,
    role TEXT NOT NULL,
    joined_at TEXT NOT NULL,
    read INTEGER NOT NULL,
    PRIMARY KEY (room, user)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX members_by_user ON members (user, joined_at);

  CREATE TABLE messages (
    place INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms,
    rev INTEGER NOT NULL,
    id TEXT NOT NULL,
    sender TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    sender_kind TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    edited_at TEXT,
    deleted_at TEXT,
    reply_to TEXT,
    reactions TEXT,
    origin TEXT,
    bag TEXT
  ) STRICT;
  CREATE UNIQUE INDEX messages_by_id ON messages (room, id);
  CREATE UNIQUE INDEX messages_by_rev ON messages (room, rev);
  CREATE INDEX messages_by_origin ON messages (origin, at) WHERE origin IS NOT NULL;

  CREATE TABLE broadcasts (
    id TEXT PRIMARY KEY,
    sender TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    sender_kind TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX broadcasts_by_time ON broadcasts (at);

  CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    dialect TEXT NOT NULL,
    connected_at TEXT NOT NULL,
    lease_until TEXT NOT NULL,
    disconnected_at TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX connections_by_time ON connections (connected_at, id);
  CREATE INDEX open_connections ON connections (id) WHERE disconnected_at IS NULL;
  `,
  // What only a bot's reply has.
  `
  ALTER TABLE messages ADD COLUMN streaming INTEGER;
  ALTER TABLE messages ADD COLUMN ended TEXT;
  ALTER TABLE messages ADD COLUMN ended_by TEXT;
  ALTER TABLE messages ADD COLUMN variants TEXT;
  `,
  // Few messages of an origin are in its index, see `marks.ts`. Of those that were in it all stay.
  `
  ALTER TABLE messages ADD COLUMN marked INTEGER NOT NULL DEFAULT 0;
  UPDATE messages SET marked = 1 WHERE origin IS NOT NULL;
  DROP INDEX messages_by_origin;
  CREATE INDEX marked_messages ON messages (origin, at) WHERE marked = 1;
  `,
  // Bots, their replies while they grow, and what those cost. A reply that came growing from elsewhere has no maker.
  `
  ALTER TABLE users ADD COLUMN bot TEXT;
  CREATE INDEX bots ON users (id) WHERE kind = 'bot';
  ALTER TABLE rooms ADD COLUMN bots TEXT;
  ALTER TABLE rooms ADD COLUMN bot TEXT;

  ALTER TABLE messages ADD COLUMN run INTEGER;
  ALTER TABLE messages ADD COLUMN lease_until TEXT;
  ALTER TABLE messages ADD COLUMN restarts INTEGER;
  UPDATE messages SET run = rev, lease_until = at, restarts = 0 WHERE streaming = 1;
  CREATE INDEX streams ON messages (lease_until) WHERE run IS NOT NULL;

  CREATE TABLE variants (
    place INTEGER NOT NULL REFERENCES messages,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    ended TEXT,
    ended_by TEXT,
    PRIMARY KEY (place, number)
  ) STRICT;

  CREATE TABLE summaries (
    room INTEGER PRIMARY KEY REFERENCES rooms,
    seq INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    text TEXT NOT NULL
  ) STRICT;

  CREATE TABLE usage (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    room TEXT NOT NULL,
    user TEXT NOT NULL,
    bot TEXT NOT NULL,
    message TEXT,
    model TEXT NOT NULL,
    variant INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    cost REAL,
    estimated INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX usage_by_person ON usage (day, user, tokens_in, tokens_out);
  CREATE INDEX usage_by_room ON usage (day, room, tokens_in, tokens_out);
  CREATE INDEX usage_by_message ON usage (room, message) WHERE message IS NOT NULL;

  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    job TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
]

/** The schema that this version reads and writes. */
export const schemaVersion = migrations.length

/** The version of a file's schema, 0 where it is empty. A file of a newer one than this is refused. */
export const versionOf = (db: DatabaseSync, path: string): number => {
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version)
  if (version > schemaVersion) {
    throw new Error(`${path} was written by a newer Parley: its schema is ${version}, this one knows ${schemaVersion}.`)
  }
  return version
}

/** Brings the schema of a file up to date, wholly or not at all. A file of a newer version is refused. */
export const migrate = (db: DatabaseSync, path: string): void => {
  const steps = migrations.slice(versionOf(db, path))
  if (steps.length === 0) return
  db.exec(`BEGIN IMMEDIATE; ${steps.join(';')}; PRAGMA user_version = ${schemaVersion}; COMMIT`)
}
