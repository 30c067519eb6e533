package dev.hookferry.app.migration;

import java.util.Locale;
import java.util.Objects;

/**
 * A remark on something that an import could not carry over unchanged.
 *
 * @param kind the reason for it
 * @param subject the site or endpoint, such as {@code acme/crm}; empty for all of them
 * @param text the remark; never contains a secret
 */
public record ImportNote(Kind kind, String subject, String text) {
  /** The reason for a note. */
  public enum Kind {
    /** The other system does not reveal it. */
    UNREADABLE("could not be read"),
    /** Hookferry has no equivalent. */
    NO_COUNTERPART("no counterpart"),
    /** Exists in both systems, but works differently. */
    DIFFERENT("works differently here");

    private final String heading;

    Kind(String heading) {
      this.heading = heading;
    }

    /** Returns the heading of these notes in a report. */
    public String heading() {
      return heading;
    }

    /** Returns the name in JSON, such as {@code no_counterpart}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ImportNote {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(text, "text");
  }
}
