package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One damaged line of the journal must not keep anything else from being written. */
class UnreadableEventTest {
  private final MemoryDisk disk = new MemoryDisk();
  private final Samples samples = new Samples(5);
  private final FileStore store = Stores.open(disk, Stores.TINY);
  private final Owner owner = store.deliveries().register(new Node("n"));
  private final Event event = event("damaged");
  private final Delivery damaged = publish(event);
  private final Delivery intact = publish(event("intact"));

  private Event event(String text) {
    Event made = samples.event(Samples.SITE, samples.event().type(), Payload.of(text));
    return new Event(
        made.id(),
        made.site(),
        made.type(),
        made.occurredAt(),
        made.acceptedAt(),
        made.payload(),
        new Idempotence("key-of-" + text, Fingerprint.of(made.type(), null, made.payload())),
        made.options());
  }

  private Delivery publish(Event published) {
    Delivery delivery = samples.delivery(published);
    CommitResult unused = store.deliveries().commit(owner, Batch.of(entry(published, delivery)));
    return delivery;
  }

  private static PublishEntry entry(Event published, Delivery delivery) {
    return PublishEntry.of(published, List.of(new PublishEntry.Queued(delivery, false)));
  }

  /** Changes a letter of the event in the journal, or changes it back. */
  private void flip() {
    String journal = Segment.journalName(1);
    String bytes = new String(disk.get(journal), StandardCharsets.ISO_8859_1);
    disk.flip(journal, bytes.indexOf("damage") + "damage".length());
  }

  @Test
  void aDeliveryIsAbandonedWithItsEndpoint() {
    flip();

    Reply reply = run(new Command.Abandon(Samples.SITE, damaged.endpoint(), samples.now(), 500));

    assertThat(reply).isEqualTo(new Reply(Kind.DONE, 1));
    assertCancelled();
  }

  @Test
  void aDeliveryCanBeCancelled() {
    flip();

    assertThat(run(new Command.Cancel(Samples.SITE, damaged.id(), samples.now())).kind())
        .isEqualTo(Kind.DONE);

    assertCancelled();
  }

  @Test
  void aDeliveryIsShownWithoutItsEvent() {
    flip();

    Delivery shown = store.log().delivery(Samples.SITE, damaged.id()).orElseThrow();

    assertThat(shown.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(shown.event().value()).isEqualTo("unreadable");
  }

  @Test
  void aRepeatOfTheEventIsRejectedAloneAndTheOthersAreStored() {
    flip();
    Event other = event("other");
    PublishEntry repeat = entry(event, samples.delivery(event));
    PublishEntry good = entry(other, samples.delivery(other));

    assertThatThrownBy(() -> store.deliveries().commit(owner, Batch.of(repeat, good)))
        .isInstanceOf(RejectedBatchException.class)
        .hasMessageContaining("a stored record that it needs cannot be read")
        .hasMessageContaining("line 2 of");
    assertThat(store.deliveries().commit(owner, Batch.of(good)).publications()).hasSize(1);
    assertThat(store.deliveries().backlog(all -> true).pending()).isEqualTo(3);
  }

  private Reply run(Command command) {
    return store.deliveries().commit(owner, Batch.of(command)).replies().get(0);
  }

  private void assertCancelled() {
    assertThat(store.deliveries().backlog(all -> true).pending()).isEqualTo(1);
    store.close();
    flip();
    FileStore again = Stores.open(disk, Stores.TINY);
    assertThat(again.log().delivery(Samples.SITE, damaged.id()).orElseThrow().state())
        .isEqualTo(DeliveryState.CANCELLED);
    assertThat(again.log().delivery(Samples.SITE, intact.id()).orElseThrow().state())
        .isEqualTo(DeliveryState.PENDING);
  }
}
