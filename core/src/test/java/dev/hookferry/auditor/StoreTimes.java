package dev.hookferry.auditor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the store's clock showed at which time of the world, where somebody sets it. */
public final class StoreTimes {
  /** The two are the same. */
  public static final StoreTimes TRUE = new StoreTimes(List.of());

  /** Who stood still or was cut off may not have heard for so long that it was set. */
  private static final Duration UNHEARD = Duration.ofSeconds(60);

  private final List<Setting> settings = new ArrayList<>();

  /**
   * From a moment of the world on.
   *
   * @param ahead how far the store's clock is ahead of the world
   */
  public record Setting(Instant since, Duration ahead) {}

  /** A clock that was right, and then was set, in this order. */
  public StoreTimes(List<Setting> set) {
    settings.add(new Setting(Instant.MIN, Duration.ZERO));
    settings.addAll(set);
  }

  /** Whether nobody set it. */
  boolean isTrue() {
    return settings.size() == 1;
  }

  /** The earliest time that anybody may have believed in at a moment of the world. */
  Instant earliest(Instant at) {
    Instant earliest = Instant.MAX;
    for (int i = 0; i < settings.size(); i++) {
      boolean begun = !settings.get(i).since().isAfter(at);
      boolean heard = i + 1 < settings.size() && isBefore(settings.get(i + 1).since(), at);
      Instant shown = at.plus(settings.get(i).ahead());
      if (begun && !heard && shown.isBefore(earliest)) {
        earliest = shown;
      }
    }
    return earliest;
  }

  private static boolean isBefore(Instant since, Instant at) {
    return since.isBefore(at.minus(UNHEARD));
  }

  /** The latest time that anybody may have believed in between two moments of the world. */
  Instant latest(Instant from, Instant to) {
    Instant latest = Instant.MIN;
    for (int i = 0; i < settings.size(); i++) {
      boolean isLast = i + 1 == settings.size();
      Instant end = isLast ? Instant.MAX : settings.get(i + 1).since().plus(UNHEARD);
      Instant last = end.isBefore(to) ? end : to;
      boolean shown = !last.isBefore(from) && !settings.get(i).since().isAfter(to);
      Instant time = shown ? last.plus(settings.get(i).ahead()) : Instant.MIN;
      latest = time.isAfter(latest) ? time : latest;
    }
    return latest;
  }
}
