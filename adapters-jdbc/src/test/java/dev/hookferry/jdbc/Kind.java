package dev.hookferry.jdbc;

import java.util.List;
import java.util.function.Supplier;

/** The kinds of database that several processes can use, with what tests must say differently. */
public enum Kind {
  POSTGRES(
      Postgres::new,
      "options=-c%20TimeZone=Asia/Kolkata&prepareThreshold=0",
      "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')",
      """
      SELECT pid::text FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'
      """,
      """
      SELECT setting::bigint / 1000 FROM pg_settings
      WHERE name = 'idle_in_transaction_session_timeout'
      """),
  MARIADB(
      MariaDb::new,
      "sessionVariables=time_zone='+05:30'",
      "CAST(%s AS CHAR)",
      """
      SELECT p.id FROM information_schema.processlist p
      JOIN information_schema.innodb_trx t ON t.trx_mysql_thread_id = p.id
      WHERE p.db = DATABASE() AND t.trx_state = 'LOCK WAIT'
      """,
      "SELECT @@idle_transaction_timeout");

  private final Supplier<NetworkDatabase> maker;
  private final String settings;
  private final String utcText;
  private final String waiting;
  private final String idleSeconds;

  Kind(
      Supplier<NetworkDatabase> maker,
      String settings,
      String utcText,
      String waiting,
      String idleSeconds) {
    this.maker = maker;
    this.settings = settings;
    this.utcText = utcText;
    this.waiting = waiting;
    this.idleSeconds = idleSeconds;
  }

  public NetworkDatabase create() {
    return maker.get();
  }

  /** Settings for a URL: a zone far from UTC, and a COMMIT that is sent in words. */
  public String settings() {
    return settings;
  }

  /** A time as UTC in text. */
  String utcText(String column) {
    return utcText.formatted(column);
  }

  /** Asks how long a session may do nothing within a transaction. */
  String idleSeconds() {
    return idleSeconds;
  }

  /** The sessions that wait for a lock. */
  public List<String> waitingSessions(TestDatabase database) {
    if (this == MARIADB) {
      // Its view of transactions is refreshed only if nobody has looked for a tenth of a second.
      database.execute("DO SLEEP(0.15)");
    }
    return database.query(waiting);
  }

  /** Ends sessions that wait for a lock; says how many there were. */
  int endWaitingSessions(TestDatabase database) {
    List<String> found = waitingSessions(database);
    String kill = this == MARIADB ? "KILL %s" : "SELECT pg_terminate_backend(%s)";
    found.forEach(id -> database.execute(kill.formatted(id)));
    return found.size();
  }

  /** The versions of the tables, in the order in which they come. */
  public List<String> versions() {
    return List.of("1");
  }
}
