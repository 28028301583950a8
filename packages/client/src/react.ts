export {
  type RoomHistory,
  type RoomMessages,
  useHistory,
  useMessage,
  useMessageIds,
  useMessages,
  useNotes,
  useOutbox,
} from './react/messages.ts'
export { useConnection, useMe, usePeople, usePresence, useUser } from './react/people.ts'
export { ParleyProvider, type ParleyProviderProps, useClient, useEvent, useParley } from './react/provider.ts'
export {
  type RoomOverview,
  useMembers,
  useRead,
  useReadBy,
  useRoom,
  useRooms,
  useTyping,
  useUnread,
} from './react/rooms.ts'
