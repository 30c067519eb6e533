package dev.hookferry.http.console.portal.forms;

import dev.hookferry.http.console.endpoints.VerifyPage.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page that checks a signature.
 *
 * @param report the result; null before the first check
 * @param tone the CSS class of the verdict
 * @param path where a check is posted
 * @param attempt the number of the attempt; 0 if the request is pasted
 * @param explained how the request of the attempt was signed
 * @param headers the headers of the request, as pasted
 * @param body the body of the request, as pasted
 * @param problems the problems of the pasted texts
 * @param endpoint the id of the endpoint from which the visitor came; empty if from elsewhere
 * @param name its name; empty if the visitor came from elsewhere
 */
public record PortalCheck(
    @Nullable Report report,
    String tone,
    String path,
    int attempt,
    List<String> explained,
    String headers,
    String body,
    FormProblems problems,
    String endpoint,
    String name) {
  /** Returns the check of the request of an attempt. */
  public static PortalCheck ofAttempt(String path, int attempt, List<String> explained) {
    return new PortalCheck(null, "", path, attempt, explained, "", "", FormProblems.NONE, "", "");
  }

  /** Returns the check of a pasted request. */
  public static PortalCheck ofMessage(String path, String headers, String body) {
    FormProblems none = FormProblems.NONE;
    return new PortalCheck(null, "", path, 0, List.of(), headers, body, none, "", "");
  }

  /** Returns a copy with a result. */
  public PortalCheck with(Report found, String look) {
    return new PortalCheck(
        found, look, path, attempt, explained, headers, body, problems, endpoint, name);
  }

  /** Returns a copy with the problems of the pasted texts. */
  public PortalCheck with(FormProblems wrong) {
    return new PortalCheck(
        report, tone, path, attempt, explained, headers, body, wrong, endpoint, name);
  }

  /** Returns a copy for a visitor who came from the page of an endpoint. */
  public PortalCheck of(String id, String called) {
    String here = path + "?endpoint=" + id;
    return new PortalCheck(
        report, tone, here, attempt, explained, headers, body, problems, id, called);
  }

  /** Returns the path of the delivery whose request is checked; empty if the request is pasted. */
  public String delivery() {
    return attempt == 0 ? "" : path.replaceFirst("/verify$", "");
  }
}
