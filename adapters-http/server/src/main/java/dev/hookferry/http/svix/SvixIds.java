package dev.hookferry.http.svix;

import dev.hookferry.id.AttemptId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.IdText;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Ids in Svix's form: its prefix and 27 characters, a zero followed by the 26 of Hookferry's id.
 * Both forms convert to each other without a lookup table, and sort by time.
 */
final class SvixIds {
  static final String APPLICATION = "app_";
  static final String ENDPOINT = "ep_";
  static final String MESSAGE = "msg_";
  static final String ATTEMPT = "atmpt_";
  static final String TASK = "qtask_";

  private static final String PAD = "0";

  private SvixIds() {}

  /** Returns the id of a new site, which is the id of the application. */
  static SiteId site(UUID unique) {
    return new SiteId(IdText.write(APPLICATION + PAD, unique));
  }

  /** Returns the id of a new event, which is the id of the message. */
  static EventId event(UUID unique) {
    return new EventId(IdText.write(MESSAGE + PAD, unique));
  }

  static String of(EndpointId id) {
    return IdText.write(ENDPOINT + PAD, id.value());
  }

  static String of(AttemptId id) {
    return IdText.write(ATTEMPT + PAD, id.value());
  }

  static String of(ReplayId id) {
    return IdText.write(TASK + PAD, id.value());
  }

  /** Returns the endpoint with this id; empty if the text is not such an id. */
  static Optional<EndpointId> endpoint(String text) {
    return read(ENDPOINT, text, EndpointId::new);
  }

  /** Returns the attempt with this id; empty if the text is not such an id. */
  static Optional<AttemptId> attempt(String text) {
    return read(ATTEMPT, text, AttemptId::new);
  }

  /** Returns the time-ordered part of a site's or event's id; empty if the id has another form. */
  static Optional<UUID> unique(String prefix, String text) {
    return read(prefix, text, Function.identity());
  }

  private static <T> Optional<T> read(String prefix, String text, Function<UUID, T> id) {
    try {
      return Optional.of(id.apply(IdText.read(prefix + PAD, text)));
    } catch (InvalidException e) {
      return Optional.empty();
    }
  }
}
