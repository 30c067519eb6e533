package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.outbound.TargetUrl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionPoolTest {
  private static final PoolKey A = new PoolKey(false, "a.example.com", true, 80);
  private static final PoolKey B = new PoolKey(false, "b.example.com", true, 80);
  private static final PoolKey C = new PoolKey(false, "c.example.com", true, 80);

  private final List<String> told = new ArrayList<>();

  private class Someone implements ConnectionPool.Waiter {
    private final String name;

    Someone(String name) {
      this.name = name;
    }

    /** Two names of one receiver with a common prefix share a URL. */
    @Override
    public TargetUrl target() {
      return TargetUrl.parse("https://example.com/" + name.charAt(0));
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

  private void giveBack(ConnectionPool pool, PoolKey route, String name) {
    pool.release(route, new Someone(name));
  }

  @Test
  void limitsARoute() {
    ConnectionPool pool = new ConnectionPool(10, 3);

    ask(pool, A, "a1", "a2", "a3", "a4");
    ask(pool, B, "b1");

    assertThat(told).containsExactly("a1", "a2", "b1");
    giveBack(pool, A, "a1");
    giveBack(pool, A, "a2");
    assertThat(told).containsExactly("a1", "a2", "b1", "a3", "a4");
  }

  @Test
  void limitsTheTotalAndServesTheSmallestHoldersFirst() {
    ConnectionPool pool = new ConnectionPool(3, 3);

    ask(pool, A, "a1", "a2", "a3", "a4");
    ask(pool, B, "b1", "b2", "b3");
    ask(pool, C, "c1");
    assertThat(told).containsExactly("a1", "a2", "b1");

    giveBack(pool, A, "a1");
    assertThat(told).containsExactly("a1", "a2", "b1", "c1");
    giveBack(pool, A, "a2");
    assertThat(told).containsExactly("a1", "a2", "b1", "c1", "a3");
    giveBack(pool, B, "b1");
    assertThat(told).endsWith("a3", "b2");
    giveBack(pool, C, "c1");
    giveBack(pool, A, "a3");
    giveBack(pool, B, "b2");
    assertThat(told).hasSize(8).containsSubsequence("b1", "b2", "b3").contains("a3", "a4");
  }

  @Test
  void leavesPlacesFreeForOthersOfTheHost() {
    ConnectionPool pool = new ConnectionPool(100, 8);

    ask(pool, A, "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8");
    ask(pool, A, "b1", "b2", "b3", "b4");
    ask(pool, A, "c1", "c2");
    ask(pool, A, "d1", "d2");

    assertThat(told).containsExactly("a1", "a2", "a3", "a4", "b1", "b2", "c1", "d1");
    giveBack(pool, A, "d1");
    assertThat(told).endsWith("d1", "d2");
  }

  /**
   * Each hanging URL leaves half of what it found, so every doubling of the limit allows one more.
   */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "3, 1", "4, 2", "7, 2", "8, 3", "128, 7"})
  void aHealthyUrlGetsAPlaceBesideHangingOnes(int limit, int hanging) {
    ConnectionPool pool = new ConnectionPool(1_000, limit);
    for (char url = 'a'; url < 'a' + hanging; url++) {
      for (int i = 0; i < limit; i++) {
        ask(pool, A, url + "-hangs");
      }
    }
    told.clear();

    ask(pool, A, "x1", "y1");

    assertThat(told).containsExactly("x1");
  }

  @Test
  void asManyUrlsAsThereArePlacesMayHoldThemAll() {
    ConnectionPool pool = new ConnectionPool(100, 4);

    ask(pool, A, "a1", "b1", "c1", "d1", "e1");

    assertThat(told).containsExactly("a1", "b1", "c1", "d1");
    giveBack(pool, A, "a1");
    assertThat(told).endsWith("d1", "e1");
  }

  /** The pool once told nobody any more after that. */
  @Test
  void continuesAfterAFailingWaiter() {
    ConnectionPool pool = new ConnectionPool(1, 1);
    ask(pool, A, "a1");
    pool.acquire(
        B,
        new ConnectionPool.Waiter() {
          @Override
          public TargetUrl target() {
            return TargetUrl.parse("https://example.com/b");
          }

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

    giveBack(pool, A, "a1");
    giveBack(pool, B, "b1");

    assertThat(told).containsExactly("a1", "c1");
  }

  @Test
  void forgetsAbandonedWaiters() {
    ConnectionPool pool = new ConnectionPool(1, 1);
    Someone gone = new Someone("gone");
    ask(pool, A, "a1");
    pool.acquire(B, gone);
    ask(pool, C, "c1");

    assertThat(pool.forget(B, gone)).isTrue();
    assertThat(pool.forget(B, gone)).isFalse();
    giveBack(pool, A, "a1");

    assertThat(told).containsExactly("a1", "c1");
  }

  @Test
  void doesNotNestCallbacks() {
    ConnectionPool pool = new ConnectionPool(1, 1);
    int[] served = new int[1];
    ask(pool, A, "a1");
    for (int i = 0; i < 50_000; i++) {
      pool.acquire(
          A,
          new Someone("a" + i) {
            @Override
            public void open() {
              served[0]++;
              pool.release(A, this);
            }
          });
    }

    giveBack(pool, A, "a1");

    assertThat(served).containsExactly(50_000);
  }
}
