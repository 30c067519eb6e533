package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
  private static final PoolKey A = new PoolKey(false, "a.example.com", true, 80);
  private static final PoolKey B = new PoolKey(false, "b.example.com", true, 80);
  private static final PoolKey C = new PoolKey(false, "c.example.com", true, 80);

  private final List<String> told = new ArrayList<>();

  private final class Someone implements ConnectionPool.Waiter {
    private final String name;

    Someone(String name) {
      this.name = name;
    }

    @Override
    public void reuse(Connection connection) {
      told.add(name + " reuses");
    }

    @Override
    public void open() {
      told.add(name);
    }
  }

  private void ask(ConnectionPool pool, PoolKey route, String... names) {
    for (String name : names) {
      pool.acquire(route, new Someone(name));
    }
  }

  @Test
  void limitsARoute() {
    ConnectionPool pool = new ConnectionPool(10, 2);

    ask(pool, A, "a1", "a2", "a3", "a4");
    ask(pool, B, "b1");

    assertThat(told).containsExactly("a1", "a2", "b1");
    assertThat(pool.isExhausted(A)).isFalse();
    pool.giveBack(A);
    pool.giveBack(A);
    assertThat(told).containsExactly("a1", "a2", "b1", "a3", "a4");
  }

  @Test
  void limitsAllAndServesRoutesInTurn() {
    ConnectionPool pool = new ConnectionPool(2, 2);

    ask(pool, A, "a1", "a2", "a3", "a4");
    ask(pool, B, "b1", "b2", "b3");
    ask(pool, C, "c1");
    assertThat(told).containsExactly("a1", "a2");
    assertThat(pool.isExhausted(B)).isTrue();

    pool.giveBack(A);
    pool.giveBack(A);
    assertThat(told).containsExactly("a1", "a2", "b1", "c1");
    pool.giveBack(C);
    pool.giveBack(B);
    pool.giveBack(B);
    pool.giveBack(A);
    assertThat(told).hasSize(8).containsSubsequence("b1", "b2", "b3").contains("a3", "a4");
  }

  /** The pool once told nobody any more after that. */
  @Test
  void goesOnAfterAWaiterThatBreaks() {
    ConnectionPool pool = new ConnectionPool(1, 1);
    ask(pool, A, "a1");
    pool.acquire(
        B,
        new ConnectionPool.Waiter() {
          @Override
          public void reuse(Connection connection) {
            throw new StackOverflowError("of the test");
          }

          @Override
          public void open() {
            throw new StackOverflowError("of the test");
          }
        });
    ask(pool, C, "c1");

    pool.giveBack(A);
    pool.giveBack(B);

    assertThat(told).containsExactly("a1", "c1");
  }

  @Test
  void forgetsWhoDoesNotWaitAnyMore() {
    ConnectionPool pool = new ConnectionPool(1, 1);
    Someone gone = new Someone("gone");
    ask(pool, A, "a1");
    pool.acquire(B, gone);
    ask(pool, C, "c1");

    assertThat(pool.forget(B, gone)).isTrue();
    assertThat(pool.forget(B, gone)).isFalse();
    pool.giveBack(A);

    assertThat(told).containsExactly("a1", "c1");
  }

  @Test
  void doesNotNestWhatItTells() {
    ConnectionPool pool = new ConnectionPool(1, 1);
    int[] served = new int[1];
    ConnectionPool.Waiter givesBackAtOnce =
        new ConnectionPool.Waiter() {
          @Override
          public void reuse(Connection connection) {
            throw new AssertionError("no connection was ever opened");
          }

          @Override
          public void open() {
            served[0]++;
            pool.giveBack(A);
          }
        };
    ask(pool, A, "a1");
    for (int i = 0; i < 50_000; i++) {
      // Each its own: a waiter waits once.
      pool.acquire(
          A,
          new ConnectionPool.Waiter() {
            @Override
            public void reuse(Connection connection) {
              givesBackAtOnce.reuse(connection);
            }

            @Override
            public void open() {
              givesBackAtOnce.open();
            }
          });
    }

    pool.giveBack(A);

    assertThat(served).containsExactly(50_000);
  }
}
