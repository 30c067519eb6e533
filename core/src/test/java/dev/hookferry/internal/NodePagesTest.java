package dev.hookferry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Embedded;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages read the counters of the store and cannot write them. */
class NodePagesTest {
  private final Embedded embedded = new Embedded();

  @AfterEach
  void close() {
    embedded.close();
  }

  private Tally tally(String name) {
    Instant now = embedded.clock.instant();
    return new Tally(new UUID(0, 1), name, now, now.plusSeconds(60), "3");
  }

  @Test
  void talliesAreReadOnly() {
    TallyStore tallies = embedded.hookferry.pages().tallies();
    List<Tally> fresh = List.of(tally("fresh"));
    Instant now = embedded.clock.instant();

    assertThatThrownBy(() -> tallies.put(fresh, now))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(embedded.store.tallies().named(Set.of("fresh"))).isEmpty();
  }

  @Test
  void talliesOfTheStoreAreRead() {
    Tally stored = tally("stored");
    embedded.store.tallies().put(List.of(stored), embedded.clock.instant());
    TallyStore tallies = embedded.hookferry.pages().tallies();

    assertThat(tallies.since(Instant.EPOCH)).contains(stored);
    assertThat(tallies.since(Instant.EPOCH, "sto")).containsExactly(stored);
    assertThat(tallies.named(Set.of("stored"))).containsExactly(stored);
  }
}
