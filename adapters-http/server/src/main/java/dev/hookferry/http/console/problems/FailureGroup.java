package dev.hookferry.http.console.problems;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.EndpointActivity;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.observe.EndpointHealth;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Failures of one endpoint with one cause.
 *
 * @param endpoint the endpoint's id
 * @param name its description, or its URL
 * @param url its URL if the name is another one; empty otherwise
 * @param look the endpoint's state
 * @param cause the code of the cause
 * @param words the cause in words
 * @param since time of the first failure; null if it is not known
 * @param failures number of failed attempts since then; 0 if it is not known
 * @param waiting number of waiting deliveries
 * @param known who acknowledged it and when; empty if nobody
 * @param mutedBy who muted the endpoint; empty if nobody
 * @param mutedUntil the end of the mute
 */
public record FailureGroup(
    String endpoint,
    String name,
    String url,
    StatePill look,
    String cause,
    String words,
    @Nullable Instant since,
    int failures,
    int waiting,
    String known,
    String mutedBy,
    DisplayTime mutedUntil) {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final long DAY_SECONDS = 86_400;

  static FailureGroup of(
      Endpoint endpoint,
      EndpointHealth health,
      EndpointActivity.@Nullable Failures failures,
      int waiting,
      Surroundings around) {
    String id = endpoint.id().toString();
    String cause = failures == null ? health.state().code() : failures.code();
    Instant since = failures == null ? null : failures.since();
    ProblemNotes.Note known =
        around.notes.acknowledgement(id, cause, since == null ? begin(endpoint) : since);
    ProblemNotes.Note mute = around.notes.mute(id, around.now);
    boolean isNamed = !endpoint.description().isEmpty();
    return new FailureGroup(
        id,
        isNamed ? endpoint.description() : endpoint.url().text(),
        isNamed ? endpoint.url().text() : "",
        StatePill.of(health.state()),
        cause,
        failures == null ? health.reason() : words(cause),
        since,
        failures == null ? 0 : failures.count(),
        waiting,
        known == null ? "" : known.by() + ", " + DisplayTime.of(known.at(), around.now).text(),
        mute == null ? "" : mute.by(),
        mute == null ? DisplayTime.NONE : DisplayTime.of(mute.until(), around.now));
  }

  /** Returns since when an endpoint may have a problem without a known failure. */
  private static Instant begin(Endpoint endpoint) {
    Instant since = endpoint.status().since();
    return since == null ? endpoint.createdAt() : since;
  }

  /** Values shared by all groups of a page. */
  record Surroundings(ProblemNotes notes, Instant now) {}

  private static String words(String cause) {
    return cause.chars().allMatch(Character::isDigit) ? cause : cause.replace('_', ' ');
  }

  /** Returns whether a person has to look at it. */
  public boolean isOpen() {
    return known.isEmpty() && mutedBy.isEmpty();
  }

  /** Returns cause, beginning and size, such as {@code 401 since 16:47 UTC, 414 failures}. */
  public String summary(Instant now) {
    String begin =
        since == null
            ? ""
            : " since "
                + (now.getEpochSecond() - since.getEpochSecond() < DAY_SECONDS ? TODAY : EARLIER)
                    .format(since);
    String size =
        failures == 0
            ? ""
            : String.format(Locale.ENGLISH, ", %,d failure", failures) + (failures == 1 ? "" : "s");
    return words + begin + size + (waiting == 0 ? "" : ", " + waiting + " waiting");
  }
}
