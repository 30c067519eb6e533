package org.example.store;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.ConfigEntry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes facts as bytes, which {@link FactReader} reads. Change both classes together. */
final class FactWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private FactWriter() {}

  /** Returns facts as bytes. */
  static byte[] write(List<Fact> facts) {
    FactWriter writer = new FactWriter();
    try {
      for (Fact fact : facts) {
        writer.fact(fact);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Cannot happen in memory.
    }
    return writer.bytes.toByteArray();
  }

  private void fact(Fact fact) throws IOException {
    if (fact instanceof Fact.EventAccepted accepted) {
      out.writeByte('E');
      out.writeLong(accepted.number());
      event(accepted.event());
      out.writeInt(accepted.deliveries().size());
      for (DeliveryId delivery : accepted.deliveries()) {
        uuid(delivery.value());
      }
    } else if (fact instanceof Fact.DeliveryChanged changed) {
      out.writeByte('D');
      delivery(changed.delivery());
      text(changed.owner() == null ? null : changed.owner().value().toString());
      text(changed.suspicion().code());
    } else if (fact instanceof Fact.AttemptMade made) {
      out.writeByte('A');
      attempt(made.attempt());
    } else if (fact instanceof Fact.EventsPurged purged) {
      out.writeByte('P');
      out.writeInt(purged.events().size());
      for (Fact.EventName name : purged.events()) {
        text(name.site().value());
        text(name.id().value());
      }
    } else {
      otherFact(fact);
    }
  }

  private void otherFact(Fact fact) throws IOException {
    if (fact instanceof Fact.ConfigSaved saved) {
      out.writeByte('C');
      out.writeLong(saved.version());
      out.writeInt(saved.entries().size());
      for (ConfigEntry entry : saved.entries()) {
        text(entry.kind().code());
        text(entry.id());
        text(entry.site() == null ? null : entry.site().value());
        text(entry.text());
      }
    } else if (fact instanceof Fact.AuditAppended appended) {
      out.writeByte('N');
      entry(appended.entry());
    } else if (fact instanceof Fact.AuditPurged purged) {
      out.writeByte('Q');
      time(purged.before());
    } else if (fact instanceof Fact.ReplaySaved saved) {
      out.writeByte('R');
      uuid(saved.replay().id());
      out.writeLong(saved.replay().revision());
      text(saved.replay().text());
    } else if (fact instanceof Fact.ReplayRemoved removed) {
      out.writeByte('X');
      uuid(removed.id());
    } else {
      throw new IllegalArgumentException("unknown fact: " + fact.getClass());
    }
  }

  private void event(Event event) throws IOException {
    text(event.id().value());
    text(event.site().value());
    text(event.type().name());
    time(event.occurredAt());
    time(event.acceptedAt());
    array(event.payload().toBytes());
    Idempotence idempotence = event.idempotence();
    text(idempotence == null ? null : idempotence.fingerprint().hex());
    text(idempotence == null ? null : idempotence.key());
    text(event.options().isNone() ? null : event.options().text());
  }

  private void delivery(Delivery delivery) throws IOException {
    uuid(delivery.id().value());
    text(delivery.site().value());
    text(delivery.event().value());
    text(delivery.type().name());
    uuid(delivery.endpoint().value());
    text(delivery.state().code());
    out.writeInt(delivery.attempts());
    time(delivery.createdAt());
    time(delivery.dueAt());
    out.writeBoolean(delivery.settledAt() != null);
    if (delivery.settledAt() != null) {
      time(delivery.settledAt());
    }
    text(delivery.orderingKey());
  }

  private void attempt(Attempt attempt) throws IOException {
    uuid(attempt.id().value());
    uuid(attempt.delivery().value());
    text(attempt.site().value());
    uuid(attempt.endpoint().value());
    text(attempt.event().value());
    text(attempt.type().name());
    out.writeInt(attempt.number());
    time(attempt.startedAt());
    text(attempt.url());
    outcome(attempt.outcome());
    text(attempt.body() == null ? null : attempt.body().text());
  }

  private void outcome(Outcome outcome) throws IOException {
    text(outcome.kind().code());
    text(outcome.detail());
    out.writeLong(outcome.took().getSeconds());
    out.writeInt(outcome.took().getNano());
    text(outcome.timing() == null ? null : outcome.timing().text());
    Response response = outcome.response();
    out.writeBoolean(response != null);
    if (response != null) {
      out.writeInt(response.status());
      array(response.body().toBytes());
      out.writeBoolean(response.truncated());
      text(response.contentType());
      text(response.retryAfter());
      text(response.headers().text());
    }
  }

  private void entry(AuditEntry entry) throws IOException {
    uuid(entry.id().value());
    time(entry.at());
    text(entry.actor().key() == null ? null : entry.actor().key().toString());
    text(entry.actor().name());
    text(entry.actor().address());
    text(entry.action().code());
    text(entry.site() == null ? null : entry.site().value());
    text(entry.target());
    text(FieldChange.write(entry.changes()));
  }

  private void time(Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  private void uuid(UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  /** Writes a string or null. */
  private void text(String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
    } else {
      array(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void array(byte[] array) throws IOException {
    out.writeInt(array.length);
    out.write(array);
  }
}
