package dev.hookferry.jdbc.database;

/**
 * Division of a pool's connections among kinds of work. Each kind leaves the others theirs, so that
 * slow queries stop neither commits nor the heartbeat.
 *
 * @param commits how many commits may run at once
 * @param looks how many queries by users may run at once
 */
record ConnectionShares(int commits, int looks) {
  /** Connections for a claim, a heartbeat and the short query whose turn it is. */
  private static final int RESERVED = 3;

  /**
   * Divides a pool: with fewer than eight connections, fewer commits than the database can make use
   * of leave one for a query. With fewer than five, not everything can run at once.
   *
   * @param usefulCommits how many commits the database can make use of at once
   */
  static ConnectionShares of(int poolSize, int usefulCommits) {
    int commits = Math.max(1, Math.min(usefulCommits, poolSize - RESERVED - 1));
    return new ConnectionShares(commits, Math.max(1, poolSize - RESERVED - commits));
  }
}
