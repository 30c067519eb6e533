package dev.hookferry.endpoint;

import dev.hookferry.refusal.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which headers an endpoint may have sent with its requests. */
public final class HeaderRules {
  /** How many headers. */
  public static final int MAX_HEADERS = 50;

  private static final int MAX_NAME = 128;
  private static final int MAX_VALUE = 4 * 1024;
  private static final int MAX_TOTAL = 16 * 1024;

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE =
      Pattern.compile("([\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?)?");

  private static final Pattern SIGN = Pattern.compile("[^a-z0-9]");

  /** Names that are ours, the connection's, or open doors at the other end. */
  private static final Set<String> RESERVED =
      Set.of(
          // Ours.
          "host",
          "content-length",
          "content-type",
          "user-agent",
          "date",
          // The connection's and the proxies'.
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "trailers",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect",
          "via",
          "max-forwards",
          "alt-svc",
          "alt-used",
          "cdn-loop",
          "early-data",
          // Programs that are run for a request take this one for the proxy to use.
          "proxy",
          // The bytes that are signed are the bytes that are sent.
          "content-encoding",
          "content-range",
          "accept-encoding",
          "accept-charset",
          "range",
          // A browser's.
          "cookie",
          "cookie2",
          "set-cookie",
          "origin",
          "referer",
          "dnt",
          // Who asks, and for what.
          "forwarded",
          "x-forwarded",
          "x-method-override",
          "x-host",
          "x-rewrite-url",
          // What unlocks the metadata services of clouds and vaults.
          "metadata",
          "x-vault-request");

  private static final List<String> RESERVED_BEGINNINGS =
      List.of(
          "webhook-",
          "hookferry-",
          "x-qlm-",
          "proxy-",
          "sec-",
          "access-control-",
          "x-forwarded-",
          "x-original-",
          "x-http-method",
          "metadata-",
          "x-metadata-",
          "x-google-metadata-",
          "x-aws-ec2-metadata-",
          "x-aliyun-ecs-metadata-");

  /** Names by which proxies tell who asks: the address, or the certificate. */
  private static final Pattern WHO_ASKS =
      Pattern.compile(
          "(.*-)?((client|remote|real|connecting|originating|external)-?(ip(v[46])?|addr|address)"
              + "|(proxy)?user-?ip|client-?cert(-.*)?)");

  private HeaderRules() {}

  /**
   * Notes everything that is wrong with custom headers.
   *
   * @param field the path of the headers in the caller's input; a problem of one header is noted
   *     below it, and never shows the header's value
   * @param headers values by names
   */
  public static void check(
      Problems problems, String field, Map<String, ? extends @Nullable String> headers) {
    problems.require(
        headers.size() <= MAX_HEADERS, field, "must be " + MAX_HEADERS + " headers at most");
    Set<String> seen = new HashSet<>();
    long total = 0;
    for (Map.Entry<String, ? extends @Nullable String> header : headers.entrySet()) {
      String name = header.getKey();
      String value = header.getValue();
      total += name.length() + (value == null ? 0 : value.length());
      if (isName(problems, field, name)) {
        checkName(problems, field + "." + name, name, seen);
        checkValue(problems, field + "." + name, value);
      }
    }
    problems.require(
        total <= MAX_TOTAL, field, "must have 16384 characters at most, names and values together");
  }

  private static boolean isName(Problems problems, String field, String name) {
    boolean valid = name.length() <= MAX_NAME && NAME.matcher(name).matches();
    problems.require(
        valid,
        field,
        "must have names of 1 to 128 letters, digits or any of !#$%&'*+-.^_`|~, not "
            + shown(name));
    return valid;
  }

  private static void checkName(Problems problems, String field, String name, Set<String> seen) {
    // Some receivers read an underscore as a hyphen, some every sign: they must not differ here.
    String folded = SIGN.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
    problems.require(
        !isReserved(folded), field, "is reserved; choose another name, such as X-" + name);
    problems.require(
        seen.add(folded),
        field,
        "is there twice; letter case and signs such as _ make no difference");
  }

  private static boolean isReserved(String folded) {
    return RESERVED.contains(folded)
        || RESERVED_BEGINNINGS.stream().anyMatch(folded::startsWith)
        || WHO_ASKS.matcher(folded).matches();
  }

  private static void checkValue(Problems problems, String field, @Nullable String value) {
    if (value == null) {
      problems.add(field, "must be a text, not null");
    } else if (value.length() > MAX_VALUE) {
      problems.add(field, "must have a value of " + MAX_VALUE + " characters at most");
    } else {
      problems.require(
          VALUE.matcher(value).matches(),
          field,
          "must have a value of visible ASCII, with blanks and tabs only inside");
    }
  }

  /** A name that may hold anything, so that it can be printed. */
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder("\"");
    name.chars()
        .limit(MAX_NAME)
        .forEach(
            c -> shown.append(c < ' ' || c >= 0x7f ? String.format("\\u%04x", c) : (char) c + ""));
    return shown.append(name.length() > MAX_NAME ? "…\"" : "\"").toString();
  }
}
