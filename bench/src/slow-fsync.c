/* Adds two milliseconds to each fsync and fdatasync: a disk that is honest, preloaded into a server on one that is not. */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void wait_two_milliseconds(void) {
  struct timespec left = {0, 2000000};
  while (nanosleep(&left, &left) != 0) {
  }
}

int fsync(int file) {
  wait_two_milliseconds();
  return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
  wait_two_milliseconds();
  return (int)syscall(SYS_fdatasync, file);
}
