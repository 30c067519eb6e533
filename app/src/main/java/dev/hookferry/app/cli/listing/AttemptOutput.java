package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.text.LineText;
import dev.hookferry.app.text.RelativeTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints attempts one by one: in full to a file or a pipe; on a terminal with relative times, short
 * ids and the uids of endpoints, wrapped between these parts if the line is too long.
 */
public final class AttemptOutput {
  private static final String INDENT = "    ";
  private static final String GAP = "  ";

  /** Matches delivery ids, which are shortened to the same length as in a table. */
  private static final Pattern ID = Pattern.compile("(dlv_)[0-9a-z]{19}([0-9a-z]{7})");

  private final SiteOptions site;
  private final Map<String, String> uids = new HashMap<>();

  /** Creates an output to a command's writer. */
  public AttemptOutput(SiteOptions site) {
    this.site = site;
  }

  /** Prints an attempt with its time, event type, number, outcome, duration, delivery and URL. */
  public void line(JsonNode attempt) {
    if (site.isFitted()) {
      parts(
          time(attempt),
          attempt.path("eventType").asText(),
          "attempt " + attempt.path("number").asText(),
          AttemptLines.outcome(attempt),
          attempt.path("durationMillis").asText() + " ms",
          shortened(TableListing.text(attempt.path("delivery"))),
          endpoint(attempt.path("endpoint").asText(), attempt.path("url").asText()),
          TableListing.text(attempt.path("error")));
    } else {
      site.line(AttemptLines.line(attempt));
    }
  }

  /** Prints an attempt with its timing and its response. */
  public void details(JsonNode attempt) {
    line(attempt);
    AttemptLines.details(attempt).stream().skip(1).forEach(this::indented);
  }

  /** Prints the server's advice on an attempt, if it failed. */
  public void advice(JsonNode attempt) {
    AttemptLines.advice(attempt).ifPresent(this::indented);
  }

  /** Prints how a delivery ended, with the URL that was called. */
  public void end(JsonNode delivery, String how, String url) {
    String id = delivery.path("id").asText();
    if (site.isFitted()) {
      parts(shortened(id), how, endpoint(delivery.path("endpoint").asText(), url));
    } else {
      site.line(id + " " + how + GAP + url);
    }
  }

  /** Prints parts separated by gaps, wrapped onto as many lines as needed. */
  private void parts(String... parts) {
    int width = site.terminal().width();
    StringBuilder line = new StringBuilder();
    for (String part : Stream.of(parts).filter(text -> !text.isEmpty()).toList()) {
      List<String> pieces = List.of(part);
      if (line.length() + GAP.length() + part.length() > width && !line.isEmpty()) {
        site.line(line.toString());
        line.setLength(0);
        line.append(INDENT);
        pieces = LineText.wrapped(part, width - INDENT.length());
      }
      for (int i = 0; i < pieces.size(); i++) {
        if (i > 0) {
          site.line(line.toString());
          line.setLength(0);
          line.append(INDENT);
        }
        line.append(line.isEmpty() || line.toString().isBlank() ? "" : GAP).append(pieces.get(i));
      }
    }
    site.line(line.toString());
  }

  /** Prints an indented line; on a terminal, wraps it at the same indent. */
  private void indented(String line) {
    if (!site.isFitted()) {
      site.line(line);
      return;
    }
    int width = site.terminal().width() - INDENT.length();
    List<String> lines = new ArrayList<>(LineText.wrapped(line, width));
    lines.forEach(one -> site.line(INDENT + one));
  }

  private static String time(JsonNode attempt) {
    String at = attempt.path("startedAt").asText();
    return RelativeTime.of(at, InstantSource.system().instant());
  }

  private static String shortened(String id) {
    return ID.matcher(id).replaceFirst("$1…$2");
  }

  private String endpoint(String id, String url) {
    if (id.isEmpty()) {
      return url;
    }
    String uid = uids.computeIfAbsent(id, one -> UidLookup.of(site, one));
    return uid.isEmpty() ? url : uid;
  }
}
