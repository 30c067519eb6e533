package dev.hookferry.http.console;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser: keeps the cookie, sends forms as they were shown. */
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
    Shown shown = send("POST", "/login", "key=" + key + "&to=%2F");
    Matcher cookie = COOKIE.matcher(shown.header("Set-Cookie"));
    if (cookie.matches()) {
      headers.put("cookie", cookie.group(1) + "=" + cookie.group(2));
    }
    return shown;
  }

  public Shown get(String path) {
    Shown shown = send("GET", path, "");
    Matcher token = CSRF.matcher(shown.body());
    if (token.find()) {
      csrf = token.group(1);
    }
    return shown;
  }

  /** Sends a form and shows what it leads to. */
  public Shown post(String path, String form) {
    Shown answer = send("POST", path, "csrf=" + csrf + (form.isEmpty() ? "" : "&" + form));
    return answer.status() == 303 ? get(answer.header("Location")) : answer;
  }

  public Shown send(String method, String path, String body) {
    int question = path.indexOf('?');
    return new Shown(
        console.answer(
            new ConsoleRequest(
                method,
                question < 0 ? path : path.substring(0, question),
                question < 0 ? "" : path.substring(question + 1),
                Map.copyOf(headers),
                Payload.of(body),
                "127.0.0.1",
                secure,
                blocked)));
  }
}
