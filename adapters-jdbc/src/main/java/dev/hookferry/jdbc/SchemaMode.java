package dev.hookferry.jdbc;

/** Determines whether {@link JdbcStore} migrates, checks or trusts its tables when it opens. */
public enum SchemaMode {
  /**
   * Creates missing tables and migrates old ones, with Flyway. Needs {@code
   * org.flywaydb:flyway-core} and the Flyway module of the database on the class path, and a user
   * that may create tables. The default.
   */
  MIGRATE,
  /**
   * Checks that the tables exist in a version that this Hookferry can use; if not, fails with the
   * SQL to run. For products that run the scripts with their own Flyway or Liquibase; does not need
   * Flyway.
   */
  VALIDATE,
  /**
   * Does not look at the tables: if they are missing or too old, the first use fails with the
   * database's message. Does not need Flyway.
   */
  NONE
}
