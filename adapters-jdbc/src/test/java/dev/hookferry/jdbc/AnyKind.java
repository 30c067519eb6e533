package dev.hookferry.jdbc;

import java.nio.file.Path;

/** The kinds of database, with the one that a single process uses. */
public enum AnyKind {
  H2,
  POSTGRES,
  MARIADB;

  /**
   * Creates a database.
   *
   * @param folder an empty folder, for H2
   */
  public TestDatabase create(Path folder) {
    return this == H2 ? new H2File(folder) : Kind.valueOf(name()).create();
  }
}
