package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.ConsoleReply;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A page of the portal, or the action of a form on it.
 *
 * @param method GET, which also serves HEAD, or POST
 * @param template its path; {@code {id}} stands for an id
 * @param screen writes the reply
 */
record PortalRoute(String method, String template, Screen screen) {
  private static final String ID = "{id}";

  /** Pattern for ids and event type names. */
  private static final Pattern FORM_OF_IDS = Pattern.compile("[A-Za-z0-9_.-]+");

  /** Replies to a request. */
  @FunctionalInterface
  interface Screen {
    /**
     * Returns the reply.
     *
     * @param id the id in the path; empty if the template has none
     */
    ConsoleReply of(PortalVisit visit, String id);
  }

  /**
   * Returns the id in a path, or an empty string for a template without one. Empty if the path does
   * not match.
   */
  Optional<String> match(String path) {
    int at = template.indexOf(ID);
    if (at < 0) {
      return path.equals(template) ? Optional.of("") : Optional.empty();
    }
    String before = template.substring(0, at);
    String after = template.substring(at + ID.length());
    int length = path.length() - before.length() - after.length();
    if (length < 1 || !path.startsWith(before) || !path.endsWith(after)) {
      return Optional.empty();
    }
    return Optional.of(path.substring(at, at + length))
        .filter(id -> FORM_OF_IDS.matcher(id).matches());
  }
}
