/* duckdb LIBRARY THREADS QUERY-FILE: runs the statements of a file in memory. The few calls
   that it needs are declared here, so that no header of DuckDB is. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

typedef void *handle;

/* larger than the library's duckdb_result */
typedef union { long double aligned; char room[256]; } answer;

static void *library;

static void *call(const char *name) {
  void *found = dlsym(library, name);
  if (!found) { fprintf(stderr, "%s\n", dlerror()); exit(1); }
  return found;
}

static char *text_of(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc(size + 1);
  if (!text || fread(text, 1, size, file) != (size_t)size) { perror(path); exit(1); }
  text[size] = 0;
  fclose(file);
  return text;
}

int main(int count, char **arguments) {
  if (count != 4) { fprintf(stderr, "usage: duckdb LIBRARY THREADS QUERY-FILE\n"); return 2; }
  library = dlopen(arguments[1], RTLD_NOW);
  if (!library) { fprintf(stderr, "%s\n", dlerror()); return 1; }
  int (*open_database)(const char *, handle *) = call("duckdb_open");
  int (*connect)(handle, handle *) = call("duckdb_connect");
  int (*query)(handle, const char *, answer *) = call("duckdb_query");
  const char *(*error_of)(answer *) = call("duckdb_result_error");
  handle database, connection;
  if (open_database(NULL, &database) || connect(database, &connection)) { fprintf(stderr, "no database\n"); return 1; }
  char threads[64];
  snprintf(threads, sizeof threads, "SET threads = %d", atoi(arguments[2]));
  static answer result;
  if (query(connection, threads, &result) || query(connection, text_of(arguments[3]), &result)) {
    fprintf(stderr, "%s\n", error_of(&result));
    return 1;
  }
  fflush(NULL);
  _Exit(0); /* freeing a database that the system frees anyway takes time */
}
