package dev.hookferry.http.console.endpoints;

import dev.hookferry.Endpoints;
import dev.hookferry.Webhooks;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.endpoints.rows.FilterRows;
import dev.hookferry.http.console.endpoints.rows.FormRows;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.navigation.LastChange;
import dev.hookferry.http.console.text.FieldLabels;
import dev.hookferry.http.console.undo.EndpointUndo;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EgressState;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SiteSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form for creating and editing endpoints. */
public final class EndpointEditPage {
  /** The time at which the endpoint is to be disabled. Changing its URL cancels that. */
  private static final String PLAN = "disablesAt";

  private final Webhooks webhooks;
  private final FrameRenderer frames;
  private final EndpointPage page;

  /**
   * Creates the page.
   *
   * @param page tests a changed endpoint and shows the result
   */
  public EndpointEditPage(Webhooks webhooks, FrameRenderer frames, EndpointPage page) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.page = page;
  }

  /**
   * Content of the page.
   *
   * @param id the endpoint's id, or empty for a new one
   * @param draft id of the draft to edit, or empty
   * @param types event types to choose from
   * @param site the site's settings, which the endpoint inherits
   * @param qlm whether the site uses QLM
   * @param mappers names of the available body mappers
   * @param egresses names of the egresses to choose from
   * @param paths paths that the filter can name, with the values of the newest event
   * @param undo the change that the form undoes, or null
   */
  public record View(
      String id,
      String draft,
      EndpointForm form,
      List<String> types,
      SiteSettings site,
      ServerPolicy server,
      boolean qlm,
      Map<String, String> paths,
      Set<String> mappers,
      List<String> egresses,
      @Nullable EndpointUndo undo,
      List<Problem> problems) {
    public boolean isNew() {
      return id.isEmpty();
    }

    /** Returns an example pattern for the site's event types. */
    public String example() {
      return Visit.pattern(types);
    }

    /** Returns whether the field for unlisted types is initially open. */
    public boolean hasOtherTypes() {
      return types.isEmpty() || !form.patterns().isBlank();
    }

    /** Returns the path, below the site, to which changes of the form's rows are submitted. */
    public String rows() {
      return isNew() ? "/endpoints/new" : "/endpoints/" + id + "/edit";
    }

    /** Returns the title of the page. */
    public String title() {
      String name = form.description().isEmpty() ? form.url() : form.description();
      return isNew() ? "Add an endpoint" : "Edit " + (name.isEmpty() ? "endpoint" : name);
    }

    /** Returns the error message for a field or a part of it; empty if there is none. */
    public String wrongIn(String field) {
      return problems.stream()
          .filter(problem -> problem.field().startsWith(field))
          .map(Problem::toString)
          .collect(Collectors.joining("; "));
    }

    /** Returns the default that applies if the card's field is empty. */
    public String inherited(SettingCard card) {
      return card.inherited(site, server, isNew(), qlm);
    }

    /** Returns whether a profile is offered. QLM's is offered only on sites that use QLM. */
    public boolean isOffered(String profile) {
      return qlm || !profile.equals("qlm");
    }

    /** Returns whether a card has non-default values or problems. */
    public boolean isOpen(SettingCard card) {
      return card.isSet(form) || card.fields().stream().anyMatch(name -> !wrongIn(name).isEmpty());
    }

    /** Returns the message for a field, or an empty string. */
    public String wrong(String field) {
      return FieldErrors.with(field, problems);
    }
  }

  public ConsoleReply blank(Visit visit) {
    return form(visit, new Shown("", "", EndpointForm.empty()), List.of());
  }

  /** Shows the form of a draft with its problems. */
  ConsoleReply wrong(Visit visit, EndpointDraft draft, List<Problem> problems) {
    String name = draft.secret() == null ? "" : draft.keep(visit);
    return form(visit, new Shown("", name, draft.form()), problems);
  }

  /** Registers an endpoint, whether tested or not. It starts paused unless the form enables it. */
  public ConsoleReply create(Visit visit) {
    boolean tried = EndpointDraft.refersToDraft(visit);
    Optional<EndpointDraft> kept = EndpointDraft.of(visit);
    if (tried && kept.isEmpty()) {
      return visit.refused(
          visit.path("/endpoints"),
          "This draft has expired. Check whether the endpoint already exists.");
    }
    EndpointDraft draft = tried ? kept.get() : EndpointDraft.fromForm(visit);
    boolean enabled = visit.form().text("enabled").equals("on");
    try {
      Endpoints.Registered created =
          visit
              .webhooks()
              .endpoints()
              .create(visit.site(), draft.form().change(enabled, siteRetry(visit)), draft.secret());
      EndpointDraft.forget(visit);
      return registered(visit, created, enabled);
    } catch (InvalidException e) {
      return wrong(visit, draft, e.problems());
    }
  }

  private static ConsoleReply registered(
      Visit visit, Endpoints.Registered created, boolean enabled) {
    String page = visit.path("/endpoints/" + created.endpoint().id());
    visit.session().reveal(created.endpoint().id().toString(), created.secret().forReceiver());
    return visit.done(
        page,
        enabled
            ? "The endpoint was created and gets events from now on."
            : "The endpoint was created paused: it gets only tests.",
        warning(created.warnings()).strip());
  }

  private static String warning(List<String> warnings) {
    return warnings.stream()
        .map(warning -> " Please check: " + warning + ".")
        .collect(Collectors.joining());
  }

  public ConsoleReply edit(Visit visit) {
    Endpoint now = webhooks.endpoints().get(visit.site(), id(visit));
    String time = visit.query().text("undo");
    boolean isUndo = !time.isEmpty() && LastChange.mayRead(visit);
    EndpointUndo undo = isUndo ? EndpointUndo.of(visit, now, time) : null;
    if (isUndo && undo == null) {
      return visit.refused(
          visit.path("/endpoints/" + now.id()), "The audit log has no such change.");
    }
    Endpoint endpoint = undo == null ? now : undo.endpoint();
    EndpointForm present =
        EndpointForm.of(
            endpoint, Set.copyOf(visit.types()), webhooks.endpoints().headers(endpoint));
    return form(visit, new Shown(endpoint.id().toString(), "", present, undo), List.of());
  }

  public ConsoleReply save(Visit visit) {
    EndpointForm typed = EndpointForm.of(visit.form());
    EndpointId id = id(visit);
    if (visit.form().has(FormRows.BUTTON)) {
      return form(visit, new Shown(id.toString(), "", typed), unwritten(visit, typed));
    }
    try {
      Endpoints.Changed changed =
          visit
              .webhooks()
              .endpoints()
              .change(visit.site(), id, typed.change(null, siteRetry(visit)));
      ConsoleReply done =
          visit.done(
              visit.path("/endpoints/" + id),
              title(webhooks.audit().changes(changed.before(), changed.endpoint())),
              warning(changed.warnings()).strip());
      return visit.form().has("test") ? page.tested(visit, EventType.TEST.name()) : done;
    } catch (InvalidException e) {
      return form(visit, new Shown(id.toString(), "", typed), e.problems());
    }
  }

  private static String title(List<FieldChange> changes) {
    if (changes.isEmpty()) {
      return "Nothing was changed";
    }
    return changes.stream()
        .map(change -> change.field().replaceFirst("[.].*", ""))
        .filter(field -> !field.equals(PLAN))
        .map(field -> FieldLabels.label(new Problem(field, ""), Map.of()))
        .distinct()
        .collect(Collectors.joining(", ", "Endpoint changed: ", ""));
  }

  /** Shows the form of a new endpoint after adding or removing rows. */
  ConsoleReply rows(Visit visit) {
    EndpointDraft draft = EndpointDraft.fromForm(visit);
    return wrong(visit, draft, unwritten(visit, draft.form()));
  }

  /** Returns why the filter could not be converted to JSON, if that was requested. */
  private static List<Problem> unwritten(Visit visit, EndpointForm typed) {
    return FilterRows.isWritten(visit.form()) ? typed.filter().problems() : List.of();
  }

  private record Shown(String id, String draft, EndpointForm form, @Nullable EndpointUndo undo) {
    Shown(String id, String draft, EndpointForm form) {
      this(id, draft, form, null);
    }
  }

  private ConsoleReply form(Visit visit, Shown shown, List<Problem> problems) {
    String title = shown.id().isEmpty() ? "Add an endpoint" : "Edit endpoint";
    Frame frame = frames.of(visit, Nav.ENDPOINTS, title);
    View view =
        new View(
            shown.id(),
            shown.draft(),
            shown.form(),
            visit.types(),
            webhooks.settings().get(visit.site()),
            webhooks.settings().ofServer(),
            visit.usesQlm(),
            FilterCheckPage.paths(webhooks, visit, shown.form()),
            webhooks.events().bodyMappers(),
            egresses(shown.form()),
            shown.undo(),
            problems);
    return TemplateRenderer.page(
        problems.isEmpty() ? 200 : 400,
        (out, i) -> JteEndpointEditGenerated.render(out, i, frame, view));
  }

  /** Returns the egresses to choose from, including the current one even if it no longer exists. */
  private List<String> egresses(EndpointForm form) {
    return Stream.concat(
            webhooks.condition().egresses().stream().map(EgressState::name),
            Stream.of(form.policy().egress()))
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  private RetrySettings siteRetry(Visit visit) {
    return webhooks.settings().get(visit.site()).retry();
  }

  private static EndpointId id(Visit visit) {
    return visit.id("id", "endpoint", EndpointId::parse);
  }
}
