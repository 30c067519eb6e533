package dev.hookferry.http.console.frame;

import dev.hookferry.http.console.text.FormSecrets;
import dev.hookferry.http.console.text.FormValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A form that was submitted after its session had ended. The browser's pages carry it; this server
 * does not store it. It is submitted only after the user confirms.
 *
 * @param path the form's action; empty if there is none
 * @param fields the typed fields, without secrets, which no page should hold longer than necessary
 */
public record UnsentForm(String path, List<Field> fields) {
  static final UnsentForm NONE = new UnsentForm("", List.of());

  private static final String PATH = "unsent.path";
  private static final String FIELD = "unsent.field.";
  private static final int MAX = 500;

  /** Fields that belong to the ended session. */
  private static final Set<String> OF_SESSION = Set.of("csrf", Session.DRAFT_FIELD);

  /** A typed field. */
  public record Field(String name, String value) {
    /** Returns the name of this field within the form that carries it. */
    public String carried() {
      return FIELD + name;
    }
  }

  public UnsentForm {
    fields = List.copyOf(fields);
  }

  /** Returns the form that a request submitted. */
  static UnsentForm of(ConsoleRequest request) {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    String path = request.path().equals("/logout") ? "" : SignIn.safe(request.path() + query);
    return of(path, FormValues.parse(request.body()), "");
  }

  /** Returns the form that the sign-in form carries. */
  static UnsentForm read(FormValues form) {
    String path = form.text(PATH);
    return path.isEmpty() ? NONE : of(SignIn.safe(path), form, FIELD);
  }

  private static UnsentForm of(String path, FormValues form, String prefix) {
    FormSecrets secrets = new FormSecrets(form, prefix);
    List<Field> fields = new ArrayList<>();
    for (String name : form.names().stream().sorted().toList()) {
      String typed = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
      if (!typed.isEmpty() && !OF_SESSION.contains(typed)) {
        secrets
            .carried(typed, form.texts(name))
            .forEach(value -> fields.add(new Field(typed, value)));
      }
    }
    boolean fits = path.startsWith("/sites/") || path.equals("/sites") || path.equals("/keys");
    return fits && !fields.isEmpty() && fields.size() <= MAX ? new UnsentForm(path, fields) : NONE;
  }

  public boolean isAny() {
    return !path.isEmpty();
  }

  /** Returns the fields that are not empty, to be shown. */
  public List<Field> visibleFields() {
    return fields.stream().filter(field -> !field.value().isBlank()).toList();
  }

  /** Returns the page on which the user confirms the form. */
  ConsoleReply page(String csrf) {
    return TemplateRenderer.page(
        (out, i) -> JteUnsentGenerated.render(out, i, Assets.PATH, csrf, this));
  }
}
