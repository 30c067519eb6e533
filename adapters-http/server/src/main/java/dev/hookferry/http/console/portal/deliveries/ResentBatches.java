package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.PortalSession;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.session.NewSession;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Memory of which deliveries a user has retried in the last hour, so that a page can show their
 * outcome. Batches are stored sealed, for the sessions of this user. A session sees only the
 * deliveries in its scope.
 */
public final class ResentBatches {
  private static final String KIND = "portal-sent";
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MAX = 8;

  private final SessionKeeper keeper;

  /** Creates the memory, stored among a store's sessions. */
  public ResentBatches(SessionKeeper keeper) {
    this.keeper = keeper;
  }

  /**
   * Deliveries just before they are retried.
   *
   * @param skipped how many of them could not be retried
   * @param absent how many others were selected but not found
   * @param left how many others also match, but exceed the number that can be retried together
   * @param next where the others begin; null if there are none
   */
  public record Resent(
      List<Delivery> deliveries, int skipped, int absent, MatchCount left, @Nullable String next) {}

  /**
   * Deliveries that were retried.
   *
   * @param before their numbers of attempts before, by delivery
   * @param endpoints their endpoints, by delivery
   * @param skipped how many of them could not be retried
   * @param absent how many others were not found
   * @param oldest when the oldest of them was created
   * @param newest when the newest of them was created
   * @param left how many others matched, but exceeded the number that can be retried together
   * @param next where the others begin; empty if there are none
   */
  public record Kept(
      Map<DeliveryId, Integer> before,
      Map<DeliveryId, EndpointId> endpoints,
      int skipped,
      int absent,
      Instant oldest,
      Instant newest,
      MatchCount left,
      String next) {}

  /** Stores a batch and returns its token. Beyond eight batches, the oldest is dropped. */
  public String keep(PortalSession session, Resent batch) {
    SessionFilter mine = SessionFilter.ofKind(KIND).site(session.site()).subject(session.subject());
    List<SessionEntry> entries = keeper.list(mine, PageRequest.of(MAX)).data();
    if (entries.size() == MAX) {
      int unused = keeper.end(mine.id(entries.get(MAX - 1).id()));
    }
    List<String> lines = new ArrayList<>();
    List<Instant> times = batch.deliveries().stream().map(Delivery::createdAt).sorted().toList();
    String period =
        times.isEmpty()
            ? Instant.EPOCH + " " + Instant.EPOCH
            : times.get(0) + " " + times.get(times.size() - 1);
    String next = batch.next() == null ? "" : batch.next();
    String left = text(batch.left()) + " " + next;
    lines.add(batch.skipped() + " " + batch.absent() + " " + period + " " + left);
    for (Delivery one : batch.deliveries()) {
      lines.add(one.id() + " " + one.endpoint() + " " + one.attempts());
    }
    return keeper
        .begin(
            NewSession.of(KIND, LIFETIME)
                .site(session.site())
                .subject(session.subject())
                .key(session.key())
                .text(String.join("\n", lines)))
        .token();
  }

  private static String text(MatchCount count) {
    return count.known() + (count.more() ? " more" : " all");
  }

  /** Returns the batch stored under a token for the user of this session. */
  public Optional<Kept> find(PortalSession session, String token) {
    return keeper
        .find(KIND, token)
        .filter(kept -> session.site().equals(kept.entry().site()))
        .filter(kept -> session.subject().equals(kept.entry().subject()))
        .flatMap(kept -> read(kept.text()));
  }

  private static Optional<Kept> read(String text) {
    List<String> lines = text.lines().toList();
    Map<DeliveryId, Integer> before = new LinkedHashMap<>();
    Map<DeliveryId, EndpointId> endpoints = new LinkedHashMap<>();
    try {
      for (String line : lines.subList(1, lines.size())) {
        String[] parts = line.split(" ", 3);
        DeliveryId id = DeliveryId.parse(parts[0]);
        endpoints.put(id, EndpointId.parse(parts[1]));
        before.put(id, Integer.valueOf(parts[2]));
      }
      String[] first = lines.get(0).split(" ", 7);
      return Optional.of(
          new Kept(
              before,
              endpoints,
              Integer.parseInt(first[0]),
              Integer.parseInt(first[1]),
              Instant.parse(first[2]),
              Instant.parse(first[3]),
              new MatchCount(Integer.parseInt(first[4]), first[5].equals("more")),
              first[6]));
    } catch (InvalidException
        | NumberFormatException
        | DateTimeParseException
        | IndexOutOfBoundsException e) {
      // Another version of Hookferry wrote it.
      return Optional.empty();
    }
  }
}
