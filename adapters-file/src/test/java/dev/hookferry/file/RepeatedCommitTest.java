package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult.Stored;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that are tried again after many others, when their events stand in older files. */
class RepeatedCommitTest {
  private static final int EVENTS = 20;

  @TempDir Path directory;

  private final Samples samples = new Samples(11);

  @Test
  void recognizesRepeatedUnnamedEventsInAnyFile() {
    try (FileStore store = new Stores(directory).tiny()) {
      Owner owner = store.deliveries().register(new Node("one"));
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        batches.add(publication());
        assertThat(isRepeated(store, owner, batches.get(i))).isFalse();
      }
      for (Batch batch : batches) {
        // Told as new: whoever published it has no other answer yet.
        assertThat(isRepeated(store, owner, batch)).isFalse();
      }
      PageRequest all = PageRequest.of(PageRequest.MAX_LIMIT);
      assertThat(store.log().events(EventQuery.ofSite(Samples.SITE).page(all)).data())
          .hasSize(EVENTS);
      assertThat(store.deliveries().backlog(any -> true).pending()).isEqualTo(EVENTS);
    }
  }

  private Batch publication() {
    // As large as a third of a file.
    Payload payload = Payload.of("{\"a\":\"" + "x".repeat(20_000) + "\"}");
    Event event = samples.event(Samples.SITE, samples.event().type(), payload);
    return Batch.of(PublishEntry.of(event, List.of(new Queued(samples.delivery(event), true))));
  }

  private static boolean isRepeated(FileStore store, Owner owner, Batch batch) {
    Stored stored = (Stored) store.deliveries().commit(owner, batch).publications().get(0);
    return stored.receipts().get(0).repeated();
  }
}
