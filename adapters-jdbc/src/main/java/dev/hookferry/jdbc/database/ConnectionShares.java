package dev.hookferry.jdbc.database;

/**
 * Division of a pool's connections among kinds of work. No kind can use up the connections of
 * another, so slow queries stop neither commits nor the heartbeat.
 *
 * @param commits how many commits may run at once
 * @param queries how many user queries may run at once
 */
record ConnectionShares(int commits, int queries) {
  /** Connections for a claim, the heartbeat and one of the short queries that run in turn. */
  private static final int RESERVED = 3;

  /**
   * Divides a pool. With fewer than eight connections, commits get fewer than the database could
   * use, so that one is left for a query. With fewer than five, not everything can run at once.
   *
   * @param usefulCommits how many concurrent commits the database can make use of
   */
  static ConnectionShares of(int poolSize, int usefulCommits) {
    int commits = Math.max(1, Math.min(usefulCommits, poolSize - RESERVED - 1));
    return new ConnectionShares(commits, Math.max(1, poolSize - RESERVED - commits));
  }
}
