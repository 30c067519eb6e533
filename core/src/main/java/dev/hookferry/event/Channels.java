package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Channels: labels of which an event needs to match only one. An endpoint gets an event if the
 * event has all of the endpoint's ordinary labels and at least one of its channels, the labels
 * whose names begin with {@value #PREFIX}. An endpoint with channels never gets an event without
 * any.
 */
public final class Channels {
  /** Name prefix that marks a label as a channel. */
  public static final String PREFIX = "channel.";

  /** Maximum length of a channel, in characters. */
  public static final int MAX_LENGTH = 128;

  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_.-]{1,56}");
  private static final int READABLE = 23;
  private static final int HASH = 32;

  private Channels() {}

  /** Returns whether a label with this name is a channel. */
  public static boolean isChannel(String label) {
    Objects.requireNonNull(label, "label");
    return label.startsWith(PREFIX);
  }

  /**
   * Converts channels to labels. The value of a label is the channel; its name is derived from it.
   *
   * @param channels any strings of 1 to 128 characters without control characters, at most {@link
   *     PairRules#MAX_LABELS}
   * @throws InvalidException if there are too many, or one is too long
   */
  public static Map<String, String> labels(Collection<String> channels) {
    Objects.requireNonNull(channels, "channels");
    Map<String, String> labels = new TreeMap<>();
    for (String channel : channels) {
      if (channel.isEmpty() || channel.length() > MAX_LENGTH) {
        throw InvalidException.of("channels", "must have 1 to " + MAX_LENGTH + " characters each");
      }
      labels.put(name(channel), channel);
    }
    return PairRules.LABELS.checked("channels", labels);
  }

  /** Returns the label name of a channel: readable, and unique to the channel. */
  private static String name(String channel) {
    if (PLAIN.matcher(channel).matches()) {
      return PREFIX + channel;
    }
    String readable = channel.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "_");
    String hash = Sha256.hex(channel.getBytes(StandardCharsets.UTF_8)).substring(0, HASH);
    return PREFIX + readable.substring(0, Math.min(READABLE, readable.length())) + "." + hash;
  }

  /** Returns the channels among labels, in no particular order. */
  public static List<String> in(Map<String, String> labels) {
    Objects.requireNonNull(labels, "labels");
    return labels.entrySet().stream()
        .filter(label -> isChannel(label.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * Returns whether the labels of an event satisfy those of an endpoint.
   *
   * @param has the labels of the event
   * @param wanted the labels of the endpoint
   */
  public static boolean satisfied(Map<String, String> has, Map<String, String> wanted) {
    Objects.requireNonNull(has, "has");
    Objects.requireNonNull(wanted, "wanted");
    boolean asks = false;
    boolean found = false;
    for (Map.Entry<String, String> label : wanted.entrySet()) {
      boolean there = label.getValue().equals(has.get(label.getKey()));
      if (isChannel(label.getKey())) {
        asks = true;
        found |= there;
      } else if (!there) {
        return false;
      }
    }
    return found || !asks;
  }
}
