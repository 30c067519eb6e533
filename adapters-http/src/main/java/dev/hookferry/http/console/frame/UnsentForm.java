package dev.hookferry.http.console.frame;

import dev.hookferry.http.console.text.FormValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A form that could not be taken because nobody was signed in any more. It travels in the pages
 * that its browser is shown, not in this server, and is sent only once a person says so again.
 *
 * @param path where it was sent; empty if there is none
 * @param fields what was typed, without secrets
 */
public record UnsentForm(String path, List<Field> fields) {
  static final UnsentForm NONE = new UnsentForm("", List.of());

  private static final String PATH = "unsent.path";
  private static final String FIELD = "unsent.field.";
  private static final int MOST = 500;

  /** Typed anew: no page should hold them longer than it must. */
  private static final Set<String> SECRETS = Set.of("key", "secret", "webHookSecretKey");

  /** What was of the session that has ended. */
  private static final Set<String> OF_SESSION = Set.of("csrf", EndpointDraft.FIELD);

  /** Something typed. */
  public record Field(String name, String value) {
    /** As a field of another form. */
    public String carried() {
      return FIELD + name;
    }
  }

  public UnsentForm {
    fields = List.copyOf(fields);
  }

  /** What a request was about to send. */
  static UnsentForm of(ConsoleRequest request) {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    String path = request.path().equals("/logout") ? "" : SignIn.safe(request.path() + query);
    return of(path, FormValues.parse(request.body()), "");
  }

  /** What the sign-in form carries. */
  static UnsentForm read(FormValues form) {
    String path = form.text(PATH);
    return path.isEmpty() ? NONE : of(SignIn.safe(path), form, FIELD);
  }

  private static UnsentForm of(String path, FormValues form, String prefix) {
    List<Field> fields = new ArrayList<>();
    for (String name : form.names().stream().sorted().toList()) {
      String typed = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
      if (!typed.isEmpty() && !SECRETS.contains(typed) && !OF_SESSION.contains(typed)) {
        form.texts(name).forEach(value -> fields.add(new Field(typed, value)));
      }
    }
    boolean fits = path.startsWith("/sites/") || path.equals("/sites") || path.equals("/keys");
    return fits && !fields.isEmpty() && fields.size() <= MOST ? new UnsentForm(path, fields) : NONE;
  }

  public boolean isAny() {
    return !path.isEmpty();
  }

  /** Fields that are worth showing: not the empty ones. */
  public List<Field> typed() {
    return fields.stream().filter(field -> !field.value().isBlank()).toList();
  }

  /** The page on which a person sends it after all. */
  ConsoleReply page(String csrf) {
    return TemplateRenderer.page(
        (out, i) -> JteUnsentGenerated.render(out, i, Assets.PATH, csrf, this));
  }
}
