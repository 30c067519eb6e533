package dev.hookferry.endpoint;

import dev.hookferry.refusal.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for the custom headers of an endpoint. */
public final class HeaderRules {
  /** The only header set by Hookferry that an endpoint may replace. */
  public static final String USER_AGENT = "User-Agent";

  /** Maximum number of custom headers. */
  public static final int MAX_HEADERS = 50;

  private static final int MAX_NAME = 128;
  private static final int MAX_VALUE = 4 * 1024;
  private static final int MAX_TOTAL = 16 * 1024;

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE =
      Pattern.compile("([\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?)?");

  private static final Pattern SIGN = Pattern.compile("[^a-z0-9]");

  /** Names that Hookferry or HTTP connections use, or that receivers and proxies trust. */
  private static final Set<String> RESERVED =
      Set.of(
          // Set by Hookferry.
          "host",
          "content-length",
          "content-type",
          "user-agent",
          "date",
          // Used by connections and proxies.
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
          // CGI programs mistake this header for their proxy setting (httpoxy).
          "proxy",
          // The signed bytes must be the bytes that are sent.
          "content-encoding",
          "content-range",
          "accept-encoding",
          "accept-charset",
          "range",
          // Set by browsers.
          "cookie",
          "cookie2",
          "set-cookie",
          "origin",
          "referer",
          "dnt",
          // Override the client, the method or the URL.
          "forwarded",
          "x-forwarded",
          "x-method-override",
          "x-host",
          "x-rewrite-url",
          // Unlock cloud metadata services and vaults.
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

  /** Names of headers in which proxies pass the client's address or certificate. */
  private static final Pattern CLIENT_IDENTITY =
      Pattern.compile(
          "(.*-)?((client|remote|real|connecting|originating|external)-?(ip(v[46])?|addr|address)"
              + "|(proxy)?user-?ip|client-?cert(-.*)?)");

  private HeaderRules() {}

  /**
   * Adds a problem for each violation in custom headers.
   *
   * @param field the path of the headers in the caller's input; problems of a single header are
   *     added below it and never show its value
   * @param headers values by name
   */
  public static void check(
      Problems problems, String field, Map<String, ? extends @Nullable String> headers) {
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(headers, "headers");
    problems.require(
        headers.size() <= MAX_HEADERS, field, "must be " + MAX_HEADERS + " headers or fewer");
    Set<String> seen = new HashSet<>();
    long total = 0;
    for (Map.Entry<String, ? extends @Nullable String> header : headers.entrySet()) {
      String name = header.getKey();
      String value = header.getValue();
      total += name.length() + (value == null ? 0 : value.length());
      if (isName(problems, field, name)) {
        checkCustomName(problems, field + "." + name, name, seen);
        checkValue(problems, field + "." + name, value);
      }
    }
    problems.require(
        total <= MAX_TOTAL, field, "must have at most 16384 characters, names and values together");
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

  private static void checkCustomName(
      Problems problems, String field, String name, Set<String> seen) {
    if (!name.equalsIgnoreCase(USER_AGENT)) {
      requireFree(problems, field, name);
    }
    problems.require(
        seen.add(folded(name)),
        field,
        "is given twice; letter case and punctuation such as _ make no difference");
  }

  /**
   * Adds a problem if Hookferry cannot write its own header, such as a signature, under this name.
   */
  static void checkOwnName(Problems problems, String field, String name) {
    if (isName(problems, field, name)) {
      requireFree(problems, field + "." + name, name);
    }
  }

  private static void requireFree(Problems problems, String field, String name) {
    problems.require(
        !isReserved(folded(name)), field, "is reserved; choose another name, such as X-" + name);
  }

  /** Normalizes a name, because some receivers treat underscores or all punctuation as hyphens. */
  private static String folded(String name) {
    return SIGN.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
  }

  private static boolean isReserved(String folded) {
    return RESERVED.contains(folded)
        || RESERVED_BEGINNINGS.stream().anyMatch(folded::startsWith)
        || CLIENT_IDENTITY.matcher(folded).matches();
  }

  private static void checkValue(Problems problems, String field, @Nullable String value) {
    if (value == null) {
      problems.add(field, "must be a string, not null");
    } else if (value.length() > MAX_VALUE) {
      problems.add(field, "must have a value of " + MAX_VALUE + " characters or fewer");
    } else {
      problems.require(
          VALUE.matcher(value).matches(),
          field,
          "must have a value of visible ASCII; spaces and tabs are allowed only inside");
    }
  }

  /** Quotes, escapes and truncates an arbitrary name for error messages. */
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder("\"");
    name.chars()
        .limit(MAX_NAME)
        .forEach(
            c -> shown.append(c < ' ' || c >= 0x7f ? String.format("\\u%04x", c) : (char) c + ""));
    return shown.append(name.length() > MAX_NAME ? "…\"" : "\"").toString();
  }
}
