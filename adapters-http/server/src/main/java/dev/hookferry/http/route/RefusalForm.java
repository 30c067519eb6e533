package dev.hookferry.http.route;

import dev.hookferry.http.wire.HttpReply;

/** Puts refusals into the form that the clients of another product's API expect. Thread-safe. */
public interface RefusalForm {
  /** Returns whether requests with this path get their refusals in this form. */
  boolean covers(String path);

  /**
   * Returns the refusal in this form.
   *
   * @param problem the reply as {@link dev.hookferry.http.wire.ProblemJson} makes it, or any other
   *     reply, which is returned unchanged
   */
  HttpReply rewritten(String path, HttpReply problem);
}
