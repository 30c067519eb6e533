package dev.hookferry.http.console;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user with a browser: keeps cookies, and submits forms as they were shown. */
public final class Person {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Pattern COOKIE = Pattern.compile("([^=]+)=([^;]*);.*");

  private final Console console;
  public final Map<String, String> headers = new HashMap<>();
  public boolean secure;
  public boolean blocked;
  public String csrf = "";

  public Person(Console console) {
    this.console = console;
  }

  /** A page as a browser shows it. */
  public record Shown(ConsoleReply reply) {
    public int status() {
      return reply.status();
    }

    public String body() {
      return reply.body().text();
    }

    public String header(String name) {
      return reply.headers().getOrDefault(name, "");
    }
  }

  public Shown signIn(String key) {
    return send("POST", "/login", "key=" + key + "&to=%2F");
  }

  public Shown get(String path) {
    Shown shown = send("GET", path, "");
    Matcher cookie = COOKIE.matcher(shown.header("Set-Cookie"));
    if (cookie.matches()) {
      String others =
          headers.getOrDefault("cookie", "").replaceAll("; " + cookie.group(1) + "=[^;]*", "");
      headers.put("cookie", others + "; " + cookie.group(1) + "=" + cookie.group(2));
    }
    Matcher token = CSRF.matcher(shown.body());
    if (token.find()) {
      csrf = token.group(1);
    }
    return shown;
  }

  /** Sends a form and shows what it leads to. */
  public Shown post(String path, String form) {
    Shown answer = sent(path, form);
    return answer.status() == 303 ? get(answer.header("Location").split("#", 2)[0]) : answer;
  }

  /** Sends a form and returns the path that it leads to. */
  public String postTo(String path, String form) {
    return sent(path, form).header("Location");
  }

  private Shown sent(String path, String form) {
    return send("POST", path, "csrf=" + csrf + (form.isEmpty() ? "" : "&" + form));
  }

  public Shown send(String method, String path, String body) {
    int question = path.indexOf('?');
    Shown shown =
        new Shown(
            console.reply(
                new ConsoleRequest(
                    method,
                    question < 0 ? path : path.substring(0, question),
                    question < 0 ? "" : path.substring(question + 1),
                    Map.copyOf(headers),
                    Payload.of(body),
                    "127.0.0.1",
                    "",
                    secure,
                    blocked)));
    keepCookie(shown.header("Set-Cookie"));
    return shown;
  }

  private void keepCookie(String set) {
    Matcher cookie = COOKIE.matcher(set);
    if (cookie.matches()) {
      Map<String, String> kept = new LinkedHashMap<>();
      for (String pair : headers.getOrDefault("cookie", "").split("; ", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          kept.put(pair.substring(0, equals), pair);
        }
      }
      kept.remove(cookie.group(1));
      if (!cookie.group(2).isEmpty()) {
        kept.put(cookie.group(1), cookie.group(1) + "=" + cookie.group(2));
      }
      headers.put("cookie", String.join("; ", kept.values()));
    }
  }
}
