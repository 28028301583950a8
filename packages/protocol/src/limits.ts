/** Every number of the wire that both sides must agree on. Sizes in bytes of UTF-8 unless a name says otherwise. */
export const limits = {
  /** A frame from a client. */
  upBytes: 32 * 1024,
  /** A frame from the server, and the body of a page of messages. */
  downBytes: 100_000,
  /** A body of an HTTP request. */
  bodyBytes: 64 * 1024,
  /** A name of a person, guest or bot, in code points. */
  nameCharacters: 40,
  /** A text of a person or guest, in UTF-16 units. */
  textUnits: 10_000,
  /** A text of a bot, in UTF-16 units. */
  botTextUnits: 30_000,
  /** What an admin tells a bot about itself, or about a room, in UTF-16 units. */
  instructionsUnits: 4_000,
  /** A name of a model, as the server's owner gave it. */
  modelNameUnits: 80,
  /** Replies to one prompt that are kept to page through. */
  variantsMax: 10,
  /** Bots and webhooks of a server together. */
  botsMax: 100,
  roomNameCharacters: 80,
  topicCharacters: 250,
  refUnits: 64,
  passwordMinUnits: 8,
  passwordMaxUnits: 256,
  /** Different emoji on one message. */
  emojiPerMessage: 20,
  /** Reactions of all people on one message; keeps a message below {@link limits.downBytes}. */
  reactionsPerMessage: 200,
  /** People of a direct room, oneself included. */
  directPeople: 10,
  /** Messages of a page when the client names no limit, and at most. */
  pageDefault: 50,
  pageMax: 500,
  /** Members, rooms, users and connection records of a page. */
  listPage: 100,
  /** The highest count of unread messages that is told. */
  unreadMax: 99,
  /** Sockets that one user may have open at a time. */
  socketsPerUser: 50,
  /** Rooms that one `ping` may ask the revs of. */
  pingRooms: 100,
  /** Rooms of at most this many members tell their members who has read how far. */
  readReceiptMembers: 20,
  /** Rooms with at most this many connections tell who is typing and who comes and goes. */
  smallRoomConnections: 50,
} as const
