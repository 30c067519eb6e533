package dev.hookferry.auditor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Maps real time to the store's clock, in runs that change that clock. */
public final class StoreTimes {
  /** A clock that is always right. */
  public static final StoreTimes TRUE = new StoreTimes(List.of());

  /** How long a node that was frozen or cut off may use the clock's earlier setting. */
  private static final Duration UNHEARD = Duration.ofSeconds(60);

  private final List<Setting> settings = new ArrayList<>();

  /**
   * A setting of the clock from a moment of real time on.
   *
   * @param ahead how far the store's clock is ahead of real time
   */
  public record Setting(Instant since, Duration ahead) {}

  /** Creates a clock that was right at first and was then changed, in this order. */
  public StoreTimes(List<Setting> set) {
    settings.add(new Setting(Instant.MIN, Duration.ZERO));
    settings.addAll(set);
  }

  /** Returns whether it was never changed. */
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
