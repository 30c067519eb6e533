package dev.hookferry.file.pending;

import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One queue per endpoint of free deliveries, ordered by due time. Not thread-safe. */
final class EndpointQueues {
  private final PendingRows rows;
  private final NumberedNames names;
  private final List<DueQueue> queues = new ArrayList<>();

  EndpointQueues(PendingRows rows, NumberedNames names) {
    this.rows = rows;
    this.names = names;
  }

  /** Returns the queue of the endpoint with this number. */
  DueQueue of(int number) {
    while (queues.size() <= number) {
      queues.add(new DueQueue(rows));
    }
    return queues.get(number);
  }

  /** Returns the queue of an endpoint, or null if it has none. */
  @Nullable DueQueue find(EndpointId endpoint) {
    int number = names.laneOrNone(endpoint);
    return number < 0 ? null : of(number);
  }

  /** Returns all queues, indexed by the numbers of their endpoints. */
  List<DueQueue> all() {
    return queues;
  }

  /** Returns the queues from which a claim may take deliveries that are due. */
  ClaimCapacity capacity(Room room, long dueBy) {
    ClaimCapacity capacity = new ClaimCapacity(dueBy);
    candidates(room)
        .filter(number -> queues.get(number).firstDue() <= dueBy)
        .forEach(number -> capacity.add(queues.get(number), room.of(names.endpoint(number))));
    return capacity;
  }

  /**
   * Returns when the first free delivery of the endpoints with room is due, in milliseconds since
   * 1970; {@link Long#MAX_VALUE} if there is none.
   */
  long nextDue(Room room) {
    long[] next = {Long.MAX_VALUE};
    candidates(room)
        .filter(number -> queues.get(number).firstDue() < next[0])
        .filter(number -> room.of(names.endpoint(number)) > 0)
        .forEach(number -> next[0] = queues.get(number).firstDue());
    return next[0];
  }

  /** Returns the numbers of all endpoints that have free deliveries and may have room. */
  private IntStream candidates(Room room) {
    IntStream numbers =
        room.named()
            .map(Map::keySet)
            .map(named -> named.stream().mapToInt(names::laneOrNone))
            .orElseGet(() -> IntStream.range(0, queues.size()));
    return numbers.filter(
        number -> number >= 0 && number < queues.size() && !queues.get(number).isEmpty());
  }
}
