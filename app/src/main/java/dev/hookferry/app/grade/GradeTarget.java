package dev.hookferry.app.grade;

import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.secret.Redactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The receiver to grade; {@link #toString} shows no secret and no custom header.
 *
 * @param url its URL
 * @param secrets the secrets that it verifies with
 * @param headers values of custom headers by name, in the order to send them
 * @param timeout the time limit of each request
 * @param userAgent the value of {@code User-Agent}
 */
public record GradeTarget(
    TargetUrl url,
    GradeSecrets secrets,
    Map<String, String> headers,
    Duration timeout,
    String userAgent) {
  public GradeTarget {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Returns a redactor that masks the secrets and the values of custom headers in responses. */
  Redactor redactor() {
    List<String> texts = new ArrayList<>(secrets.texts());
    texts.addAll(headers.values());
    return Redactor.of(texts);
  }

  @Override
  public String toString() {
    return "GradeTarget[" + url + ", " + secrets + "]";
  }
}
