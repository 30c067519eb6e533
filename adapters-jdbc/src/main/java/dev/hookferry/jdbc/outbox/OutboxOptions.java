package dev.hookferry.jdbc.outbox;

import dev.hookferry.jdbc.database.ConnectionSettings;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Location of an outbox and settings of its relay: {@code OutboxOptions.of(dataSource)}. Immutable;
 * each {@code with} method returns a copy.
 */
public final class OutboxOptions {
  /** The default name of the table. */
  public static final String TABLE = "hookferry_outbox";

  /** The default for the longest pause between two polls. */
  public static final Duration POLL = Duration.ofSeconds(1);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern QUALIFIED =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.)?[A-Za-z_][A-Za-z0-9_]{0,53}");
  private static final Duration MIN_POLL = Duration.ofMillis(50);
  private static final Duration MAX_POLL = Duration.ofMinutes(1);
  private static final Duration MAX_DRAIN = Duration.ofMinutes(10);

  private final Connections connections;
  private final String name;
  private final String table;
  private final Duration poll;
  private final Duration drain;
  private final boolean listen;

  private OutboxOptions(
      Connections connections,
      String name,
      String table,
      Duration poll,
      Duration drain,
      boolean listen) {
    this.connections = connections;
    this.name = name;
    this.table = table;
    this.poll = poll;
    this.drain = drain;
    this.listen = listen;
    Problems problems = new Problems();
    problems.require(
        NAME.matcher(name).matches(),
        "name",
        "must be 1 to 64 characters of a-z 0-9 _ - and begin with a letter or digit");
    problems.require(
        QUALIFIED.matcher(table).matches(),
        "table",
        "must be 1 to 54 characters of A-Z a-z 0-9 _, not beginning with a digit, with or without a"
            + " schema in front");
    problems.require(isBetween(MIN_POLL, poll, MAX_POLL), "poll", "must be from 50 ms to 1 minute");
    problems.require(
        isBetween(Duration.ZERO, drain, MAX_DRAIN), "drain", "must be from 0 to 10 minutes");
    problems.require(
        !listen || connections.mayNotify(),
        "listen",
        "works with PostgreSQL only; leave it out, and lower poll if rows must be found sooner");
    problems.throwIfAny();
  }

  private static boolean isBetween(Duration min, Duration value, Duration max) {
    return min.compareTo(value) <= 0 && value.compareTo(max) <= 0;
  }

  /**
   * Returns options for an outbox in the database of a connection pool. The relay borrows one
   * connection at a time, for the duration of a poll or a batch.
   *
   * @param dataSource the pool; connections are returned with their original auto-commit mode and
   *     isolation level
   */
  public static OutboxOptions of(DataSource dataSource) {
    return of(Connections.of(Objects.requireNonNull(dataSource, "dataSource")));
  }

  /**
   * Returns options for an outbox in the database at a JDBC URL, whose driver must be on the class
   * path. The relay keeps up to two connections open.
   *
   * @param url the JDBC URL; may contain user and password
   */
  public static OutboxOptions of(String url) {
    return of(url, null, null);
  }

  /**
   * Returns options for an outbox in the database at a JDBC URL.
   *
   * @param url the JDBC URL
   * @param user the database user, or null if the URL contains it
   * @param password the user's password, or null if the URL contains it or none is needed
   * @throws dev.hookferry.refusal.InvalidException if it is not a JDBC URL
   */
  public static OutboxOptions of(String url, @Nullable String user, @Nullable String password) {
    Problems problems = new Problems();
    problems.require(
        Objects.requireNonNull(url, "url").matches("jdbc:[a-z0-9]+:.+"),
        "url",
        "must be a JDBC URL such as jdbc:postgresql://host/database");
    problems.throwIfAny();
    return of(Connections.of(new ConnectionSettings(url, user, password, 1)));
  }

  private static OutboxOptions of(Connections connections) {
    return new OutboxOptions(connections, "outbox", TABLE, POLL, Duration.ofSeconds(20), false);
  }

  /**
   * Returns a copy with the given name, which the API, the console, metrics and logs show. The
   * default is {@code outbox}.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is not 1 to 64 characters from {@code
   *     a-z0-9_-}
   */
  public OutboxOptions withName(String other) {
    return new OutboxOptions(
        connections, Objects.requireNonNull(other, "name"), table, poll, drain, listen);
  }

  /**
   * Returns a copy with the given table, optionally with its schema: {@code app.events_out}.
   * Rejected rows go to the table of this name plus {@code _rejected}. The default is {@value
   * #TABLE}.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is not a plain SQL name
   */
  public OutboxOptions withTable(String other) {
    return new OutboxOptions(
        connections, name, Objects.requireNonNull(other, "table"), poll, drain, listen);
  }

  /**
   * Returns a copy with the given longest pause between two polls, 50 milliseconds to 1 minute.
   * After a batch, the relay polls again immediately; while the outbox is empty, its pause doubles
   * from 50 milliseconds up to this value. The default is 1 second.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is out of range
   */
  public OutboxOptions withPoll(Duration max) {
    return new OutboxOptions(
        connections, name, table, Objects.requireNonNull(max, "poll"), drain, listen);
  }

  /**
   * Returns a copy with the given time limit for {@link OutboxRelay#close}, up to 10 minutes. The
   * default is 20 seconds.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is out of range
   */
  public OutboxOptions withDrain(Duration max) {
    return new OutboxOptions(
        connections, name, table, poll, Objects.requireNonNull(max, "drain"), listen);
  }

  /**
   * Returns a copy whose relay also listens for PostgreSQL notifications, so that it finds rows
   * from any process immediately instead of at its next poll. {@code hookferry outboxes ddl
   * --dialect postgresql --notify} prints the trigger that sends them. Keeps one more connection
   * open, even with a pool; does not work through PgBouncer in transaction pooling mode. The
   * default is false.
   *
   * @throws dev.hookferry.refusal.InvalidException if the JDBC URL is for another database
   */
  public OutboxOptions withListen(boolean listen) {
    return new OutboxOptions(connections, name, table, poll, drain, listen);
  }

  Connections connections() {
    return connections;
  }

  String name() {
    return name;
  }

  String table() {
    return table;
  }

  Duration poll() {
    return poll;
  }

  Duration drain() {
    return drain;
  }

  boolean listen() {
    return listen;
  }

  /** Returns name, table and place, without credentials. */
  @Override
  public String toString() {
    return name + " table=" + table + " database=" + connections.place();
  }
}
