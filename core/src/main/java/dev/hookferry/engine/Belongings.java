package dev.hookferry.engine;

import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.port.Claimed.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The deliveries that this node owns, and how many bytes of payload they have. */
final class Belongings {
  private final Map<DeliveryId, Held> all = new HashMap<>();
  private long bytes;

  Held add(Work work) {
    Held entry = new Held(work);
    all.put(work.delivery().id(), entry);
    bytes += work.event().payload().size();
    return entry;
  }

  void remove(Held entry) {
    if (all.remove(entry.delivery().id(), entry)) {
      bytes -= entry.work.event().payload().size();
    }
  }

  @Nullable Held find(DeliveryId id) {
    return all.get(id);
  }

  /** What is known of a delivery that waits in a lane. */
  Held of(Work work) {
    Held entry = all.get(work.delivery().id());
    if (entry == null) {
      throw new IllegalStateException(work.delivery().id() + " waits but is not owned");
    }
    return entry;
  }

  List<Held> list() {
    return List.copyOf(all.values());
  }

  int size() {
    return all.size();
  }

  long bytes() {
    return bytes;
  }
}
