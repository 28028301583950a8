/** Loaded before a server, so that none outlives the tests that have started it, however these end. */
process.on('disconnect', () => process.exit(1))
process.channel?.unref()
