package dev.hookferry.file.pending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pending deliveries against a simple model. */
class PendingIndexTest {
  private static final int OWNER = 7;
  private static final Instant FAR = Samples.START.plusSeconds(1_000_000);

  private final PendingIndex index = new PendingIndex();
  private final Map<DeliveryId, PendingDelivery> model = new HashMap<>();
  private final Map<DeliveryId, Integer> owners = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void doesWhatASimpleMapDoes(long seed) {
    Samples samples = new Samples(seed);
    List<EndpointId> endpoints = Stream.generate(samples::endpoint).limit(4).toList();
    for (int i = 1; i < 20_000; i++) {
      step(samples, endpoints, i);
      if (i % 20 == 0) {
        EndpointId held = samples.oneOf(endpoints);
        assertThat(index.backlog(endpoint -> !endpoint.equals(held)).oldestDue())
            .isEqualTo(oldestDueWithout(held));
      }
    }
    assertThat(index.backlog(all -> true).pending()).isEqualTo(model.size());
    for (PendingDelivery pending : model.values()) {
      assertThat(index.get(pending.id())).contains(pending);
      assertThat(index.owner(index.find(pending.id()))).isEqualTo(owners.get(pending.id()));
    }
    index.free(OWNER);
    owners.replaceAll((id, owner) -> PendingIndex.NOBODY);
    for (EndpointId endpoint : endpoints) {
      List<DeliveryId> all =
          index
              .claim(
                  OWNER, new ClaimRequest(Map.of(endpoint, 1 << 20), 1 << 20, Long.MAX_VALUE, FAR))
              .stream()
              .map(PendingDelivery::id)
              .toList();
      assertThat(all).isEqualTo(expected(endpoint));
    }
  }

  private @Nullable Instant oldestDueWithout(EndpointId held) {
    return model.values().stream()
        .filter(pending -> !pending.endpoint().equals(held))
        .map(PendingDelivery::dueAt)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private List<DeliveryId> expected(EndpointId endpoint) {
    return model.values().stream()
        .filter(p -> p.endpoint().equals(endpoint) && owners.get(p.id()) == PendingIndex.NOBODY)
        .sorted(Comparator.comparing(PendingDelivery::dueAt).thenComparing(p -> p.id().toString()))
        .map(PendingDelivery::id)
        .toList();
  }

  private void step(Samples samples, List<EndpointId> endpoints, int number) {
    EndpointId endpoint = samples.oneOf(endpoints);
    switch (model.size() > 200 ? 1 + samples.number(4) : samples.number(5)) {
      case 0 -> add(samples, endpoint, number);
      case 1 -> {
        PendingDelivery one = any(samples);
        if (one != null) {
          index.remove(index.find(one.id()));
          model.remove(one.id());
          owners.remove(one.id());
        }
      }
      case 2 -> {
        PendingDelivery one = any(samples);
        if (one != null) {
          Instant due = Samples.START.plusSeconds(samples.number(1000));
          Delivery later = one.delivery(samples.event().id()).retryAt(due);
          CrashSuspicion suspicion = CrashSuspicion.values()[samples.number(5)];
          ChangeRecord change = new ChangeRecord(later, one.event().sequence(), null, suspicion);
          index.update(index.find(one.id()), change);
          note(PendingDelivery.of(later, one.event(), one.payloadSize()).with(suspicion));
        }
      }
      case 3 -> {
        ClaimRequest claim = new ClaimRequest(Map.of(endpoint, 2), 2, Long.MAX_VALUE, FAR);
        List<DeliveryId> taken =
            index.claim(OWNER, claim).stream().map(PendingDelivery::id).toList();
        assertThat(taken).isEqualTo(expected(endpoint).stream().limit(2).toList());
        taken.forEach(id -> owners.put(id, OWNER));
      }
      default -> {
        PendingDelivery one = any(samples);
        if (one != null) {
          index.assign(index.find(one.id()), PendingIndex.NOBODY);
          owners.put(one.id(), PendingIndex.NOBODY);
        }
      }
    }
  }

  private void add(Samples samples, EndpointId endpoint, int number) {
    Event event = samples.event();
    PendingDelivery pending =
        PendingDelivery.of(
            samples.delivery(event, endpoint),
            new RecordPosition(number % 5, number, number, 9),
            3);
    index.put(pending);
    note(pending);
  }

  private void note(PendingDelivery pending) {
    model.put(pending.id(), pending);
    owners.put(pending.id(), PendingIndex.NOBODY);
  }

  private @Nullable PendingDelivery any(Samples samples) {
    return model.isEmpty() ? null : samples.oneOf(new ArrayList<>(model.values()));
  }
}
